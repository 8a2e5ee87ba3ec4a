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
    /// Label rules that were probed, and those without an example that can be.
    package var labels = 0
    package var skippedLabels = 0
    /// Pairs of a label and a change, by the verdict of the label's row.
    package var verdicts: [Verdict: Int] = [:]
    /// Second sites that were probed, and those without a first site to stand beside.
    package var sites = 0
    package var skippedSites = 0
    /// What went wrong, one line each.
    package var failures: [String] = []

    /// The counts, one line each, name and number.
    package var lines: [String] {
      var lines = ["labels probed\t\(labels)", "labels without an example\t\(skippedLabels)"]
      for verdict in Verdict.allCases {
        if let count = verdicts[verdict] { lines.append("pairs \(verdict.rawValue)\t\(count)") }
      }
      lines += ["second sites probed\t\(sites)", "second sites without a first site\t\(skippedSites)"]
      lines.append("failures\t\(failures.count)")
      return lines
    }
  }

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
    rule.level == .a1 && rule.direction == .sensitivity && rule.regulatoryStatus != .withdrawn
      && rule.eventClass != .histology
      && rule.eventClass != .proteinTarget && rule.agents.allSatisfy { isOnMarket($0) }
  }

  private func isOnMarket(_ agent: String) -> Bool { table.reference.agents.agent(agent)?.withdrawn.isEmpty ?? true }

  // MARK: Labels beside changes of other genes

  private func probe(_ label: Rule, _ report: inout Report) {
    guard let profile = query.profile(ofExample: label.exampleHit), let base = row(of: label, query.match(profile)),
      base.verdict == .supported || base.verdict == .conditional || base.verdict == .caution
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
      guard row.verdict == .overridden else { continue }
      let opponents = matches.therapies.filter {
        row.opposedBy.contains($0.rule.id) && $0.rule.direction != .sensitivity
      }
      if opponents.contains(where: mayClose) { continue }
      let names = opponents.map { "\($0.rule.id) \($0.rule.level.rawValue) \($0.proximity.rawValue)" }
      report.failures.append(
        "\(label.id) \(label.therapy) (\(label.exampleHit)) is overridden beside \(change.gene) \(change.description): "
          + names.joined(separator: ", "))
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
        case .exact(let change): change.consequence == .substitution
        case .codon: true
        default: false
        }
      }
  }

  private func probe(site rule: Rule, _ report: inout Report) {
    var isProbed = false
    for first in table.rules where isFirstSite(first, of: rule) {
      guard let profile = query.profile(ofExample: first.exampleHit),
        rule.scope.include.contains(where: { code in
          profile.tumorTypes.allSatisfy { table.reference.tumorTypes.covers(code, $0) }
        }), let base = row(of: first, query.match(profile)), base.verdict != .withdrawn, base.verdict != .overridden
      else { continue }
      for spec in rule.alternatives {
        guard let site = ProbeChange.make(spec, gene: rule.gene, table.reference),
          !profile.alterations.contains(where: { $0.gene == site.gene && $0.event == site.event })
        else { continue }
        var probed = profile
        probed.alterations.append(site)
        let matches = query.match(probed)
        guard let against = row(of: rule, matches), against.openQuestions.isEmpty, !isNamed(site, rule, first),
          let row = row(of: first, matches)
        else { continue }
        isProbed = true
        if row.verdict != .overridden {
          report.failures.append(
            "\(rule.id) \(rule.gene) \(site.description) (\(rule.level.rawValue)) leaves \(first.id) \(first.therapy) "
              + "(\(first.exampleHit)) \(row.verdict.rawValue)")
        }
      }
      if isProbed { break }
    }
    if isProbed { report.sites += 1 } else { report.skippedSites += 1 }
  }

  /// Whether a row for the agent rests on a change of the same gene, and names no second site itself.
  private func isFirstSite(_ first: Rule, of site: Rule) -> Bool {
    first.direction == .sensitivity && first.regulatoryStatus != .withdrawn && first.agents == site.agents
      && !first.exampleHit.isEmpty && first.alternatives.contains { $0.rung.step <= 4 }
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

/// Findings that meet an atom of a rule.
private enum ProbeChange {
  static func make(_ spec: AlterationSpec, gene: String, _ reference: ReferenceTables) -> Alteration? {
    func change(_ change: SequenceChange) -> Alteration {
      Alteration(gene: gene, event: .sequence(change), asWritten: "probe")
    }
    switch spec {
    case .exact(let wanted): return change(SequenceChange(effect: VariantEffect(wanted), proteinChange: wanted))
    case .codon(let codon, let residues):
      guard
        let residue = residues.first
          ?? (reference.hotspots.frequentSubstitutions(of: gene, count: 50)
            .first { $0.first == codon }?.replacement.first)
      else { return nil }
      return change(
        SequenceChange(
          effect: .missense,
          proteinChange: ProteinChange(.substitution, first: codon, replacement: String(residue))))
    case .exactFusion(let five, let three):
      let fusion = Fusion(fivePrimeGene: five, threePrimeGene: three, isOrdered: true)
      return Alteration(gene: gene, event: .fusion(fusion), asWritten: "probe")
    case .fusion(let role):
      let fusion = Fusion(
        fivePrimeGene: role == .fivePrime ? gene : "", threePrimeGene: role == .fivePrime ? "" : gene, isOrdered: false)
      return Alteration(gene: gene, event: .fusion(fusion), asWritten: "probe")
    case .copyNumber(.amplification):
      return Alteration(gene: gene, event: .copyNumber(.amplification), asWritten: "probe")
    case .copyNumber(.homozygousDeletion), .lossOfFunction, .biallelicLoss, .copyNumber(.loss):
      return Alteration(gene: gene, event: .copyNumber(.homozygousDeletion), asWritten: "probe")
    case .activating, .activatingHotspot, .oncogenic, .anyChange:
      let frequent = reference.hotspots.frequentSubstitutions(of: gene, count: 1).first
      return frequent.map { change(SequenceChange(effect: .missense, proteinChange: $0)) }
        ?? Alteration(
          gene: gene, event: .sequence(SequenceChange(.pathogenic)), asWritten: "probe", cautions: [.pathogenicStated])
    case .named(let name): return change(SequenceChange(effect: .structural, namedClass: name))
    case .range(let range, _, _):
      let frequent = reference.hotspots.frequentSubstitutions(of: gene, count: 50).first { range.contains($0.first) }
      return frequent.map { change(SequenceChange(effect: .missense, proteinChange: $0)) }
    case .coding, .effect, .fusionAtExon, .copyNumber, .wildType, .measurement, .pathwayActivation, .none: return nil
    }
  }
}
