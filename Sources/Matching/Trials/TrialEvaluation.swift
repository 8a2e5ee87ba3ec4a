// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Asks one sample what a study asks for (guide: Trials).
///
/// Three-valued throughout: what is excluded is met only where it was looked for and not found.
struct TrialEvaluation {
  let facts: EvaluationContext
  let tree: TumorTypeTree
  /// Genes of rows that could not be read: nothing is known to be absent from them.
  let unread: Set<String>
  /// How the tumor types of the sample fit those that studies name, as far as it is known.
  private let fits: [TumorClaim: TumorClaim.Fit]

  init(_ facts: EvaluationContext, _ tree: TumorTypeTree, fits: [TumorClaim: TumorClaim.Fit] = [:]) {
    self.facts = facts
    self.tree = tree
    self.fits = fits
    unread = Set(facts.alterations.lazy.filter { !$0.notEvaluated.isEmpty }.flatMap { Self.names($0.alteration) })
  }

  /// The genes or the biomarker of an alteration.
  static func names(_ alteration: Alteration) -> [String] { names(alteration.event, alteration.gene) }

  private static func names(_ event: Alteration.Event, _ gene: String) -> [String] {
    switch event {
    case .fusion(let fusion): [fusion.fivePrimeGene, fusion.threePrimeGene].filter { !$0.isEmpty }
    case .absent(let inner): names(inner, gene)
    case .sequence, .copyNumber, .measurement, .wildType: [gene]
    }
  }

  /// What a condition comes to.
  struct Outcome {
    var verdict: TrialMatch.Verdict
    var met: [TrialFact] = []
    var gaps: [TrialGap] = []
    var failed: [TrialFact] = []
    var alterations: [Int] = []
  }

  /// Asks for a condition, or that it does not hold.
  func evaluate(_ condition: TrialCondition, isExcluded: Bool = false) -> Outcome {
    switch condition {
    case .not(let inner): evaluate(inner, isExcluded: !isExcluded)
    case .all(let parts): isExcluded ? any(parts, isExcluded) : all(parts, isExcluded)
    case .any(let parts): isExcluded ? all(parts, isExcluded) : any(parts, isExcluded)
    case .tumor, .age, .ageGroup, .sex, .mutation, .anyFusion, .rule, .notRead: leaf(condition, isExcluded)
    }
  }

  private func all(_ parts: [TrialCondition], _ isExcluded: Bool) -> Outcome {
    var sum = Outcome(verdict: .met)
    for part in parts {
      let answer = evaluate(part, isExcluded: isExcluded)
      if answer.verdict == .notMet { return answer }
      sum.met += answer.met
      sum.gaps += answer.gaps
      sum.alterations += answer.alterations
      if answer.verdict == .unknown { sum.verdict = .unknown }
    }
    return sum
  }

  private func any(_ parts: [TrialCondition], _ isExcluded: Bool) -> Outcome {
    var met = Outcome(verdict: .met)
    var unknown: [Outcome] = []
    var failed: [TrialFact] = []
    var isMet = false
    for part in parts {
      let answer = evaluate(part, isExcluded: isExcluded)
      switch answer.verdict {
      case .met:
        isMet = true
        met.met += answer.met
        met.alterations += answer.alterations
      case .unknown: unknown.append(answer)
      case .notMet: failed += answer.failed
      }
    }
    if isMet { return met }
    if unknown.isEmpty { return Outcome(verdict: .notMet, failed: failed) }
    var sum = Outcome(verdict: .unknown)
    sum.alterations = unknown.flatMap(\.alterations)
    var ways: [[TrialGap]] = []
    for way in unknown.map(\.gaps) where !ways.contains(way) { ways.append(way) }
    if ways.count == 1 {
      sum.gaps = ways[0]
      sum.met = unknown.map(\.met).max { $0.count < $1.count } ?? []
    } else {
      sum.gaps = [.oneOf(ways)]
    }
    return sum
  }

  // MARK: Leaves

  /// The answer for one condition that has no parts.
  private enum Answer {
    case yes([Int])
    case no
    case unknown(TrialGap.Missing)
  }

  private func leaf(_ condition: TrialCondition, _ isExcluded: Bool) -> Outcome {
    let fact = TrialFact(condition: condition, isExcluded: isExcluded)
    switch answer(condition) {
    case .unknown(let missing): return Outcome(verdict: .unknown, gaps: [.fact(fact, missing)])
    case .yes(let places):
      if isExcluded { return Outcome(verdict: .notMet, failed: [fact]) }
      return Outcome(verdict: .met, met: [fact], alterations: places)
    case .no:
      if isExcluded { return Outcome(verdict: .met, met: [fact]) }
      return Outcome(verdict: .notMet, failed: [fact])
    }
  }

