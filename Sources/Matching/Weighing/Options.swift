// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Whose labels count as approved here.
package enum RegulatorChoice: String, CaseIterable, Sendable {
  case any
  case fda = "FDA"
  case ema = "EMA"

  /// Whether a label of this authority counts.
  func includes(_ authority: Rule.Authority) -> Bool {
    switch self {
    case .any: authority == .fda || authority == .ema
    case .fda: authority == .fda
    case .ema: authority == .ema
    }
  }
}

/// Makes one answer of the rows for and against each therapy.
///
/// A class: the comparisons of rows hold a reference to it in place of a copy.
final class Options {
  let table: KnowledgeBase
  let index: RuleIndex
  let regulator: RegulatorChoice
  /// The patient's age in years; `nil` when not stated.
  let age: Double?

  init(table: KnowledgeBase, index: RuleIndex, regulator: RegulatorChoice, age: Double?) {
    self.table = table
    self.index = index
    self.regulator = regulator
    self.age = age
  }

  /// All answers of a sample in the order of options.tsv: the groups of the first page by rank, then what is closed, did
  /// not help or was withdrawn, by therapy.
  func derive(_ groups: [TherapyGroup], _ matches: [TherapyMatch]) -> [TherapyOption] {
    var options: [TherapyOption] = []
    var taken: Set<Key> = []
    for group in groups {
      guard let option = option(of: group, matches) else { continue }
      // What closes a therapy may be a row of another one, whose own answer is still to be given.
      taken.insert(Key(option.tumorType, (option.bestFor ?? option.best).ruleIndex, index))
      options.append(option)
    }
    // Therapies with no valid row for them: what stands against them, and withdrawn ones.
    var others: [Key: [TherapyMatch]] = [:]
    for match in matches where isOfDrugs(match) {
      let key = Key(match.tumorType, match.ruleIndex, index)
      guard !taken.contains(key), match.rule.direction != .context else { continue }
      others[key, default: []].append(match)
    }
    for rows in others.values { if let option = lone(rows) { options.append(option) } }
    // The keys are made once, not at every comparison.
    options = options.map { (option: $0, key: key($0)) }.sorted(by: precedes).map(\.option)
    var rank = 0
    for place in options.indices where options[place].group.isRanked {
      rank += 1
      options[place].rank = rank
    }
    return options
  }

  /// Agents of the tumor type that a row against their class closes and that no option holds.
  func closedByClass(
    _ matches: [TherapyMatch], _ options: [TherapyOption], opened: OpenedAgents
  ) -> [ClassClosing] {
    var best: [String: [String: TherapyMatch]] = [:]
    for row in matches where row.rule.direction == .resistance && row.tier != .none && !row.isConditional {
      guard !isOfDrugs(row), row.verdict != .withdrawn, row.verdict != .hypothesis else { continue }
      for agent in index.reached(by: row.ruleIndex, among: opened.agents(row.tumorType)) {
        let name = index.agentNames[Int(agent)]
        if AgentTable.namesClass(name) { continue }
        if let known = best[row.tumorType]?[name], !isShownBefore(row, known) { continue }
        best[row.tumorType, default: [:]][name] = row
      }
    }
    for option in options { for agent in option.agents { best[option.tumorType]?[agent] = nil } }
    return best.sorted { $0.key < $1.key }.flatMap { _, rows in
      rows.sorted { $0.key < $1.key }.map { ClassClosing(agent: $0.key, row: $0.value) }
    }
  }

  private struct Key: Hashable {
    let tumorType: String
    let therapy: Int32

    init(_ tumorType: String, _ rule: Int, _ index: RuleIndex) {
      self.tumorType = tumorType
      therapy = index.therapies[rule]
    }
  }

  /// Whether a row is about drugs and not about a class of them.
  private func isOfDrugs(_ match: TherapyMatch) -> Bool {
    !match.rule.agents.isEmpty
      && !match.rule.agents.contains { table.reference.agents.agent($0)?.isClassToken ?? AgentTable.namesClass($0) }
  }

  // MARK: A therapy with rows for it

