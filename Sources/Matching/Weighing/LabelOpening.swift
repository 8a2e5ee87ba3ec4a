// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge
internal import SystemIO

/// A test that a sample lacks and that would open a label or a guideline of its tumor, or of any tumor.
package struct LabelOpening: Sendable {
  /// What has not been done.
  package enum Need: Hashable, Sendable {
    /// A kind of assay; reports leave out the kinds that the sample has.
    case assay(AssayKind)
    /// A single test or fact.
    case question(OpenQuestion)
    /// A second test of a fusion that is possible only: its place among the alterations.
    case confirmation(Int)
  }

  /// What has not been done.
  package let need: Need
  /// The rules of level A1 or A2 behind it: those of the tumor first, strongest first.
  package let rules: [Rule]
}

/// The rules of level A1 or A2 that ask for a finding, by the kind of assay that finds it.
///
/// A class: closures that sort rules hold a reference in place of a copy.
final class LabelRules: Sendable {
  private let table: KnowledgeBase
  /// Places of rules in the table.
  private let byKind: [(kind: AssayKind, rules: [Int])]
  /// By a rule's place, its own among all when they are ordered by level, gene, therapy and identifier.
  private let rank: [Int32]
  /// By the tumor types of a sample: the rules in force there, in their order.
  ///
  /// Worked out once for each set of types that occurs.
  private let byTypes = Locked<[[String]: [(kind: AssayKind, rules: [Int])]]>([:])

  init(table: KnowledgeBase, index: RuleIndex) {
    self.table = table
    byKind = zip(AssayKind.allCases, index.outlines.labels).map { ($0, $1.map { Int($0) }) }
    rank = index.outlines.labelRanks
  }

  /// By rule: its place among those in force; only rules of these levels are ever put into order.
  static func ranks(_ inForce: [Int], _ rules: RuleList) -> [Int32] {
    var rank = [Int32](repeating: -1, count: rules.count)
    let ordered = inForce.sorted { one, other in
      let (left, right) = (rules[one], rules[other])
      if left.level != right.level { return left.level < right.level }
      return (left.gene, left.therapy, left.id) < (right.gene, right.therapy, right.id)
    }
    for (place, rule) in ordered.enumerated() { rank[rule] = Int32(place) }
    return rank
  }

  static func isInForce(_ rule: Rule) -> Bool {
    rule.level <= .a2 && rule.direction == .sensitivity && rule.regulatoryStatus != .withdrawn
      && rule.withdrawnDate.isEmpty
      && !rule.agents.isEmpty && !rule.agents.contains { AgentTable.namesClass($0) }
  }

  static func kinds(_ rule: Rule) -> Set<AssayKind> {
    switch rule.eventClass {
    case .biomarker, .expression: [.biomarkers]
    case .mutation, .copyNumber, .fusion, .lossOfFunction: Set(rule.alternatives.map(\.assayKind))
    case .wildType, .histology, .pathway, .proteinTarget: []
    }
  }

  /// What each kind of assay would open in a tumor type, whatever was done.
  func openings(
    _ subject: RuleSubject, _ tumors: [String: ProximityCache.TumorRules], questions: [OpenQuestion: [Int]]
  ) -> [LabelOpening] {
    let inScope = self.inScope(tumors)
    var openings: [LabelOpening] = confirmations(subject, inScope)
    for (kind, places) in inScope {
      let rules = places.filter { isOpen($0, subject) }.map { table.rules[$0] }
      if !rules.isEmpty { openings.append(LabelOpening(need: .assay(kind), rules: rules)) }
    }
    var single: [(opening: LabelOpening, words: String)] = []
    for (question, places) in questions {
      let rules = sorted(
        places.filter {
          Self.isInForce(table.rules[$0]) && isOfSite($0, subject.facts) && Self.isInScope($0, tumors)
        }, tumors
      )
      .map { table.rules[$0] }
      guard let first = rules.first else { continue }
      single.append((LabelOpening(need: .question(question), rules: rules), first.level.rawValue + first.id))
    }
    return openings + single.sorted { $0.words < $1.words }.map(\.opening)
  }

  /// What fusions that are possible only would open once they are confirmed.
  private func confirmations(
    _ subject: RuleSubject, _ inScope: [(kind: AssayKind, rules: [Int])]
  ) -> [LabelOpening] {
    var openings: [LabelOpening] = []
    let places = inScope.first { $0.kind == .fusions }?.rules ?? []
    for (finding, annotated) in subject.facts.alterations.enumerated() {
      guard case .fusion(let fusion) = annotated.alteration.event,
        annotated.alteration.cautions.contains(.possibleFusion)
      else { continue }
      let rules = places.filter { fusion.involves(table.rules[$0].gene) && isOpen($0, subject) }.map { table.rules[$0] }
      if !rules.isEmpty { openings.append(LabelOpening(need: .confirmation(finding), rules: rules)) }
    }
    return openings
  }

  /// The rules of each kind that hold in the sample's tumor types, in their order.
  private func inScope(_ tumors: [String: ProximityCache.TumorRules]) -> [(kind: AssayKind, rules: [Int])] {
    let types = tumors.keys.sorted()
    if let known = byTypes.withLock({ $0[types] }) { return known }
    let found = byKind.map { (kind: $0.kind, rules: sorted($0.rules.filter { Self.isInScope($0, tumors) }, tumors)) }
    byTypes.withLock { $0[types] = found }
    return found
  }

  private static func isInScope(_ place: Int, _ tumors: [String: ProximityCache.TumorRules]) -> Bool {
    tumors.values.contains { isOfTumor($0.entries[place]) }
  }

  private func isOfSite(_ place: Int, _ facts: EvaluationContext) -> Bool {
    guard let site = table.rules[place].site, let own = facts.profile.site else { return true }
    return site == own
  }

  private func isOpen(_ place: Int, _ subject: RuleSubject) -> Bool {
    guard isOfSite(place, subject.facts) else { return false }
    let rule = table.rules[place]
    // A result that is there has been weighed already.
    if rule.eventClass == .biomarker || rule.eventClass == .expression, !subject.lacksFindings(place) { return false }
    return !subject.isRuledOut(place)
  }

  private static func isOfTumor(_ entry: ProximityCache.Entry?) -> Bool {
    entry?.proximity == .same || entry?.proximity == .agnostic
  }

  private func sorted(_ places: [Int], _ tumors: [String: ProximityCache.TumorRules]) -> [Int] {
    var own: [Int] = []
    var agnostic: [Int] = []
    for place in Set(places) {
      if tumors.values.contains(where: { $0.entries[place]?.proximity == .same }) {
        own.append(place)
      } else {
        agnostic.append(place)
      }
    }
    own.sort { rank[$0] < rank[$1] }
    agnostic.sort { rank[$0] < rank[$1] }
    return own + agnostic
  }
}
