// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Tries one rule on one sample and one tumor type.
///
/// A class: thousands of rules ask one, and closures that ask it hold a reference in place of a copy.
final class RuleEvaluation {
  let table: KnowledgeBase
  let index: RuleIndex
  let facts: EvaluationContext
  let subject: RuleSubject
  let tumorType: String
  /// By rule: its proximity to the tumor type; `nil` out of scope.
  let proximities: [ProximityCache.Entry?]
  /// Whether the reasons of misses and the tests that would open a rule are wanted; to look for them costs time.
  let wantsReasons: Bool

  init(
    table: KnowledgeBase, subject: RuleSubject, tumorType: String, rules: ProximityCache.TumorRules, wantsReasons: Bool
  ) {
    self.table = table
    self.subject = subject
    index = subject.index
    facts = subject.facts
    self.tumorType = tumorType
    proximities = rules.entries
    self.wantsReasons = wantsReasons
  }

  /// What came of a trial.
  enum Result {
    case match(TherapyMatch)
    /// Not met; the alteration that came nearest and the reason, where there is one.
    case miss(alteration: Int?, MissReason)
    /// Not met for want of a test alone.
    case untested([OpenQuestion])
  }

  /// What a trial found on its way to a row.
  private struct Findings {
    var rung = Rung.histology
    /// The alterations that the rule's own gene brought in.
    var own: [Int] = []
    /// What would have to be tested.
    var conditions: [OpenQuestion] = []
    /// What is not known and does not block the row.
    var notes: [Caution] = []
  }

  func evaluate(_ place: Int) -> Result {
    guard let entry = proximities[place] else { return outOfScope(table.rules[place]) }
    if let barrier = entry.barrier { return outOfScope(table.rules[place], barrier) }
    var found = Findings()
    switch positiveOperand(place) {
    case .met(let findings, let rung):
      found.own = findings
      found.rung = rung
      if let spared = spareSensitive(&found.own, place, rung) {
        return .miss(alteration: spared, .namedAsSensitive(facts.alterations[spared].description))
      }
    case .accepted(let finding, let caution):
      found.own = [finding]
      found.rung = .effectClass
      found.notes.append(caution)
    case .surrogate(let finding, let condition):
      found.own = [finding]
      found.rung = facts.alterations[finding].alteration.isMeasurement ? .biomarker : .effectClass
      found.conditions.append(condition)
    case .notMet(let nearest, let reason): return .miss(alteration: nearest, reason)
    case .untested(let tests): return .untested(tests)
    }
    let rule = table.rules[place]
    switch originFit(rule, found.own) {
    case .yes: break
    case .no(let reason): return .miss(alteration: found.own.first, reason)
    case .unknown(let tests): found.conditions += tests
    }
    if let requires = rule.requires {
      if index.outlines.asksClassOfRegion[place], let miss = keepOfClass(&found.own, rule) {
        return .miss(alteration: found.own.first, miss)
      }
      switch subject.answer(place) {
      case .yes:
        if !facts.accepted.isEmpty, !standIns(requires).isEmpty { found.notes.append(.confirmByStain) }
      case .no(let reason): return .miss(alteration: found.own.first, reason)
      case .unknown(let tests): note(tests, rule, &found)
      }
    }
    if asksForAge(rule) { found.conditions.append(.clinical("a child's age")) }
    return .match(row(rule, place, entry, found))
  }

  /// Of changes in the region that a rule names keeps those of the class that it asks for there.
  ///
  /// - Returns: Why the rule is not met, where a change elsewhere in the gene alone is of the class; else `nil`.
  private func keepOfClass(_ own: inout [Int], _ rule: Rule) -> MissReason? {
    guard let wanted = rule.classOfRegion, let all = facts.byName[rule.gene] else { return nil }
    let fitting = all.filter {
      AtomMatching.isSatisfied(wanted, about: rule.gene, by: facts.alterations[$0], in: facts)
    }
    let kept = own.filter(fitting.contains)
    if kept.isEmpty { return fitting.isEmpty ? nil : .notFound(.alteration(gene: rule.gene, wanted)) }
    own = kept
    return nil
  }

  /// Whether a label is for children alone and nobody knows how old the patient is.
  private func asksForAge(_ rule: Rule) -> Bool {
    rule.level == .a1 && facts.profile.age == nil && rule.support.age == .child
  }

  private func outOfScope(_ rule: Rule, _ barrier: MissReason.Barrier? = nil) -> Result {
    .miss(
      alteration: wantsReasons ? facts.byName[rule.gene]?.first : nil,
      .tumorType(tumorType, scope: rule.scope.include, barrier))
  }

