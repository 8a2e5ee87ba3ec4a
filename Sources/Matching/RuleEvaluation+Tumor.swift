// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// How a rule's tumor type fits the sample's, beyond the proximity of the two codes.
extension RuleEvaluation {
  /// Evidence that is bound to the uterus reaches tumors elsewhere through the bridge only, and the other way round.
  func siteFit(_ rule: Rule, _ proximity: Proximity) -> Proximity {
    guard let site = rule.site, proximity == .same else { return proximity }
    let organs = table.reference.facts.siteCodes.organs(of: .uterine)
    let isUterine =
      facts.profile.site == .uterine || organs.contains { table.reference.tumorTypes.covers($0, tumorType) }
    return (site == .uterine) == isUterine ? proximity : .bridge
  }
}

extension Rule {
  /// Context, histology and wild-type rules and stains of a lineage hold in their tumor and through a bridge only.
  ///
  /// Guide: TumorTypes, Rules that stay in their tumor.
  func isBoundToItsTumor(_ facts: Facts) -> Bool {
    // A wider code of its tumor is no other tumor; who asks for rows on diagnosis looks at that.
    if statement?.kind == .diagnosis { return false }
    // What is known of the course of one tumor says nothing of another.
    if direction == .context || readsAbsenceAlone { return true }
    switch eventClass {
    case .histology, .proteinTarget, .wildType: return true
    case .expression: return facts.lineageStains.bind(self)
    case .mutation, .copyNumber, .fusion, .lossOfFunction, .biomarker, .pathway: return false
    }
  }

  private static let absences: Set<String> = ["stable", "low", "proficient", "negative", "absent", "intact"]

  /// Whether all the rule asks for is that a test came out unremarkable: microsatellite stable, HER2 negative.
  private var readsAbsenceAlone: Bool {
    guard eventClass == .biomarker || eventClass == .expression else { return false }
    return alternatives.allSatisfy { spec in
      guard case .measurement(let tests) = spec else { return false }
      return tests.allSatisfy {
        Self.absences.contains($0.word) || $0.comparison == .less || $0.comparison == .lessOrEqual
      }
    }
  }
}
