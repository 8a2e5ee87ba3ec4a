// SPDX-License-Identifier: Apache-2.0

/// What a match tells beside its rows where somebody shows it; each costs time.
package struct MatchDetails: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Rules that were not met, with the reasons, and the tests that would open them.
  package static let nearMisses = MatchDetails(rawValue: 1)
  /// Tests that the sample lacks and that would open a label or a guideline.
  package static let labelOpenings = MatchDetails(rawValue: 1 << 1)
}
