// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Changes of the coding sequence in the way of older papers: `1100delC`, `999del5`, `5382insC`.
extension ClinicalText {
  /// Such a change as `c.` writes it; `nil` for other words.
  ///
  /// Older papers counted from the first base of some transcripts in place of the first one that is translated.
  ///
  /// - Parameter gene: The current symbol.
  func olderCoding(_ word: String, of gene: String) -> String? {
    guard let (start, kind, tail) = Self.olderParts(word) else { return nil }
    let before = facts.phrases.basesBeforeStart(of: gene)
    let sequence = sequences.residues.genes.gene(gene)?.sequence ?? []
    // Bases that are named tell by which count they were found.
    func fits(_ first: Int) -> Bool {
      guard kind != "ins", Int(tail) == nil, !sequence.isEmpty else { return first > 0 }
      return first > 0 && sequence.dropFirst(first - 1).starts(with: tail.utf8)
    }
    guard let first = [start - before, start].first(where: fits) else { return nil }
    if kind == "ins" { return tail.first?.isLetter == true ? "c.\(first)_\(first + 1)ins\(tail)" : nil }
    let count = Int(tail) ?? tail.count
    let range = count == 1 ? "\(first)" : "\(first)_\(first + count - 1)"
    return "c.\(range)\(kind)\(Int(tail) == nil ? tail : "")"
  }

  /// Whether a word is a change in that way.
  static func isOlderCoding(_ word: String) -> Bool { olderParts(word) != nil }

  private static func olderParts(_ word: String) -> (start: Int, kind: String, tail: String)? {
    let digits = word.prefix(while: \.isNumber)
    guard (3...5).contains(digits.count), let start = Int(digits) else { return nil }
    let behind = word.dropFirst(digits.count)
    guard let kind = ["del", "dup", "ins"].first(where: behind.hasPrefix) else { return nil }
    let tail = String(behind.dropFirst(kind.count))
    let isBases = tail.allSatisfy { "ACGT".contains($0) } && tail.count <= 60
    let isCount = tail.count <= 2 && Int(tail).map { $0 > 0 } ?? false
    return !tail.isEmpty && (isBases || isCount) ? (start, kind, tail) : nil
  }
}
