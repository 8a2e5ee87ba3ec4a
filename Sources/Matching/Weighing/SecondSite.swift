// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Changes of an agent's own target that decide by mechanism, and reversions of the loss that an agent feeds on.
///
/// A second site is a sequence change that a resistance row of the agent names (exact, codon or range) and that no
/// sensitivity row of the agent, of the same or a better level, names as a change or codon. Every row for the agent that
/// rests on another alteration of that gene is closed with it: a third alteration is not rescued. One laboratory row
/// asks for caution; two of different sources decide.
struct SecondSite {
  let index: RuleIndex
  let context: EvaluationContext
  /// Changes that restore a gene.
  private let reverting: [Int]

  init(index: RuleIndex, context: EvaluationContext) {
    self.index = index
    self.context = context
    reverting = context.alterations.indices.filter {
      context.alterations[$0].isReversion && context.alterations[$0].isReadable
    }
  }

  /// A second site of one agent.
  struct Site {
    let alteration: Int
    let gene: String
    /// Rows that name it.
    var opponents: [Int]
    /// Whether the evidence is more than one row from the laboratory.
    var decides: Bool
  }

  /// Closes the rows that second sites decide, and notes where they ask for caution.
  func close(_ group: inout TherapyGroup, _ matches: [TherapyMatch], reversions: [Site]) {
    for site in sites(of: group, matches) + reversions {
      let isReversion = isReversion(site.alteration)
      for place in group.rows where !matches[place].isConditional || site.decides {
        guard isReversion ? feedsOnLoss(matches[place], site) : rests(matches[place], on: site, group) else { continue }
        if site.decides {
          group.closed.insert(place)
          group.deciding.formUnion(site.opponents)
          for opponent in site.opponents where !group.opponents.contains(opponent) { group.opponents.append(opponent) }
          if isReversion { group.reversions[place] = site.alteration }
        } else {
          group.isCautioned = true
        }
      }
    }
    closeUnanchored(&group, matches)
  }

  /// The reversions of the sample with the rows that name them; they close every agent that the loss opens, by mechanism
  /// and whether a row names them or not.
  func reversions(_ matches: [TherapyMatch], tumorType: String) -> [Site] {
    if reverting.isEmpty { return [] }
    let named = matches.indices.filter { place in
      matches[place].rule.direction == .resistance && matches[place].tumorType == tumorType
        && !matches[place].isConditional
    }
    let sites = collect(named, matches) { isReversion($0) }
    return reverting.map { alteration in
      let opponents = sites.first { $0.alteration == alteration }?.opponents ?? []
      return Site(
        alteration: alteration, gene: context.alterations[alteration].gene, opponents: opponents, decides: true)
    }
  }

  private func sites(of group: TherapyGroup, _ matches: [TherapyMatch]) -> [Site] {
    if group.opponents.isEmpty { return [] }
    let named = group.opponents.filter { place in
      let match = matches[place]
      return match.rule.direction == .resistance && match.rung.step <= 3 && !match.isConditional
    }
    return collect(named, matches) { alteration in
      !isReversion(alteration) && context.alterations[alteration].alteration.isSequence
    }
    .filter { site in
      !site.opponents.allSatisfy { isNamedAsSensitive(site.alteration, matches[$0], group, matches) }
    }
  }

  private func collect(
    _ opponents: [Int], _ matches: [TherapyMatch], where isSite: (Int) -> Bool
  ) -> [Site] {
    var sites: [Site] = []
    for place in opponents {
      let rule = matches[place].rule
      for alteration in matches[place].ownAlterations {
        guard context.alterations[alteration].gene == rule.gene, isSite(alteration) else { continue }
        let known = sites.firstIndex { $0.alteration == alteration }
        let opponents = (known.map { sites[$0].opponents } ?? []) + [place]
        let decides = rule.level <= .d || Self.areOfTwoSources(opponents.map { matches[$0] })
        if let known {
          sites[known].decides = sites[known].decides || decides
          sites[known].opponents = opponents
        } else {
          sites.append(Site(alteration: alteration, gene: rule.gene, opponents: opponents, decides: decides))
        }
      }
    }
    return sites
  }