  private func option(of group: TherapyGroup, _ matches: [TherapyMatch]) -> TherapyOption? {
    let rows = group.rows.map { matches[$0] }.filter { $0.verdict != .hypothesis }
    guard let first = rows.first, isOfDrugs(first) else { return nil }
    let open = rows.filter { $0.verdict != .overridden }
    guard let bestFor = (open.isEmpty ? rows : open).min(by: isShownBefore) else { return nil }
    let against = group.opponents.map { matches[$0] } + group.lines.map { matches[$0] }
    let bestAgainst = group.opponents.map { matches[$0] }.min(by: isShownBefore) ?? against.min(by: isShownBefore)
    let part: TherapyOption.Group =
      if open.isEmpty {
        .closed
      } else if bestFor.isHistology {
        .byTumorType
      } else if bestFor.verdict == .conditional {
        .conditional
      } else {
        .opened
      }
    let best = part == .closed ? bestAgainst ?? bestFor : bestFor
    return make(
      part, best: best, bestFor: bestFor, bestAgainst: bestAgainst, rows: open.isEmpty ? rows : open, all: rows,
      against: against)
  }

  // MARK: A therapy without

  private func lone(_ rows: [TherapyMatch]) -> TherapyOption? {
    let withdrawn = rows.filter { $0.rule.direction == .sensitivity && $0.verdict == .withdrawn }
    let against = rows.filter {
      $0.rule.direction != .sensitivity && $0.verdict != .withdrawn && $0.verdict != .hypothesis && !$0.isConditional
    }
    if let best = withdrawn.min(by: isShownBefore) {
      return make(
        .withdrawn, best: best, bestFor: best, bestAgainst: against.min(by: isShownBefore), rows: withdrawn,
        all: withdrawn, against: against)
    }
    // Resistance to what nothing opens in the tumor has no tier and closes nothing.
    let closing = against.filter { $0.rule.direction == .resistance && $0.tier != .none }
    if let best = closing.min(by: isShownBefore) {
      // Nothing stands for the therapy, whatever the row comes to for combinations that it reaches.
      return make(
        .closed, verdict: .supported, best: best, bestFor: nil, bestAgainst: best, rows: [], all: [], against: against)
    }
    let idle = against.filter { $0.rule.direction == .noBenefit }
    guard let best = idle.min(by: isShownBefore) else { return nil }
    return make(
      .noBenefit, verdict: .supported, best: best, bestFor: nil, bestAgainst: best, rows: [], all: [], against: idle)
  }

  private func make(
    _ group: TherapyOption.Group, verdict: Verdict? = nil, best: TherapyMatch, bestFor: TherapyMatch?,
    bestAgainst: TherapyMatch?,
    rows: [TherapyMatch], all: [TherapyMatch], against: [TherapyMatch]
  ) -> TherapyOption {
    var because = bestFor?.alterations ?? (group == .closed || group == .noBenefit ? [] : best.alterations)
    for row in rows {
      for place in row.alterations where !because.contains(place) { because.append(place) }
    }
    // A label that waits for a test stands for nothing while another row stands without one.
    let met = rows.filter { !$0.isConditional || bestFor?.isConditional == true }
    let inForce = labelsInForce(met)
    return TherapyOption(
      tumorType: best.tumorType, therapy: (bestFor ?? best).rule.therapy, agents: (bestFor ?? best).rule.agents,
      group: group, verdict: verdict ?? best.verdict, best: best, bestFor: bestFor, bestAgainst: bestAgainst,
      rowsFor: all,
      rowsAgainst: against, standing: standing(met.isEmpty ? against : met, inForce), labels: inForce,
      because: because, fold: fold(best, bestFor ?? best), rank: nil)
  }

  // MARK: Labels

  private func rules(_ rows: [TherapyMatch]) -> [(rule: Rule, row: TherapyMatch)] {
    rows.flatMap { row in ([row.rule] + row.supportingRules).map { ($0, row) } }
  }

  private func isLabel(_ rule: Rule) -> Bool {
    guard rule.authority == .fda || rule.authority == .ema else { return false }
    return rule.regulatoryStatus == .approved || rule.regulatoryStatus == .accelerated
  }

  private func labelsInForce(_ rows: [TherapyMatch]) -> [TherapyOption.Label] {
    var first: [TherapyOption.Label] = []
    for (rule, row) in rules(rows) where isLabel(rule) {
      let label = TherapyOption.Label(
        authority: rule.authority, date: rule.statusDate, codes: rule.scope.include,
        isOfThisTumor: row.proximity == .same || row.proximity == .agnostic)
      let known = first.firstIndex { $0.authority == label.authority && $0.codes == label.codes }
      guard let known else {
        first.append(label)
        continue
      }
      // Of several labels for one tumor the first one that is dated.
      if !label.date.isEmpty, first[known].date.isEmpty || label.date < first[known].date { first[known] = label }
    }
    return first.sorted { one, other in
      if one.isOfThisTumor != other.isOfThisTumor { return one.isOfThisTumor }
      let order: [Rule.Authority] = [.fda, .ema, .guideline, .literature]
      let (left, right) = (order.firstIndex(of: one.authority) ?? 9, order.firstIndex(of: other.authority) ?? 9)
      return left == right ? (one.date, one.codes.joined()) < (other.date, other.codes.joined()) : left < right
    }
  }

