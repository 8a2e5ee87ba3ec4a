// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Several changes of one gene that stand in brackets behind it, or behind one of them.
extension ClinicalText {
  /// `EGFR (L858R, T790M)`, `EGFR mutations (L858R and T790M)`, `EGFR L858R (+T790M)`: each change with the gene.
  func withBracketedChanges(_ text: String) -> String {
    guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")"),
      text[text.index(after: close)...].allSatisfy({ $0 == " " || $0 == "." })
    else { return text }
    let before = text[..<open].split(separator: " ").map(String.init)
    guard let gene = before.first, genes.symbol(gene) != nil else { return text }
    let inner = text[text.index(after: open)..<close]
    if let apart = withBracketedStain(before, inner) { return apart }
    let items = inner.split { ",;+&/ ".contains($0) }.map(String.init).filter { $0.lowercased() != "and" }
    guard !items.isEmpty, items.allSatisfy(isNamedChange) else { return text }
    let rest = before.dropFirst()
    if rest.allSatisfy({ Self.mutationNames.contains($0.lowercased()) }) {
      return items.count < 2 ? text : items.map { "\(gene) \($0)" }.joined(separator: ", ")
    }
    // Behind a change a second one is told with a sign: alone it may be the same one in another notation.
    guard inner.hasPrefix("+"), rest.count == 1, isNamedChange(rest[1]) else { return text }
    return ([rest[1]] + items).map { "\(gene) \($0)" }.joined(separator: ", ")
  }

  /// `ERBB2 amplification (HER2 IHC 0)`: a second test of its own.
  private func withBracketedStain(_ before: [String], _ inner: Substring) -> String? {
    let words = inner.split(separator: " ").map(String.init)
    let tests = ["ihc", "ish", "fish"]
    let isStain = words.dropFirst().contains { tests.contains($0.lowercased()) }
    if isStain, words.count > 2, !tests.contains(words[0].lowercased()), genes.symbol(words[0]) != nil {
      return before.joined(separator: " ") + ", " + inner
    }
    return nil
  }

  private static let mutationNames: Set<String> = ["mutation", "mutations", "mutated", "mutant", "variants", "double"]

  private func isNamedChange(_ word: String) -> Bool {
    word.contains(where: \.isNumber) && ProteinChange(word) != nil && genes.symbol(word) == nil
  }
}