  /// Whether two of the rows, with those that were folded under one claim, rest on different references.
  private static func areOfTwoSources(_ rows: [TherapyMatch]) -> Bool {
    let rules = rows.flatMap { [$0.rule] + $0.supportingRules }
    guard let first = rules.first else { return false }
    return rules.dropFirst().contains { Set($0.references).isDisjoint(with: first.references) }
  }

  /// Whether a sensitivity row of the agent, or one that found the alteration to be no cause of resistance in this tumor,
  /// as strong as the row against or stronger, names the alteration.
  private func isNamedAsSensitive(
    _ alteration: Int, _ opponent: TherapyMatch, _ group: TherapyGroup, _ matches: [TherapyMatch]
  ) -> Bool {
    matches.contains { row in
      (row.rule.direction == .sensitivity || clears(row)) && row.tumorType == group.tumorType
        && names(row, alteration)
        && row.rule.level <= opponent.rule.level
        && (index.therapies[row.ruleIndex] == group.therapy
          || index.therapies[row.ruleIndex] == index.therapies[opponent.ruleIndex])
    }
  }

  private func clears(_ row: TherapyMatch) -> Bool {
    row.rule.support.effect == .notACause && !row.isConditional && row.proximity <= .bridge
  }

  /// Whether a row names an alteration as a change or codon, or asks for it beside its own.
  private func names(_ row: TherapyMatch, _ alteration: Int) -> Bool {
    row.ownAlterations.contains(alteration) ? row.rung.step <= 2 : row.alterations.contains(alteration)
  }

  /// Whether a row for the agent rests on an alteration that the site takes away; a stain of the gene is none.
  private func rests(_ row: TherapyMatch, on site: Site, _ group: TherapyGroup) -> Bool {
    let own = row.ownAlterations.filter { isOfGene($0, site.gene) && isChange($0) }
    if own.contains(where: { $0 != site.alteration }) { return true }
    // The site itself, read by an exon, a class or the gene alone.
    if !own.isEmpty { return row.rung.step >= 3 }
    guard index.acts(group.rule, on: site.gene), restsOnAlteration(row) else { return false }
    return !row.ownAlterations.contains { place in
      let alteration = context.alterations[place]
      if case .fusion(let fusion) = alteration.alteration.event {
        return index.acts(group.rule, on: fusion.fivePrimeGene) || index.acts(group.rule, on: fusion.threePrimeGene)
      }
      return index.acts(group.rule, on: alteration.gene)
    }
  }

  /// Whether a row rests on a loss of the gene that the reversion restores.
  private func feedsOnLoss(_ row: TherapyMatch, _ site: Site) -> Bool {
    row.ownAlterations.contains { $0 != site.alteration && context.alterations[$0].gene == site.gene }
  }

  /// Rows that rest on no alteration do not rescue an agent whose alterations are all closed.
  private func closeUnanchored(_ group: inout TherapyGroup, _ matches: [TherapyMatch]) {
    guard !group.closed.isEmpty else { return }
    let isOpen = group.rows.contains { place in
      !group.closed.contains(place) && !matches[place].isConditional && restsOnAlteration(matches[place])
    }
    if isOpen { return }
    for place in group.rows where !restsOnAlteration(matches[place]) { group.closed.insert(place) }
  }

  /// Whether a row rests on a change of the tumor and not on histology, a stain, a score or a wild type.
  func restsOnAlteration(_ row: TherapyMatch) -> Bool {
    row.ownAlterations.contains(where: isChange)
  }

  /// Whether a finding is a change of the tumor's genes or chromosomes.
  private func isChange(_ place: Int) -> Bool {
    switch context.alterations[place].alteration.event {
    case .sequence, .copyNumber, .fusion: true
    // The loss of an arm is told like a score, and is a change.
    case .measurement(let measurement): context.tables.biomarkers.named(measurement.name)?.reading == .arm
    case .wildType, .absent: false
    }
  }

  private func isOfGene(_ place: Int, _ gene: String) -> Bool {
    let alteration = context.alterations[place]
    if case .fusion(let fusion) = alteration.alteration.event { return fusion.involves(gene) }
    return alteration.gene == gene
  }

  private func isReversion(_ place: Int) -> Bool { context.alterations[place].isReversion }
}

extension AnnotatedAlteration {
  fileprivate var isReversion: Bool {
    if case .sequence(let change) = alteration.event { return change.isReversion }
    return false
  }
}
