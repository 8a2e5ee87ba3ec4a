// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// The rows of one therapy in one tumor type of a sample, by their place in the sample's list.
struct TherapyGroup {
  /// The number of the therapy, and the tumor type.
  let therapy: Int32, tumorType: String
  /// A rule of the therapy: all of them have its agents.
  let rule: Int
  /// Rows for it, withdrawn ones aside.
  var rows: [Int] = []
  /// Rows against it that count.
  var opponents: [Int] = []
  /// Rows against a part or a class of it that say nothing of it, and studies of another biomarker: shown, not weighed.
  var lines: [Int] = []
  /// Context rows by which it works less well.
  var weakening: [Int] = []
  /// Rows for it that a second site has closed.
  var closed: Set<Int> = []
  /// Of rows that a reversion of their loss has closed: the alteration that reverts it.
  var reversions: [Int: Int] = [:]
  /// Rows against it that decided one of its rows by mechanism.
  var deciding: Set<Int> = []
  /// Whether a mechanism asks for caution: a second site known from laboratory work alone, a subgroup without benefit.
  var isCautioned = false
  /// What its rows come to.
  var verdict = Verdict.supported
}

/// Which rows against speak of which therapy.
struct Opposition {
  let index: RuleIndex

  /// Sorts the rows of a sample by therapy and tumor type; withdrawn rows are in no group.
  func groups(_ matches: [TherapyMatch], withdrawn: WithdrawnIndications) -> [TherapyGroup] {
    var groups: [TherapyGroup] = []
    var places: [Key: Int] = [:]
    for (place, match) in matches.enumerated() where match.rule.direction == .sensitivity {
      guard !withdrawn.covers(match) else { continue }
      let key = Key(therapy: index.therapies[match.ruleIndex], tumorType: match.tumorType)
      if let known = places[key] {
        groups[known].rows.append(place)
      } else {
        places[key] = groups.count
        groups.append(
          TherapyGroup(therapy: key.therapy, tumorType: key.tumorType, rule: match.ruleIndex, rows: [place]))
      }
    }
    let opponents = matches.indices.filter {
      matches[$0].rule.direction == .resistance || matches[$0].rule.direction == .noBenefit
    }
    let weakening = matches.indices.filter {
      matches[$0].rule.support.effect == .reducedSensitivity && !matches[$0].isConditional
    }
    if opponents.isEmpty, weakening.isEmpty { return groups }
    for place in groups.indices {
      // Taken out while it is filled: a group in its array would be copied for every question.
      var group = groups[place]
      groups[place].rows = []
      group.weakening = weakening.filter { row in
        matches[row].tumorType == group.tumorType && weakens(matches[row], group, matches)
      }
      for row in opponents where matches[row].tumorType == group.tumorType {
        let opponent = matches[row]
        guard reaches(opponent, group) else {
          if isLine(opponent, group) { group.lines.append(row) }
          continue
        }
        if isSpared(group, by: opponent, matches) {
          group.lines.append(row)
        } else {
          group.opponents.append(row)
        }
      }
      groups[place] = group
    }
    return groups
  }

  /// Whether the row's therapy was withdrawn.
  func isWithdrawn(_ match: TherapyMatch) -> Bool {
    match.rule.regulatoryStatus == .withdrawn || index.isWithdrawn[match.ruleIndex]
  }

  private struct Key: Hashable {
    let therapy: Int32
    let tumorType: String
  }

  /// Whether a row against speaks of a therapy: of all its agents, of a part of them, or of a class that a member has.
  private func reaches(_ opponent: TherapyMatch, _ group: TherapyGroup) -> Bool {
    if index.therapies[opponent.ruleIndex] == group.therapy { return true }
    let members = index.agents[group.rule]
    // What did not help by itself, and what a tumor type as a whole did on an agent, says nothing of combinations.
    if opponent.rule.direction == .noBenefit || opponent.isHistology, members.count > 1 { return false }
    if index.reaches(opponent.ruleIndex, group.rule) { return true }
    let agents = index.agents[opponent.ruleIndex]
    return agents.count > 1 && agents.count < members.count && agents.allSatisfy(members.contains)
  }

  /// Whether a row says of a part of a combination that it did not help by itself: shown beside it, and no more.
  private func isLine(_ row: TherapyMatch, _ group: TherapyGroup) -> Bool {
    let (own, members) = (index.agents[row.ruleIndex], index.agents[group.rule])
    return row.rule.direction == .noBenefit && !row.isConditional && own.count < members.count
      && own.allSatisfy(members.contains)
  }

  /// Whether a context row speaks of a therapy or of a member of it that has no closer row in the combination.
  private func weakens(_ row: TherapyMatch, _ group: TherapyGroup, _ matches: [TherapyMatch]) -> Bool {
    if index.therapies[row.ruleIndex] == group.therapy { return true }
    return index.reaches(row.ruleIndex, group.rule) && !isSpared(group, by: row, matches)
  }

  /// Whether a combination stands on a row of its own that reads the alteration as closely as the row about a member.
  private func isSpared(_ group: TherapyGroup, by opponent: TherapyMatch, _ matches: [TherapyMatch]) -> Bool {
    guard index.agents[group.rule].count > 1, index.therapies[opponent.ruleIndex] != group.therapy else { return false }
    return group.rows.contains { place in
      let row = matches[place]
      if row.ownAlterations.sharesElement(with: opponent.ownAlterations) {
        return row.rung.step <= 3 || row.rung.step <= opponent.rung.step
      }
      return row.alterations.sharesElement(with: opponent.ownAlterations)
    }
  }
}
