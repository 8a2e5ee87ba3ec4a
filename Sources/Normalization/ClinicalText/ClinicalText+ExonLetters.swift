// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Exons written with one letter: `EGFR E19 del`, `HER2 E20ins`, `MET E14 skipping`.
extension ClinicalText {
  /// A text in which `E19` beside a gene is `exon 19`, where the gene has that exon and no glutamate at that residue.
  func withExonLetters(_ text: String) -> String {
    text.split(separator: ";", omittingEmptySubsequences: false).map { clause in
      let words = clause.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      // A letter and a number behind a fusion is the exon of a partner, and read with it.
      guard words.contains(where: { Self.exonLetter($0) != nil }),
        let gene = words.lazy.compactMap({ nameOfGene($0) }).first
      else { return String(clause) }
      return words.map { word in
        guard let (exon, rest) = Self.exonLetter(word), reference.exons.codons(gene: gene, exon: exon) != nil,
          sequences.residues.genes.gene(gene)?.fits("E", at: exon) == false
        else { return word }
        return rest.isEmpty ? "exon \(exon)" : "exon \(exon) \(rest)"
      }.joined(separator: " ")
    }.joined(separator: ";")
  }

  private func nameOfGene(_ word: String) -> String? {
    guard word.contains(where: \.isUppercase), Self.exonLetter(word) == nil,
      !Self.plainWords.contains(word.lowercased())
    else { return nil }
    return genes.symbol(word)
  }

  /// The number behind the letter, and the word behind the number: `E19del` is 19 and `del`.
  private static func exonLetter(_ word: String) -> (exon: Int, rest: String)? {
    guard let letter = word.first, letter == "E" || letter == "e" else { return nil }
    let digits = word.dropFirst().prefix(while: \.isNumber)
    guard (1...2).contains(digits.count), let exon = Int(digits) else { return nil }
    let rest = word.dropFirst(1 + digits.count).drop { $0 == "-" }
    return rest.isEmpty || exonEvents.contains(rest.lowercased()) ? (exon, String(rest)) : nil
  }

  private static let exonEvents: Set<String> = [
    "del", "deletion", "ins", "insertion", "dup", "duplication", "skip", "skipping", "mut", "mutation",
  ]
}
