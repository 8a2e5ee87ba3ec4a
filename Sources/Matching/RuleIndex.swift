// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What matching asks of rules again and again, worked out once: numbers in place of names.
final class RuleIndex: Sendable {
  /// By rule: the number of its claim; rules of one claim have one number.
  let claims: [Int32]
  /// By rule: the number of its therapy.
  let therapies: [Int32]
  let claimCount: Int
  let therapyCount: Int
  /// By rule: the number of its gene or biomarker.
  let genes: [Int32]
  /// The numbers of genes and biomarkers.
  let geneNumbers: [String: Int32]
  /// By gene or biomarker: the rules that a finding of it may meet.
  private let rulesOfGene: [[Int32]]
  /// By rule: the kind of evidence it reads.
  let eventClasses: [Rule.EventClass]
  /// What rules ask of a finding.
  let atoms: AtomTable
  /// By rule: the number of what it requires beside its own alteration, -1 for nothing.
  let requirementOfRule: [Int32]
  /// What rules require, each once.
  let requirements: [Predicate]
  /// By rule: what may meet it where no finding does by itself.
  let standIns: [StandIns]
  /// By rule: the numbers of its agents.
  let agents: [[Int32]]
  /// By rule: the number of its agent where it has one alone, else -1.
  private let loneAgents: [Int32]
  /// By rule: what its agents are.
  let therapyTraits: [TherapyTraits]
  /// By rule: its place when rules are sorted by therapy and identifier.
  let ranks: [Int32]
  /// By rule: the priority of its table.
  let priorities: [Int]
  /// By agent: what its class and pathways say of it.
  let traits: [AgentTraits]
  /// By rule: what may stand in for its test.
  let surrogates: [RuleSurrogates]
  /// By agent: its name.
  let agentNames: [String]
  let agentCount: Int
  /// By class token and agent, whether the token speaks of the agent; every agent speaks of itself.
  private let reach: [Bool]

  /// By gene: the rules that a finding of it may meet, a list for each of so many genes.
  private static func rulesOfGene(_ rules: [Rule], _ genes: [Int32], count: Int) -> [[Int32]] {
    var rulesOfGene = [[Int32]](repeating: [], count: count)
    for (place, rule) in rules.enumerated() where rule.eventClass != .histology && rule.eventClass != .proteinTarget {
      rulesOfGene[Int(genes[place])].append(Int32(place))
    }
    return rulesOfGene
  }

  /// The numbers of a table's rules.
  ///
  /// - Parameter others: Genes and biomarkers that have a number as well, without rules.
  init(table: KnowledgeBase, others: [String] = []) {
    let (rules, known, facts) = (table.rules, table.reference.agents, table.reference.facts)
    var (therapyKeys, names, geneNames, claimNumbers) = (Numbering(), Numbering(), Numbering(), ClaimNumbers())
    therapies = rules.map { therapyKeys.number($0.therapyKey) }
    therapyCount = therapyKeys.names.count
    agents = rules.map { $0.agents.map { names.number($0) } }
    genes = rules.map { geneNames.number($0.gene) }
    var claims: [Int32] = []
    claims.reserveCapacity(rules.count)
    for (place, rule) in rules.enumerated() {
      claims.append(claimNumbers.number(rule, gene: genes[place], therapy: therapies[place]))
    }
    self.claims = claims
    claimCount = claimNumbers.count
    for name in others { _ = geneNames.number(name) }
    geneNumbers = geneNames.numbers
    loneAgents = agents.map { $0.count == 1 ? $0[0] : -1 }
    agentNames = names.names
    agentCount = names.names.count
    rulesOfGene = Self.rulesOfGene(rules, genes, count: geneNumbers.count)
    eventClasses = rules.map(\.eventClass)
    atoms = AtomTable(rules)
    var (requirements, numbers): ([Predicate], [String: Int32]) = ([], [:])
    requirementOfRule = rules.map { rule in
      guard let requires = rule.requires else { return -1 }
      if let known = numbers[rule.requiresText], requirements[Int(known)] == requires { return known }
      let number = Int32(requirements.count)
      numbers[rule.requiresText] = number
      requirements.append(requires)
      return number
    }
    self.requirements = requirements
    priorities = rules.map { table.sources[$0.table].priority }
    surrogates = rules.map { RuleSurrogates($0, facts) }
    let made = Set(facts.biomarkers.made.map(\.name))
    standIns = zip(rules, surrogates).map { StandIns($0, $1, isMade: made.contains($0.gene)) }
    let texts = rules.map { ($0.therapy, $0.id) }
    var ranks = [Int32](repeating: 0, count: texts.count)
    for (rank, index) in texts.indices.sorted(by: { texts[$0] < texts[$1] }).enumerated() {
      ranks[index] = Int32(rank)
    }
    self.ranks = ranks
    var (classes, pathways) = (Numbering(), Numbering())
    let traits = names.names.map { name in
      let agent = known.agent(name)
      return AgentTraits(
        name, agent, classes: (agent?.classes ?? []).map { classes.number($0) },
        pathways: (agent?.pathways ?? []).map { pathways.number($0) }, sets: facts.sets)
    }
    self.traits = traits
    therapyTraits = agents.map { TherapyTraits($0.map { traits[Int($0)] }) }
    reach = Self.reach(names.names, known)
  }

  /// Numbers for names, in the order in which they are met.
  private struct Numbering {
    private(set) var names: [String] = []
    private(set) var numbers: [String: Int32] = [:]

    mutating func number(_ name: String) -> Int32 {
      if let known = numbers[name] { return known }
      let number = Int32(names.count)
      numbers[name] = number
      names.append(name)
      return number
    }
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
