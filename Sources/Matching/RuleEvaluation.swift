internal import Alterations
internal import Knowledge

/// Tries one rule on one sample and one tumor type.
struct RuleEvaluation {
  let table: KnowledgeBase
  let index: RuleIndex
  let facts: EvaluationContext
  let tumorType: String
  /// Every rule's proximity to the tumor type, by its place in the table.
  let proximities: [ProximityCache.Entry?]
  /// Whether the reasons of misses and the tests that would open a rule are wanted; putting them in words costs time.
  let wantsReasons: Bool

  /// What came of a trial.
  enum Result {
    case match(TherapyMatch)
    /// Not met; the alteration that came nearest and the reason, where there is one.
    case miss(alteration: Int?, reason: String)
    /// Not met for want of a test alone.
    case untested([String])
  }

  func evaluate(_ index: Int) -> Result {
    let rule = table.rules[index]
    guard let entry = proximities[index] else {
      guard wantsReasons else { return .miss(alteration: nil, reason: "") }
      let scope = rule.scope.include.joined(separator: ";")
      return .miss(
        alteration: facts.byName[rule.gene]?.first,
        reason: "tumor type \(tumorType.isEmpty ? "unknown" : tumorType) against \(scope)")
    }
    let proximity = siteFit(rule, entry.proximity)
    if proximity != .same, proximity != .agnostic, proximity != .bridge, isBoundToItsTumor(rule) {
      guard wantsReasons else { return .miss(alteration: nil, reason: "") }
      return .miss(
        alteration: facts.byName[rule.gene]?.first,
        reason:
          "tumor type \(tumorType) against \(rule.scope.include.joined(separator: ";")) (this kind of rule does not cross)"
      )
    }
    var facts = facts
    facts.geneUnderTest = rule.gene
    var conditions: [String] = []
    var notes: [String] = []
    var rung = Rung.histology
    var matched: [Int] = []
    switch positiveOperand(rule, index, facts) {
    case .met(let indices, let step):
      matched = indices
      rung = step
    case .surrogate(let index, let condition):
      matched = [index]
      rung = facts.alterations[index].alteration.isMeasurement ? .biomarker : .effectClass
      conditions.append(condition)
    case .notMet(let nearest, let reason): return .miss(alteration: nearest, reason: reason)
    case .untested(let tests): return .untested(tests)
    }
    switch originFit(rule, matched) {
    case .yes: break
    case .no(let reason): return .miss(alteration: matched.first, reason: reason)
    case .unknown(let tests): conditions += tests
    }
    if let requires = rule.requires {
      switch facts.evaluate(requires) {
      case .yes: break
      case .no(let reason): return .miss(alteration: matched.first, reason: reason)
      case .unknown(let tests):
        for test in tests {
          if test.hasPrefix(Predicate.priorTherapyPrefix) {
            // Not knowing what was given before does not block a match (guide: Matching, Earlier therapies).
            notes.append("requires_prior:" + test.dropFirst(Predicate.priorTherapyPrefix.count))
          } else if isWildTypeDependence(test, rule) {
            notes.append("untested:" + test)
          } else {
            conditions.append(test)
          }
        }
      }
    }
    let own = Self.unique(matched)
    matched += companions(of: rule, facts)
    var flags = notes
    if entry.isLessSpecific { flags.append("type_less_specific") }
    for index in matched {
      for flag in facts.alterations[index].alteration.flags where !flags.contains(flag) { flags.append(flag) }
    }
    if rule.direction == .resistance { flags += own.compactMap(subclonalFraction) }
    let isHistology = rule.eventClass == .histology || rule.eventClass == .proteinTarget
    let isCapped =
      !conditions.isEmpty || rule.status == .withdrawn || flags.contains("low_support")
      || self.index.isWithdrawn[index]
    let tier = Tier.of(
      level: rule.level, proximity: proximity, direction: rule.direction, isHistology: isHistology, isCapped: isCapped)
    return .match(
      TherapyMatch(
        rule: rule, ruleIndex: index, tumorType: tumorType, proximity: proximity, rung: rung,
        alterations: Self.unique(matched), ownAlterations: own, tier: tier, condition: Self.unique(conditions),
        flags: flags))
  }

