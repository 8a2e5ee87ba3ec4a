internal import Alterations
internal import Knowledge

/// Weighs the rows for and against each agent and gives every row its verdict.
///
/// Guide: Evidence, Sensitivity, resistance and conflict.
struct Weighing {
  let table: KnowledgeBase
  let index: RuleIndex
  let facts: EvaluationContext

  private enum Weight: Int {
    case untouched, caution, conflicting, overridden
    /// A change of the agent's own target that no row for it names: nothing else counts.
    case overriddenByTarget
  }

  func resolve(_ matches: inout [TherapyMatch]) {
    let opponents = matches.indices.filter {
      matches[$0].rule.direction == .resistance || matches[$0].rule.direction == .noBenefit
    }
    var weights = [Weight](repeating: .untouched, count: matches.count)
    var answered = [Weight](repeating: .untouched, count: matches.count)
    var against: [BalanceKey: Set<Int>] = [:]
    for index in matches.indices where matches[index].rule.direction == .sensitivity {
      for opponent in opponents where matches[opponent].tumorType == matches[index].tumorType {
        guard hits(matches[opponent], matches[index]) else { continue }
        // What waits for a test settles nothing that does not.
        guard matches[opponent].condition.isEmpty || !matches[index].condition.isEmpty else { continue }
        let weight = weigh(matches[index], against: matches[opponent], all: matches)
        if weight != .untouched { matches[index].opposedBy.append(matches[opponent].rule.id) }
        against[key(matches[index]), default: []].insert(opponent)
        if weight.rawValue > weights[index].rawValue { weights[index] = weight }
        // A resistance row that stronger evidence settles against loses; one that is level with it is a conflict.
        let isSame = matches[opponent].ownAlterations.sharesElement(with: matches[index].ownAlterations)
        if isSame, matches[opponent].rule.direction == .resistance {
          matches[opponent].opposedBy.append(matches[index].rule.id)
          let reply: Weight = weight == .conflicting ? .conflicting : weight == .untouched ? .overridden : .untouched
          if answered[opponent] == .untouched { answered[opponent] = reply }
          if reply == .conflicting { answered[opponent] = .conflicting }
        }
      }
    }
    settleByTherapy(matches, &weights)
    let balance = balance(matches, against)
    for index in matches.indices {
      matches[index].verdict = verdict(matches[index], weights[index], answered[index])
      let match = matches[index]
      guard match.verdict == .conflicting || match.verdict == .overridden && !match.opposedBy.isEmpty else { continue }
      let (pro, contra) = balance[key(match)] ?? (0, 0)
      matches[index].flags += ["for:\(pro)", "against:\(contra)"]
    }
  }

  /// A therapy in one of the sample's tumor types.
  private struct BalanceKey: Hashable {
    let therapy: Int32
    let tumorType: Int32
  }

  private func key(_ match: TherapyMatch) -> BalanceKey {
    let types = facts.profile.tumorTypes
    let type = types.count < 2 ? 0 : types.firstIndex(of: match.tumorType) ?? 0
    return BalanceKey(therapy: index.therapies[match.ruleIndex], tumorType: Int32(type))
  }

  /// One therapy has one verdict: what its strongest row stands up to does not weaken its other rows.
  private func settleByTherapy(_ matches: [TherapyMatch], _ weights: inout [Weight]) {
    var best: [BalanceKey: (isConditional: Bool, weight: Weight)] = [:]
    let sensitive = matches.indices.filter { matches[$0].rule.direction == .sensitivity }
    for index in sensitive where matches[index].rule.status != .withdrawn {
      let own = (isConditional: !matches[index].condition.isEmpty, weight: weights[index])
      let key = self.key(matches[index])
      guard let known = best[key] else {
        best[key] = own
        continue
      }
      if own.isConditional != known.isConditional {
        if !own.isConditional { best[key] = own }
      } else if own.weight.rawValue < known.weight.rawValue {
        best[key] = own
      }
    }
    // A change of the target reaches every row of the agent, whatever else it rests on.
    let lost = Set(sensitive.filter { weights[$0] == .overriddenByTarget }.map { key(matches[$0]) })
    for index in sensitive where lost.contains(key(matches[index])) {
      weights[index] = .overriddenByTarget
    }
    for index in sensitive where weights[index] != .overriddenByTarget {
      guard let known = best[key(matches[index])] else { continue }
      if known.weight.rawValue < weights[index].rawValue { weights[index] = known.weight }
    }
  }

  /// How many rows speak for and against each therapy, support folded in; rows about a part or a class of it count too.
  private func balance(_ matches: [TherapyMatch], _ against: [BalanceKey: Set<Int>]) -> [BalanceKey: (Int, Int)] {
    var opponents = against
    var counts: [BalanceKey: (Int, Int)] = [:]
    for (index, match) in matches.enumerated() {
      switch match.rule.direction {
      case .sensitivity: counts[key(match), default: (0, 0)].0 += 1 + match.moreSupport
      case .resistance, .noBenefit: opponents[key(match), default: []].insert(index)
      case .context: break
      }
    }
    for (key, rows) in opponents {
      counts[key, default: (0, 0)].1 = rows.reduce(0) { $0 + 1 + matches[$1].moreSupport }
    }
    return counts
  }

