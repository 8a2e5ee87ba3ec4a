internal import Alterations
internal import Knowledge

/// A copy-number call of the class that the rule asks for; a gain is never an amplification.
struct CopyNumberClassRule: MatchRule {
  static let name = "copy-number-class"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    guard case .copyNumber(let wanted) = spec else { return nil }
    guard case .copyNumber(let call) = alteration.alteration.event else { return false }
    return wanted.contains(call)
  }
}
