// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import JSONText

extension JSONResultReader {
  /// Nirvana's positions, each with its alleles and what they are in the transcripts.
  func nirvana(_ value: JSONValue, _ head: JSONValue, _ content: inout ReadRows) {
    let batch = content.batchNumber(of: head["samples"]?.elements.last?.text ?? "")
    let build = head["genomeAssembly"]?.text.flatMap { GenomeBuild($0) }
    for (place, position) in (value["positions"]?.elements ?? []).enumerated() {
      let filters = (position["filters"]?.elements ?? []).compactMap(\.text)
      let sample = position["samples"]?.elements.last ?? .null
      let variants = position["variants"]?.elements ?? []
      for (number, variant) in variants.enumerated() {
        content.rowsRead += 1
        if !filters.isEmpty, filters != ["PASS"] || sample["failedFilter"]?.flag == true {
          content.batches[batch].counts.filteredCalls += 1
          content.filter(batch, "FILTER not PASS")
        } else if let genotype = sample["genotype"]?.text, Self.excludes(genotype, allele: number + 1) {
          content.filter(batch, "genotype without the change")
        } else if Self.hasNoReads(sample, allele: number + 1) {
          content.filter(batch, "no read carries the change")
        } else if let fusion = geneFusion(variant) {
          readFusion(fusion, place + 1, batch, &content)
        } else {
          readVariant(variant, of: position, sample, number, build, place + 1, batch, &content)
        }
      }
    }
  }

  /// Whether a genotype is called and names other alleles alone.
  private static func excludes(_ genotype: String, allele: Int) -> Bool {
    let alleles = genotype.split { $0 == "/" || $0 == "|" }
    return !alleles.isEmpty && alleles.allSatisfy { Int($0).map { $0 != allele } ?? false }
  }

  /// The transcript that is read: the MANE or canonical one of a gene that the variant changes, before those of neighbors.
  private static func chosen(of transcripts: [JSONValue]) -> JSONValue? {
    let mane = transcripts.filter { $0["isManeSelect"]?.flag == true }
    let canonical = transcripts.filter { $0["isCanonical"]?.flag == true }
    return mane.first(where: isChanged) ?? canonical.first(where: isChanged) ?? mane.first ?? canonical.first
      ?? transcripts.first
  }

  private static let elsewhere: Set<String> = [
    "upstream_gene_variant", "downstream_gene_variant", "intergenic_variant", "intron_variant", "synonymous_variant",
    "non_coding_transcript_variant", "non_coding_transcript_exon_variant", "transcript_variant",
  ]

  private static func isChanged(_ transcript: JSONValue) -> Bool {
    let words = (transcript["consequence"]?.elements ?? []).compactMap(\.text)
    return !words.allSatisfy(elsewhere.contains)
  }

  /// Whether reads were counted and none carries an allele.
  private static func hasNoReads(_ sample: JSONValue, allele: Int) -> Bool {
    let depths = (sample["alleleDepths"]?.elements ?? []).map { $0.integer ?? -1 }
    return allele < depths.count && depths[allele] == 0 && depths.contains { $0 > 0 }
  }

  /// What ClinVar says of a variant: its entries may be about another change at the same place.
  private static func statements(_ variant: JSONValue) -> String {
    (variant["clinvar"]?.elements ?? []).filter { entry in
      guard let alternate = entry["altAllele"]?.text, let own = variant["altAllele"]?.text else {
        return entry["isAlleleSpecific"]?.flag != false
      }
      return alternate == own || entry["isAlleleSpecific"]?.flag == true
    }.flatMap { $0["significance"]?.elements ?? [] }.compactMap(\.text).joined(separator: ",")
  }

  private func readVariant(
    _ variant: JSONValue, of position: JSONValue, _ sample: JSONValue, _ number: Int, _ build: GenomeBuild?,
    _ place: Int, _ batch: Int, _ content: inout ReadRows
  ) {
    let transcripts = variant["transcripts"]?.elements ?? []
    guard let chosen = Self.chosen(of: transcripts) else { return content.filter(batch, "without annotation") }
    var mutation = Mutation()
    mutation.gene = chosen["hgnc"]?.text ?? ""
    mutation.protein = chosen["hgvsp"]?.text ?? ""
    mutation.coding = chosen["hgvsc"]?.text ?? ""
    mutation.words = (chosen["consequence"]?.elements ?? []).compactMap(\.text).joined(separator: "&")
    // Depths begin with the reference, fractions with the first other allele.
    let depths = sample["alleleDepths"]?.elements ?? []
    if number + 1 < depths.count { mutation.altCount = depths[number + 1].integer }
    mutation.depth = sample["totalDepth"]?.integer
    let fractions = sample["variantFrequencies"]?.elements ?? []
    if number < fractions.count { mutation.fraction = fractions[number].number }
    mutation.stated = Self.statements(variant)
    mutation.transcript = chosen["transcript"]?.text ?? ""
    mutation.chromosome = position["chromosome"]?.text ?? ""
    mutation.position = position["position"]?.integer.map { String($0) } ?? ""
    mutation.reference = position["refAllele"]?.text ?? ""
    let alleles = position["altAlleles"]?.elements ?? []
    if number < alleles.count { mutation.alternate = alleles[number].text ?? "" }
    mutation.build = build
    mutation.others = transcripts.filter { $0["hgnc"]?.text == mutation.gene }.map {
      ($0["transcript"]?.text ?? "", $0["hgvsc"]?.text ?? "", $0["hgvsp"]?.text ?? "")
    }
    add(mutation, place, batch, &content)
  }

  /// The genes that a structural variant joins: `ETV6{ENST00000396373.4}:c.1_1009+3402_RUNX1{ENST00000437180.1}:c.58+568_1443`.
  private func geneFusion(_ variant: JSONValue) -> String? {
    (variant["transcripts"]?.elements ?? []).lazy.compactMap { transcript in
      transcript["geneFusion"]?["fusions"]?.elements.first?["hgvsc"]?.text
    }.first
  }

  private func readFusion(_ text: String, _ place: Int, _ batch: Int, _ content: inout ReadRows) {
    let parts = text.split(separator: "{", omittingEmptySubsequences: false)
    guard parts.count >= 3, let second = parts[1].split(separator: "_").last else {
      return content.filter(batch, "without annotation")
    }
    var fusion = RawFusion()
    fusion.first = content.batches[batch].keep(String(parts[0]))
    fusion.second = content.batches[batch].keep(String(second))
    fusion.isOrdered = true
    add(.fusion(fusion), place, batch, &content)
  }
}