  private func verdict(_ match: TherapyMatch, _ weight: Weight, _ answer: Weight) -> Verdict {
    if match.rule.status == .withdrawn || index.isWithdrawn[match.ruleIndex] { return .withdrawn }
    if match.rule.direction != .sensitivity {
      if match.rule.eventClass == .pathway { return .hypothesis }
      return answer == .conflicting
        ? .conflicting : answer == .overridden ? .overridden : match.condition.isEmpty ? .supported : .conditional
    }
    switch weight {
    case .overridden, .overriddenByTarget: return .overridden
    case .conflicting: return .conflicting
    case .caution: return match.condition.isEmpty ? .caution : .conditional
    case .untouched: break
    }
    if !match.condition.isEmpty { return .conditional }
    return match.rule.eventClass == .pathway ? .hypothesis : .supported
  }

  /// Whether a row against speaks of an agent of a therapy.
  private func hits(_ opponent: TherapyMatch, _ match: TherapyMatch) -> Bool {
    if index.therapies[opponent.ruleIndex] == index.therapies[match.ruleIndex] { return true }
    // What one tumor type as a whole did on an agent says nothing of its combinations.
    if opponent.isHistology { return false }
    let isHit = index.reaches(opponent.ruleIndex, match.ruleIndex)
    guard isHit, match.rule.agents.count > 1 else { return isHit }
    // A row about one member does not touch a combination whose own row names that alteration.
    return !opponent.ownAlterations.sharesElement(with: match.ownAlterations) || opponent.ownAlterations.isEmpty
  }

  private func weigh(_ match: TherapyMatch, against opponent: TherapyMatch, all: [TherapyMatch]) -> Weight {
    if opponent.rule.direction == .noBenefit {
      if opponent.isHistology { return match.isHistology ? byLevel(match, opponent) : .caution }
      guard opponent.ownAlterations.sharesElement(with: match.ownAlterations) else { return .untouched }
      let weight = byLevel(match, opponent)
      let isSameTumor = opponent.proximity == .same || opponent.proximity == .agnostic
      return isSameTumor || weight == .untouched ? weight : .caution
    }
    if isLossOfNeededGene(opponent, match) {
      let weight = byLevel(match, opponent)
      return weight == .overridden ? .overridden : .conflicting
    }
    // A row that rests on another alteration too is hit as that other alteration's row would be.
    let isOther = match.ownAlterations.isEmpty || !match.ownAlterations.allSatisfy(opponent.ownAlterations.contains)
    if isOther, !opponent.ownAlterations.isEmpty, isSecondSite(opponent, match) {
      // Only a row that names that same alteration for this therapy is weighed instead.
      let rescuers = all.filter { other in
        guard other.rule.direction == .sensitivity, other.rule.therapyKey == match.rule.therapyKey else { return false }
        if other.ownAlterations.sharesElement(with: opponent.ownAlterations) { return other.rung.step <= 2 }
        return other.alterations.sharesElement(with: opponent.ownAlterations)
      }
      guard let rescuer = rescuers.min(by: { $0.rule.level < $1.rule.level }) else { return .overriddenByTarget }
      return byLevel(rescuer, opponent)
    }
    if opponent.rung.step <= 3, match.rung.step >= 4, !match.isHistology { return .overridden }
    if opponent.rung.step >= 4, match.rung.step <= 3, !isOther {
      return opponent.weightStep + 2 <= match.weightStep ? .conflicting : byLevel(match, opponent)
    }
    return byLevel(match, opponent)
  }

  /// A two-level gap settles; less is a conflict.
  private func byLevel(_ match: TherapyMatch, _ opponent: TherapyMatch) -> Weight {
    let gap = opponent.weightStep - match.weightStep
    if gap >= 2 { return .untouched }
    return gap <= -2 ? .overridden : .conflicting
  }

  /// A change of the agent's own target, or a reversion of the lost gene the agent feeds on.
  private func isSecondSite(_ opponent: TherapyMatch, _ match: TherapyMatch) -> Bool {
    let genes = Set(opponent.ownAlterations.map { facts.alterations[$0].alteration.gene })
    let isReversion = opponent.ownAlterations.contains {
      if case .sequence(let change) = facts.alterations[$0].alteration.event { return change.namedClass == "reversion" }
      return false
    }
    if isReversion { return true }
    guard genes.contains(opponent.rule.gene) else { return false }
    let isPointChange = opponent.ownAlterations.contains {
      if case .sequence = facts.alterations[$0].alteration.event { return true }
      return false
    }
    return isPointChange
      && match.rule.agents.contains { agent in
        opponent.rule.agents.contains { $0 == agent || table.reference.agents.covers(classToken: $0, agent: agent) }
          && table.reference.agents.agent(agent)?.targets.contains(opponent.rule.gene) == true
      }
  }

  private func isLossOfNeededGene(_ opponent: TherapyMatch, _ match: TherapyMatch) -> Bool {
    WildTypeDependence.pairs.contains { target, gene in
      opponent.rule.gene == gene && index.acts(match.ruleIndex, on: target)
    }
  }
}

extension TherapyMatch {
  /// The step of the evidence, one further where it was gathered in another tumor.
  fileprivate var weightStep: Int {
    switch proximity {
    case .same, .agnostic, .bridge: rule.level.step
    case .lineage, .other, .crossing: rule.level.step + 1
    }
  }
}

extension [Int] {
  /// Whether any number stands in both; the lists are a few numbers long.
  func sharesElement(with other: [Int]) -> Bool { contains { other.contains($0) } }
}
