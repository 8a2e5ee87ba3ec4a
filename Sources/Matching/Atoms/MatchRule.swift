internal import Knowledge

/// One way in which an alteration satisfies an atom of a rule.
///
/// A value that knows nothing of the others.
protocol MatchRule: Sendable {
  /// Printed in near misses.
  static var name: String { get }

  /// Whether the alteration satisfies the atom; `nil` when this rule has nothing to say of such an atom.
  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool?
}

/// All rules, in the order they are asked.
enum RuleList {
  static let all: [any MatchRule] = [
    ExactChange(), CodonOrRange(), EffectOrNamedClass(), FusionPartner(), CopyNumberClassRule(), LossOfFunction(),
    OncogenicChange(), AnyChangeInGene(), StatedWildType(), MeasuredValue(),
  ]

  /// Whether the alteration satisfies the atom by any rule.
  static func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext)
    -> Bool
  {
    for rule in all {
      if let answer = rule.isSatisfied(spec, by: alteration, in: sample) { return answer }
    }
    return false
  }
}
