internal import Alterations
internal import Knowledge

/// What meets a rule in place of its own test.
extension RuleEvaluation {
  /// A finding that stands in for a test until the test is made (guide: Matching, Findings that stand in for a test).
  func surrogate(_ kind: SurrogateKind, _ rule: Rule) -> Operand? {
    guard kind != .none else { return nil }
    func index(of name: String, where isFit: (Alteration) -> Bool) -> Int? {
      facts.byName[name]?.first { isFit(facts.alterations[$0].alteration) }
    }
    func word(_ name: String, _ word: String) -> Int? {
      index(of: name) {
        if case .measurement(let measurement) = $0.event {
          return measurement.word == word && measurement.number == nil
        }
        return false
      }
    }
    let hasOwnResult =
      index(of: rule.gene) {
        if case .measurement(let measurement) = $0.event { return measurement.scale != "copies" }
        return false
      } != nil
    switch kind {
    case .her2Stain(let readsStatus, let isLow):
      if readsStatus, isEquivocalHER2() {
        return index(of: "ERBB2") { $0.isMeasurement }.map { .surrogate($0, condition: "HER2 ISH") }
      }
      guard !hasOwnResult, !isLow else { return nil }
      return index(of: "ERBB2") { $0.event == .copyNumber(.amplification) }
        .map { .surrogate($0, condition: "HER2 IHC") }
    case .deficientMMR:
      guard !hasOwnResult else { return nil }
      return word("MSI", "high").map { .surrogate($0, condition: "MMR immunohistochemistry") }
    case .highMSI:
      guard !hasOwnResult else { return nil }
      return word("MMR", "deficient").map { .surrogate($0, condition: "MSI testing") }
    case .mutationalBurden:
      return word("TMB", "high").map { .surrogate($0, condition: "TMB as a number (mut/Mb)") }
    case .none: return nil
    }
  }

  /// A stain of 2+ without in situ hybridization leaves the status open.
  private func isEquivocalHER2() -> Bool {
    let found = facts.measurements(of: "ERBB2")
    return found.contains { $0.scale == "IHC" && $0.number == 2 }
      && !found.contains { $0.scale == "ISH" || $0.word == "positive" || $0.word == "negative" }
  }

  /// A loss whose words leave open whether both alleles are gone: the rule holds if they are.
  func oneAllele(_ rule: Rule, _ candidates: [Int]) -> Operand? {
    guard
      let open = candidates.first(where: { facts.alterations[$0].alteration.flags.contains("one_allele_assumed") }),
      rule.alternatives.contains(where: {
        $0 == .copyNumber(.homozygousDeletion) || $0 == .lossOfFunction || $0 == .biallelicLoss
      })
    else { return nil }
    return .surrogate(open, condition: "loss of both alleles of \(rule.gene)")
  }

  /// `HR` from the two receptors.
  func derivedMeasurement(_ rule: Rule) -> Operand? {
    guard rule.gene == "HR" else { return nil }
    for case .measurement(let tests) in rule.alternatives {
      let isMet = tests.allSatisfy { facts.evaluate($0, name: "HR") == .yes }
      guard isMet else { continue }
      let receptors = (facts.byName["ESR1"] ?? []) + (facts.byName["PGR"] ?? []) + (facts.byName["HR"] ?? [])
      return .met(receptors.sorted(), .biomarker)
    }
    return nil
  }
}
