internal import Alterations
internal import TargetTable

/// A gene that the input states to be unchanged.
struct StatedWildType: MatchRule {
  static let name = "stated-wild-type"

  func isSatisfied(_ spec: AlterationSpec, by alteration: JudgedAlteration, in sample: SampleFacts) -> Bool? {
    guard spec == .wildType else { return nil }
    return alteration.alteration.event == .wildType
  }
}
