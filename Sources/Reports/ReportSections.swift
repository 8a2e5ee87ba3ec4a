// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
package import Matching

/// The parts of a report, each with the rows of therapies.tsv that stand in it, by their place.
package enum ReportSection: String, CaseIterable, Sendable {
  /// Rows of an alteration that may open a therapy.
  case options
  /// Such rows that wait for a test.
  case conditional
  /// Rows that speak against a therapy.
  case resistance
  /// Therapies that were tested and did not help.
  case noBenefit = "no_benefit"
  /// Rows that need a tumor type and no alteration.
  case histology
  /// Known facts without an agent, and conventional therapy.
  case context
  /// Rows of therapies that a regulator or maker withdrew.
  case withdrawn

  /// The section of a row.
  package init(_ match: TherapyMatch) {
    if match.verdict == .withdrawn {
      self = .withdrawn
      return
    }
    switch match.rule.direction {
    case .context: self = .context
    case .noBenefit: self = .noBenefit
    case .resistance: self = .resistance
    case .sensitivity:
      self = match.isHistology ? .histology : match.verdict == .conditional ? .conditional : .options
    }
  }
}
