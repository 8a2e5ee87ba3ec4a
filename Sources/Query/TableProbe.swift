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
    /// Second sites that closed a row for their agent, and those held against none that they have to close, by the reason.
    package var sites = 0
    package var otherSites: [SiteProbe.Reason: Int] = [:]
    /// Second sites by the name of their reason, one line each: the rule, its change, agent and level.
    package var namedSites: [String: [String]] = [:]
    /// What went wrong, one line each.
    package var failures: [String] = []

    /// The counts, one line each, name and number.
    package var lines: [String] {
      var lines = ["labels and guidelines probed\t\(labels)", "without an example\t\(skippedLabels)"]
      for verdict in Verdict.allCases {
        if let count = verdicts[verdict] { lines.append("pairs \(verdict.rawValue)\t\(count)") }
      }
      lines.append("second sites that close\t\(sites)")
      for reason in SiteProbe.Reason.allCases {
        if let count = otherSites[reason] { lines.append("second sites \(reason.rawValue)\t\(count)") }
      }
      lines.append("failures\t\(failures.count)")
      return lines
    }
  }

  /// The names of verdicts, and of reasons for which a second site closes no row.
  package static let listed = Verdict.allCases.map(\.rawValue) + SiteProbe.Reason.allCases.map(\.rawValue)

  private let table: KnowledgeBase
  private let query: TumorQuery
  private let reach: AgentReach
  private let examples: ProbeExample

  /// Probes of a table.
  package init(table: KnowledgeBase) {
    self.table = table
    query = TumorQuery(table: table)
    reach = AgentReach(table.reference.agents)
    examples = ProbeExample(reference: table.reference, query: query)
  }

  /// Makes all probes.
  ///
  /// - Parameter every: Only each n-th label and second site, for a quick look.
  package func run(every: Int = 1) -> Report {
    var report = Report()
    let labels = table.rules.filter(isLabel)
    for (place, rule) in labels.enumerated() where place % every == 0 { probe(rule, &report) }
    var probe = SiteProbe(table: table, query: query)
    let sites = table.rules.filter(probe.isSecondSite)
    for (place, rule) in sites.enumerated() where place % every == 0 {
      let outcome = probe.outcome(of: rule)
      report.failures += outcome.failures
      if outcome.closed > 0 {
        report.sites += 1
      } else if outcome.failures.isEmpty {
        report.otherSites[outcome.reason, default: 0] += 1
        report.namedSites[outcome.reason.rawValue, default: []].append(
          "\(rule.id) \(rule.gene) \(rule.specText) \(rule.therapy) \(rule.level.rawValue)")
      }
    }
    return report
  }

  private func isLabel(_ rule: Rule) -> Bool {
    rule.level <= .a2 && rule.direction == .sensitivity && rule.regulatoryStatus != .withdrawn
      && rule.eventClass != .histology
      && rule.eventClass != .proteinTarget && rule.agents.allSatisfy { isOnMarket($0) }
  }

  private func isOnMarket(_ agent: String) -> Bool { table.reference.agents.agent(agent)?.withdrawn.isEmpty ?? true }

  // MARK: Labels beside changes of other genes

  private func probe(_ label: Rule, _ report: inout Report) {
    guard
      let profile = examples.stated(of: label).first(where: { profile in
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
}
