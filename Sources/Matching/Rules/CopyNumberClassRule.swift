internal import Alterations
internal import TargetTable

/// A copy-number call of the class that the rule asks for; a gain is never an amplification.
struct CopyNumberClassRule: MatchRule {
  static let name = "copy-number-class"

  func isSatisfied(_ spec: AlterationSpec, by alteration: JudgedAlteration, in sample: SampleFacts) -> Bool? {
    guard case .copyNumber(let wanted) = spec else { return nil }
    guard case .copyNumber(let call) = alteration.alteration.event else { return false }
    return wanted.contains(call)
  }
}
