public import Alterations

/// An alteration with what was decided about it.
public struct JudgedAlteration: Sendable {
  /// What became of it; the column `outcome` of alterations.tsv.
  public enum Outcome: String, Sendable {
    case matched
    case noRule = "no_rule"
    case vus, benign, silent
    case notEvaluated = "not_evaluated"
  }

  /// The alteration.
  public let alteration: Alteration
  /// How likely it drives the tumor.
  public let oncogenicity: Oncogenicity
  /// What became of it.
  public var outcome: Outcome
  /// Why, for people.
  public var reason: String
  /// Why it was not evaluated; empty when it was.
  let blocked: String

  init(_ alteration: Alteration, _ oncogenicity: Oncogenicity, blocked: String = "") {
    self.alteration = alteration
    self.oncogenicity = oncogenicity
    self.blocked = blocked
    outcome = .noRule
    reason = ""
  }

  /// Whether a rule may read it at all.
  var isReadable: Bool { blocked.isEmpty && !oncogenicity.isBenign }
}
