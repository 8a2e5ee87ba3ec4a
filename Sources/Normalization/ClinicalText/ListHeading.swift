// SPDX-License-Identifier: Apache-2.0

/// What the heading of a list says of all its items: `Pertinent negatives:`, `Pending:`, `VUS:`.
struct ListHeading {
  /// The word behind each item.
  private let word: String

  private static let words: [(headings: Set<String>, word: String)] = [
    (
      [
        "pertinent negatives", "pertinent negative", "negatives", "negative", "negative for", "excluded", "absent",
        "ruled out", "negative findings", "negative results",
      ], "not detected"
    ),
    (
      [
        "pending", "outstanding", "awaited", "to follow", "ordered", "tests ordered", "tests pending", "pending tests",
        "genes tested", "genes analyzed", "genes analysed", "genes covered", "genes assayed", "panel covers", "tested",
        "tests requested", "requested", "not tested", "not assessed",
      ], "pending"
    ),
    (
      [
        "vus", "vuses", "variants of uncertain significance", "variants of unknown significance",
        "variant of uncertain significance", "variant of unknown significance", "uncertain significance",
      ], "VUS"
    ),
  ]

  /// The heading that a clause begins with, and the list behind it; `nil` where it begins with none.
  static func read(_ clause: String) -> (heading: ListHeading, list: String)? {
    guard let colon = clause.firstIndex(of: ":") else { return nil }
    let heading = clause[..<colon].lowercased().trimmingWhiteSpace
    let list = String(clause[clause.index(after: colon)...]).trimmingWhiteSpace
    guard !list.isEmpty, let found = words.first(where: { $0.headings.contains(heading) }) else { return nil }
    return (ListHeading(word: found.word), list)
  }

  /// The items, each with what the heading says.
  func said(of items: [String]) -> String { items.map { "\($0) \(word)" }.joined(separator: "; ") }
}
