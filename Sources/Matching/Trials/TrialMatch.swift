// SPDX-License-Identifier: Apache-2.0
package import Knowledge

/// What the studies of a registry come to for one sample.
package struct SampleTrials: Sendable {
  /// The registry.
  package let registry: TrialRegistry
  /// Studies that are met or unknown, best first; where asked for, those that are not met behind them.
  package let matches: [TrialMatch]
  /// Open studies of which no part is met or unknown.
  package let notMetCount: Int

  /// The study of a match.
  package func trial(_ match: TrialMatch) -> Trial { registry.trials[match.trial] }

  /// The part of the study.
  package func arm(_ match: TrialMatch) -> Trial.Arm { trial(match).arms[match.arm] }

  /// The file that holds the study.
  package func file(_ match: TrialMatch) -> TrialRegistry.File { registry.files[trial(match).file] }

  /// How many matches have a verdict.
  package func count(_ verdict: TrialMatch.Verdict) -> Int { matches.count { $0.verdict == verdict } }
}

/// A part of a study and what a sample comes to in it.
package struct TrialMatch: Sendable {
  /// Whether the structured conditions are met.
  package enum Verdict: String, Sendable, CaseIterable {
    case met, unknown
    case notMet = "not_met"
  }

  /// The place of the study in the registry.
  package let trial: Int
  /// The place of the part in the study.
  package let arm: Int
  /// Whether its conditions are met.
  package let verdict: Verdict
  /// Conditions that are met.
  package let met: [TrialFact]
  /// What is missing for the others.
  package let unknown: [TrialGap]
  /// Conditions that are not met; one of several that have to hold.
  package let failed: [TrialFact]
  /// Places of the alterations that meet a condition.
  package let alterations: [Int]
}

/// One condition of a study that has an answer.
package struct TrialFact: Hashable, Sendable {
  /// The condition.
  package let condition: TrialCondition
  /// Whether the study asks that it does not hold.
  package let isExcluded: Bool
}

/// What is missing to answer a condition.
package indirect enum TrialGap: Hashable, Sendable {
  /// Why one condition is open.
  package enum Missing: Hashable, Sendable {
    case tests([OpenQuestion])
    /// Rows of the sample about the gene that could not be read.
    case unreadRows(gene: String)
    case age, sex
    case tumor(TumorClaim.Doubt)
    case notRead
  }

  case fact(TrialFact, Missing)
  /// One of several ways is enough; each with what it misses.
  case oneOf([[TrialGap]])
  /// The study states nothing that a program reads.
  case nothingStructured
  /// Whether it has a site in one of these countries.
  case site([String])
}
