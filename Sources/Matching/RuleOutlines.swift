// SPDX-License-Identifier: Apache-2.0
internal import Alterations
package import Knowledge

/// What matching asks of rules before it looks at them, by their places.
///
/// The build lays that of the built-in table out, so that none of its rules has to be made.
struct RuleOutlines: Sendable {
  /// What is asked of the rules' agents.
  let agents: AgentOutlines
  /// By rule: what its agents are, taken together.
  let therapyTraits: [TherapyTraits]
  /// What rules ask of a finding.
  let atoms: AtomTable
  /// By rule: what may meet it where no finding does by itself.
  let standIns: [StandIns]
  /// By rule: what may stand in for its test.
  let surrogates: NumberLists
  /// By rule: whether it asks for a status that a grade of the stain may leave open.
  let readsGrade: [Bool]
  /// By rule: whether it holds in its own tumors only.
  let isBoundToItsTumor: [Bool]
  /// By rule: whether it asks a class of the very change that its region names.
  let asksClassOfRegion: [Bool]
  /// Rules that a result of a biomarker would open.
  let biomarkerRules: [Int32]
  /// The rules of level A1 or A2 in force, by the kind of assay that finds what they ask for, as the kinds come.
  let labels: [[Int32]]
  /// By rule: its place among all rules in force when they are ordered by level, gene, therapy and identifier.
  let labelRanks: [Int32]

  init(_ table: KnowledgeBase) {
    let (rules, facts) = (table.rules, table.reference.facts)
    let agents = AgentOutlines(table.columns.agentNames, table.reference.agents, facts.sets)
    let therapyTraits = table.columns.agents.map { numbers in
      numbers.reduce(into: numbers.isEmpty ? TherapyTraits.namesNone : []) { $0.formUnion(agents.traits[Int($1)]) }
    }
    (self.agents, self.therapyTraits) = (agents, therapyTraits)
    func isWithdrawn(_ place: Int) -> Bool { therapyTraits[place].contains(.withdrawn) }
    atoms = AtomTable(rules)
    let surrogates = rules.map { RuleSurrogates($0, facts) }
    self.surrogates = NumberLists(surrogates.map { Array($0.findings) })
    readsGrade = surrogates.map(\.readsGrade)
    let made = Set(facts.biomarkers.made.map(\.name))
    standIns = zip(rules, surrogates).map { StandIns($0, $1, isMade: made.contains($0.gene)) }
    isBoundToItsTumor = rules.map { $0.isBoundToItsTumor(facts) }
    asksClassOfRegion = rules.map { $0.classOfRegion != nil }
    biomarkerRules = rules.indices.filter { place in
      let rule = rules[place]
      return (rule.eventClass == .biomarker || rule.eventClass == .expression) && rule.direction == .sensitivity
        && rule.regulatoryStatus != .withdrawn && !isWithdrawn(place)
    }.map { Int32($0) }
    var labels: [AssayKind: [Int32]] = [:]
    let inForce = rules.indices.filter { LabelRules.isInForce(rules[$0]) }
    for place in inForce where !isWithdrawn(place) {
      for kind in LabelRules.kinds(rules[place]) { labels[kind, default: []].append(Int32(place)) }
    }
    self.labels = AssayKind.allCases.map { labels[$0] ?? [] }
    labelRanks = LabelRules.ranks(inForce, rules)
  }

  init(_ stream: LaidOutStream) {
    var stream = stream
    agents = AgentOutlines(&stream)
    therapyTraits = stream.array().map { TherapyTraits(rawValue: UInt8(truncatingIfNeeded: $0)) }
    atoms = AtomTable(&stream)
    standIns = stream.array().map { StandIns(rawValue: UInt8(truncatingIfNeeded: $0)) }
    (surrogates, readsGrade) = (NumberLists(&stream), stream.flags())
    isBoundToItsTumor = stream.flags()
    asksClassOfRegion = stream.flags()
    biomarkerRules = stream.array()
    labels = stream.lists()
    labelRanks = stream.array()
  }

  /// Lays all out.
  func write(to numbers: inout LayoutNumbers) {
    agents.write(to: &numbers)
    numbers.append(therapyTraits.map { Int32($0.rawValue) })
    atoms.write(to: &numbers)
    numbers.append(standIns.map { Int32($0.rawValue) })
    surrogates.write(to: &numbers)
    numbers.append(flags: readsGrade)
    numbers.append(flags: isBoundToItsTumor)
    numbers.append(flags: asksClassOfRegion)
    numbers.append(biomarkerRules)
    numbers.append(lists: labels)
    numbers.append(labelRanks)
  }
}

/// What the build lays out for matching.
package enum MatchingLayout {
  /// What is asked of the rules of a table.
  package static func numbers(of table: KnowledgeBase) -> LayoutNumbers {
    var numbers = LayoutNumbers()
    RuleIndex(table: table).outlines.write(to: &numbers)
    return numbers
  }
}
