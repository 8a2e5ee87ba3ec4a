// SPDX-License-Identifier: Apache-2.0
/// Words that name a class of change instead of residues.
package struct NamedChanges: Sendable {
  private let whole: [String: String]
  private let partial: [(word: String, isPrefix: Bool, holds: String, name: String)]
  private let joined: [(word: String, gene: String)]
  /// The classes that words name.
  package let names: Set<String>

  init(_ rows: [FactRow]) {
    whole = Dictionary(
      rows.filter { $0["match"] == "whole" }.map { ($0["word"], $0["class"]) }, uniquingKeysWith: { first, _ in first })
    partial = rows.filter { ["prefix", "suffix"].contains($0["match"]) }
      .map { ($0["word"], $0["match"] == "prefix", $0["holds"], $0["class"]) }
    names = Set(rows.map { $0["class"] })
    joined = rows.filter { $0["joined"] == "yes" }.map { ($0["word"], $0["gene"]) }
  }

  /// The class that a text names; `nil` when it names none.
  ///
  /// - Parameter key: The text in lower case, without blanks, underscores, hyphens and points.
  package func name(of key: String) -> String? {
    if let known = whole[key] { return known }
    for item in partial where item.isPrefix ? key.hasPrefix(item.word) : key.hasSuffix(item.word) {
      if item.holds.isEmpty || key.contains(item.holds) { return item.name }
    }
    return nil
  }

  /// The gene of a finding that is written as one word with its change: `flt3itd`.
  ///
  /// - Parameter key: The word in lower case, letters and digits only.
  package func gene(joinedIn key: String) -> String? { joined.first { key.hasPrefix($0.word) }?.gene }
}