  private func standing(_ rows: [TherapyMatch], _ inForce: [TherapyOption.Label]) -> TherapyOption.Standing {
    let rules = rules(rows)
    let own = rules.filter {
      isLabel($0.rule) && ($0.row.proximity == .same || $0.row.proximity == .agnostic) && fitsAge($0.rule)
    }
    if own.contains(where: { regulator.includes($0.rule.authority) }) { return .approvedHere }
    if !own.isEmpty { return .approvedOtherRegulator }
    if inForce.contains(where: { !$0.isOfThisTumor }) { return .approvedOtherTumor }
    if rules.contains(where: { $0.rule.authority == .guideline || $0.rule.level == .a2 }) { return .guideline }
    let isTried = rules.contains {
      $0.rule.regulatoryStatus == .investigational || $0.rule.regulatoryStatus == .offLabel
    }
    return isTried ? .investigational : .literature
  }

  /// Whether a label is for patients of this age; where nothing is said of the patient's age, it is.
  private func fitsAge(_ rule: Rule) -> Bool {
    guard let age else { return true }
    switch rule.support.age {
    case "", "both": return true
    case "adult": return age >= 18
    case "pediatric": return age < 18
    case let limit where limit.hasPrefix(">="):
      return Double(limit.dropFirst(2)).map { age >= $0 } ?? true
    default: return true
    }
  }

  // MARK: Order

  private func fold(_ best: TherapyMatch, _ shown: TherapyMatch) -> TherapyOption.Fold? {
    for agent in shown.rule.agents {
      if let stopped = table.reference.agents.agent(agent)?.stopped, !stopped.isEmpty {
        return .developmentStopped(stopped)
      }
    }
    switch best.proximity {
    case .same, .agnostic, .bridge: return nil
    case .lineage, .other, .crossing: return best.rule.level == .e ? .laboratoryOfAnotherTumor : nil
    }
  }

  /// Of two rows of one therapy, whether the first is the one shown: unconditional, own tumor, level, by an alteration,
  /// rung, identifier.
  private func isShownBefore(_ one: TherapyMatch, _ other: TherapyMatch) -> Bool {
    if one.isConditional != other.isConditional { return !one.isConditional }
    let (near, far) = (Self.distance(one.proximity), Self.distance(other.proximity))
    if near != far { return near < far }
    if one.rule.level != other.rule.level { return one.rule.level < other.rule.level }
    if one.isHistology != other.isHistology { return !one.isHistology }
    if one.rung != other.rung { return one.rung < other.rung }
    return one.rule.id < other.rule.id
  }

  private static func distance(_ proximity: Proximity) -> Int {
    switch proximity {
    case .same, .agnostic: 0
    case .bridge: 1
    case .lineage: 2
    case .other: 3
    case .crossing: 4
    }
  }

  private func precedes(_ one: (option: TherapyOption, key: UInt64), _ other: (option: TherapyOption, key: UInt64))
    -> Bool
  {
    if one.key != other.key { return one.key < other.key }
    if one.option.therapy != other.option.therapy { return one.option.therapy < other.option.therapy }
    return one.option.tumorType < other.option.tumorType
  }

  /// The order of the first page in numbers of one byte each, the first weighing most.
  private func key(_ option: TherapyOption) -> UInt64 {
    let group: Int =
      switch option.group {
      case .opened: 0
      case .conditional: 1
      case .byTumorType: 2
      case .closed: 3
      case .noBenefit: 4
      case .withdrawn: 5
      }
    let verdict: Int =
      switch option.verdict {
      case .supported: 0
      case .caution: 1
      case .conditional: 2
      case .conflicting: 3
      case .overridden: 4
      case .hypothesis: 5
      case .withdrawn: 6
      }
    let tumor: Int =
      switch option.best.proximity {
      case .same: 0
      case .agnostic: 1
      case .bridge: 2
      case .lineage: 3
      case .other: 4
      case .crossing: 5
      }
    let standing: Int =
      switch option.standing {
      case .approvedHere: 0
      case .approvedOtherRegulator, .approvedOtherTumor: 1
      case .guideline, .investigational, .literature: 2
      }
    let tier: Int =
      if case .histology(let level) = option.best.tier.grade { 6 + level.place } else { option.best.tier.order }
    let fields = [
      group, tier, option.fold == nil ? 0 : 1, verdict, tumor, standing, option.best.rule.level.place,
      option.best.rung.step,
    ]
    return fields.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
