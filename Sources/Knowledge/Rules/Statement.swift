// SPDX-License-Identifier: Apache-2.0
extension Rule {
  /// What a row says of a finding where it speaks of no therapy: the words of its column `direction`.
  ///
  /// A row with such a word names no agent, is never weighed and has no tier.
  public enum Statement: String, Sendable, CaseIterable {
    case supportsDiagnosis = "supports_diagnosis"
    case opposesDiagnosis = "opposes_diagnosis"
    case noDiagnosticValue = "no_diagnostic_value"
    case betterOutcome = "better_outcome"
    case poorOutcome = "poor_outcome"
    case noEffectOnOutcome = "no_effect_on_outcome"
    case predisposing, protective
    case notPredisposing = "not_predisposing"
    case uncertainPredisposition = "uncertain_predisposition"
    case oncogenic
    case notOncogenic = "not_oncogenic"
    case gainOfFunction = "gain_of_function"
    case lossOfFunction = "loss_of_function"
    case dominantNegative = "dominant_negative"
    case neomorphic
    case unalteredFunction = "unaltered_function"
    case noGainOfFunction = "no_gain_of_function"
    case noLossOfFunction = "no_loss_of_function"
    case notDominantNegative = "not_dominant_negative"
    case notNeomorphic = "not_neomorphic"

    /// What the statement is about: the column `kind` of context.tsv, in the order of reports.
    public enum Kind: String, Sendable, CaseIterable {
      case diagnosis, prognosis, predisposition, oncogenicity, function
    }

    /// What it is about.
    public var kind: Kind {
      switch self {
      case .supportsDiagnosis, .opposesDiagnosis, .noDiagnosticValue: .diagnosis
      case .betterOutcome, .poorOutcome, .noEffectOnOutcome: .prognosis
      case .predisposing, .protective, .notPredisposing, .uncertainPredisposition: .predisposition
      case .oncogenic, .notOncogenic: .oncogenicity
      case .gainOfFunction, .lossOfFunction, .dominantNegative, .neomorphic, .unalteredFunction, .noGainOfFunction,
        .noLossOfFunction, .notDominantNegative, .notNeomorphic:
        .function
      }
    }
  }

  /// The word of the column `direction`.
  package var directionWord: String { statement?.rawValue ?? direction.rawValue }
}

/// The rows that speak of no therapy, apart from the rules so that nothing weighs them.
///
/// A class, since a table holds one of its own kind.
package final class StatementTable: Sendable {
  /// The rows as a table by themselves, with the same reference tables and sources.
  package let table: KnowledgeBase

  /// The rows, in the order of their tables.
  package var rules: RuleList { table.rules }

  init(_ table: KnowledgeBase) { self.table = table }
}
