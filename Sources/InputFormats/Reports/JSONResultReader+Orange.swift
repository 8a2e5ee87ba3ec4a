// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import JSONText

extension JSONResultReader {
  func orange(_ value: JSONValue, _ content: inout ReadRows) {
    let batch = content.batchNumber(of: value["sampleId"]?.text ?? "")
    let purple = value["purple"] ?? .null
    let build = value["refGenomeVersion"]?.text.flatMap { GenomeBuild($0.drop { !$0.isNumber }) }
    if purple["fit"]?["containsTumorCells"]?.flag == false {
      content.remarks.append("PURPLE found no tumor in the sample; its purity and ploidy are not used")
    } else {
      if let number = purple["fit"]?["purity"]?.number { content.batches[batch].facts.purity = number }
      if let number = purple["fit"]?["ploidy"]?.number { content.batches[batch].facts.ploidy = number }
    }
    var place = 0
    orangeVariants(purple, build, &place, batch, &content)
    orangeCopies(purple, &place, batch, &content)
    orangeFusions(value, &place, batch, &content)
    orangeTraits(value, purple["characteristics"] ?? .null, batch, &content)
  }

  private func orangeVariants(
    _ purple: JSONValue, _ build: GenomeBuild?, _ place: inout Int, _ batch: Int, _ content: inout ReadRows
  ) {
    for (key, status) in [
      ("reportableSomaticVariants", "somatic"), ("driverSomaticVariants", "somatic"),
      ("reportableGermlineVariants", "germline"), ("driverGermlineVariants", "germline"),
    ] {
      for item in purple[key]?.elements ?? [] {
        place += 1
        content.rowsRead += 1
        let impact = item["canonicalImpact"] ?? .null
        var mutation = Mutation()
        mutation.gene = item["gene"]?.text ?? ""
        mutation.protein = protein(impact)
        mutation.coding = impact["hgvsCodingImpact"]?.text ?? ""
        mutation.words = (impact["effects"]?.elements ?? []).compactMap(\.text).joined(separator: "&")
        mutation.status = status
        mutation.altCount = item["tumorDepth"]?["alleleReadCount"]?.integer
        mutation.depth = item["tumorDepth"]?["totalReadCount"]?.integer
        mutation.transcript = impact["transcript"]?.text ?? ""
        mutation.chromosome = item["chromosome"]?.text ?? ""
        mutation.position = item["position"]?.integer.map { String($0) } ?? ""
        mutation.reference = item["ref"]?.text ?? ""
        mutation.alternate = item["alt"]?.text ?? ""
        mutation.build = build
        mutation.others = (item["otherImpacts"]?.elements ?? []).map {
          ($0["transcript"]?.text ?? "", $0["hgvsCodingImpact"]?.text ?? "", protein($0))
        }
        add(mutation, place, batch, &content)
      }
    }
  }

  /// `p.?` is no change that is told.
  private func protein(_ impact: JSONValue) -> String {
    let text = impact["hgvsProteinImpact"]?.text ?? ""
    return text == "p.?" ? "" : text
  }

  private func orangeCopies(_ purple: JSONValue, _ place: inout Int, _ batch: Int, _ content: inout ReadRows) {
    let words = [
      "FULL_GAIN": "amplification", "PARTIAL_GAIN": "partial amplification", "FULL_LOSS": "homozygous deletion",
      "PARTIAL_LOSS": "homozygous deletion", "FULL_DEL": "homozygous deletion",
      "PARTIAL_DEL": "homozygous deletion",
    ]
    // Deletions of the germline are listed where nothing of the gene is left in the tumor, or one copy.
    for (key, usual) in [
      ("reportableSomaticGainsLosses", ""), ("reportableSomaticGainsDels", ""), ("driverSomaticGainsDels", ""),
      ("reportableGermlineFullLosses", "FULL_LOSS"), ("reportableGermlineFullDels", "FULL_DEL"),
      ("driverGermlineDeletions", "deletion"), ("reportableGermlineLossOfHeterozygosities", "LOH"),
    ] {
      for item in purple[key]?.elements ?? [] {
        place += 1
        content.rowsRead += 1
        var copyNumber = RawCopyNumber()
        copyNumber.gene = content.batches[batch].keep(item["gene"]?.text ?? "")
        let word = item["interpretation"]?.text ?? usual
        copyNumber.amount = content.batches[batch].keep(words[word] ?? word)
        add(.copyNumber(copyNumber), place, batch, &content)
      }
    }
  }

  private func orangeFusions(_ value: JSONValue, _ place: inout Int, _ batch: Int, _ content: inout ReadRows) {
    for key in ["reportableFusions", "fusions", "reportableSomaticFusions"] {
      for item in value["linx"]?[key]?.elements ?? [] where item["reported"]?.flag != false {
        place += 1
        content.rowsRead += 1
        var fusion = RawFusion()
        fusion.first = content.batches[batch].keep(item["geneStart"]?.text ?? "")
        fusion.second = content.batches[batch].keep(item["geneEnd"]?.text ?? "")
        fusion.isOrdered = true
        fusion.name = content.batches[batch].keep(item["name"]?.text ?? "")
        fusion.firstExon = Int16(clamping: item["fusedExonUp"]?.integer ?? 0)
        fusion.secondExon = Int16(clamping: item["fusedExonDown"]?.integer ?? 0)
        let phase = ["INFRAME": "in-frame", "OUT_OF_FRAME": "out-of-frame"]
        fusion.frame = content.batches[batch].keep(phase[item["phased"]?.text ?? ""] ?? "")
        add(.fusion(fusion), place, batch, &content)
      }
    }
    for item in ["somaticHomozygousDisruptions", "germlineHomozygousDisruptions"]
      .flatMap({ value["linx"]?[$0]?.elements ?? [] })
    {
      place += 1
      content.rowsRead += 1
      var disruption = RawFusion()
      disruption.first = content.batches[batch].keep(item["gene"]?.text ?? "")
      disruption.second = disruption.first
      disruption.name = content.batches[batch].keep("homozygous disruption")
      add(.fusion(disruption), place, batch, &content)
    }
  }

  private func orangeTraits(_ value: JSONValue, _ traits: JSONValue, _ batch: Int, _ content: inout ReadRows) {
    if let burden = traits["tumorMutationalBurdenPerMb"]?.number {
      biomarker("TMB", String(burden), "mut/Mb", batch, &content)
    }
    if let status = traits["microsatelliteStatus"]?.text, status != "UNKNOWN" {
      biomarker("MSI", status, "", batch, &content)
    }
    let repair = ["hrdeficient": "positive", "hrproficient": "negative"]
    let status = value["chord"]?["hrStatus"]?.text ?? value["chord"]?["hrdStatus"]?.text ?? ""
    if let word = repair[InputHeader.key(status)] { biomarker("HRD", word, "", batch, &content) }
    for item in value["virusInterpreter"]?["reportableViruses"]?.elements ?? [] {
      let name = item["interpretation"]?.text ?? item["name"]?.text ?? ""
      if let virus = SampleSummaryReader.virus(name) { biomarker(virus, "present", "", batch, &content) }
    }
    // Of a lost allele nothing is shown on the tumor's cells.
    var types: Set<String> = []
    for item in value["lilac"]?["alleles"]?.elements ?? [] where item["tumorCopyNumber"]?.number ?? 1 >= 0.5 {
      guard let allele = item["allele"]?.text, types.insert(allele).inserted else { continue }
      biomarker("HLA-" + allele, "present", "", batch, &content)
    }
  }
}
