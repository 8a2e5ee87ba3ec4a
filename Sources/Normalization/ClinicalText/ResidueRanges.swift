// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Ranges of residues in words.
extension ClinicalText {
  /// `E746-A750 deletion` and `deletion E746_A750`: the residues with the word for what became of them.
  func withRangesJoined(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let place = words.firstIndex(where: Self.isRange) else { return text }
    // `exon 2-7 deletion`; `deletion in 60-70 % of nuclei`.
    let behind = words[(place + 1)...].first?.lowercased() ?? ""
    let isOfExons = place > 0 && words[place - 1].lowercased().hasPrefix("ex")
    if isOfExons || Self.countedUnits.contains(where: behind.hasPrefix) { return text }
    guard let gene = words.lazy.compactMap({ genes.symbol($0) }).first else { return text }
    let last = Int(words[place].reversed().prefix(while: \.isNumber).reversed().map(String.init).joined()) ?? 0
    if let length = sequences.residues.genes.gene(gene)?.length, last > length / 3 { return text }
    for other in [place + 1, place - 1] where words.indices.contains(other) {
      guard let kind = Self.rangeWords[words[other].lowercased()] else { continue }
      words[place] = Self.withEndsNamed(words[place]).replacing("-", with: "_") + kind
      words.remove(at: other)
      return words.joined(separator: " ")
    }
    return text
  }

  private static let countedUnits = [
    "%", "percent", "kb", "bp", "mb", "cop", "cell", "nuclei", "signal", "case", "patient",
  ]

  /// Each clause of a text by itself: between semicolons, commas and `and`.
  static func eachClause(_ text: String, _ change: (String) -> String) -> String {
    var (clauses, words): ([String], [Substring]) = ([], [])
    func end(with joint: String) {
      clauses.append(change(words.joined(separator: " ")) + joint)
      words = []
    }
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = word.last, ",;".contains(last) {
        words.append(word.dropLast())
        end(with: String(last))
      } else if word == "and" {
        end(with: "")
        clauses.append("and")
      } else {
        words.append(word)
      }
    }
    if !words.isEmpty { end(with: "") }
    return clauses.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static let rangeWords = [
    "deletion": "del", "del": "del", "deleted": "del", "duplication": "dup", "dup": "dup", "duplicated": "dup",
  ]

  private static let residues = "ACDEFGHIKLMNPQRSTVWY"

  /// `E746-A750`, `p.W557_K558`, `557-558`, `DIMH842-845`.
  private static func isRange(_ word: String) -> Bool {
    let bare = word.hasPrefix("p.") ? word.dropFirst(2) : word[...]
    let ends = bare.split(whereSeparator: { "-_".contains($0) })
    let numbers = ends.map { Int($0.drop { residues.contains($0) }) ?? 0 }
    guard ends.count == 2, numbers[0] >= 30, numbers[1] > numbers[0], numbers[1] < 5000 else { return false }
    let letters = ends.map { $0.prefix { residues.contains($0) }.count }
    // Without letters the numbers may be of anything else; the word beside them says that they are not.
    return letters[1] <= 1 && (letters[0] <= 1 || letters[0] == numbers[1] - numbers[0] + 1)
  }

  /// `DIMH842-845` as `D842-H845`.
  private static func withEndsNamed(_ word: String) -> String {
    let letters = word.prefix { residues.contains($0) }
    let ends = word.split(whereSeparator: { "-_".contains($0) })
    guard letters.count > 1, ends.count == 2, let first = letters.first, let last = letters.last else { return word }
    return "\(first)\(ends[0].dropFirst(letters.count))_\(last)\(ends[1].drop { residues.contains($0) })"
  }
}
