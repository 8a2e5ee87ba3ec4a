// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

/// The target-to-agent table with the reference tables it leans on, ready to be matched against.
public struct KnowledgeBase: Sendable {
  /// Where rules came from.
  public struct Source: Sendable {
    /// `built-in`, or the path of a user's table.
    public let name: String
    /// What the table calls its version; empty when it says nothing.
    public let version: String
    /// The digest of its bytes; of the built-in one with those of all tables that it is read and matched with.
    package var digest: String { bytesDigest ?? BuiltInTable.digestOfAll }
    /// The digest of a user's table; `nil` for the built-in one, of which it is made when it is asked for.
    private let bytesDigest: String?
    /// Which table speaks for a claim that several hold: the one of the highest number, 0 unless its comment line
    /// `# priority:` says otherwise.
    package let priority: Int
    /// How many of its rules repeat a rule of another table and are left out.
    package let repeats: Int
    /// Its comment lines `# change VERSION: what changed`, in order.
    package let changes: [String]

    init(
      name: String, version: String, digest: String?, priority: Int = 0, repeats: Int = 0, changes: [String] = []
    ) {
      self.name = name
      self.version = version
      bytesDigest = digest
      self.priority = priority
      self.repeats = repeats
      self.changes = changes
    }
  }

  /// The tables as the record of a run names them: those of rules, the built-in one with the reference tables in its
  /// digest; without it the reference tables by themselves.
  package var recorded: [Source] {
    if sources.contains(where: { $0.name == "built-in" }) { return sources }
    let digest = BuiltInTable.digest(of: BuiltInTable.reference)
    return sources + [Source(name: Self.factsName, version: reference.facts.version, digest: digest)]
  }

  /// What the record of a run calls the reference tables where the built-in rules are not used.
  package static let factsName = "built-in facts"

  /// Genes, tumor types, agents and the rest.
  package let reference: ReferenceTables
  /// All rules about therapies in the order of their tables.
  public let rules: RuleList
  /// What is asked of all of them at once.
  package let columns: RuleColumns
  /// What the build laid out for matching; `nil` where rules were read.
  package let matching: LaidOutStream?
  /// Rows about diagnosis, prognosis, predisposition and function; `nil` where there are none.
  package let statements: StatementTable?
  /// The tables.
  public let sources: [Source]
  /// What was wrong with rows that are therefore not among the rules.
  public let faults: [TableFault]
  /// Rules without a positive operand of their own gene: histology and protein targets.
  package let standingRules: [Int]
  /// Rules about two agents given together, by the agents in alphabetical order joined by ` + `.
  private let rulesByPair: [String: [Int]]
  /// Rules that an absence opens: wild type of a tested gene, activity of a pathway.
  package let absenceRules: [Int]

  /// Made once; every table leans on the same.
  private static let compiledIn = ReferenceTables.builtIn()

  /// The table compiled into the program, loaded once.
  public static let builtIn = load()

  /// Tables of one's own, beside the one compiled into the program or instead of it.
  ///
  /// Rows that cannot be used are left out and named in ``faults``.
  ///
  /// - Parameters:
  ///   - tables: Name and content of each table, in the layout that `oncomatch table export` writes.
  ///   - includingBuiltIn: Whether the rules of the built-in table hold, too.
  public init(tables: [(name: String, bytes: [UInt8])], includingBuiltIn: Bool = true) {
    self = Self.load(includingBuiltIn: includingBuiltIn, userTables: tables)
  }

  /// The table compiled into the program, with user's tables beside or instead of it.
  ///
  /// - Parameters:
  ///   - userTables: Name and content of each table.
  ///   - known: Reference tables that are loaded already.
  package static func load(
    includingBuiltIn: Bool = true, userTables: [(name: String, bytes: [UInt8])] = [],
    reference known: ReferenceTables? = nil
  ) -> KnowledgeBase {
    let reference = known ?? compiledIn
    if known == nil, includingBuiltIn, userTables.isEmpty, let layout = BuiltInLayout.linked {
      return laidOut(layout, reference)
    }
    var merge = TableMerge()
    var faults: [TableFault] = []
    var texts: [(name: String, text: NamedTable, digest: String?)] = []
    if includingBuiltIn {
      texts.append(("built-in", BuiltInTable.rules.text, nil))
    }
    for (name, bytes) in userTables { texts.append((name, NamedTable(bytes.span), XXH64.hex(bytes.span))) }
    for (number, (name, text, _)) in texts.enumerated() {
      let isBuiltIn = includingBuiltIn && number == 0
      let reader = RuleReader(
        reference: reference, tableName: isBuiltIn ? "built-in rules.tsv" : name, tableNumber: number)
      var result = reader.read(text)
      faults += result.faults
      if isBuiltIn {
        let reader = RuleReader(reference: reference, tableName: "built-in statements.tsv", tableNumber: number)
        let statements = reader.read(BuiltInTable.statements.text)
        result.rules += statements.rules
        faults += statements.faults
      }
      for (id, line) in result.switchedOff.sorted(by: { $0.value < $1.value })
      where !merge.switchOff(id) && (includingBuiltIn || !isBuiltInRule(id)) {
        faults.append(
          TableFault(
            table: name, line: line, column: "rule_id", value: id,
            problem: "is to be switched off, but no table before this one has such a rule"))
      }
      merge.add(result.rules, tableName: name)
      if let priority = text.comments["priority"], Int(priority) == nil {
        faults.append(
          TableFault(
            table: name, column: "# priority", value: priority, problem: "is not a whole number (0 unless given)"))
      }
    }
    let priorities = texts.map { Int($0.text.comments["priority"] ?? "") ?? 0 }
    let repeats = merge.dropRepeats(priorities: priorities)
    let sources = texts.enumerated().map { number, table in
      Source(
        name: table.name, version: table.text.comments["version"] ?? "", digest: table.digest,
        priority: priorities[number], repeats: repeats[number], changes: table.text.changes)
    }
    return KnowledgeBase(reference: reference, rules: merge.rules, sources: sources, faults: faults + merge.faults)
  }

