// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Weighs the rows for and against each therapy of a sample once, and gives every row its verdict.
///
/// The order of steps is the order of what decides: withdrawn labels, second sites (mechanism), rows that rest on no
/// alteration, strength. A patient report or a cell line never silences a label.
struct Weighing {
  let table: KnowledgeBase
  let index: RuleIndex
  let context: EvaluationContext

  /// Gives every row its verdict and the rows that speak against it.
  ///
  /// - Returns: The rows of each therapy as they were weighed.
  func resolve(_ matches: inout [TherapyMatch]) -> [TherapyGroup] {
    let opposition = Opposition(index: index)
    let sites = SecondSite(index: index, context: context)
    let withdrawn = WithdrawnIndications(matches, opposition)
    var groups = opposition.groups(matches, withdrawn: withdrawn)
    for place in groups.indices {
      let reversions = sites.reversions(matches, tumorType: groups[place].tumorType)
      sites.close(&groups[place], matches, reversions: reversions)
      weigh(&groups[place], matches, sites)
    }
    for place in matches.indices where matches[place].rule.direction == .sensitivity && withdrawn.covers(matches[place])
    {
      matches[place].verdict = .withdrawn
    }
    var outcomes = [Outcome?](repeating: nil, count: matches.count)
    for group in groups { settle(group, &matches, &outcomes) }
    for place in matches.indices where matches[place].rule.direction != .sensitivity {
      matches[place].verdict = verdict(ofOpponent: matches[place], outcomes[place], opposition)
    }
    return groups
  }

  // MARK: One therapy

  private func weigh(_ group: inout TherapyGroup, _ matches: [TherapyMatch], _ sites: SecondSite) {
    let isFirm = group.rows.contains { !matches[$0].isConditional }
    let considered = isFirm ? group.rows.filter { !matches[$0].isConditional } : group.rows
    closeUnanchored(&group, considered, matches, sites)
    let open = group.closed.isEmpty ? considered : considered.filter { !group.closed.contains($0) }
    guard let best = open.max(by: { isWeaker(matches[$0], matches[$1]) }) else {
      group.verdict = .overridden
      return
    }
    var weighed: [TherapyMatch] = []
    for place in group.opponents where !matches[place].isConditional {
      switch role(of: matches[place], best: matches[best], sites) {
      case .weighed: weighed.append(matches[place])
      case .caution: group.isCautioned = true
      case .line: group.lines.append(place)
      }
    }
    if !group.lines.isEmpty { group.opponents.removeAll(where: group.lines.contains) }
    var verdict = weighed.isEmpty ? Verdict.supported : Balance.verdict(open.map { matches[$0] }, weighed)
    let isOpen = group.isCautioned || !group.weakening.isEmpty || isContradicted(matches[best])
    if verdict == .supported, isOpen { verdict = .caution }
    let lacksSubstrate = group.opponents.contains { place in
      // A protein that is not there is lost, though no test has said why.
      (!matches[place].isConditional
        || matches[place].ownAlterations.contains { context.alterations[$0].alteration.isMeasurement })
        && isLossOfNeededGene(matches[place], group)
    }
    if lacksSubstrate, verdict != .overridden { verdict = .conflicting }
    if !isFirm, verdict == .supported || verdict == .caution { verdict = .conditional }
    group.verdict = verdict
  }

  /// Whether another result of the sample says the opposite of one that a row rests on, or that it asks for beside it.
  private func isContradicted(_ row: TherapyMatch) -> Bool {
    row.alterations.contains { place in
      context.alterations[place].alteration.cautions.contains { caution in
        if case .contradicted = caution { return true }
        return false
      }
    }
  }

  /// What a row against does to a therapy.
  private enum Role {
    case weighed, caution
    /// Shown beside the therapy and no more.
    case line
  }

  private func role(of opponent: TherapyMatch, best: TherapyMatch, _ sites: SecondSite) -> Role {
    guard opponent.rule.direction == .noBenefit else { return .weighed }
    if opponent.isHistology {
      // A tumor type as a whole says less of patients who were chosen by a biomarker.
      return best.isHistology ? .weighed : .caution
    }
    if best.ownAlterations.isEmpty || best.ownAlterations.sharesElement(with: opponent.ownAlterations) {
      return .weighed
    }
    // A score, a stain or a wild type is no alteration of its own.
    return !sites.restsOnAlteration(best) && sites.restsOnAlteration(opponent) ? .weighed : .line
  }

