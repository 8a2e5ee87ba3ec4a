// SPDX-License-Identifier: Apache-2.0
internal import Alterations
package import Knowledge
package import Matching

/// Probes how rows are weighed: labels beside the changes of other genes that speak against their agents, and second
/// sites beside the changes that they follow.
///
/// A label row is closed neither by single patients and cell lines nor by small studies of another tumor; a second site
/// of level A to D closes its agent.
package struct TableProbe: Sendable {
  /// What the probes came to.
  package struct Report: Sendable {
    /// Rules of labels and guidelines that were probed, and those without an example that can be.
    package var labels = 0
    package var skippedLabels = 0
    /// Pairs of a label and a change, by the verdict of the label's row.
    package var verdicts: [Verdict: Int] = [:]
    /// The pairs by the name of their verdict, one line each: the rule, its therapy, the change beside it, the rows against.
    package var pairs: [String: [String]] = [:]
    /// Second sites that were probed, and those without a first site to stand beside.
    package var sites = 0
    package var skippedSites = 0
    /// What went wrong, one line each.
    package var failures: [String] = []

    /// The counts, one line each, name and number.
    package var lines: [String] {
      var lines = ["labels and guidelines probed\t\(labels)", "without an example\t\(skippedLabels)"]
      for verdict in Verdict.allCases {
        if let count = verdicts[verdict] { lines.append("pairs \(verdict.rawValue)\t\(count)") }
      }
      lines += ["second sites probed\t\(sites)", "second sites without a first site\t\(skippedSites)"]
      lines.append("failures\t\(failures.count)")
      return lines
    }
  }

  /// The names of verdicts.
  package static let verdicts = Verdict.allCases.map(\.rawValue)

  private let table: KnowledgeBase
  private let query: TumorQuery
  private let reach: AgentReach

  /// Probes of a table.
  package init(table: KnowledgeBase) {
    self.table = table
    query = TumorQuery(table: table)
    reach = AgentReach(table.reference.agents)
  }

  /// Makes all probes.
  ///
  /// - Parameter every: Only each n-th label and second site, for a quick look.
  package func run(every: Int = 1) -> Report {
    var report = Report()
    let labels = table.rules.filter(isLabel)
    for (place, rule) in labels.enumerated() where place % every == 0 { probe(rule, &report) }
    let sites = table.rules.filter(isSecondSite)
    for (place, rule) in sites.enumerated() where place % every == 0 { probe(site: rule, &report) }
    return report
  }

  private func isLabel(_ rule: Rule) -> Bool {
    rule.level <= .a2 && rule.direction == .sensitivity && rule.regulatoryStatus != .withdrawn
      && rule.eventClass != .histology
      && rule.eventClass != .proteinTarget && rule.agents.allSatisfy { isOnMarket($0) }
  }

  /// Tumors that meet a rule: its own example, or else what its own words ask for.
  private func examples(of rule: Rule) -> [SampleProfile] {
    if let stated = query.profile(ofExample: rule.exampleHit) { return [stated] }
    return ProbeExample(reference: table.reference, query: query).profiles(of: rule)
  }

  private func isOnMarket(_ agent: String) -> Bool { table.reference.agents.agent(agent)?.withdrawn.isEmpty ?? true }

  // MARK: Labels beside changes of other genes

  private func probe(_ label: Rule, _ report: inout Report) {
    guard
      let profile = examples(of: label).first(where: { profile in
        let verdict = row(of: label, query.match(profile))?.verdict
        return verdict == .supported || verdict == .conditional || verdict == .caution
      })
    else {
      report.skippedLabels += 1
      return
    }
    report.labels += 1
    // What lies in the gene of the label, or in one that its agents act on, is a second site.
    var genes: Set<String> = [label.gene]
    for alteration in profile.alterations {
      genes.insert(alteration.gene)
      if case .fusion(let fusion) = alteration.event { genes.formUnion([fusion.fivePrimeGene, fusion.threePrimeGene]) }
    }
    for agent in label.agents { genes.formUnion(table.reference.agents.agent(agent)?.targets ?? []) }
    for change in changes(against: label, outside: genes) {
      var probed = profile
      probed.alterations.append(change)
      let matches = query.match(probed)
      guard let row = row(of: label, matches) else { continue }
      report.verdicts[row.verdict, default: 0] += 1
      let opponents = matches.therapies.filter {
        row.opposedBy.contains($0.rule.id) && $0.rule.direction != .sensitivity
      }
      let names = opponents.map { "\($0.rule.id) \($0.rule.level.rawValue) \($0.proximity.rawValue)" }
      let pair =
        "\(label.id) \(label.therapy) (\(profile.tumorTypes.joined(separator: ";")): \(label.gene) \(label.specText)) "
        + "beside \(change.gene) \(change.description): " + names.joined(separator: ", ")
      report.pairs[row.verdict.rawValue, default: []].append(pair)
      if row.verdict == .overridden, !opponents.contains(where: mayClose) {
        report.failures.append("overridden: " + pair)
      }
    }
  }

  /// Whether a row against is strong enough to close a label's row: of level C of this tumor, or B of another.
  private func mayClose(_ match: TherapyMatch) -> Bool {
    switch match.proximity {
    case .same, .bridge, .agnostic: match.rule.level <= .c
    case .lineage, .other, .crossing: match.rule.level <= .b
    }
  }

  /// The changes of other genes that a resistance row of an agent of the label names, each once.
  private func changes(against label: Rule, outside genes: Set<String>) -> [Alteration] {
    var seen: Set<String> = []
    var changes: [Alteration] = []
    for rule in table.rules where rule.direction == .resistance && !genes.contains(rule.gene) {
      guard reach.speaks(rule, of: label) else { continue }
      for spec in rule.alternatives {
        guard let change = ProbeChange.make(spec, gene: rule.gene, table.reference) else { continue }
        if seen.insert(change.gene + " " + change.description).inserted { changes.append(change) }
      }
    }
    return changes
  }

  private func row(of rule: Rule, _ matches: SampleMatches) -> TherapyMatch? {
    matches.therapies.first { match in
      match.rule.id == rule.id || match.supportingRules.contains { $0.id == rule.id }
    }
  }

  // MARK: Second sites

  /// Whether a row names changes of a sequence that may close an agent by mechanism.
  private func isSecondSite(_ rule: Rule) -> Bool {
    rule.direction == .resistance && rule.level <= .d && rule.eventClass == .mutation && rule.agents.count == 1
      && rule.alternatives.contains { spec in
        switch spec {
        case .exact, .codon, .range(_, nil, _): true
        default: false
        }
      }
  }

  private func probe(site rule: Rule, _ report: inout Report) {
    var probed: Set<String> = []
    for first in table.rules where isFirstSite(first, of: rule) && !probed.contains(first.therapyKey) {
      let profile = examples(of: first).first { profile in
        let isOfTumor = rule.scope.include.contains { code in
          profile.tumorTypes.allSatisfy { table.reference.tumorTypes.covers(code, $0) }
        }
        guard isOfTumor, let verdict = row(of: first, query.match(profile))?.verdict else { return false }
        return verdict != .withdrawn && verdict != .overridden
      }
      guard let profile else { continue }
      for spec in rule.alternatives where spec.rung.step <= 3 {
        guard let site = ProbeChange.make(spec, gene: rule.gene, table.reference),
          !profile.alterations.contains(where: { $0.gene == site.gene && $0.event == site.event })
        else { continue }
        var tumor = profile
        tumor.alterations.append(site)
        let matches = query.match(tumor)
        // A row that the site is kept out of by its own words is gone and not open.
        guard let against = row(of: rule, matches), against.openQuestions.isEmpty, !isNamed(site, rule, first),
          let row = row(of: first, matches)
        else { continue }
        probed.insert(first.therapyKey)
        if row.verdict != .overridden {
          report.failures.append(
            "\(rule.id) \(rule.gene) \(site.description) (\(rule.level.rawValue)) leaves \(first.id) \(first.therapy) "
              + "(\(first.gene) \(first.specText)) \(row.verdict.rawValue)")
        }
      }
    }
    if probed.isEmpty { report.skippedSites += 1 } else { report.sites += 1 }
  }

  /// Whether a row for the agent rests on a change of the same gene, and names no second site itself.
  private func isFirstSite(_ first: Rule, of site: Rule) -> Bool {
    first.direction == .sensitivity && first.regulatoryStatus != .withdrawn && first.agents.count == 1
      && first.agents.allSatisfy { table.reference.agents.agent($0)?.isClassToken != true && isOnMarket($0) }
      && reach.speaks(site, of: first) && first.alternatives.contains { $0.rung.step <= 4 }
      && first.gene == site.gene && first.alternatives != site.alternatives
  }

  /// Whether a row for the agent, as strong as the row against, names the change.
  private func isNamed(_ site: Alteration, _ rule: Rule, _ first: Rule) -> Bool {
    guard case .sequence(let change) = site.event, let protein = change.proteinChange else { return false }
    return table.rules(about: rule.gene).contains { place in
      let other = table.rules[place]
      guard other.direction == .sensitivity, other.level <= rule.level, reach.speaks(other, of: first) else {
        return false
      }
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

/// Which rows speak of the agents of others, by name or by class.
private struct AgentReach: Sendable {
  private let agents: AgentTable

  init(_ agents: AgentTable) { self.agents = agents }

  /// Whether a row of one agent or class speaks of an agent of another row, or both of the same agents.
  func speaks(_ rule: Rule, of other: Rule) -> Bool {
    if rule.therapyKey == other.therapyKey { return true }
    guard rule.agents.count == 1, let token = agents.agent(rule.agents[0]) else { return false }
    if other.agents.contains(token.name) { return true }
    guard token.isClassToken else { return false }
    let classes = token.classNames
    return other.agents.contains { agents.agent($0)?.classes.contains { classes.contains($0.lowercased()) } ?? false }
  }
}
