// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What meets a rule in place of its own test.
extension RuleEvaluation {
  /// A finding that stands in for a test until the test is made (guide: Matching, Findings that stand in for a test).
  func surrogate(_ known: RuleSurrogates, _ rule: Rule, _ index: Int) -> Operand? {
    if let place = accepted(known, rule, index) { return .accepted(place, .confirmByStain) }
    if known.readsGrade, let open = openGrade(of: rule.gene) {
      return first(of: rule.gene) { $0.isMeasurement }.map { .surrogate($0, condition: .test(open.nextTest)) }
    }
    for number in known.findings.lazy.map({ Int($0) }) {
      // Few tumors have the finding, so that is asked first.
      guard let place = facts.surrogates[number] else { continue }
      let surrogate = facts.tables.surrogates[number]
      if isSettledByTest(rule) { return nil }
      if !surrogate.countsDespiteResult, hasOwnResult(rule) { continue }
      // A grade of the stain says more than the word for all grades.
      if surrogate.findingOf == rule.gene, surrogate.finding != .word("negative"), isExcluded(rule) { continue }
      return .surrogate(place, condition: .test(surrogate.missingTest))
    }
    return nil
  }

  /// The finding that labels of this tumor accept as the result that the rule asks for.
  private func accepted(_ known: RuleSurrogates, _ rule: Rule, _ index: Int) -> Int? {
    for number in known.findings.lazy.map({ Int($0) }) {
      guard let place = facts.surrogates[number], proximities[index]?.proximity == .same else { continue }
      if facts.tables.surrogates[number].isMet(in: tumorType, table.reference.tumorTypes) {
        return isExcluded(rule) ? nil : place
      }
    }
    return nil
  }

  /// Whether fusions of the rule's gene were looked for: no stain stands in for one that was not found.
  private func isSettledByTest(_ rule: Rule) -> Bool {
    rule.eventClass == .fusion
      && rule.alternatives.contains {
        facts.isAssayed(rule.gene, for: $0) || facts.absence(of: $0, gene: rule.gene) != nil
      }
  }

  private func hasOwnResult(_ rule: Rule) -> Bool {
    first(of: rule.gene) {
      if case .measurement(let measurement) = $0.event { return measurement.scale != "copies" }
      return false
    } != nil
  }

  /// Whether a result of the test itself says that the rule does not hold.
  private func isExcluded(_ rule: Rule) -> Bool {
    let results = facts.measurements(of: rule.gene)
    if results.contains(where: { $0.word == "negative" }) { return true }
    // An equivocal grade is none of the grades that a label lists and leaves their status open.
    return rule.alternatives.allSatisfy { spec in
      guard case .measurement(let tests) = spec else { return false }
      return tests.contains { test in
        if case .no = facts.evaluate(test, name: rule.gene) { return true }
        return false
      }
    }
  }

  /// Findings that meet what a rule requires beside its own in place of a result.
  func standIns(_ predicate: Predicate) -> [Int] {
    switch predicate {
    case .and(let parts), .or(let parts): parts.flatMap(standIns)
    case .measurement(let name, let test):
      facts.isMetByAmplification(test, name) ? acceptedPlaces : []
    default: []
    }
  }

  private var acceptedPlaces: [Int] {
    facts.surrogates.indices.compactMap { number in
      facts.accepted.contains(facts.tables.surrogates[number]) ? facts.surrogates[number] : nil
    }
  }

  private func first(of name: String, where isFit: (Alteration) -> Bool) -> Int? {
    facts.byName[name]?.first { isFit(facts.alterations[$0].alteration) }
  }

  /// The grade of a stain that leaves the status open, where no other result says it.
  private func openGrade(of gene: String) -> StainGrades.Grade? {
    let found = facts.measurements(of: gene)
    guard !found.contains(where: { $0.scale == "ISH" || $0.word == "positive" || $0.word == "negative" }) else {
      return nil
    }
    for measurement in found { if let open = facts.tables.stainGrades.openGrade(measurement) { return open } }
    return nil
  }

  /// A fusion of the rule's gene whose exon nobody told: the rule holds if it is the one.
  func openExon(_ rule: Rule, _ candidates: [Int]) -> Operand? {
    for case .fusionAtExon(let role, let exon) in rule.alternatives {
      let open = candidates.first {
        facts.alterations[$0].isReadable
          && AtomMatching.isFusion(rule.gene, role, atExon: exon, facts.alterations[$0]) == nil
      }
      if let open { return .surrogate(open, condition: .exonOfFusion(of: rule.gene)) }
    }
    return nil
  }

  /// A stain that is strong enough and whose share of cells nobody told.
  func openShare(_ rule: Rule, _ candidates: [Int]) -> Operand? {
    for case .measurement(let tests) in rule.alternatives {
      for test in tests where test.leastShare != nil {
        let open = candidates.first { place in
          guard facts.alterations[place].isReadable,
            case .measurement(let measurement) = facts.alterations[place].alteration.event
          else { return false }
          return measurement.scale == "IHC" && measurement.share == nil && (measurement.number ?? 0) >= test.number
        }
        if let open { return .surrogate(open, condition: .shareOfCells(of: rule.gene, grade: Int(test.number))) }
      }
    }
    return nil
  }

  /// A loss whose words leave open whether both alleles are gone: a rule that asks for that holds if they are.
  func oneAllele(_ rule: Rule, _ candidates: [Int]) -> Operand? {
    guard facts.hasAssumedAllele,
      let open = candidates.first(where: { facts.alterations[$0].alteration.cautions.contains(.oneAlleleAssumed) })
    else { return nil }
    return .surrogate(open, condition: .lossOfBothAlleles(of: rule.gene))
  }

  /// A status made of receptors, from their results.
  func derivedMeasurement(_ rule: Rule) -> Operand? {
    guard let status = facts.tables.biomarkers.made.first(where: { $0.name == rule.gene }) else { return nil }
    for case .measurement(let tests) in rule.alternatives {
      let isMet = tests.allSatisfy { facts.evaluate($0, name: status.name) == .yes }
      guard isMet else { continue }
      // A mutation of a receptor's gene is no result of its stain.
      let places = facts.tables.biomarkers.namesOfResults(status.name).flatMap { facts.byName[$0] ?? [] }
        .filter { facts.alterations[$0].alteration.isMeasurement }
      return .met(places.sorted(), .biomarker)
    }
    return nil
  }
}
