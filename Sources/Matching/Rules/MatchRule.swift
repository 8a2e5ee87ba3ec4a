internal import Alterations
internal import TargetTable

/// One way in which an alteration satisfies an atom of a rule.
///
/// A value that knows nothing of the others.
protocol MatchRule: Sendable {
  /// Printed in near misses.
  static var name: String { get }

  /// Whether the alteration satisfies the atom; `nil` when this rule has nothing to say of such an atom.
  func isSatisfied(_ spec: AlterationSpec, by alteration: JudgedAlteration, in sample: SampleFacts) -> Bool?
}

/// All rules, in the order they are asked.
enum RuleList {
  static let all: [any MatchRule] = [
    ExactChange(), CodonOrRange(), EffectOrNamedClass(), FusionPartner(), CopyNumberClassRule(), LossOfFunction(),
    OncogenicChange(), AnyChangeInGene(), StatedWildType(), MeasuredValue(),
  ]

  /// Whether the alteration satisfies the atom by any rule.
  static func isSatisfied(_ spec: AlterationSpec, by alteration: JudgedAlteration, in sample: SampleFacts) -> Bool {
    for rule in all {
      if let answer = rule.isSatisfied(spec, by: alteration, in: sample) { return answer }
    }
    return false
  }
}