  /// Evidence that is bound to the uterus reaches tumors elsewhere through the bridge only, and the other way round.
  private func siteFit(_ rule: Rule, _ proximity: Proximity) -> Proximity {
    guard !rule.site.isEmpty, proximity == .same else { return proximity }
    let isUterine = facts.profile.site == "uterine" || table.reference.tumorTypes.covers("UTERUS", tumorType)
    return (rule.site == "uterine") == isUterine ? proximity : .bridge
  }

  /// The fraction of a subclonal alteration, as a flag.
  private func subclonalFraction(_ index: Int) -> String? {
    let alteration = facts.alterations[index].alteration
    guard alteration.flags.contains("subclonal") else { return nil }
    func rounded(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
    if let cells = alteration.cancerCellFraction { return "ccf:" + rounded(cells) }
    return alteration.variantAlleleFraction.map { "vaf:" + rounded($0) }
  }

  private static func unique<Element: Hashable>(_ items: [Element]) -> [Element] {
    if items.count < 2 { return items }
    var seen: Set<Element> = []
    return items.filter { seen.insert($0).inserted }
  }

  /// Histology rules, wild-type rules and stains of a lineage hold in their tumor and through a bridge only.
  ///
  /// Guide: TumorTypes, Rules that stay in their tumor.
  private func isBoundToItsTumor(_ rule: Rule) -> Bool {
    if readsAbsenceAlone(rule) { return true }
    switch rule.eventClass {
    case .histology, .proteinTarget, .wildType: return true
    case .expression:
      if Self.lineageStains.contains(rule.gene) { return true }
      return rule.gene == "ERBB2" && rule.specText.contains("low")
    case .mutation, .copyNumber, .fusion, .lossOfFunction, .biomarker, .pathway: return false
    }
  }

  private static let lineageStains: Set<String> = ["ESR1", "PGR", "HR", "ER", "PR", "KIT", "PD-L1", "CD274"]
  private static let absences: Set<String> = ["stable", "low", "proficient", "negative", "absent", "intact"]

  /// Whether all the rule asks for is that a test came out unremarkable: microsatellite stable, HER2 negative.
  private func readsAbsenceAlone(_ rule: Rule) -> Bool {
    guard rule.eventClass == .biomarker || rule.eventClass == .expression else { return false }
    return rule.alternatives.allSatisfy { spec in
      guard case .measurement(let tests) = spec else { return false }
      return tests.allSatisfy {
        Self.absences.contains($0.word) || $0.comparison == .less || $0.comparison == .lessOrEqual
      }
    }
  }

  // MARK: The rule's own alteration

  private enum Operand {
    case met([Int], Rung)
    case surrogate(Int, condition: String)
    case notMet(nearest: Int?, reason: String)
    case untested([String])
  }

  private func positiveOperand(_ rule: Rule, _ place: Int, _ facts: EvaluationContext) -> Operand {
    switch rule.eventClass {
    case .histology, .proteinTarget: return .met([], .histology)
    case .pathway: return pathwayOperand(rule, facts)
    case .wildType: return wildTypeOperand(rule, facts)
    default: break
    }
    let candidates = facts.byName[rule.gene] ?? []
    var matched: [Int] = []
    var best: Rung?
    for candidate in candidates {
      let judged = facts.alterations[candidate]
      guard judged.isReadable else { continue }
      var own: Rung?
      for spec in rule.alternatives {
        let rung = spec.rung
        // What would not come nearer than what is found already need not be asked.
        if let found = own, !(rung < found) { continue }
        if let best, best < rung { continue }
        if RuleList.isSatisfied(spec, by: judged, in: facts) { own = rung }
      }
      guard let own else { continue }
      if let known = best, own < known { matched.removeAll() }
      best = own
      matched.append(candidate)
    }
    if let best { return .met(matched, best) }
    if let surrogate = surrogate(self.index.surrogates[place], rule, facts) ?? oneAllele(rule, candidates, facts) {
      return surrogate
    }
    if let derived = derivedMeasurement(rule, facts) { return derived }
    if !facts.absences.isEmpty {
      for spec in rule.alternatives {
        if let absent = facts.absence(of: spec, gene: rule.gene) {
          return .notMet(nearest: absent, reason: "stated to be absent")
        }
      }
    }
    guard wantsReasons else { return .untested([]) }
    guard let nearest = candidates.first else { return .untested(rule.alternatives.map { $0.text(gene: rule.gene) }) }
    return .notMet(nearest: nearest, reason: missReason(rule, facts.alterations[nearest]))
  }

  /// A finding that stands in for a test until the test is made (guide: Matching, Findings that stand in for a test).
  private func surrogate(_ kind: SurrogateKind, _ rule: Rule, _ facts: EvaluationContext) -> Operand? {
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
      if readsStatus, isEquivocalHER2(facts) {
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
  private func isEquivocalHER2(_ facts: EvaluationContext) -> Bool {
    let found = facts.measurements(of: "ERBB2")
    return found.contains { $0.scale == "IHC" && $0.number == 2 }
      && !found.contains { $0.scale == "ISH" || $0.word == "positive" || $0.word == "negative" }
  }

  /// A loss whose words leave open whether both alleles are gone: the rule holds if they are.
  private func oneAllele(_ rule: Rule, _ candidates: [Int], _ facts: EvaluationContext) -> Operand? {
    guard
      let open = candidates.first(where: { facts.alterations[$0].alteration.flags.contains("one_allele_assumed") }),
      rule.alternatives.contains(where: {
        $0 == .copyNumber(.homozygousDeletion) || $0 == .lossOfFunction || $0 == .biallelicLoss
      })
    else { return nil }
    return .surrogate(open, condition: "loss of both alleles of \(rule.gene)")
  }

  /// `HR` from the two receptors.
  private func derivedMeasurement(_ rule: Rule, _ facts: EvaluationContext) -> Operand? {
    guard rule.gene == "HR" else { return nil }
    for case .measurement(let tests) in rule.alternatives {
      let isMet = tests.allSatisfy { facts.evaluate($0, name: "HR") == .yes }
      guard isMet else { continue }
      let receptors = (facts.byName["ESR1"] ?? []) + (facts.byName["PGR"] ?? []) + (facts.byName["HR"] ?? [])
      return .met(receptors.sorted(), .biomarker)
    }
    return nil
  }

  private func wildTypeOperand(_ rule: Rule, _ facts: EvaluationContext) -> Operand {
    switch facts.wildType(rule.gene) {
    case .yes:
      let stated = facts.alterations(of: rule.gene).filter { $0.judged.alteration.event == .wildType }.map(\.index)
      return .met(stated, .effectClass)
    case .no(let reason): return .notMet(nearest: facts.byName[rule.gene]?.first, reason: reason)
    case .unknown(let tests):
      // A label that excludes one change by name is met where that change is stated to be absent.
      if let absent = facts.absences[rule.gene], let requires = rule.requires, facts.evaluate(requires) == .yes {
        return .met(absent, .exact)
      }
      return .untested(tests)
    }
  }

  /// A pathway counts as active when an activator is gained or a suppressor lost.
  ///
  /// Guide: Evidence, Bypass and microenvironment.
  private func pathwayOperand(_ rule: Rule, _ facts: EvaluationContext) -> Operand {
    var hits: [Int] = []
    for (index, judged) in facts.alterations.enumerated() where judged.isReadable && judged.oncogenicity.isOncogenic {
      let roles = table.reference.pathways.roles(of: judged.alteration.gene).filter { $0.pathway == rule.gene }
      guard let role = roles.first else { continue }
      let isLost = judged.alteration.isLoss || judged.alteration.isSequence
      if role.role == "suppressor" ? isLost : !judged.alteration.isLoss { hits.append(index) }
    }
    return hits.isEmpty ? .untested([]) : .met(hits, .inferred)
  }

  private func companions(of rule: Rule, _ facts: EvaluationContext) -> [Int] {
    guard let requires = rule.requires else { return [] }
    var indices: [Int] = []
    func visit(_ predicate: Predicate) {
      switch predicate {
      case .and(let parts), .or(let parts): parts.forEach(visit)
      case .alteration(let gene, let spec):
        var facts = facts
        facts.geneUnderTest = gene
        indices += facts.alterations(of: gene).filter { RuleList.isSatisfied(spec, by: $0.judged, in: facts) }.map(
          \.index)
      case .measurement(let name, let test):
        let names =
          name == "HER2" ? ["ERBB2"] : name == "HR" ? ["ESR1", "PGR", "HR"] : name == "ER" ? ["ESR1"] : [name]
        guard facts.evaluate(test, name: name) == .yes else { return }
        indices += names.flatMap { facts.byName[$0] ?? [] }.filter { facts.alterations[$0].alteration.isMeasurement }
      case .wildType(let gene):
        indices += facts.alterations(of: gene).filter { $0.judged.alteration.event == .wildType }.map(\.index)
      case .not, .priorTherapy, .clinical: break
      }
    }
    visit(requires)
    return indices
  }

  // MARK: Origin and wild-type dependence

  private func originFit(_ rule: Rule, _ matched: [Int]) -> Ternary {
    guard rule.origin != .either, !matched.isEmpty else { return .yes }
    let origins = matched.map { facts.alterations[$0].alteration.origin }
    switch rule.origin {
    case .germline:
      if origins.contains(.germline) { return .yes }
      return origins.contains(.unknown) ? .unknown(["germline testing"]) : .no("somatic against germline")
    case .somatic:
      return origins.allSatisfy { $0 == .germline } ? .no("germline against somatic") : .yes
    case .either: return .yes
    }
  }

  /// CDK4/6 inhibitors need RB1, MDM2 inhibitors TP53; not tested is a note there and no condition.
  ///
  /// Guide: Matching, Wild type and not assayed.
  private func isWildTypeDependence(_ test: String, _ rule: Rule) -> Bool {
    WildTypeDependence.pairs.contains { target, gene in
      test == "\(gene) mutation testing"
        && rule.agents.contains { table.reference.agents.agent($0)?.targets.contains(target) == true }
    }
  }

  private func missReason(_ rule: Rule, _ judged: AnnotatedAlteration) -> String {
    let found = judged.alteration
    if !judged.notEvaluated.isEmpty { return judged.notEvaluated }
    if judged.oncogenicity.isBenign {
      return "\(judged.description) is held to be benign (\(judged.oncogenicity.reason))"
    }
    if case .sequence(let change) = found.event, let protein = change.proteinChange, protein.first > 0 {
      for case .range(let range, let effect, let label) in rule.alternatives {
        if !protein.overlaps(range) {
          return "codon \(protein.first) against \(label.lowercased()) (\(range.lowerBound)-\(range.upperBound))"
        }
        if let effect { return "\(change.effect.rawValue) against \(effect.rawValue)" }
      }
      for case .codon(let codon, _) in rule.alternatives where !(protein.first...protein.last).contains(codon) {
        return "codon \(protein.first) against \(codon)"
      }
    }
    let wanted = rule.alternatives.map { $0.text(gene: rule.gene) }.joined(separator: " or ")
    return "\(judged.description) against \(wanted)"
  }
}

/// Agents that act only where another gene is intact.
enum WildTypeDependence {
  /// The agent's target and the gene that must be intact.
  static let pairs = [("CDK4", "RB1"), ("CDK6", "RB1"), ("MDM2", "TP53")]
}

extension Alteration {
  /// Whether the change takes the gene's function away.
  var isLoss: Bool {
    switch event {
    case .sequence(let change): change.effect.isTruncating
    case .copyNumber(let call): call == .homozygousDeletion || call == .heterozygousLoss
    case .fusion, .measurement, .wildType, .absent: false
    }
  }

  var isSequence: Bool {
    if case .sequence = event { return true }
    return false
  }

  var isMeasurement: Bool {
    if case .measurement = event { return true }
    return false
  }
}
