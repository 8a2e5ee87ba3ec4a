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

/// The rules of level A1 or A2 that a test would open.
struct AskedBy {
  /// When it was first asked among the tests of a sample, so that their order does not hang on a table of hashes.
  let order: Int
  /// Their places in the table.
  var rules: [Int] = []
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
  /// A rule that is in force in a tumor type.
  struct Label: Sendable {
    /// The rule's place in the table.
    let place: Int
    let rule: Rule
    /// Whether a result that is there has been weighed already.
    let isOfResult: Bool
  }

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

  /// What each kind of assay would open in the sample's tumor types, whatever was done.
  func openings(
    _ subject: RuleSubject, _ tumor: TumorTables, questions: [OpenQuestion: AskedBy]
  ) -> [LabelOpening] {
    var openings: [LabelOpening] = confirmations(subject, tumor)
    for (kind, labels) in tumor.labels.value {
      var rules: [Rule] = []
      for label in labels where isOpen(label, subject) { rules.append(label.rule) }
      if !rules.isEmpty { openings.append(LabelOpening(need: .assay(kind), rules: rules)) }
    }
    if questions.isEmpty { return openings }
    var single: [(opening: LabelOpening, words: String)] = []
    for (question, asked) in questions.sorted(by: { $0.value.order < $1.value.order }) {
      let rules = sorted(
        asked.rules.filter {
          Self.isInForce(table.rules[$0]) && isOfSite(table.rules[$0], subject.facts) && tumor.rules.isInScope($0)
        }, isOwn: tumor.rules.isOwn
      )
      .map { table.rules[$0] }
      guard let first = rules.first else { continue }
      single.append((LabelOpening(need: .question(question), rules: rules), first.level.rawValue + first.id))
    }
    return openings + single.sorted { $0.words < $1.words }.map(\.opening)
  }

  /// What fusions that are possible only would open once they are confirmed.
  private func confirmations(_ subject: RuleSubject, _ tumor: TumorTables) -> [LabelOpening] {
    var openings: [LabelOpening] = []
    for (finding, annotated) in subject.facts.alterations.enumerated() {
      guard case .fusion(let fusion) = annotated.alteration.event,
        annotated.alteration.cautions.contains(.possibleFusion)
      else { continue }
      let labels = tumor.labels.value.first { $0.kind == .fusions }?.rules ?? []
      let rules = labels.filter { fusion.involves($0.rule.gene) && isOpen($0, subject) }.map { $0.rule }
      if !rules.isEmpty { openings.append(LabelOpening(need: .confirmation(finding), rules: rules)) }
    }
    return openings
  }

  /// The rules of each kind that hold in tumor types, in their order.
  func inForce(in tumors: [ProximityCache.TumorRules]) -> [(kind: AssayKind, rules: [Label])] {
    byKind.map { kind, places in
      (
        kind,
        sorted(places.filter(tumors.isInScope), isOwn: tumors.isOwn).map { place in
          let rule = table.rules[place]
          return Label(
            place: place, rule: rule, isOfResult: rule.eventClass == .biomarker || rule.eventClass == .expression)
        }
      )
    }
  }

  private func isOfSite(_ rule: Rule, _ facts: EvaluationContext) -> Bool {
    guard let site = rule.site, let own = facts.profile.site else { return true }
    return site == own
  }

  private func isOpen(_ label: Label, _ subject: RuleSubject) -> Bool {
    guard isOfSite(label.rule, subject.facts) else { return false }
    if label.isOfResult, !subject.lacksFindings(label.place) || subject.facts.hasReceptor(ofStatus: label.rule.gene) {
      return false
    }
    return !subject.isRuledOut(label.place)
  }

  private func sorted(_ places: [Int], isOwn: (Int) -> Bool) -> [Int] {
    var own: [Int] = []
    var agnostic: [Int] = []
    for place in Set(places) {
      if isOwn(place) {
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
