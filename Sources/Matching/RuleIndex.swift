// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What matching asks of rules again and again, worked out once: numbers in place of names.
final class RuleIndex: Sendable {
  /// What rules ask before they are looked at.
  let outlines: RuleOutlines
  private let rules: RuleList
  /// The numbers of genes and biomarkers.
  let geneNumbers: [String: Int32]
  /// By gene or biomarker: the rules that a finding of it may meet.
  private let rulesOfGene: [[Int32]]
  /// By rule: the number of its agent where it has one alone, else -1.
  private let loneAgents: [Int32]
  /// By rule: what its agents are.
  let therapyTraits: [TherapyTraits]
  /// By rule: the priority of its table.
  let priorities: [Int]
  /// By agent: what its class and pathways say of it.
  let traits: [AgentTraits]
  let agentCount: Int
  /// By class token and agent, whether the token speaks of the agent; every agent speaks of itself.
  private let reach: [Bool]

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
  let agents: [[Int32]]
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
  /// By rule: what may stand in for its test.
  let surrogates: [RuleSurrogates]

  /// The numbers of a table's rules.
  ///
  /// - Parameter others: Genes and biomarkers that have a number as well, without rules.
  init(table: KnowledgeBase, others: [String] = []) {
    let (columns, known) = (table.columns, table.reference.agents)
    rules = table.rules
    (claims, claimCount) = (columns.claims, columns.claimCount)
    (therapies, therapyCount) = (columns.therapies, columns.therapyCount)
    (genes, eventClasses, ranks) = (columns.genes, columns.eventClasses, columns.ranks)
    (agents, agentNames) = (columns.agents, columns.agentNames)
    (requirementOfRule, requirementHolders) = (columns.requirementOfRule, columns.requirementHolders)
    var geneNumbers: [String: Int32] = [:]
    geneNumbers.reserveCapacity(columns.geneNames.count + others.count)
    for name in columns.geneNames + others where geneNumbers[name] == nil {
      geneNumbers[name] = Int32(geneNumbers.count)
    }
    self.geneNumbers = geneNumbers
    loneAgents = columns.agents.map { $0.count == 1 ? $0[0] : -1 }
    agentCount = columns.agentNames.count
    var rulesOfGene = [[Int32]](repeating: [], count: geneNumbers.count)
    for (place, eventClass) in columns.eventClasses.enumerated()
    where eventClass != .histology && eventClass != .proteinTarget {
      rulesOfGene[Int(columns.genes[place])].append(Int32(place))
    }
    self.rulesOfGene = rulesOfGene
    priorities =
      table.sources.count == 1
      ? [Int](repeating: table.sources[0].priority, count: table.rules.count)
      : table.rules.map { table.sources[$0.table].priority }
    let traits = Self.traits(columns.agentNames, known, table.reference.facts.sets)
    self.traits = traits
    let therapyTraits = columns.agents.map { TherapyTraits($0.map { traits[Int($0)] }) }
    self.therapyTraits = therapyTraits
    reach = Self.reach(columns.agentNames, known)
    outlines =
      table.matching.map { RuleOutlines($0) }
      ?? RuleOutlines(table) { therapyTraits[$0].contains(.withdrawn) }
    (atoms, standIns, surrogates) = (outlines.atoms, outlines.standIns, outlines.surrogates)
  }

  private static func traits(_ names: [String], _ known: AgentTable, _ sets: MatchingSets) -> [AgentTraits] {
    // A class and a pathway are never compared, so that one numbering is enough for both.
    var numbers = Numbering<String>()
    return names.map { name in
      let agent = known.agent(name)
      return AgentTraits(
        name, agent, classes: (agent?.classes ?? []).map { numbers.number($0) },
        pathways: (agent?.pathways ?? []).map { numbers.number($0) }, sets: sets)
    }
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

  /// By token and agent: whether the token is the agent or a class that holds it.
  private static func reach(_ names: [String], _ known: AgentTable) -> [Bool] {
    var byClass: [String: [Int]] = [:]
    for (index, name) in names.enumerated() {
      for own in known.agent(name)?.classes ?? [] { byClass[own.lowercased(), default: []].append(index) }
    }
    var reach = [Bool](repeating: false, count: names.count * names.count)
    for (index, name) in names.enumerated() {
      reach[index * names.count + index] = true
      guard let token = known.agent(name), token.isClassToken else { continue }
      for group in token.classNames {
        for member in byClass[group] ?? [] { reach[index * names.count + member] = true }
      }
    }
    return reach
  }

  /// The rules that a finding of a gene or biomarker may meet.
  func rules(of gene: Int32) -> [Int32] { rulesOfGene[Int(gene)] }

  /// Whether a rule is about drugs and not about a class of them.
  func isOfDrugs(_ rule: Int) -> Bool { therapyTraits[rule].isDisjoint(with: [.namesNone, .namesClass]) }

  /// Whether one of a rule's agents was withdrawn from the market.
  func isWithdrawn(_ rule: Int) -> Bool { therapyTraits[rule].contains(.withdrawn) }

  /// Whether what a rule says of its one agent or class speaks of an agent of another rule.
  func reaches(_ opponent: Int, _ rule: Int) -> Bool {
    guard loneAgents[opponent] >= 0 else { return false }
    let row = Int(loneAgents[opponent]) * agentCount
    if loneAgents[rule] >= 0 { return reach[row + Int(loneAgents[rule])] }
    for agent in agents[rule] where reach[row + Int(agent)] { return true }
    return false
  }

  /// Whether an agent of a rule is among these, or stands for a class of one of them.
  func reachesAny(_ rule: Int, of others: NumberSet) -> Bool {
    agents[rule].contains { token in
      others.contains { reach[Int(token) * agentCount + $0] }
    }
  }

  /// The agents among these that a rule about a class speaks of, in order.
  func reached(by rule: Int, among others: NumberSet) -> [Int] {
    others.filter { other in agents[rule].contains { reach[Int($0) * agentCount + other] } }
  }

  /// Whether an agent of the rule acts on a gene's product.
  func acts(_ rule: Int, on gene: String) -> Bool {
    agents[rule].contains { traits[Int($0)].agent?.targets.contains(gene) == true }
  }
}
