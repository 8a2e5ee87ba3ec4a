// SPDX-License-Identifier: Apache-2.0
/// Findings about rules that were looked at and stay as they are.
package struct ExplainedFindings: Sendable {
  private let known: Set<[String]>

  init(_ rows: [FactRow]) { known = Set(rows.map { [$0["rule"], $0["kind"], $0["other"]] }) }

  /// Whether a finding of a kind about a rule, and another where it takes two, is explained.
  package func explain(kind: String, rule: String, other: String = "") -> Bool {
    known.contains([rule, kind, other])
  }
}
