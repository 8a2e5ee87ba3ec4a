// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// What is asked of all rules of a table at once, by their places: numbers in place of names and texts.
///
/// The build lays those of the built-in table out, so that none of its rules has to be made.
package final class RuleColumns: Sendable {
  /// By rule: the number of its gene or biomarker, in the order in which genes come.
  package let genes: [Int32]
  /// By number: the gene or biomarker.
  package let geneNames: [String]
  /// By gene or biomarker: its number.
  package let geneNumbers: [String: Int32]
  /// By number: the rules that a finding of the gene or biomarker may meet.
  package let rulesOfGene: NumberLists
  /// By rule: the kind of evidence it reads.
  package let eventClasses: [Rule.EventClass]
  /// By rule: what the evidence says.
  package let directions: [Rule.Direction]
  /// By rule: whether its status is that it was withdrawn.
  package let withdrawals: [Bool]
  /// By rule: the numbers of its agents.
  package let agents: NumberLists
  /// By number: the agent.
  package let agentNames: [String]
  /// By rule: the number of its therapy, which is one for every order of the agents.
  package let therapies: [Int32]
  /// How many therapies there are.
  package let therapyCount: Int
  /// By rule: the number of its claim; rules of one claim have one number.
  package let claims: [Int32]
  /// How many claims there are.
  package let claimCount: Int
  /// By rule: its place when rules are sorted by therapy and identifier.
  package let ranks: [Int32]
  /// By rule: the number of what it requires beside its own alteration, -1 for nothing.
  package let requirementOfRule: [Int32]
  /// By number of a requirement: the first rule that has it.
  package let requirementHolders: [Int32]
  /// By rule: the place of its scope; many rules share one.
  package let scopeOfRule: [Int32]
  /// Codes and groups that scopes and lineages name, each once.
  package let scopeItems: [String]
  /// By scope: what it includes, by the places of the items.
  package let included: NumberLists
  /// The same for what it leaves out.
  package let excluded: NumberLists
  /// By rule: the place of the lists of codes that its therapy is bound to.
  package let boundOfRule: [Int32]
  /// Lists of items, each of which has to cover a tumor; the first are those of therapies without any.
  package let bounds: [[[Int32]]]
  /// Genes that alterations and conditions of rules name beside the rules' own.
  package let mentioned: [String]

  /// The columns of rules.
  init(_ rules: RuleList, _ agentTable: AgentTable) {
    var (therapyKeys, names, geneNumbers) = (Numbering<String>(), Numbering<String>(), Numbering<String>())
    therapies = rules.map { therapyKeys.number($0.therapyKey) }
    therapyCount = therapyKeys.all.count
    agents = NumberLists(rules.map { $0.agents.map { names.number($0) } })
    agentNames = names.all
    genes = rules.map { geneNumbers.number($0.gene) }
    geneNames = geneNumbers.all
    eventClasses = rules.map(\.eventClass)
    (self.geneNumbers, rulesOfGene) = Self.byGene(geneNames, genes, eventClasses)
    directions = rules.map(\.direction)
    withdrawals = rules.map { $0.regulatoryStatus == .withdrawn }
    var claimNumbers = ClaimNumbers()
    var claims: [Int32] = []
    for (place, rule) in rules.enumerated() {
      claims.append(claimNumbers.number(rule, gene: genes[place], therapy: therapies[place]))
    }
    self.claims = claims
    claimCount = claimNumbers.count
    ranks = Self.ranks(rules)
    (requirementOfRule, requirementHolders) = Self.requirements(rules)
    var scopes = Numbering<TumorScope>()
    scopeOfRule = rules.map { scopes.number($0.scope) }
    var items = Numbering<String>()
    func lists(_ texts: [[String]]) -> [[Int32]] { texts.map { $0.map { items.number($0) } } }
    included = NumberLists(lists(scopes.all.map(\.include)))
    excluded = NumberLists(lists(scopes.all.map(\.exclude)))
    var bounds = Numbering<[[String]]>()
    _ = bounds.number([])
    boundOfRule = rules.map { rule in
      var lists = rule.agents.compactMap { agentTable.agent($0)?.lineage }.filter { !$0.isEmpty }
      if !rule.support.lineage.isEmpty { lists.append(rule.support.lineage) }
      return bounds.number(lists)
    }
    self.bounds = bounds.all.map(lists)
    scopeItems = items.all
    mentioned = Self.mentioned(rules)
  }

  /// The columns as the build laid them out.
  init(_ stream: inout LaidOutStream) {
    genes = stream.array()
    geneNames = stream.texts()
    eventClasses = stream.cases()
    (geneNumbers, rulesOfGene) = Self.byGene(geneNames, genes, eventClasses)
    directions = stream.cases()
    withdrawals = stream.flags()
    agents = NumberLists(&stream)
    agentNames = stream.texts()
    therapies = stream.array()
    therapyCount = stream.number()
    claims = stream.array()
    claimCount = stream.number()
    ranks = stream.array()
    requirementOfRule = stream.array()
    requirementHolders = stream.array()
    scopeOfRule = stream.array()
    scopeItems = stream.texts()
    (included, excluded) = (NumberLists(&stream), NumberLists(&stream))
    boundOfRule = stream.array()
    let counts = stream.array()
    var rest = stream.lists()[...]
    bounds = counts.map { count in
      defer { rest = rest.dropFirst(Int(count)) }
      return Array(rest.prefix(Int(count)))
    }
    mentioned = stream.texts()
  }

  /// The numbers of genes, and which rules a finding of each may meet: not those of histology and of proteins alone.
  private static func byGene(
    _ names: [String], _ genes: [Int32], _ eventClasses: [Rule.EventClass]
  ) -> ([String: Int32], NumberLists) {
    var numbers: [String: Int32] = [:]
    numbers.reserveCapacity(names.count)
    for (number, name) in names.enumerated() { numbers[name] = Int32(number) }
    let asked = zip(genes, eventClasses).map { $1 == .histology || $1 == .proteinTarget ? -1 : $0 }
    return (numbers, NumberLists(placesIn: asked, count: names.count))
  }

  private static func ranks(_ rules: RuleList) -> [Int32] {
    let texts = rules.map { ($0.therapy, $0.id) }
    var ranks = [Int32](repeating: 0, count: texts.count)
    for (rank, index) in texts.indices.sorted(by: { texts[$0] < texts[$1] }).enumerated() {
      ranks[index] = Int32(rank)
    }
    return ranks
  }

  private static func requirements(_ rules: RuleList) -> (ofRule: [Int32], holders: [Int32]) {
    var (holders, numbers): ([Int32], [String: Int32]) = ([], [:])
    let ofRule = rules.indices.map { place -> Int32 in
      let rule = rules[place]
      guard let requires = rule.requires else { return -1 }
      if let known = numbers[rule.requiresText], rules[Int(holders[Int(known)])].requires == requires { return known }
      let number = Int32(holders.count)
      numbers[rule.requiresText] = number
      holders.append(Int32(place))
      return number
    }
    return (ofRule, holders)
  }

  private static func mentioned(_ rules: RuleList) -> [String] {
    var names = Numbering<String>()
    func visit(_ predicate: Predicate) {
      switch predicate {
      case .and(let parts), .or(let parts): parts.forEach(visit)
      case .not(let inner): visit(inner)
      case .alteration(let gene, let spec):
        _ = names.number(gene)
        if case .exactFusion(let five, let three) = spec { for name in [five, three] { _ = names.number(name) } }
      case .wildType(let gene): _ = names.number(gene)
      case .measurement, .priorTherapy, .grade, .clinical: break
      }
    }
    for rule in rules {
      if let requires = rule.requires { visit(requires) }
      for case .exactFusion(let five, let three) in rule.alternatives {
        for name in [five, three] { _ = names.number(name) }
      }
    }
    return names.all
  }
}

extension RuleColumns {
  func write(to numbers: inout LayoutNumbers) {
    numbers.append(genes)
    numbers.append(texts: geneNames)
    numbers.append(cases: eventClasses)
    numbers.append(cases: directions)
    numbers.append(flags: withdrawals)
    agents.write(to: &numbers)
    numbers.append(texts: agentNames)
    numbers.append(therapies)
    numbers.append(therapyCount)
    numbers.append(claims)
    numbers.append(claimCount)
    numbers.append(ranks)
    numbers.append(requirementOfRule)
    numbers.append(requirementHolders)
    numbers.append(scopeOfRule)
    numbers.append(texts: scopeItems)
    included.write(to: &numbers)
    excluded.write(to: &numbers)
    numbers.append(boundOfRule)
    numbers.append(bounds.map { Int32($0.count) })
    numbers.append(lists: bounds.flatMap(\.self))
    numbers.append(texts: mentioned)
  }
}
