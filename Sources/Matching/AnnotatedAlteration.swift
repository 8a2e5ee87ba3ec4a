public import Alterations

/// An alteration with what was decided about it.
public struct AnnotatedAlteration: Sendable {
  /// What became of it; the column `outcome` of alterations.tsv.
  public enum Outcome: String, Sendable {
    case matched
    case noRule = "no_rule"
    case vus, benign, silent
    case notEvaluated = "not_evaluated"
  }

  /// What is decided once; shared by copies, of which rules make many.
  private final class Decided: Sendable {
    let alteration: Alteration
    let oncogenicity: Oncogenicity
    let notEvaluated: String
    let description: String

    init(_ alteration: Alteration, _ oncogenicity: Oncogenicity, _ notEvaluated: String) {
      self.alteration = alteration
      self.oncogenicity = oncogenicity
      self.notEvaluated = notEvaluated
      description = alteration.description
    }
  }

  private let decided: Decided
  /// The alteration.
  public var alteration: Alteration { decided.alteration }
  /// Its gene.
  public var gene: String { decided.alteration.gene }
  /// Its canonical form without the gene, put in words once.
  public var description: String { decided.description }
  /// The change as written.
  package var asWritten: String { decided.alteration.asWritten }
  /// How likely it drives the tumor.
  public var oncogenicity: Oncogenicity { decided.oncogenicity }
  /// What became of it.
  public var outcome: Outcome
  /// Why, for people.
  public var reason: String
  /// Why it was not evaluated; empty when it was.
  var notEvaluated: String { decided.notEvaluated }
  /// Whether a rule may read it at all.
  let isReadable: Bool

  init(_ alteration: Alteration, _ oncogenicity: Oncogenicity, notEvaluated: String = "") {
    decided = Decided(alteration, oncogenicity, notEvaluated)
    isReadable = notEvaluated.isEmpty && !oncogenicity.isBenign
    outcome = .noRule
    reason = ""
  }
}
