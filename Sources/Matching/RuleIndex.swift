// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What matching asks of rules again and again, worked out once: numbers in place of names.
final class RuleIndex: Sendable {
  /// By rule: the number of its claim; rules of one claim have one number.
  let claims: [Int32]
  /// By rule: the number of its therapy.
  let therapies: [Int32]
  /// By rule: the number of its gene or biomarker.
  let genes: [Int32]
  /// The numbers of genes and biomarkers.
  let geneNumbers: [String: Int32]
  /// By rule: the numbers of its agents.
  let agents: [[Int32]]
  /// By rule: its place when rules are sorted by therapy and identifier.
  let ranks: [Int32]
  /// By rule: whether one of its agents was withdrawn from the market.
  let isWithdrawn: [Bool]
  /// By rule: whether it holds in its own tumors only.
  let isBoundToItsTumor: [Bool]
  /// By rule: the priority of its table.
  let priorities: [Int]
  /// By agent: what its class and pathways say of it.
  let traits: [AgentTraits]
  /// The tumors outside of which therapies make no sense.
  let lineage: TherapyLineage
  /// By rule: what may stand in for its test.
  let surrogates: [RuleSurrogates]
  /// By agent: its name.
  let agentNames: [String]
  private let agentCount: Int
  /// By class token and agent, whether the token speaks of the agent; every agent speaks of itself.
  private let reach: [Bool]

  init(table: KnowledgeBase) {
    let (rules, known, facts) = (table.rules, table.reference.agents, table.reference.facts)
    var (claimKeys, therapyKeys, names, geneNames) = (Numbering(), Numbering(), Numbering(), Numbering())
    claims = rules.map { claimKeys.number($0.claimKey) }
    therapies = rules.map { therapyKeys.number($0.therapyKey) }
    agents = rules.map { $0.agents.map { names.number($0) } }
    genes = rules.map { geneNames.number($0.gene) }
    geneNumbers = geneNames.numbers
    agentNames = names.names
    agentCount = names.names.count
    isWithdrawn = rules.map { $0.agents.contains { known.agent($0)?.withdrawn.isEmpty == false } }
    isBoundToItsTumor = rules.map { $0.isBoundToItsTumor(facts) }
    priorities = rules.map { table.sources[$0.table].priority }
    lineage = TherapyLineage(table: table)
    let surrogatesOf = Dictionary(grouping: facts.surrogates, by: \.asked)
    surrogates = rules.map { RuleSurrogates($0, surrogatesOf[$0.gene] ?? [], facts.stainGrades) }
    let texts = rules.map { ($0.therapy, $0.id) }
    var ranks = [Int32](repeating: 0, count: texts.count)
    for (rank, index) in texts.indices.sorted(by: { texts[$0] < texts[$1] }).enumerated() {
      ranks[index] = Int32(rank)
    }
    self.ranks = ranks
    var (classes, pathways) = (Numbering(), Numbering())
    traits = names.names.map { name in
      let agent = known.agent(name)
      return AgentTraits(
        agent: agent, classes: (agent?.classes ?? []).map { classes.number($0) },
        pathways: (agent?.pathways ?? []).map { pathways.number($0) }, sets: facts.sets)
    }
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

  /// Whether what a rule says of its one agent or class speaks of an agent of another rule.
  func reaches(_ opponent: Int, _ rule: Int) -> Bool {
    guard agents[opponent].count == 1 else { return false }
    let row = Int(agents[opponent][0]) * agentCount
    for agent in agents[rule] where reach[row + Int(agent)] { return true }
    return false
  }

  /// Whether an agent of a rule is among these, or stands for a class of one of them.
  func reachesAny(_ rule: Int, of others: Set<Int32>) -> Bool {
    agents[rule].contains { token in
      others.contains { reach[Int(token) * agentCount + Int($0)] }
    }
  }

  /// The agents among these that a rule about a class speaks of, in order.
  func reached(by rule: Int, among others: Set<Int32>) -> [Int32] {
    others.filter { other in agents[rule].contains { reach[Int($0) * agentCount + Int(other)] } }.sorted()
  }

  /// Whether an agent of the rule acts on a gene's product.
  func acts(_ rule: Int, on gene: String) -> Bool {
    agents[rule].contains { traits[Int($0)].agent?.targets.contains(gene) == true }
  }
}

/// What matching asks of an agent again and again.
struct AgentTraits: Sendable {
  /// The agent; `nil` for a name that the table of agents lacks.
  let agent: Agent?
  /// Its classes and pathways as numbers.
  let classes: [Int32]
  let pathways: [Int32]
  /// Whether it acts on a pathway of signaling, in which a second hit may stand in for the first.
  let isSignaling: Bool
  /// Whether the surroundings of the tumor decide what it does: it blocks PD-1 or PD-L1.
  let isCheckpoint: Bool
  /// Whether it may be a part of a derived pair: one drug, on the market, of which the pathways are known.
  let mayPair: Bool

  init(agent: Agent?, classes: [Int32], pathways: [Int32], sets: MatchingSets) {
    self.agent = agent
    self.classes = classes
    self.pathways = pathways
    isSignaling = agent?.pathways.contains(where: sets.signalingPathways.contains) ?? false
    isCheckpoint = agent?.classes.contains(where: sets.checkpointClasses.contains) ?? false
    mayPair =
      agent.map { !$0.isClassToken && !$0.isRegimen && $0.withdrawn.isEmpty && !$0.pathways.isEmpty } ?? false
  }
}

/// What may stand in for the test a rule asks for, until the test is made.
struct RuleSurrogates: Sendable {
  /// Findings that may.
  let findings: [Surrogate]
  /// Whether the rule asks for a status that a grade of the stain may leave open.
  let readsGrade: Bool

  /// - Parameter possible: The surrogates of the rule's gene or biomarker.
  init(_ rule: Rule, _ possible: [Surrogate], _ stainGrades: StainGrades) {
    findings = possible.isEmpty ? [] : possible.filter { $0.fits(rule) }
    readsGrade =
      rule.eventClass == .expression && stainGrades.contains(rule.gene)
      && rule.alternatives.contains { spec in
        guard case .measurement(let tests) = spec else { return false }
        return tests.contains { $0.word == "positive" }
      }
  }
}
