// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import SystemIO

/// Matches samples against the studies of a registry.
///
/// The conditions are indexed by tumor type, assay and gene: what the type or the assay excludes is asked once for all
/// samples that share them, and what waits for a finding of a gene is asked where there is one.
final class TrialMatcher: Sendable {
  private let registry: TrialRegistry
  private let tree: TumorTypeTree
  private let tables: Facts
  private let agents: AgentTable
  /// Whether studies that are not met are kept.
  private let keepsNotMet: Bool
  /// Parts that may be offered.
  private let parts: [Part]
  /// The tumor types that they name.
  private let claims: Set<TumorClaim>
  private let lists = Locked<[Key: Shortlist]>([:])

  private struct Part: Sendable {
    let trial: Int
    let arm: Int
    let names: Set<String>
    /// Whether findings, earlier therapies and other facts of a sample change nothing.
    let asksOnlyOfPerson: Bool
  }

  /// What samples share.
  private struct Key: Hashable {
    let tumorTypes: [String]
    let panel: Set<String>?
    let isWholeExome: Bool
    let kinds: Set<AssayKind>?
  }

  /// Which parts a sample has to be asked about.
  private struct Shortlist: Sendable {
    /// Parts that are met or unknown without any finding.
    var always: [Int] = []
    /// Parts that a finding may open, by gene.
    var byName: [String: [Int]] = [:]
    /// What parts come to for all of them whose age and sex are not stated.
    var settled: [Int: TrialMatch] = [:]
    /// How their tumor types fit those that studies name.
    var fits: [TumorClaim: TumorClaim.Fit] = [:]
  }

  init(_ registry: TrialRegistry, table: KnowledgeBase, keepsNotMet: Bool) {
    self.registry = registry
    self.keepsNotMet = keepsNotMet
    tree = table.reference.tumorTypes
    tables = table.reference.facts
    agents = table.reference.agents
    var parts: [Part] = []
    var claims: Set<TumorClaim> = []
    for (place, trial) in registry.trials.enumerated() where !registry.isLeftOut[place] {
      for (arm, part) in trial.arms.enumerated() where !part.isSuspended {
        var names = part.condition?.names ?? []
        // What may stand in for a stain is a finding of another gene.
        for surrogate in table.reference.facts.surrogates where names.contains(surrogate.asked) {
          names.insert(surrogate.findingOf)
        }
        for name in names { names.formUnion(table.reference.facts.biomarkers.namesOfResults(name)) }
        parts.append(
          Part(
            trial: place, arm: arm, names: names,
            asksOnlyOfPerson: part.condition.map { Self.collect($0, into: &claims) } ?? true))
      }
    }
    self.parts = parts
    self.claims = claims
  }

  /// Collects the tumor types of a condition.
  ///
  /// - Returns: Whether it asks for nothing but the tumor type, age and sex.
  private static func collect(_ condition: TrialCondition, into claims: inout Set<TumorClaim>) -> Bool {
    switch condition {
    case .all(let parts), .any(let parts):
      // All are looked at, whatever the first ones say.
      return parts.map { collect($0, into: &claims) }.allSatisfy(\.self)
    case .not(let inner): return collect(inner, into: &claims)
    case .tumor(let claim):
      claims.insert(claim)
      return true
    case .age, .ageGroup, .sex, .notRead: return true
    case .mutation, .anyFusion, .rule: return false
    }
  }

  /// What the studies come to for a sample.
  func answers(_ facts: EvaluationContext) -> SampleTrials {
    let list = shortlist(facts)
    let asked = keepsNotMet ? Array(parts.indices) : candidates(facts, list)
    let evaluation = TrialEvaluation(facts, tree, fits: list.fits)
    let isPersonKnown = facts.profile.age != nil || facts.profile.sex != nil
    var matches: [TrialMatch] = []
    for place in asked {
      let match = (isPersonKnown ? nil : list.settled[place]) ?? self.match(parts[place], evaluation)
      if match.verdict != .notMet || keepsNotMet { matches.append(match) }
    }
    let offered = Set(matches.lazy.filter { $0.verdict != .notMet }.map { self.registry.trials[$0.trial].id })
    return SampleTrials(
      registry: registry, matches: sorted(matches), notMetCount: registry.openCount - offered.count)
  }