  private func answer(_ condition: TrialCondition) -> Answer {
    switch condition {
    case .tumor(let claim):
      switch fits[claim] ?? claim.fit(facts.profile.tumorTypes, tree) {
      case .inside: return .yes([])
      case .outside: return .no
      case .maybe(let doubt): return .unknown(.tumor(doubt))
      }
    case .age(let test):
      guard let age = facts.profile.age else { return .unknown(.age) }
      return Self.passes(age, test) ? .yes([]) : .no
    case .ageGroup(let groups):
      guard let age = facts.profile.age else { return .unknown(.age) }
      return groups.contains { $0.contains(age) } ? .yes([]) : .no
    case .sex(let wanted): return facts.profile.sex.map { $0 == wanted ? .yes([]) : .no } ?? .unknown(.sex)
    case .mutation(let gene): return mutation(of: gene)
    case .anyFusion:
      let found = facts.alterations.indices.filter { place in
        guard facts.alterations[place].isReadable,
          case .fusion(let fusion) = facts.alterations[place].alteration.event
        else { return false }
        return fusion.isOpenToRules
      }
      return found.isEmpty ? .unknown(.tests([.test("fusions of any gene")])) : .yes(found)
    case .rule(let predicate): return rule(predicate)
    case .notRead, .all, .any, .not: return .unknown(.notRead)
    }
  }

  /// A limit in whole years counts years completed: who is 75.5 is not over 75.
  private static func passes(_ age: Double, _ test: MeasurementTest) -> Bool {
    let isWhole = test.number == test.number.rounded()
    let years = isWhole && [.lessOrEqual, .equal].contains(test.comparison) ? age.rounded(.down) : age
    return EvaluationContext.passes(test, years, .exact) == true
  }

  /// Any change of a gene's protein but harmless ones; it need not drive the tumor.
  private func mutation(of gene: String) -> Answer {
    let found = facts.alterations(of: gene).filter { _, annotated in
      guard annotated.isReadable, case .sequence(let change) = annotated.alteration.event else { return false }
      switch change.effect {
      case .synonymous, .noncoding, .spliceRegion: return false
      case .unknown: return facts.isStatedMutated(annotated) || change.proteinChange != nil || change.region != nil
      default: return true
      }
    }
    if !found.isEmpty { return .yes(found.map(\.index)) }
    if unread.contains(gene) { return .unknown(.unreadRows(gene: gene)) }
    let isTested = facts.isAssayed(gene, for: .anyChange) && !rests(onFusionsAlone: gene, for: .mutations)
    return isTested ? .no : .unknown(.tests([.mutations(of: gene)]))
  }

  private func rule(_ predicate: Predicate) -> Answer {
    switch facts.evaluate(predicate) {
    case .yes:
      let found = facts.findings(meeting: predicate)
      if case .wildType(let gene) = predicate, found.isEmpty, unread.contains(gene) {
        return .unknown(.unreadRows(gene: gene))
      }
      return .yes(found)
    case .unknown(let tests): return .unknown(.tests(tests))
    case .no:
      if let gene = TrialCondition.rule(predicate).names.sorted().first(where: unread.contains) {
        return .unknown(.unreadRows(gene: gene))
      }
      if case .alteration(let gene, let spec) = predicate, facts.absence(of: spec, gene: gene) == nil,
        rests(onFusionsAlone: gene, for: spec.assayKind)
      {
        return .unknown(.tests([.finding(gene: gene, spec)]))
      }
      return .no
    }
  }

  /// Whether nothing but a fusion says that the gene was looked at for changes of its sequence, or its copies.
  ///
  /// Rules take a fusion for a test of the gene; a study that excludes another change of it does not.
  private func rests(onFusionsAlone gene: String, for kind: AssayKind) -> Bool {
    if kind == .fusions || facts.profile.assayed.covers(gene, kind: kind) { return false }
    let found = facts.alterations(of: gene).map(\.annotated.alteration.event)
    let isTested = found.contains { event in
      switch event {
      case .sequence, .wildType: kind == .mutations
      case .copyNumber: kind == .copyNumber
      case .fusion, .measurement, .absent: false
      }
    }
    return !isTested && found.contains { if case .fusion = $0 { true } else { false } }
  }
}
