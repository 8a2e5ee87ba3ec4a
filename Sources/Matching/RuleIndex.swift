// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What matching asks of rules again and again, worked out once: numbers in place of names.
final class RuleIndex: Sendable {
  /// What rules ask before they are looked at.
  let outlines: RuleOutlines
  private let rules: RuleList
  private let agentTable: AgentTable
  /// The numbers of genes and biomarkers.
  let geneNumbers: [String: Int32]
  /// By gene or biomarker that has rules: those that a finding of it may meet.
  private let rulesOfGene: NumberLists
  /// By rule: the number of its agent where it has one alone, else -1.
  private let loneAgents: [Int32]
  /// By rule: what its agents are.
  let therapyTraits: [TherapyTraits]
  /// By rule: the priority of its table.
  let priorities: [Int]
  let agentCount: Int

  /// By rule: the number of its claim; rules of one claim have one number.
  let claims: [Int32]
  let claimCount: Int
  /// By rule: the number of its therapy.
  let therapies: [Int32]
  let therapyCount: Int
  /// By rule: the number of its gene or biomarker.
  let genes: [Int32]
  /// By rule: the kind of evidence it reads.
  let eventClasses: [Rule.EventClass]
  /// By rule: the numbers of its agents.
  let agents: NumberLists
  /// By agent: its name.
  let agentNames: [String]
  /// By rule: its place when rules are sorted by therapy and identifier.
  let ranks: [Int32]
  /// By rule: the number of what it requires beside its own alteration, -1 for nothing.
  let requirementOfRule: [Int32]
  /// By number of a requirement: the first rule that has it.
  private let requirementHolders: [Int32]
  /// What rules ask of a finding.
  let atoms: AtomTable
  /// By rule: what may meet it where no finding does by itself.
  let standIns: [StandIns]

  /// The numbers of a table's rules.
  ///
  /// - Parameter others: Genes and biomarkers that have a number as well, without rules.
  init(table: KnowledgeBase, others: [String] = []) {
    let columns = table.columns
    (rules, agentTable) = (table.rules, table.reference.agents)
    (claims, claimCount) = (columns.claims, columns.claimCount)
    (therapies, therapyCount) = (columns.therapies, columns.therapyCount)
    (genes, eventClasses, ranks) = (columns.genes, columns.eventClasses, columns.ranks)
    (agents, agentNames) = (columns.agents, columns.agentNames)
    (requirementOfRule, requirementHolders) = (columns.requirementOfRule, columns.requirementHolders)
    var geneNumbers = columns.geneNumbers
    for name in others where geneNumbers[name] == nil { geneNumbers[name] = Int32(geneNumbers.count) }
    self.geneNumbers = geneNumbers
    rulesOfGene = columns.rulesOfGene
    agentCount = columns.agentNames.count
    loneAgents = columns.agents.map { $0.count == 1 ? $0[$0.startIndex] : -1 }
    priorities =
      table.sources.count == 1
      ? [Int](repeating: table.sources[0].priority, count: table.rules.count)
      : table.rules.map { table.sources[$0.table].priority }
    outlines = table.matching.map { RuleOutlines($0) } ?? RuleOutlines(table)
    (atoms, standIns) = (outlines.atoms, outlines.standIns)
    therapyTraits = outlines.therapyTraits
  }

  /// What may stand in for the test of a rule.
  func surrogates(of rule: Int) -> RuleSurrogates {
    RuleSurrogates(findings: outlines.surrogates[rule], readsGrade: outlines.readsGrade[rule])
  }

  /// How many requirements there are.
  var requirementCount: Int { requirementHolders.count }

  /// What rules require, by its number.
  func requirement(_ number: Int) -> Predicate {
    guard let requires = rules[Int(requirementHolders[number])].requires else {
      fatalError("a rule that requires nothing holds a requirement")
    }
    return requires
  }

  /// The rules that a finding of a gene or biomarker may meet.
  func rules(of gene: Int32) -> ArraySlice<Int32> { Int(gene) < rulesOfGene.count ? rulesOfGene[Int(gene)] : [] }

  /// The numbers that rules on a biomarker compare a result with.
  func limits(of name: String) -> [MeasurementTest] {
    guard let number = geneNumbers[name] else { return [] }
    return rules(of: number).flatMap { rules[Int($0)].alternatives }.flatMap { spec in
      guard case .measurement(let tests) = spec else { return [MeasurementTest]() }
      return tests.filter { $0.word.isEmpty && $0.leastShare == nil }
    }
  }

  /// Whether a rule is about drugs and not about a class of them.
  func isOfDrugs(_ rule: Int) -> Bool { therapyTraits[rule].isDisjoint(with: [.namesNone, .namesClass]) }

  /// Whether one of a rule's agents was withdrawn from the market.
  func isWithdrawn(_ rule: Int) -> Bool { therapyTraits[rule].contains(.withdrawn) }

  /// Whether what a rule says of its one agent or class speaks of an agent of another rule.
  func reaches(_ opponent: Int, _ rule: Int) -> Bool {
    let token = loneAgents[opponent]
    guard token >= 0 else { return false }
    if loneAgents[rule] >= 0 { return outlines.agents.reaches(token, loneAgents[rule]) }
    for agent in agents[rule] where outlines.agents.reaches(token, agent) { return true }
    return false
  }

  /// Whether an agent of a rule is among these, or stands for a class of one of them.
  func reachesAny(_ rule: Int, of others: NumberSet) -> Bool {
    agents[rule].contains { token in others.contains { outlines.agents.reaches(token, Int32($0)) } }
  }

  /// The agents among these that a rule about a class speaks of, in order.
  func reached(by rule: Int, among others: NumberSet) -> [Int] {
    others.filter { other in agents[rule].contains { outlines.agents.reaches($0, Int32(other)) } }
  }

  /// Whether an agent of the rule acts on a gene's product.
  func acts(_ rule: Int, on gene: String) -> Bool {
    agents[rule].contains { agent($0)?.targets.contains(gene) == true }
  }

  /// The agent of a number; `nil` for a name that the table of agents lacks.
  func agent(_ number: Int32) -> Agent? {
    let place = outlines.agents.places[Int(number)]
    return place < 0 ? nil : agentTable.agent(at: Int(place))
  }
}
