// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// The annotation of Ion Reporter: `FUNC=[{'gene':'EGFR','protein':'p.Leu858Arg','function':'missense'},...]`, an item for
/// each transcript and allele.
///
/// Layout: Ion Reporter Software, annotated VCF; items as in the files of Oncomine assays.
extension VCFReader {
  /// Keeps an allele by what its items say.
  ///
  /// - Returns: Whether there are such items; if not, the allele is left to its position.
  func readFunctions(
    _ allele: VCFAnnotation.Allele, _ support: VCFSupport, _ info: VCFRecordInfo, _ row: Row, _ text: Span<UInt8>,
    _ state: inout State
  ) -> Bool {
    guard header.namesFunctions, let cell = value("FUNC", row, text) else { return false }
    let bases = ByteText.string(text.extracting(allele.bases))
    let all = cell.split(separator: "}").map(Self.members).filter { $0["gene"] != nil }
    let own = all.filter { item in
      allele.count == 1 || [item["origAlt"], item["normalizedAlt"]].contains(bases) || item["origAlt"] == nil
    }
    guard
      let best = own.first(where: { $0["protein"]?.hasPrefix("p.") == true && $0["protein"] != "p.?" }) ?? own.first,
      let gene = best["gene"]
    else { return false }
    let word = Self.words[(best["function"] ?? "").lowercased()] ?? ""
    // Without a word the place in the gene tells; positions tell more.
    if word.isEmpty, best["protein"] == nil { return false }
    let bytes = Array(word.utf8)
    let name = Array(gene.utf8)
    let protein = best["protein"].map { $0 == "p.?" ? "" : $0 } ?? ""
    let coding = Array((best["coding"] ?? "").utf8)
    let reading = Consequences.builtIn.read(0..<bytes.count, in: bytes.span)
    guard
      reading.consequence.isLookedAt(gene: name.span, coding: coding.span, statesProtein: !protein.isEmpty)
    else {
      state.filter("non-coding class")
      return true
    }
    var mutation = Self.mutation(support, info, row)
    mutation.gene = state.keep(name)
    mutation.proteinChange = state.keep(Array(protein.utf8))
    mutation.codingChange = state.keep(coding)
    state.keep(reading, of: &mutation, bytes.span)
    mutation.status = keepStatus(allele, info, row, text, &state)
    if let stated = best["CLNSIG1"] ?? best["CLNSIG"] {
      mutation.statements = StatedPathogenicity(Array(stated.utf8).span, column: "clinsig")
    }
    if CodingGeneNames.keepPlace(of: name.span, statesProtein: !mutation.proteinChange.isEmpty),
      ByteText.isBases(text.extracting(allele.bases))
    {
      var place = PlaceText(
        transcript: Array((best["transcript"] ?? "").utf8).span, chromosome: text.extracting(row.chromosome),
        position: text.extracting(row.place), reference: text.extracting(row.reference),
        alternate: text.extracting(allele.bases), notation: text.extracting(0..<0), build: header.build)
      for item in own where item["gene"] == gene {
        guard let transcript = item["transcript"], let change = item["protein"], change.hasPrefix("p.") else {
          continue
        }
        place.add(
          transcript: Array(transcript.utf8).span, codingChange: Array((item["coding"] ?? "").utf8).span,
          proteinChange: Array(change.utf8).span)
      }
      mutation.place = state.keep(place)
    }
    state.add(.mutation(mutation), line: row.line)
    return true
  }

  /// What the maker calls the effect of a change, as the vocabulary has it.
  private static let words = [
    "missense": "missense_variant", "nonsense": "stop_gained", "synonymous": "synonymous_variant",
    "stoploss": "stop_lost", "frameshiftinsertion": "frameshift_variant", "frameshiftdeletion": "frameshift_variant",
    "frameshiftblocksubstitution": "frameshift_variant", "nonframeshiftinsertion": "inframe_insertion",
    "nonframeshiftdeletion": "inframe_deletion", "nonframeshiftblocksubstitution": "protein_altering_variant",
  ]

  /// The members of one item: `'gene':'EGFR','exon':'21'`.
  private static func members(_ item: Substring) -> [String: String] {
    let parts = item.split(separator: "'", omittingEmptySubsequences: false)
    var members: [String: String] = [:]
    // Quotes stand around names and values, a colon between them.
    var place = 1
    while place + 2 < parts.count {
      if parts[place + 1].contains(":") {
        let value = String(parts[place + 2])
        if !value.isEmpty { members[String(parts[place])] = value }
        place += 4
      } else {
        place += 2
      }
    }
    return members
  }
}