  /// Whether a table that is looked at by itself may switch the rule off.
  private static func isBuiltInRule(_ id: String) -> Bool {
    BuiltInTable.rules.text.records(["rule_id"]).contains([id])
  }

  init(reference: ReferenceTables, rules: [Rule], sources: [Source], faults: [TableFault]) {
    self.init(
      reference: reference, made: rules.filter { $0.statement == nil }, sources: sources, faults: faults,
      statements: Self.statements(rules.filter { $0.statement != nil }, reference, sources))
  }

  private static func statements(
    _ rules: [Rule], _ reference: ReferenceTables, _ sources: [Source]
  ) -> StatementTable? {
    guard !rules.isEmpty else { return nil }
    return StatementTable(
      KnowledgeBase(reference: reference, made: rules, sources: sources, faults: [], statements: nil))
  }

  private init(
    reference: ReferenceTables, made rules: [Rule], sources: [Source], faults: [TableFault],
    statements: StatementTable?
  ) {
    let rules = RuleList(rules)
    self.init(
      reference: reference, rules: rules, columns: RuleColumns(rules, reference.agents), sources: sources,
      faults: faults, statements: statements, matching: nil)
  }

  init(
    reference: ReferenceTables, rules: RuleList, columns: RuleColumns, sources: [Source], faults: [TableFault],
    statements: StatementTable?, matching: LaidOutStream?
  ) {
    self.reference = reference
    self.rules = rules
    self.columns = columns
    self.matching = matching
    self.statements = statements
    self.sources = sources
    self.faults = faults
    var standing: [Int] = []
    var absence: [Int] = []
    var byPair: [String: [Int]] = [:]
    for (index, eventClass) in columns.eventClasses.enumerated() {
      if columns.agents.count(of: index) == 2 {
        let names = columns.agents[index].map { columns.agentNames[Int($0)] }
        byPair[names.sorted().joined(separator: " + "), default: []].append(index)
      }
      switch eventClass {
      case .histology, .proteinTarget: standing.append(index)
      case .wildType, .pathway: absence.append(index)
      default: break
      }
    }
    standingRules = standing
    absenceRules = absence
    rulesByPair = byPair
  }

  /// The rules about a gene or biomarker, by their place in ``rules``.
  package func rules(about name: String) -> ArraySlice<Int32> {
    columns.geneNumbers[name].map { columns.rulesOfGene[Int($0)] } ?? []
  }

  private var namesWithRules: [String] { columns.geneNames.filter(hasRules) }

  /// The rules about two agents given together, in table order.
  ///
  /// - Parameter pair: The agents in alphabetical order joined by ` + `.
  package func rules(aboutPair pair: String) -> [Rule] { (rulesByPair[pair] ?? []).map { rules[$0] } }

  /// Every gene that a rule, a condition of a rule or a reference table says something of.
  package var knownGenes: Set<String> {
    var names = Set(namesWithRules)
    names.formUnion(columns.mentioned)
    if let statements {
      names.formUnion(statements.table.namesWithRules)
      names.formUnion(statements.table.columns.mentioned)
    }
    names.formUnion(reference.roles.keys)
    names.formUnion(reference.hotspots.genes)
    names.formUnion(reference.pathways.members.map(\.gene))
    names.formUnion(reference.predispositionGenes.keys)
    names.formUnion(reference.facts.sites.genes)
    names.formUnion(reference.facts.doseAlleles.genes)
    return names
  }

  /// Whether any rule speaks of the gene or biomarker.
  package func hasRules(about name: String) -> Bool {
    columns.geneNumbers[name].map { columns.rulesOfGene.count(of: Int($0)) > 0 } ?? false
  }

  /// Whether any row that speaks of no therapy speaks of the gene or biomarker.
  package func hasStatements(about name: String) -> Bool { statements?.table.hasRules(about: name) ?? false }

  /// The rules about therapies and, behind them, the rows of user's tables that speak of none.
  package var exported: [Rule] {
    Array(rules) + (statements?.rules.filter { sources[$0.table].name != "built-in" } ?? [])
  }

  /// All rows, those that speak of no therapy last.
  package var rows: [Rule] { Array(rules) + (statements.map { Array($0.rules) } ?? []) }

  /// The version of the table that holds a rule, as printed.
  package func version(of rule: Rule) -> String { version(ofTable: rule.table) }

  /// The version of a table as printed: its own word for it, else the first digits of its digest.
  package func version(ofTable number: Int) -> String {
    let source = sources[number]
    let version = source.version.isEmpty ? String(source.digest.prefix(8)) : source.version
    if number == 0, source.name == "built-in" { return version }
    return (source.name.split(separator: "/").last.map(String.init) ?? source.name) + "@" + version
  }
}

extension KnowledgeBase {
  /// The table for labs that must not report the germline: without rows that rest on it and without the genes of which
  /// a change may be in it.
  package var withoutGermline: KnowledgeBase {
    func isKept(_ rule: Rule) -> Bool { rule.origin != .germline && rule.statement?.kind != .predisposition }
    return KnowledgeBase(
      reference: ReferenceTables(withoutPredispositionIn: reference), rules: rows.filter(isKept),
      sources: sources, faults: faults)
  }
}
