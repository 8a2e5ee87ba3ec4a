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

extension TherapyMatch {
  /// Whether the row would name the very change, were it stated: `KRAS G12X` beside a row on G12C.
  fileprivate var waitsForItsChange: Bool {
    openQuestions.contains { if case .change = $0 { true } else { false } }
  }
}

/// Which rows against speak of which therapy.
struct Opposition {
  let index: RuleIndex

  /// A row against therapies, with what is asked of it for each of them.
  private struct Opponent {
    let place: Int
    let match: TherapyMatch
    let therapy: Int32
    /// How many agents it speaks of.
    let agents: Int
    /// Whether it says nothing of combinations: what did not help by itself, and what a tumor type as a whole did on an
    /// agent.
    let isOfItsTherapyAlone: Bool
    /// Whether it says that its therapy did not help by itself: shown beside combinations that hold it, and no more.
    let mayBeLine: Bool

    init(_ place: Int, _ match: TherapyMatch, _ index: RuleIndex) {
      self.place = place
      self.match = match
      therapy = index.therapies[match.ruleIndex]
      agents = index.agents.count(of: match.ruleIndex)
      let isNoBenefit = match.rule.direction == .noBenefit
      isOfItsTherapyAlone = isNoBenefit || match.isHistology
      mayBeLine = isNoBenefit && !match.isConditional
    }
  }

  /// Sorts the rows of a sample by therapy and tumor type; withdrawn rows are in no group.
  func groups(_ matches: [TherapyMatch], withdrawn: WithdrawnIndications) -> [TherapyGroup] {
    var groups: [TherapyGroup] = []
    var places = PlacesByNumber(numbers: index.therapyCount)
    var opponents: [Opponent] = []
    var weakening: [Int] = []
    for (place, match) in matches.enumerated() {
      if match.rule.support.effect == .reducedSensitivity, !match.isConditional { weakening.append(place) }
      switch match.rule.direction {
      case .resistance, .noBenefit: opponents.append(Opponent(place, match, index))
      case .context: continue
      case .sensitivity:
        if withdrawn.covers(match) { continue }
        let therapy = index.therapies[match.ruleIndex]
        if let known = places.place(therapy, where: { groups[$0].tumorType == match.tumorType }) {
          groups[known].rows.append(place)
        } else {
          places.append(therapy)
          groups.append(
            TherapyGroup(therapy: therapy, tumorType: match.tumorType, rule: match.ruleIndex, rows: [place]))
        }
      }
    }
    if opponents.isEmpty, weakening.isEmpty { return groups }
    for place in groups.indices {
      let group = groups[place]
      let members = index.agents.count(of: group.rule)
      var (against, lines): ([Int], [Int]) = ([], [])
      for opponent in opponents where opponent.match.tumorType == group.tumorType {
        if !reaches(opponent, group, members) {
          if opponent.mayBeLine, isPart(opponent, of: group, members) { lines.append(opponent.place) }
        } else if isSpared(group, by: opponent.match, matches) {
          lines.append(opponent.place)
        } else {
          against.append(opponent.place)
        }
      }
      groups[place].opponents = against
      groups[place].lines = lines
      groups[place].weakening = weakening.filter { row in
        matches[row].tumorType == group.tumorType && weakens(matches[row], group, matches)
      }
    }
    return groups
  }

  /// Whether the row's therapy was withdrawn.
  func isWithdrawn(_ match: TherapyMatch) -> Bool {
    match.rule.regulatoryStatus == .withdrawn || index.isWithdrawn(match.ruleIndex)
  }

  /// Whether a row against speaks of a therapy: of all its agents, of a part of them, or of a class that a member has.
  private func reaches(_ opponent: Opponent, _ group: TherapyGroup, _ members: Int) -> Bool {
    if opponent.therapy == group.therapy { return true }
    if members > 1, opponent.isOfItsTherapyAlone { return false }
    if index.reaches(opponent.match.ruleIndex, group.rule) { return true }
    return opponent.agents > 1 && isPart(opponent, of: group, members)
  }

  private func isPart(_ opponent: Opponent, of group: TherapyGroup, _ members: Int) -> Bool {
    opponent.agents < members
      && index.agents[opponent.match.ruleIndex].allSatisfy(index.agents[group.rule].contains)
  }

  /// Whether a context row speaks of a therapy or of a member of it that has no closer row in the combination.
  private func weakens(_ row: TherapyMatch, _ group: TherapyGroup, _ matches: [TherapyMatch]) -> Bool {
    if index.therapies[row.ruleIndex] == group.therapy { return true }
    return index.reaches(row.ruleIndex, group.rule) && !isSpared(group, by: row, matches)
  }

  /// Whether a combination stands on a row of its own that reads the alteration as closely as the row about a member.
  private func isSpared(_ group: TherapyGroup, by opponent: TherapyMatch, _ matches: [TherapyMatch]) -> Bool {
    guard index.agents.count(of: group.rule) > 1, index.therapies[opponent.ruleIndex] != group.therapy
    else { return false }
    return group.rows.contains { place in
      let row = matches[place]
      if row.ownAlterations.sharesElement(with: opponent.ownAlterations) {
        return row.rung.step <= 3 || row.rung.step <= opponent.rung.step
          // A label that names the very change stays open where it is stated: KRAS G12C beside cetuximab's row on codon 12.
          || row.rule.level <= .a2 && row.waitsForItsChange
      }
      return row.alterations.sharesElement(with: opponent.ownAlterations)
    }
  }
}