  /// Rows that rest on no alteration give way to a row against that names a measured one: a label or guideline of this
  /// tumor, or a study of this tumor on a gene that the agent acts on.
  private func closeUnanchored(
    _ group: inout TherapyGroup, _ rows: [Int], _ matches: [TherapyMatch], _ sites: SecondSite
  ) {
    for opponent in group.opponents {
      let row = matches[opponent]
      guard row.rule.direction == .resistance, !row.isConditional, sites.restsOnAlteration(row) else { continue }
      let isOfThisTumor = row.proximity == .same || row.proximity == .agnostic
      let isOnTarget = index.acts(group.rule, on: row.rule.gene)
      let decides: Bool
      if row.rule.level <= .a2 {
        decides = isOfThisTumor
      } else {
        decides = row.rule.level <= .c && isOnTarget && (isOfThisTumor || row.proximity == .bridge)
      }
      for place in rows where !sites.restsOnAlteration(matches[place]) {
        if decides {
          group.closed.insert(place)
          group.deciding.insert(opponent)
        } else if row.rule.level == .d, isOnTarget, isOfThisTumor || row.proximity == .bridge,
          row.rule.support.treated ?? 0 >= 2
        {
          group.isCautioned = true
        }
      }
    }
  }

  /// Of two rows for a therapy, whether the second is the one that is shown first.
  private func isWeaker(_ left: TherapyMatch, _ right: TherapyMatch) -> Bool {
    if left.strength != right.strength { return left.strength < right.strength }
    if left.isHistology != right.isHistology { return left.isHistology }
    return left.rung > right.rung
  }

  private func isLossOfNeededGene(_ opponent: TherapyMatch, _ group: TherapyGroup) -> Bool {
    table.reference.facts.wildTypeDependence.contains { pair in
      opponent.rule.gene == pair.needed && index.acts(group.rule, on: pair.target)
    }
  }

  // MARK: Rows

  /// What a row against comes to.
  private struct Outcome {
    var verdict: Verdict
    /// Whether the therapy weighed is the one that the row speaks of, and not a combination that holds it.
    let isOwn: Bool
  }

  private func settle(_ group: TherapyGroup, _ matches: inout [TherapyMatch], _ outcomes: inout [Outcome?]) {
    for (place, reversion) in group.reversions {
      matches[place].cautions.append(.lossReverted(gene: context.alterations[reversion].gene))
    }
    let opponents = (group.opponents + group.weakening).map { matches[$0].rule.id }
    for place in group.rows where matches[place].verdict != .withdrawn {
      let verdict = self.verdict(of: place, in: group, matches)
      matches[place].verdict = verdict
      if !opponents.isEmpty { matches[place].opposedBy += opponents }
      guard verdict == .conflicting || verdict == .overridden && !opponents.isEmpty else { continue }
      matches[place].cautions += [
        .rowsFor(support(group.rows, matches)), .rowsAgainst(support(group.opponents + group.lines, matches)),
      ]
    }
    if group.opponents.isEmpty { return }
    let rows = group.rows.map { matches[$0].rule.id }
    for place in group.opponents where !matches[place].isConditional {
      if matches[place].ownAlterations.isEmpty || group.verdict != .supported { matches[place].opposedBy += rows }
      let outcome: Verdict
      switch group.verdict {
      case .overridden: outcome = .supported
      case .conflicting: outcome = .conflicting
      default: outcome = group.deciding.contains(place) ? .supported : .overridden
      }
      note(outcome, isOwn: index.therapies[matches[place].ruleIndex] == group.therapy, &outcomes[place])
    }
  }

  /// How many rows of the tables stand behind rows of a sample.
  private func support(_ rows: [Int], _ matches: [TherapyMatch]) -> Int {
    rows.reduce(0) { $0 + 1 + matches[$1].moreSupport }
  }

  /// A row against says what became of its own therapy; where nothing stands for that, of the others that it reaches.
  private func note(_ verdict: Verdict, isOwn: Bool, _ outcome: inout Outcome?) {
    guard let known = outcome, known.isOwn || !isOwn else {
      outcome = Outcome(verdict: verdict, isOwn: isOwn)
      return
    }
    if known.isOwn == isOwn { outcome?.verdict = Self.stronger(known.verdict, verdict) }
  }

  private func verdict(of place: Int, in group: TherapyGroup, _ matches: [TherapyMatch]) -> Verdict {
    let match = matches[place]
    if group.closed.contains(place) || group.verdict == .overridden { return .overridden }
    if group.verdict == .conflicting { return .conflicting }
    if match.isConditional { return .conditional }
    return match.rule.eventClass == .pathway && group.verdict == .supported ? .hypothesis : group.verdict
  }

  /// A row that decides one therapy is supported, else one of a conflict conflicting, else it lost.
  private static func stronger(_ known: Verdict, _ new: Verdict) -> Verdict {
    for verdict in [Verdict.supported, .conflicting] where known == verdict || new == verdict { return verdict }
    return new
  }

  private func verdict(ofOpponent match: TherapyMatch, _ outcome: Outcome?, _ opposition: Opposition) -> Verdict {
    if opposition.isWithdrawn(match) { return .withdrawn }
    if match.rule.eventClass == .pathway { return .hypothesis }
    if match.isConditional { return .conditional }
    guard let outcome else { return .supported }
    // Nothing stands for the therapy itself, whatever becomes of combinations that hold it.
    return outcome.isOwn || !index.isOfDrugs(match.ruleIndex) ? outcome.verdict : .supported
  }
}
