// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// Holds a second site against every row for its agent, each in a tumor that meets the row.
///
/// What has to close is told by mechanism: a row that rests on another change of the same gene, or on a gene that no agent
/// acts on; and a row that rests on no alteration where the site is known from a study of the tumor. Every other pair is
/// left to the strength of the evidence, and the probe says which kind it is.
package struct SiteProbe {
  /// Why a second site was held against no row that it has to close; where several hold, the last is told.
  package enum Reason: String, CaseIterable, Comparable, Sendable {
    /// The table has no row for the agent that is not withdrawn.
    case noRow = "no_row"
    /// Neither does the agent act on the gene nor does a row for it rest on it: weighed by strength.
    case bypass
    /// The rows for the agent rest on another of its targets: weighed by strength.
    case otherTarget = "other_target"
    /// The tumors of the rows for the agent and of the site do not meet.
    case otherTumors = "other_tumors"
    /// The rows for the agent rest on no alteration, and the site is known of single patients or another tumor.
    case noAlteration = "no_alteration"
    /// No change of the kind that its row names can be made.
    case notMade = "not_made"
    /// The words of its row keep it out of the tumors that the rows for the agent are about.
    case keptOut = "kept_out"
    /// Its row waits for a test that no example states.
    case untested
    /// The change itself opens the agent: weighed by strength.
    case sameChange = "same_change"
    /// A row for the agent that is as strong names the change.
    case named

    package static func < (left: Reason, right: Reason) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What a second site came to.
  struct Outcome {
    /// Rows that it closed, and those that it left open though it has to close them, one line each.
    var closed = 0
    var failures: [String] = []
    /// Why it closed none.
    var reason = Reason.noRow
  }

  /// What a row for an agent rests on, seen from a site.
  private enum Footing {
    case sameGene, otherGene, noAlteration, otherTarget, bypass
  }

  let table: KnowledgeBase
  let query: TumorQuery
  let reach: AgentReach
  let examples: ProbeExample
  /// The verdicts of tumors without a site, each matched once.
  private var bases: [String: [String: Verdict]] = [:]

  init(table: KnowledgeBase, query: TumorQuery) {
    (self.table, self.query) = (table, query)
    reach = AgentReach(table.reference.agents)
    examples = ProbeExample(reference: table.reference, query: query)
  }

  /// Whether a row names changes of a sequence that may close an agent by mechanism.
  func isSecondSite(_ rule: Rule) -> Bool {
    rule.direction == .resistance && rule.level <= .d && rule.eventClass == .mutation && rule.agents.count == 1
      && rule.alternatives.contains { isSite($0) }
  }

  private func isSite(_ spec: AlterationSpec) -> Bool {
    switch spec {
    case .exact, .codon, .range(_, nil, _): true
    default: false
    }
  }

  mutating func outcome(of site: Rule) -> Outcome {
    var outcome = Outcome()
    var tumors: [(tumor: SampleProfile, firsts: [(Rule, Footing)])] = []
    var places: [String: Int] = [:]
    for first in table.rules where isFirst(first, of: site) {
      let footing = footing(of: first, site)
      switch footing {
      case .bypass: outcome.reason = max(outcome.reason, .bypass)
      case .otherTarget: outcome.reason = max(outcome.reason, .otherTarget)
      case .sameGene, .otherGene, .noAlteration:
        let stated = examples.stated(of: first, elsewhere: site.scope)
        if stated.isEmpty { outcome.reason = max(outcome.reason, .notMade) }
        for tumor in stated {
          let key = Self.key(of: tumor)
          if places[key] == nil {
            places[key] = tumors.count
            tumors.append((tumor, []))
          }
          tumors[places[key] ?? 0].firsts.append((first, footing))
        }
      }
    }
    for (tumor, firsts) in tumors {
      let apart = hold(site, against: firsts, in: tumor, &outcome)
      // Where the two do not meet in the tumor of the row, they may in the one that the site was seen in.
      guard !apart.isEmpty, let other = examples.tumor(of: site.scope) else { continue }
      var moved = tumor
      (moved.tumorTypes, moved.site) = (other.tumorTypes, other.site)
      if !hold(site, against: apart, in: moved, &outcome).isEmpty {
        outcome.reason = max(outcome.reason, .otherTumors)
      }
    }
    return outcome
  }

  private static func key(of tumor: SampleProfile) -> String {
    let findings = tumor.alterations.map { "\($0.gene) \($0.description) \($0.origin.rawValue)" }
    return tumor.tumorTypes.joined(separator: ";") + ": " + findings.joined(separator: ", ")
      + " \(tumor.grade.map(String.init) ?? "")"
  }

  /// Whether a row speaks for the agent of a site, alone or in a combination.
  private func isFirst(_ first: Rule, of site: Rule) -> Bool {
    first.direction == .sensitivity && first.regulatoryStatus != .withdrawn && reach.speaks(site, of: first)
      && first.agents.allSatisfy { name in
        let agent = table.reference.agents.agent(name)
        return agent?.isClassToken != true && agent?.withdrawn.isEmpty != false
      }
  }

  private func footing(of first: Rule, _ site: Rule) -> Footing {
    let isOnTarget = targets(first.agents.filter { reach.speaks(site, of: $0) }).contains(site.gene)
    switch first.eventClass {
    case .histology, .proteinTarget, .wildType, .expression, .biomarker:
      return isOnTarget || site.level <= .a2 ? .noAlteration : .bypass
    case .mutation, .copyNumber, .fusion, .lossOfFunction, .pathway:
      let genes = genes(of: first)
      if genes.contains(site.gene) { return .sameGene }
      if !isOnTarget { return .bypass }
      return genes.isDisjoint(with: targets(first.agents)) ? .otherGene : .otherTarget
    }
  }

  /// The genes whose products agents act on.
  private func targets(_ agents: [String]) -> Set<String> {
    Set(agents.flatMap { table.reference.agents.agent($0)?.targets ?? [] })
  }

  /// The gene that a row rests on, and the partners of the fusions that it names.
  private func genes(of rule: Rule) -> Set<String> {
    var genes: Set = [rule.gene]
    for case .exactFusion(let five, let three) in rule.alternatives { genes.formUnion([five, three]) }
    return genes
  }

  /// Holds a site against rows that a tumor meets.
  ///
  /// - Returns: The rows that it does not meet there.
  private mutating func hold(
    _ site: Rule, against firsts: [(Rule, Footing)], in stated: SampleProfile, _ outcome: inout Outcome
  ) -> [(Rule, Footing)] {
    let base = verdicts(of: stated)
    let open = firsts.filter { first, _ in base[first.id].map { $0 != .withdrawn && $0 != .overridden } ?? false }
    var apart = firsts.filter { first, _ in base[first.id] == nil }
    if open.isEmpty { return apart }
    var tumor = stated
    if let requires = site.requires { examples.add(requires, to: &tumor) }
    for spec in site.alternatives where isSite(spec) {
      guard let change = ProbeChange.make(spec, gene: site.gene, table.reference) else {
        outcome.reason = max(outcome.reason, .notMade)
        continue
      }
      guard !stated.alterations.contains(where: { isSame($0, change) }) else {
        outcome.reason = max(outcome.reason, .sameChange)
        continue
      }
      tumor.alterations.append(change)
      let matches = query.match(tumor)
      tumor.alterations.removeLast()
      let against = row(of: site, matches)
      if against == nil, !covers(site, tumor) {
        apart += open
        return apart
      }
      for (first, footing) in open {
        if let reason = reason(against, first, footing, change, matches) {
          outcome.reason = max(outcome.reason, reason)
          continue
        }
        // A row whose own words keep the change out is closed with it.
        guard let row = row(of: first, matches), row.verdict != .overridden else {
          outcome.closed += 1
          continue
        }
        outcome.failures.append(
          "\(site.id) \(site.gene) \(change.description) (\(site.level.rawValue)) leaves \(first.id) \(first.therapy) "
            + "(\(first.gene) \(first.specText)) \(row.verdict.rawValue)")
      }
    }
    return apart
  }

  /// Why a site need not close a row, in a tumor that has both; `nil` where it has to.
  private func reason(
    _ against: TherapyMatch?, _ first: Rule, _ footing: Footing, _ change: Alteration, _ matches: SampleMatches
  ) -> Reason? {
    guard let against else { return isNamed(change, first) ? .named : .keptOut }
    guard against.openQuestions.isEmpty else { return .untested }
    guard let row = row(of: first, matches) else { return nil }
    if isNamed(matches.alterations.count - 1, against, row, matches) { return .named }
    // A combination stands on a row of its own that names a change which the row about a member reads too.
    if row.verdict != .overridden, first.agents.count > 1, first.therapyKey != against.rule.therapyKey,
      row.rung.step <= 3,
      !Set(row.ownAlterations).isDisjoint(with: against.ownAlterations)
    {
      return .named
    }
    return footing == .noAlteration && !mustClose(against) ? .noAlteration : nil
  }

  /// The verdicts of a tumor's rows by the identifiers of their rules.
  private mutating func verdicts(of tumor: SampleProfile) -> [String: Verdict] {
    let key = Self.key(of: tumor)
    if let known = bases[key] { return known }
    var verdicts: [String: Verdict] = [:]
    for match in query.match(tumor).therapies {
      for rule in [match.rule] + match.supportingRules where verdicts[rule.id] == nil {
        verdicts[rule.id] = match.verdict
      }
    }
    bases[key] = verdicts
    return verdicts
  }

  /// Whether two findings are one change of a gene.
  private func isSame(_ finding: Alteration, _ change: Alteration) -> Bool {
    guard finding.gene == change.gene else { return false }
    if finding.event == change.event { return true }
    guard case .sequence(let left) = finding.event, case .sequence(let right) = change.event,
      let own = left.proteinChange, let other = right.proteinChange
    else { return false }
    return own.first == other.first && own.replacement == other.replacement
  }

  /// Whether a row against closes rows that rest on no alteration.
  private func mustClose(_ against: TherapyMatch) -> Bool {
    switch against.proximity {
    case .same, .agnostic: against.rule.level <= .c
    case .bridge: against.rule.level <= .c && against.rule.level > .a2
    case .lineage, .other, .crossing: false
    }
  }

  private func covers(_ site: Rule, _ tumor: SampleProfile) -> Bool {
    site.scope.include.contains { code in
      tumor.tumorTypes.allSatisfy { table.reference.tumorTypes.covers(code, $0) }
    }
  }

  private func row(of rule: Rule, _ matches: SampleMatches) -> TherapyMatch? {
    matches.therapies.first { match in
      match.rule.id == rule.id || match.supportingRules.contains { $0.id == rule.id }
    }
  }

  /// Whether a row of this sample for the agent, or one that clears the change, as strong as the row against, names it.
  private func isNamed(_ place: Int, _ against: TherapyMatch, _ first: TherapyMatch, _ matches: SampleMatches) -> Bool {
    matches.therapies.contains { row in
      (row.rule.direction == .sensitivity || row.rule.support.effect == .notACause && row.proximity <= .bridge)
        && row.rule.level <= against.rule.level && row.alterations.contains(place)
        && (row.ownAlterations.contains(place) ? row.rung.step <= 2 : true)
        && (row.rule.therapyKey == first.rule.therapyKey || row.rule.therapyKey == against.rule.therapyKey)
    }
  }

  /// Whether a row of the table for the agent names the change, for which the row against leaves it alone.
  private func isNamed(_ site: Alteration, _ first: Rule) -> Bool {
    guard case .sequence(let change) = site.event, let protein = change.proteinChange else { return false }
    return table.rules(about: site.gene).lazy.map { Int($0) }.contains { place in
      let other = table.rules[place]
      guard other.direction == .sensitivity, reach.speaks(other, of: first) else { return false }
      return other.alternatives.contains { spec in
        switch spec {
        case .exact(let wanted): wanted.isEquivalent(to: protein)
        case .codon(let codon, _): protein.first == codon
        default: false
        }
      }
    }
  }
}
