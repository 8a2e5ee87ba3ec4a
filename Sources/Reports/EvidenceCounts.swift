// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// What rows of evidence come to, read from them once: those of a sample, or those that rest on one of its alterations.
struct EvidenceCounts: Sendable {
  /// The highest tier of a row for a therapy that is not overridden.
  private(set) var highestTier: Tier?
  /// The highest tier of all other rows.
  private(set) var highestOtherTier: Tier?
  /// The strongest level of a sensitivity row.
  private(set) var sensitivityLevel: Rule.Level?
  /// The strongest level of a resistance row.
  private(set) var resistanceLevel: Rule.Level?
  /// Therapies with a sensitivity row that is not withdrawn.
  private(set) var therapies: [String] = []
  /// Rows with a condition.
  private(set) var conditional = 0
  /// Rows of withdrawn therapies.
  private(set) var withdrawn = 0

  /// What some rows come to.
  init(_ rows: some Sequence<TherapyMatch>) {
    for match in rows {
      let verdict = match.verdict
      if verdict == .conditional { conditional += 1 }
      if verdict == .withdrawn { withdrawn += 1 }
      // The rows that count: not withdrawn, not from histology, no context.
      let (rule, tier) = (match.rule, match.tier)
      guard verdict != .withdrawn, rule.direction != .context, !match.isHistology, tier != .none else {
        continue
      }
      // What is overridden stands for nothing: what overrides it does.
      if rule.direction == .sensitivity {
        if verdict != .overridden, tier.order < highestTier?.order ?? .max { highestTier = tier }
      } else if tier.order < highestOtherTier?.order ?? .max {
        highestOtherTier = tier
      }
      switch rule.direction {
      case .sensitivity:
        sensitivityLevel = min(rule.level, sensitivityLevel ?? rule.level)
        // A sample has a dozen: to compare them takes less than to hash each.
        if !therapies.contains(rule.therapy) { therapies.append(rule.therapy) }
      case .resistance: resistanceLevel = min(rule.level, resistanceLevel ?? rule.level)
      case .noBenefit, .context: break
      }
    }
  }

  /// The highest tier of a therapy that may work, else of one that may not; `nil` when there is none.
  var strongestTier: Tier? { highestTier ?? highestOtherTier }
}
