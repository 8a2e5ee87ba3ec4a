internal import Alterations
internal import Knowledge

/// A score or stain that passes the rule's test on the same scale.
struct MeasuredValue: MatchRule {
  static let name = "measured-value"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    guard case .measurement(let tests) = spec else { return nil }
    guard case .measurement(let measurement) = alteration.alteration.event else { return false }
    return tests.allSatisfy { test in
      sample.evaluate(test, name: measurement.name, preferring: measurement) == .yes
    }
  }
}
