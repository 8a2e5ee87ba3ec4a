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
  let index: RuleIndex
  let regulator: RegulatorChoice
  /// The patient's age in years; `nil` when not stated.
  let age: Double?
  /// Rows below it are weighed, and no answer names or counts them but those that speak against it.
  let lowestLevel: Rule.Level

  init(index: RuleIndex, regulator: RegulatorChoice, age: Double?, lowestLevel: Rule.Level) {
    self.index = index
    self.regulator = regulator
    self.age = age
    self.lowestLevel = lowestLevel
  }

  private func isShown(_ row: TherapyMatch) -> Bool { row.rule.level <= lowestLevel }

  /// All answers of a sample in the order of options.tsv: the groups of the first page by rank, then what is closed, did
  /// not help or was withdrawn, by therapy.
  func derive(_ groups: [TherapyGroup], _ matches: [TherapyMatch]) -> [TherapyOption] {
    var options: [TherapyOption] = []
    var places = PlacesByNumber(numbers: index.therapyCount)
    for group in groups {
      guard let option = option(of: group, matches) else { continue }
      // What closes a therapy may be a row of another one, whose own answer is still to be given.
      places.append(index.therapies[(option.bestFor ?? option.best).ruleIndex])
      options.append(option)
    }
    // Therapies with no valid row for them: what stands against them, and withdrawn ones.
    var others: [[TherapyMatch]] = []
    for match in matches where match.rule.direction != .context && index.isOfDrugs(match.ruleIndex) && isShown(match) {
      let therapy = index.therapies[match.ruleIndex]
      let known = places.place(therapy) { place in
        place < options.count
          ? options[place].tumorType == match.tumorType
          : others[place - options.count][0].tumorType == match.tumorType
      }
      if let known {
        if known >= options.count { others[known - options.count].append(match) }
      } else {
        places.append(therapy)
        others.append([match])
      }
    }
    options += others.compactMap(lone)
    return ranked(options)
  }

  /// Options in their order, those of groups that have ranks with theirs.
  private func ranked(_ options: [TherapyOption]) -> [TherapyOption] {
    // The keys are made once, not at every comparison.
    let keys = options.map(key)
    let order = options.indices.sorted { one, other in
      if keys[one] != keys[other] { return keys[one] < keys[other] }
      if options[one].therapy != options[other].therapy { return options[one].therapy < options[other].therapy }
      return options[one].tumorType < options[other].tumorType
    }
    var rank = 0
    return order.map { place in
      var option = options[place]
      if option.group.isRanked {
        rank += 1
        option.rank = rank
      }
      return option
    }
  }

  /// Agents of the tumor type that a row against their class closes and that no option holds.
  func closedByClass(
    _ matches: [TherapyMatch], _ options: [TherapyOption], opened: OpenedAgents
  ) -> [ClassClosing] {
    var best: [String: [String: TherapyMatch]] = [:]
    for row in matches
    where row.rule.direction == .resistance && row.tier != .none && !row.isConditional && isShown(row) {
      guard !index.isOfDrugs(row.ruleIndex), row.verdict != .withdrawn, row.verdict != .hypothesis else { continue }
      for agent in index.reached(by: row.ruleIndex, among: opened.agents(row.tumorType)) {
        let name = index.agentNames[agent]
        if AgentTable.namesClass(name) { continue }
        if let known = best[row.tumorType]?[name], !isShownBefore(row, known) { continue }
        best[row.tumorType, default: [:]][name] = row
      }
    }
    if best.isEmpty { return [] }
    for option in options { for agent in option.agents { best[option.tumorType]?[agent] = nil } }
    return best.sorted { $0.key < $1.key }.flatMap { _, rows in
      rows.sorted { $0.key < $1.key }.map { ClassClosing(agent: $0.key, row: $0.value) }
    }
  }

  // MARK: A therapy with rows for it

  private func option(of group: TherapyGroup, _ matches: [TherapyMatch]) -> TherapyOption? {
    guard index.isOfDrugs(group.rule) else { return nil }
    let rows = group.rows.map { matches[$0] }.without { $0.verdict == .hypothesis || !isShown($0) }
    let isClosed = rows.allSatisfy { $0.verdict == .overridden }
    let open = isClosed ? rows : rows.without { $0.verdict == .overridden }
    guard let bestFor = open.min(by: isShownBefore) else { return nil }
    // What closes a therapy or speaks against it is named whatever its level: left out, the page would give no reason, or
    // that of the row for it.
    let isContested = isClosed || bestFor.verdict == .conflicting || bestFor.verdict == .caution
    func shown(_ places: [Int]) -> [TherapyMatch] {
      places.map { matches[$0] }.without { !isContested && !isShown($0) }
    }
    let opponents = shown(group.opponents)
    let lines = shown(group.lines)
    // What makes the therapy work less well is a reason for caution, and no row against it.
    let against = opponents + lines + (isClosed ? [] : shown(group.weakening))
    let bestAgainst = opponents.min(by: isShownBefore) ?? lines.min(by: isShownBefore)
    let part: TherapyOption.Group =
      if isClosed {
        .closed
      } else if bestFor.isHistology {
        .byTumorType
      } else if bestFor.isConditional {
        .conditional
      } else {
        .opened
      }
    let best = isClosed ? bestAgainst ?? bestFor : bestFor
    return make(
      part, best: best, bestFor: bestFor, bestAgainst: bestAgainst, rows: open, all: rows, against: against)
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
    let met = bestFor?.isConditional == true ? rows : rows.without { $0.isConditional }
    let inForce = labelsInForce(met)
    let content = TherapyOption.Content(
      tumorType: best.tumorType, therapy: (bestFor ?? best).rule.therapy, agents: (bestFor ?? best).rule.agents,
      group: group, verdict: verdict ?? best.verdict, best: best, bestFor: bestFor, bestAgainst: bestAgainst,
      rowsFor: all,
      rowsAgainst: against, standing: standing(met.isEmpty ? against : met, inForce), labels: inForce,
      because: because, fold: fold(best, bestFor ?? best))
    return TherapyOption(content)
  }

  // MARK: Labels

  /// Shows each rule behind rows, with its row.
  private func visit(_ rows: [TherapyMatch], _ body: (Rule, TherapyMatch) -> Void) {
    for row in rows {
      body(row.rule, row)
      for rule in row.supportingRules { body(rule, row) }
    }
  }

  private func isLabel(_ rule: Rule) -> Bool {
    guard rule.authority == .fda || rule.authority == .ema else { return false }
    return rule.regulatoryStatus == .approved || rule.regulatoryStatus == .accelerated
  }

  private func labelsInForce(_ rows: [TherapyMatch]) -> [TherapyOption.Label] {
    var first: [TherapyOption.Label] = []
    visit(rows) { rule, row in
      guard isLabel(rule) else { return }
      let label = TherapyOption.Label(
        authority: rule.authority, date: rule.statusDate, codes: rule.scope.include,
        isOfThisTumor: row.proximity == .same || row.proximity == .agnostic)
      let known = first.firstIndex { $0.authority == label.authority && $0.codes == label.codes }
      guard let known else { return first.append(label) }
      // Of several labels for one tumor the first one that is dated.
      if !label.date.isEmpty, first[known].date.isEmpty || label.date < first[known].date { first[known] = label }
    }
    if first.count < 2 { return first }
    return first.sorted { one, other in
      if one.isOfThisTumor != other.isOfThisTumor { return one.isOfThisTumor }
      let order: [Rule.Authority] = [.fda, .ema, .guideline, .literature]
      let (left, right) = (order.firstIndex(of: one.authority) ?? 9, order.firstIndex(of: other.authority) ?? 9)
      return left == right ? (one.date, one.codes.joined()) < (other.date, other.codes.joined()) : left < right
    }
  }

  private func standing(_ rows: [TherapyMatch], _ inForce: [TherapyOption.Label]) -> TherapyOption.Standing {
    var (isApprovedHere, isApproved, isInGuideline, isTried) = (false, false, false, false)
    visit(rows) { rule, row in
      if isLabel(rule), row.proximity == .same || row.proximity == .agnostic, fitsAge(rule) {
        isApproved = true
        if regulator.includes(rule.authority) { isApprovedHere = true }
      }
      if rule.authority == .guideline || rule.level == .a2 { isInGuideline = true }
      if rule.regulatoryStatus == .investigational || rule.regulatoryStatus == .offLabel { isTried = true }
    }
    if isApprovedHere { return .approvedHere }
    if isApproved { return .approvedOtherRegulator }
    if inForce.contains(where: { !$0.isOfThisTumor }) { return .approvedOtherTumor }
    if isInGuideline { return .guideline }
    return isTried ? .investigational : .literature
  }

  /// Whether a label is for patients of this age; where nothing is said of the patient's age, it is.
  private func fitsAge(_ rule: Rule) -> Bool {
    guard let age, let patients = rule.support.age else { return true }
    return patients.includes(age)
  }

  // MARK: Order

  private func fold(_ best: TherapyMatch, _ shown: TherapyMatch) -> TherapyOption.Fold? {
    for agent in index.agents[shown.ruleIndex] {
      if let stopped = index.agent(agent)?.stopped, !stopped.isEmpty {
        return .developmentStopped(stopped)
      }
    }
    switch best.proximity {
    case .same, .agnostic, .bridge: return nil
    case .lineage, .other, .crossing: return best.rule.level == .e ? .laboratoryOfAnotherTumor : nil
    }
  }

  /// Of two rows of one therapy, whether the first is the one shown: unconditional, own tumor, level, by an alteration,
  /// rung, what names the tumor before what holds in any, identifier.
  private func isShownBefore(_ one: TherapyMatch, _ other: TherapyMatch) -> Bool {
    if one.isConditional != other.isConditional { return !one.isConditional }
    let (near, far) = (Self.distance(one), Self.distance(other))
    if near != far { return near < far }
    if one.rule.level != other.rule.level { return one.rule.level < other.rule.level }
    if one.isHistology != other.isHistology { return !one.isHistology }
    if one.rung != other.rung { return one.rung < other.rung }
    if near == 0, one.proximity != other.proximity { return one.proximity < other.proximity }
    return one.rule.id < other.rule.id
  }

  /// How far a row's tumor is.
  ///
  /// Laboratory work that names no tumor stands behind what was seen in patients with another one: imatinib on KIT V559D
  /// in a leiomyosarcoma rests on GIST, not on cells.
  private static func distance(_ row: TherapyMatch) -> Int {
    switch row.proximity {
    case .same: 0
    case .agnostic: row.rule.level == .e ? 3 : 0
    case .bridge: 1
    case .lineage: 2
    case .other: 3
    case .crossing: 4
    }
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
    let standing: Int =
      switch option.standing {
      case .approvedHere: 0
      case .approvedOtherRegulator, .approvedOtherTumor: 1
      case .guideline, .investigational, .literature: 2
      }
    let tier: Int =
      if case .histology(let level) = option.best.tier.grade { 6 + level.place } else { option.best.tier.order }
    var key: UInt64 = 0
    func add(_ field: Int) { key = key << 8 | UInt64(field) }
    add(group)
    add(tier)
    add(option.fold == nil ? 0 : 1)
    add(verdict)
    add(option.best.proximity.place)
    add(standing)
    add(option.best.rule.level.place)
    add(option.best.rung.step)
    return key
  }
}

extension [TherapyMatch] {
  /// The rows without some, of which there mostly are none.
  fileprivate func without(_ isLeftOut: (TherapyMatch) -> Bool) -> [TherapyMatch] {
    contains(where: isLeftOut) ? filter { !isLeftOut($0) } : self
  }
}