  /// Sorts what a rule requires and nobody knows into conditions and notes.
  private func note(_ questions: [OpenQuestion], _ rule: Rule, _ found: inout Findings) {
    for question in questions {
      switch question {
      // Not knowing what was given before does not block a match (guide: Matching, Earlier therapies).
      case .priorTherapy(let therapy): found.notes.append(.requiresPrior(therapy))
      case .mutations(let gene) where isWildTypeDependence(gene, rule): found.notes.append(.untested(gene: gene))
      // Once the change is named, it is known too whether it is one that the rule excludes.
      case .change(let gene, _) where found.conditions.contains(where: { $0.asksChange(of: gene) }): break
      default: found.conditions.append(question)
      }
    }
  }

  private func row(_ rule: Rule, _ place: Int, _ entry: ProximityCache.Entry, _ found: Findings) -> TherapyMatch {
    let own = Self.unique(found.own)
    let companions = subject.companions(place, of: self)
    let matched = companions.isEmpty ? own : Self.unique(own + companions)
    var proximity = siteFit(rule, entry.proximity)
    var cautions = found.notes
    // What holds for any tumor is evidence of another one where nobody knows which tumor this is.
    if tumorType.isEmpty {
      proximity = .other
      cautions.insert(.typeUnknown, at: 0)
    }
    if entry.isLessSpecific, !isOfOtherGrade(rule) { cautions.append(.typeLessSpecific) }
    for index in matched {
      for caution in facts.alterations[index].alteration.cautions where !cautions.contains(caution) {
        cautions.append(caution)
      }
    }
    if rule.direction == .resistance { cautions += own.compactMap(subclonalFraction) }
    let isHistology = rule.eventClass == .histology || rule.eventClass == .proteinTarget
    let isCapped =
      !found.conditions.isEmpty || rule.regulatoryStatus == .withdrawn || cautions.contains(.lowSupport)
      || index.isWithdrawn(place)
    let tier = Tier.of(
      level: rule.level, proximity: proximity, direction: rule.direction, isHistology: isHistology, isCapped: isCapped)
    return TherapyMatch(
      rule: rule, ruleIndex: place, tumorType: tumorType, proximity: proximity, rung: found.rung, alterations: matched,
      ownAlterations: own, tier: tier, openQuestions: Self.unique(found.conditions), cautions: cautions)
  }

  /// Whether all codes of a rule say another grade than the tumor has: it is no special kind of this tumor.
  private func isOfOtherGrade(_ rule: Rule) -> Bool {
    guard let grade = facts.profile.grade else { return false }
    return rule.scope.include.allSatisfy { code in
      table.reference.tumorTypes.grade(ofCode: code).map { $0 != grade } ?? false
    }
  }

  /// The fraction of a subclonal alteration.
  private func subclonalFraction(_ index: Int) -> Caution? {
    let alteration = facts.alterations[index].alteration
    guard alteration.cautions.contains(.subclonal) else { return nil }
    if let cells = alteration.cancerCellFraction { return .cellFraction(cells) }
    return alteration.variantAlleleFraction.map { .alleleFraction($0) }
  }

  /// Items of a short list, each once.
  private static func unique<Element: Equatable>(_ items: [Element]) -> [Element] {
    if items.count < 2 { return items }
    var found: [Element] = []
    for item in items where !found.contains(item) { found.append(item) }
    return found
  }

  /// The findings by which the rule's requirements are met; they stand in its row beside its own.
  func companions(of requires: Predicate) -> [Int] {
    var indices: [Int] = []
    func visit(_ predicate: Predicate) {
      switch predicate {
      case .and(let parts), .or(let parts): parts.forEach(visit)
      case .measurement(let name, let test) where facts.evaluate(test, name: name) != .yes: break
      case .alteration, .measurement, .wildType: indices += facts.findings(meeting: predicate)
      case .not, .priorTherapy, .grade, .clinical: break
      }
    }
    visit(requires)
    return indices
  }

  private func originFit(_ rule: Rule, _ matched: [Int]) -> Ternary {
    guard rule.origin != .either, !matched.isEmpty else { return .yes }
    let origins = matched.map { facts.alterations[$0].alteration.origin }
    switch rule.origin {
    case .germline:
      if origins.contains(.germline) { return .yes }
      return origins.contains(.unknown) ? .unknown([.germlineOrigin]) : .no(.otherOrigin(.somatic, wanted: .germline))
    case .somatic:
      return origins.allSatisfy { $0 == .germline } ? .no(.otherOrigin(.germline, wanted: .somatic)) : .yes
    case .either: return .yes
    }
  }
}

extension Rule {
  /// The class that a rule about a region of its gene asks of the change there; `nil` for all other rules.
  ///
  /// `RANGE 696-990` with `ERBB2 activating` is said of one change, and another elsewhere does not meet half of it.
  var classOfRegion: AlterationSpec? {
    let isOfRegion = alternatives.allSatisfy {
      if case .range(_, nil, _) = $0 { return true }
      return false
    }
    guard isOfRegion, let requires else { return nil }
    let parts = if case .and(let parts) = requires { parts } else { [requires] }
    for case .alteration(gene, let spec) in parts where spec == .activating || spec == .oncogenic { return spec }
    return nil
  }
}
