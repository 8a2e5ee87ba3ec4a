internal import Alterations
internal import DelimitedText
internal import JSONText

/// Reads results in JSON: lists of cBioPortal's API, Nirvana's annotated variants, Hartwig's ORANGE.
///
/// Layouts: https://www.cbioportal.org/api/swagger-ui (mutations, discrete copy number, structural variants);
/// https://illumina.github.io/NirvanaDocumentation; hartwigmedical/orange-datamodel.
struct JSONResultReader: RecordReader {
  private let path: String

  var formatName: String { "JSON result" }
  var assays: [AssayKind] { [.mutations] }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.cells.first.map { cell in
      cell.hasPrefix("{") || cell == "[" || cell.hasPrefix("[{") || cell.hasPrefix("[ {") || cell == "[]"
    } ?? false
  }

  init(_ header: InputHeader) { path = header.path }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    let rest = text.extracting(walker.offset..<text.count)
    while walker.next(in: text) != nil {}
    let value: JSONValue
    do throws(JSONValue.Fault) {
      value = try JSONValue(rest)
    } catch {
      return content.refuse(Refusal(reason: "is JSON that is damaged at byte \(error.offset) (fetch it again)"))
    }
    let list = value.elements
    if let first = list.first, first["sampleId"] != nil {
      for (place, item) in list.enumerated() { portal(item, place + 1, &content) }
    } else if value["positions"] != nil, let head = value["header"] {
      nirvana(value, head, &content)
    } else if value["purple"] != nil {
      orange(value, &content)
    } else {
      content.refuse(
        Refusal(
          reason:
            "is JSON of no known layout (known are lists of cBioPortal's API, Nirvana and ORANGE; else give a table)"))
    }
  }

  // MARK: cBioPortal

  private func portal(_ item: JSONValue, _ place: Int, _ content: inout ReadRows) {
    content.rowsRead += 1
    let batch = content.batchNumber(of: item["sampleId"]?.text ?? "")
    let gene = item["gene"]?["hugoGeneSymbol"]?.text ?? item["hugoGeneSymbol"]?.text ?? ""
    let identifier =
      item["entrezGeneId"]?.integer.flatMap { Int32(exactly: $0) }.map { GeneIdentifier(.entrez, $0) }
      ?? GeneIdentifier()
    if let one = item["site1HugoSymbol"]?.text ?? item["site2HugoSymbol"]?.text {
      var fusion = RawFusion()
      fusion.first = content.batches[batch].keep(one)
      fusion.second = content.batches[batch].keep(item["site2HugoSymbol"]?.text ?? "")
      fusion.name = content.batches[batch].keep(item["eventInfo"]?.text ?? "")
      fusion.frame = content.batches[batch].keep(item["site2EffectOnFrame"]?.text ?? "")
      add(.fusion(fusion), place, batch, &content)
    } else if let alteration = item["alteration"]?.integer {
      var copyNumber = RawCopyNumber()
      copyNumber.gene = content.batches[batch].keep(gene)
      copyNumber.geneID = identifier
      copyNumber.amount = content.batches[batch].keep(String(alteration))
      add(.copyNumber(copyNumber), place, batch, &content)
    } else {
      let status = item["mutationStatus"]?.text ?? ""
      let statusBytes = Array(status.utf8)
      if item["tumorAltCount"]?.integer == 0, (item["tumorRefCount"]?.integer ?? 0) > 0 {
        return content.filter(batch, "no read carries the change")
      }
      if CallWords.noCall.contain(statusBytes.span) { return content.filter(batch, "stated as no mutation") }
      mutation(
        gene, identifier, item["proteinChange"]?.text ?? "", "", item["mutationType"]?.text ?? "", status,
        (
          item["tumorAltCount"]?.integer,
          item["tumorRefCount"]?.integer.map { $0 + (item["tumorAltCount"]?.integer ?? 0) }
        ), nil,
        place, batch, &content)
    }
  }

  // MARK: Nirvana

  private func nirvana(_ value: JSONValue, _ head: JSONValue, _ content: inout ReadRows) {
    let batch = content.batchNumber(of: head["samples"]?.elements.last?.text ?? "")
    for (place, position) in (value["positions"]?.elements ?? []).enumerated() {
      let filters = (position["filters"]?.elements ?? []).compactMap(\.text)
      let sample = position["samples"]?.elements.last
      for variant in position["variants"]?.elements ?? [] {
        content.rowsRead += 1
        if !filters.isEmpty, filters != ["PASS"] {
          content.filter(batch, "FILTER not PASS")
          continue
        }
        if let genotype = sample?["genotype"]?.text, CallWords.referenceGenotype.contain(Array(genotype.utf8).span) {
          content.filter(batch, "genotype without the change")
          continue
        }
        let transcripts = variant["transcripts"]?.elements ?? []
        let chosen =
          transcripts.first { $0["isManeSelect"]?.flag == true } ?? transcripts.first {
            $0["isCanonical"]?.flag == true
          }
          ?? transcripts.first
        guard let chosen else {
          content.filter(batch, "without annotation")
          continue
        }
        let words = (chosen["consequence"]?.elements ?? []).compactMap(\.text).joined(separator: "&")
        let stated = (variant["clinvar"]?.elements ?? []).flatMap { $0["significance"]?.elements ?? [] }.compactMap(
          \.text)
        mutation(
          chosen["hgnc"]?.text ?? "", GeneIdentifier(), chosen["hgvsp"]?.text ?? "", chosen["hgvsc"]?.text ?? "", words,
          "",
          (sample?["alleleDepths"]?.elements.last?.integer, sample?["totalDepth"]?.integer),
          stated.joined(separator: ","),
          place + 1, batch, &content)
      }
    }
  }

  // MARK: ORANGE

  private func orange(_ value: JSONValue, _ content: inout ReadRows) {
    let batch = content.batchNumber(of: value["sampleId"]?.text ?? "")
    let purple = value["purple"] ?? .null
    if let purity = purple["fit"]?["purity"]?.number { content.batches[batch].properties["purity"] = String(purity) }
    if let ploidy = purple["fit"]?["ploidy"]?.number { content.batches[batch].properties["ploidy"] = String(ploidy) }
    var place = 0
    for (key, status) in [
      ("reportableSomaticVariants", "somatic"), ("driverSomaticVariants", "somatic"),
      ("reportableGermlineVariants", "germline"),
      ("driverGermlineVariants", "germline"),
    ] {
      for item in purple[key]?.elements ?? [] {
        place += 1
        content.rowsRead += 1
        let impact = item["canonicalImpact"] ?? .null
        let words = (impact["effects"]?.elements ?? []).compactMap(\.text).joined(separator: "&")
        mutation(
          item["gene"]?.text ?? "", GeneIdentifier(), impact["hgvsProteinImpact"]?.text ?? "",
          impact["hgvsCodingImpact"]?.text ?? "", words, status,
          (item["tumorDepth"]?["alleleReadCount"]?.integer, item["tumorDepth"]?["totalReadCount"]?.integer), nil, place,
          batch,
          &content)
      }
    }
    for key in ["reportableSomaticGainsLosses", "reportableSomaticGainsDels", "driverSomaticGainsDels"] {
      for item in purple[key]?.elements ?? [] {
        place += 1
        content.rowsRead += 1
        var copyNumber = RawCopyNumber()
        copyNumber.gene = content.batches[batch].keep(item["gene"]?.text ?? "")
        let words = [
          "FULL_GAIN": "amplification", "PARTIAL_GAIN": "partial amplification", "FULL_LOSS": "homozygous deletion",
          "PARTIAL_LOSS": "homozygous deletion", "FULL_DEL": "homozygous deletion",
          "PARTIAL_DEL": "homozygous deletion",
        ]
        let word = item["interpretation"]?.text ?? ""
        copyNumber.amount = content.batches[batch].keep(words[word] ?? word)
        add(.copyNumber(copyNumber), place, batch, &content)
      }
    }
    orangeFusions(value, &place, batch, &content)
    let traits = purple["characteristics"] ?? .null
    if let burden = traits["tumorMutationalBurdenPerMb"]?.number {
      biomarker("TMB", String(burden), "mut/Mb", batch, &content)
    }
    if let status = traits["microsatelliteStatus"]?.text, status != "UNKNOWN" {
      biomarker("MSI", status, "", batch, &content)
    }
    let repair = ["hrdeficient": "positive", "hrproficient": "negative"]
    if let word = repair[InputHeader.key(value["chord"]?["hrStatus"]?.text ?? "")] {
      biomarker("HRD", word, "", batch, &content)
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
        let phase = ["INFRAME": "in-frame", "OUT_OF_FRAME": "out-of-frame"]
        fusion.frame = content.batches[batch].keep(phase[item["phased"]?.text ?? ""] ?? "")
        add(.fusion(fusion), place, batch, &content)
      }
    }
  }

  // MARK: Rows

  private func biomarker(_ name: String, _ value: String, _ unit: String, _ batch: Int, _ content: inout ReadRows) {
    content.rowsRead += 1
    content.batches[batch].counts.read += 1
    content.batches[batch].keepBiomarker(name, value, scale: unit, line: 1)
  }

  private func add(_ statement: RawRecord.Statement, _ place: Int, _ batch: Int, _ content: inout ReadRows) {
    content.batches[batch].counts.read += 1
    content.batches[batch].add(statement, line: place)
  }

  private func mutation(
    _ gene: String, _ identifier: GeneIdentifier, _ protein: String, _ coding: String, _ words: String,
    _ status: String,
    _ reads: (alt: Int?, depth: Int?), _ stated: String?, _ place: Int, _ batch: Int, _ content: inout ReadRows
  ) {
    let bytes = Array(words.utf8)
    let reading = Consequences.builtIn.read(0..<bytes.count, in: bytes.span)
    let isLookedAt = reading.consequence.isLookedAt(
      gene: Array(gene.utf8).span, coding: Array(coding.utf8).span, statesProtein: !protein.isEmpty)
    guard isLookedAt else { return content.filter(batch, "non-coding class") }
    guard !gene.isEmpty || identifier.isSet else {
      return content.reject(
        batch, InputError(path: path, line: place, column: "gene", problem: "is empty (the item names no gene)"))
    }
    var mutation = RawMutation()
    mutation.gene = content.batches[batch].keep(gene)
    mutation.geneID = identifier
    mutation.proteinChange = content.batches[batch].keep(protein)
    mutation.codingChange = content.batches[batch].keep(coding)
    mutation.status = content.batches[batch].keep(status.lowercased())
    content.batches[batch].keep(reading, of: &mutation, bytes.span)
    if let alt = reads.alt, alt >= 0 { mutation.altCount = Int32(clamping: alt) }
    if let depth = reads.depth, depth >= 0 { mutation.depth = Int32(clamping: depth) }
    if mutation.altCount >= 0, mutation.depth > 0 {
      mutation.alleleFraction = min(1, Float(mutation.altCount) / Float(mutation.depth))
    }
    if let stated { mutation.statements = StatedPathogenicity(Array(stated.utf8).span, column: "clinsig") }
    add(reading.consequence.use == .fusion ? .fusion(RawFusion(mutation)) : .mutation(mutation), place, batch, &content)
  }
}
