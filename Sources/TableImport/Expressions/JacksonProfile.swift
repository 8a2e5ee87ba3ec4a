// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Reads profiles of the Jackson Laboratory's knowledgebase: `BRAF V600E`, `EML4 - ALK`, `EGFR L858R EGFR T790M`,
/// `KRAS mutant OR NRAS mutant`, `ERBB2 amp TP53 wild-type`.
struct JacksonProfile {
  let context: ImportContext

  /// The expression of a profile; parts that follow each other all hold.
  func read(_ text: String) throws(ImportProblem) -> BiomarkerExpression {
    if text.lowercased().hasPrefix("unknown") || text.lowercased() == "not applicable" {
      throw .outOfScope("profile names no biomarker")
    }
    let plain = text.replacing("(", with: " ( ").replacing(")", with: " ) ")
    return try BiomarkerExpression.parse(joinedPartners(plain)) { (words) throws(ImportProblem) in
      let parts = try parts(words)
      return parts.count == 1 ? parts[0] : .and(parts)
    }
  }

  /// `EML4 - ALK` as one word.
  private func joinedPartners(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    while let place = words.indices.first(where: {
      words[$0] == "-" && $0 > 0 && $0 + 1 < words.count && context.isGene(words[$0 - 1])
        && context.isGene(words[$0 + 1])
    }) {
      words.replaceSubrange(place - 1...place + 1, with: [words[place - 1] + "::" + words[place + 1]])
    }
    return words.joined(separator: " ")
  }

  /// The statements of an operand: each begins with a gene, a fusion or a score.
  private func parts(_ words: [String]) throws(ImportProblem) -> [BiomarkerExpression] {
    var parts: [BiomarkerExpression] = []
    var begin = 0
    while begin < words.count {
      var end = begin + 1
      // A gene's own words come before the next gene.
      while end < words.count, end == begin + 1 && !words[begin].contains("::") || !isBeginning(words[end]) { end += 1 }
      parts += try statement(Array(words[begin..<end]))
      begin = end
    }
    return parts
  }

  private func isBeginning(_ word: String) -> Bool {
    word.contains("::") || ["MSI", "TMB"].contains(word) || word == word.uppercased() && context.isGene(word)
  }

  private func statement(_ words: [String]) throws(ImportProblem) -> [BiomarkerExpression] {
    let rest = words.dropFirst().joined(separator: " ")
    if words[0].contains("::") {
      let fusion = try context.words.read([words[0]])
      guard !rest.isEmpty, rest.lowercased() != "fusion" else { return [fusion] }
      // What follows a fusion is said of its kinase, which stands last.
      let gene = words[0].split(separator: ":").last.map(String.init) ?? ""
      return [fusion, try variant(gene, rest)]
    }
    if ["MSI", "TMB"].contains(words[0]) { return [try context.words.read(words)] }
    return [try variant(words[0], rest)]
  }

  private func variant(_ name: String, _ text: String) throws(ImportProblem) -> BiomarkerExpression {
    let gene = try context.vocabulary.symbol(name)
    guard !text.isEmpty else { throw .refused("variant is empty", name) }
    // `V600X`: any residue.
    if text.hasSuffix("X"), let codon = VariantWords.codon(text.dropLast()) {
      return context.vocabulary.codons(gene, [codon])
    }
    // `exon 11 del`: a deletion that lies in the exon, unless the exon is one that is skipped.
    let words = text.lowercased().split(separator: " ").map(String.init)
    if words.count == 3, words[0] == "exon", words[2] == "del", let number = Int(words[1]) {
      if let skipping = context.vocabulary.skipping(gene, exon: number) { return skipping }
      return try context.vocabulary.exon(gene, number, effect: "inframe_del")
    }
    return try context.words.variant(gene, text)
  }
}
