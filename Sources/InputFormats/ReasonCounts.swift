// SPDX-License-Identifier: Apache-2.0

/// Rows that are not looked at, counted by the reason.
///
/// Files have many such rows and few reasons, so that a list is searched faster than a table of hashes.
package struct ReasonCounts: Sendable {
  private var counts: [(reason: String, rows: Int)] = []

  /// No rows yet.
  package init() {}

  /// The rows by reason.
  package var byReason: [String: Int] { Dictionary(uniqueKeysWithValues: counts.map { ($0.reason, $0.rows) }) }

  mutating func add(_ reason: String, rows: Int = 1) {
    for place in counts.indices where counts[place].reason == reason {
      counts[place].rows += rows
      return
    }
    counts.append((reason, rows))
  }

  /// Adds the rows of others.
  package mutating func add(_ other: ReasonCounts) {
    for (reason, rows) in other.counts { add(reason, rows: rows) }
  }
}