  private func match(_ part: Part, _ evaluation: TrialEvaluation) -> TrialMatch {
    let trial = registry.trials[part.trial]
    var outcome =
      trial.arms[part.arm].condition.map { evaluation.evaluate($0) }
      ?? TrialEvaluation.Outcome(verdict: .unknown, gaps: [.nothingStructured])
    if outcome.verdict != .notMet, !registry.countries.isEmpty, trial.countries == nil {
      outcome.verdict = .unknown
      outcome.gaps.append(.site(registry.countries))
    }
    var places: [Int] = []
    for place in outcome.alterations where !places.contains(place) { places.append(place) }
    return TrialMatch(
      trial: part.trial, arm: part.arm, verdict: outcome.verdict, met: unique(outcome.met),
      unknown: unique(outcome.gaps), failed: unique(outcome.failed), alterations: places.sorted())
  }

  private func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
    var seen: Set<Item> = []
    return items.count < 2 ? items : items.filter { seen.insert($0).inserted }
  }

  /// Met before unknown; open before what has not begun; what an alteration meets first; then what misses least.
  private func sorted(_ matches: [TrialMatch]) -> [TrialMatch] {
    let ranks = matches.map { match in
      [
        TrialMatch.Verdict.allCases.firstIndex(of: match.verdict) ?? 0,
        registry.trials[match.trial].status.standing.rawValue, match.alterations.isEmpty ? 1 : 0,
        match.unknown.count, match.trial, match.arm,
      ]
    }
    return matches.indices.sorted { ranks[$0].lexicographicallyPrecedes(ranks[$1]) }.map { matches[$0] }
  }

  // MARK: Index

  private func candidates(_ facts: EvaluationContext, _ list: Shortlist) -> [Int] {
    var places = Set(list.always)
    for annotated in facts.alterations {
      for name in TrialEvaluation.names(annotated.alteration) { places.formUnion(list.byName[name] ?? []) }
    }
    return places.sorted()
  }

  private func shortlist(_ facts: EvaluationContext) -> Shortlist {
    let assayed = facts.profile.assayed
    let key = Key(
      tumorTypes: facts.profile.tumorTypes, panel: assayed.panel, isWholeExome: assayed.isWholeExome,
      kinds: assayed.kinds)
    if let known = lists.withLock({ $0[key] }) { return known }
    // A sample of this type and assay in which nothing is found and of which nothing else is known: what it fails, any
    // other of them fails unless a finding of one of the genes answers differently.
    var blank = SampleProfile(sampleID: "", tumorTypes: facts.profile.tumorTypes, site: facts.profile.site)
    blank.assayed = assayed
    // What rows of the one sample say is not said of the others that share the list.
    blank.assayed.unchanged = []
    blank.assayed.undetermined = [:]
    var list = Shortlist()
    for claim in claims { list.fits[claim] = claim.fit(blank.tumorTypes, tree) }
    let evaluation = TrialEvaluation(
      EvaluationContext(profile: blank, alterations: [], agents: agents, tables: tables, accepted: facts.accepted),
      tree, fits: list.fits)
    for (place, part) in parts.enumerated() {
      let match = match(part, evaluation)
      if match.verdict != .notMet {
        if part.asksOnlyOfPerson { list.settled[place] = match }
        list.always.append(place)
      } else {
        for name in part.names { list.byName[name, default: []].append(place) }
      }
    }
    let made = list
    lists.withLock { lists in
      // Many panels in one cohort are rare; what is remembered stays small.
      if lists.count >= 512 { lists.removeAll() }
      lists[key] = made
    }
    return made
  }
}
