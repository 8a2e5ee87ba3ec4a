// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// The rule's own alteration: which findings meet it.
extension RuleEvaluation {
  /// What became of the rule's own alteration.
  enum Operand {
    /// The findings that meet it.
    case met([Int], Rung)
    /// A finding that is accepted in its place.
    case accepted(Int, Caution)
    /// A finding that stands in for it until a test is made.
    case surrogate(Int, condition: OpenQuestion)
    case notMet(nearest: Int?, reason: MissReason)
    /// The tests that would tell.
    case untested([OpenQuestion])
  }

  func positiveOperand(_ place: Int) -> Operand {
    switch index.eventClasses[place] {
    case .histology, .proteinTarget: return .met([], .histology)
    case .pathway: return pathwayOperand(table.rules[place])
    case .wildType: return wildTypeOperand(table.rules[place])
    case .mutation, .copyNumber, .fusion, .lossOfFunction, .expression, .biomarker: break
    }
    if let met = nearest(place) { return met }
    let standIns = index.standIns[place]
    if standIns.isEmpty, !facts.hasOpenChanges, facts.absences.isEmpty, !wantsReasons { return .untested([]) }
    let candidates = subject.candidates(place)
    return standIn(standIns, table.rules[place], place, candidates) ?? miss(table.rules[place], candidates)
  }

  /// The findings that meet an alternative of the rule, of those that come nearest to it.
  private func nearest(_ place: Int) -> Operand? {
    var matched: [Int] = []
    var best: Rung?
    subject.forEachCandidate(place) { candidate, alternative, rung in
      // What would not come nearer than what is found already need not be asked.
      if let best, best < rung || !(rung < best) && matched.last == candidate { return }
      let rule = table.rules[place]
      // By place: a copy of each alternative would cost more than the question.
      guard
        AtomMatching.isSatisfied(
          rule.alternatives[alternative], about: rule.gene, by: facts.alterations[candidate], in: facts)
      else { return }
      if let best, rung < best { matched.removeAll() }
      best = rung
      matched.append(candidate)
    }
    return best.map { .met(matched, $0) }
  }

  /// What meets the rule where no finding does by itself.
  private func standIn(_ possible: StandIns, _ rule: Rule, _ place: Int, _ candidates: [Int]) -> Operand? {
    if possible.contains(.surrogate), let found = surrogate(index.surrogates(of: place), rule, place) { return found }
    if possible.contains(.oneAllele), let found = oneAllele(rule, candidates) { return found }
    if possible.contains(.openExon), let found = openExon(rule, candidates) { return found }
    if possible.contains(.openShare), let found = openShare(rule, candidates) { return found }
    if let found = openChange(rule, candidates) { return found }
    return possible.contains(.derived) ? derivedMeasurement(rule) : nil
  }

  /// Why nothing meets the rule.
  private func miss(_ rule: Rule, _ candidates: [Int]) -> Operand {
    if !facts.absences.isEmpty {
      for spec in rule.alternatives {
        if let absent = facts.absence(of: spec, gene: rule.gene) {
          return .notMet(nearest: absent, reason: .statedAbsent)
        }
      }
    }
    guard wantsReasons else { return .untested([]) }
    guard let nearest = candidates.first else {
      if facts.hasReceptor(ofStatus: rule.gene), let reason = contraryStatus(rule) {
        return .notMet(nearest: nil, reason: reason)
      }
      return .untested(rule.alternatives.map { .finding(gene: rule.gene, $0) })
    }
    return .notMet(nearest: nearest, reason: missReason(rule, facts.alterations[nearest]))
  }

  /// Why a status that is made of receptors is another one than the rule asks for; `nil` where they leave it open.
  private func contraryStatus(_ rule: Rule) -> MissReason? {
    var reason: MissReason?
    for spec in rule.alternatives {
      guard case .measurement(let tests) = spec else { return nil }
      let answers = tests.compactMap { test -> MissReason? in
        if case .no(let reason) = facts.evaluate(test, name: rule.gene) { return reason }
        return nil
      }
      guard let found = answers.first else { return nil }
      reason = reason ?? found
    }
    return reason
  }

  private func wildTypeOperand(_ rule: Rule) -> Operand {
    switch facts.wildType(rule.gene) {
    case .yes:
      let stated = facts.alterations(of: rule.gene).filter { $0.annotated.alteration.event == .wildType }.map(\.index)
      return .met(stated, .effectClass)
    case .no(let reason): return .notMet(nearest: facts.byName[rule.gene]?.first, reason: reason)
    case .unknown(let tests):
      // A label that excludes one change by name is met where that change is stated to be absent.
      if let absent = facts.absences[rule.gene], let requires = rule.requires, requires.names(rule.gene),
        facts.evaluate(requires) == .yes
      {
        return .met(absent, .exact)
      }
      // An exon or a codon without a change is a part of the answer.
      if let part = facts.absences[rule.gene]?.first(where: { isOfRegion(facts.alterations[$0].alteration) }),
        let test = tests.first
      {
        return .surrogate(part, condition: test)
      }
      return .untested(tests)
    }
  }

  /// Whether all changes of a part of a gene are stated to be absent.
  private func isOfRegion(_ alteration: Alteration) -> Bool {
    guard case .absent(.sequence(let change)) = alteration.event else { return false }
    return change.effect == .unknown && change.region != nil && change.proteinChange == nil
  }

  /// A pathway counts as active when an activator is gained or a suppressor lost.
  ///
  /// Guide: Evidence, Bypass and microenvironment.
  private func pathwayOperand(_ rule: Rule) -> Operand {
    var hits: [Int] = []
    for (index, annotated) in facts.alterations.enumerated()
    where annotated.isReadable && facts.outlines[index].traits.contains(.oncogenic) {
      let roles = table.reference.pathways.roles(of: annotated.gene)
      guard let role = roles.first(where: { $0.pathway == rule.gene }) else { continue }
      let isLost = annotated.alteration.isLoss || annotated.alteration.isSequence
      if role.role == .suppressor ? isLost : !annotated.alteration.isLoss { hits.append(index) }
    }
    return hits.isEmpty ? .untested([]) : .met(hits, .inferred)
  }
}
