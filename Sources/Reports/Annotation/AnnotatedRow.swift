// SPDX-License-Identifier: Apache-2.0
/// What one row of an input became, for ``RowAnswers``.
package struct AnnotatedRow: Hashable, Sendable {
  /// What became of the row as a whole.
  package enum Fate: String, CaseIterable, Sendable {
    case matched, unmatched, filtered, rejected
  }

  /// Places among the alterations of the report's matches.
  package var alterations: [Int] = []
  /// Places among the report's changes of genes of which the tables say nothing.
  package var unlisted: [Int] = []
  /// What became of statements that were not kept.
  package var setAside: Fate?
  /// Why they were not, each reason once.
  package var reasons: [String] = []

  /// Nothing known yet.
  package init() {}

  /// Adds a statement that was not kept; that something cannot be read goes before that it is not looked at.
  package mutating func setAside(_ fate: Fate, _ reason: String) {
    if setAside != .rejected { setAside = fate }
    if !reason.isEmpty, !reasons.contains(reason) { reasons.append(reason) }
  }
}
