// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// A score or stain that passes the rule's tests on the same scale.
  static func passes(_ tests: [MeasurementTest], _ annotated: AnnotatedAlteration, _ sample: EvaluationContext) -> Bool
  {
    guard case .measurement(let measurement) = annotated.alteration.event else { return false }
    return tests.allSatisfy { test in
      sample.evaluate(test, name: measurement.name, preferring: measurement) == .yes
    }
  }
}
