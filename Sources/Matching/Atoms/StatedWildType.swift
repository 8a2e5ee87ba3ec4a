internal import Alterations
internal import Knowledge

/// A gene that the input states to be unchanged.
struct StatedWildType: MatchRule {
  static let name = "stated-wild-type"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    guard spec == .wildType else { return nil }
    return alteration.alteration.event == .wildType
  }
}
