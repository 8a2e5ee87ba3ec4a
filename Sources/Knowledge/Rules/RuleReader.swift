// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads the rows of a rule table and refuses those that break its promises (guide: RuleTable, Rows that are refused).
struct RuleReader: Sendable {
  /// The columns of the table, in order.
  static let columns =
    [
      "rule_id", "gene", "event_class", "alteration_spec", "requires", "origin", "oncotree_include", "oncotree_exclude",
      "site", "agents", "direction", "body", "status", "status_date", "withdrawn_date", "line", "level", "reference",
      "note", "example_hit", "example_miss", "source", "source_date", "reviewed",
    ] + Rule.Support.columns
  /// Those that a table cannot do without.
  static let required = [
    "rule_id", "gene", "event_class", "alteration_spec", "oncotree_include", "agents", "direction", "level",
    "reference",
  ]

  let reference: ReferenceTables
  let tableName: String
  let tableNumber: Int

  /// All good rows, and the faults of the others.
  ///
  /// A row whose direction is `off` switches the rule of its identifier off, whatever table it is in.
  func read(_ text: NamedTable) -> (rules: [Rule], switchedOff: [String: Int], faults: [TableFault]) {
    let positions = text.columns(Self.columns)
    for (name, position) in zip(Self.columns, positions) where position < 0 && Self.required.contains(name) {
      return (
        [], [:],
        [
          TableFault(
            table: tableName, line: text.headerLine, column: name,
            problem: "is missing from the header (a rule table needs it)" + Suggestion.column(name, text.header))
        ]
      )
    }
    var rules: [Rule] = []
    var faults: [TableFault] = []
    var seen: Set<String> = []
    var switchedOff: [String: Int] = [:]
    rules.reserveCapacity(text.rows.count)
    let half = text.rows.count / 2
    let (first, second) = Concurrently.both(
      { read(text.rows[..<half], positions) }, { read(text.rows[half...], positions) })
    for item in first + second {
      switch item {
      case .off(let id, let line): switchedOff[id] = line
      case .fault(let fault): faults.append(fault)
      case .rule(let rule):
        if seen.insert(rule.id).inserted {
          rules.append(rule)
        } else {
          faults.append(
            TableFault(
              table: tableName, line: rule.lineNumber, column: "rule_id", value: rule.id,
              problem: "is in two rows (identifiers are never reused)"))
        }
      }
    }
    return (rules, switchedOff, faults)
  }

  /// What a row is.
  private enum Item: Sendable {
    case rule(Rule)
    case off(String, line: Int)
    case fault(TableFault)
  }

  private func read(_ rows: ArraySlice<NamedTable.Row>, _ positions: [Int]) -> [Item] {
    var known = KnownCells()
    return rows.map { read($0, positions, &known) }
  }

  /// The rule of a row by itself; `nil` where it has none.
  ///
  /// - Parameter positions: Where the columns stand in the row.
  func rule(of row: NamedTable.Row, _ positions: [Int], _ known: inout KnownCells) -> Rule? {
    guard case .rule(let rule) = read(row, positions, &known) else { return nil }
    return rule
  }

  private func read(_ row: NamedTable.Row, _ positions: [Int], _ known: inout KnownCells) -> Item {
    let cells = positions.map { $0 >= 0 && $0 < row.cells.count ? row.cells[$0] : "" }
    if cells[10] == "off" { return .off(cells[0], line: row.line) }
    do throws(TableFault) {
      return .rule(try rule(cells, line: row.line, &known))
    } catch {
      var fault = error
      fault.table = tableName
      fault.line = row.line
      return .fault(fault)
    }
  }

  /// Cells that were read before and are good: rows say the same thing many times over.
  struct KnownCells: Sendable {
    /// By gene, class of event and cell.
    var alternatives: [String: [AlterationSpec]] = [:]
    var requires: [String: Predicate?] = [:]
    var scopes: [String: [String]] = ["": []]
    var agents: [String: [String]] = [:]
    var checks: [String: Rule.Check] = [:]
    var dates: Set<String> = [""]
  }

  private func rule(_ cells: [String], line: Int, _ known: inout KnownCells) throws(TableFault) -> Rule {
    if cells[0].isEmpty { throw TableFault(column: "rule_id", problem: "is empty (every rule has an identifier)") }
    let eventClass: Rule.EventClass = try word(cells[2], column: "event_class")
    let gene = cells[1].isEmpty ? "-" : cells[1]
    try checkGene(gene, eventClass: eventClass)
    let alternatives = try self.alternatives(cells[3], gene, eventClass, word: cells[2], &known)
    let requires = try self.requires(cells[4], &known)
    let statement = Rule.Statement(rawValue: cells[10])
    let direction: Rule.Direction = try statement == nil ? self.direction(cells[10]) : .context
    let authority: Rule.Authority = try word(cells[11].isEmpty ? "literature" : cells[11], column: "body")
    let regulatoryStatus: Rule.RegulatoryStatus = try word(cells[12].isEmpty ? "n/a" : cells[12], column: "status")
    let level: Rule.Level = try word(cells[16], column: "level")
    let agents = try self.agents(cells[9], direction, &known)
    if statement != nil, !agents.isEmpty {
      throw TableFault(
        column: "agents", value: cells[9], problem: "is named in a row that speaks of no therapy (write '-')")
    }
    let references = cells[17].listItems
    try check(references, level: level, regulatoryStatus: regulatoryStatus, note: cells[18])
    let include = try scope(cells[6], column: "oncotree_include", &known)
    guard !include.isEmpty else {
      throw TableFault(column: "oncotree_include", problem: "is empty (name codes, a group, SOLID_TUMOR or ANY)")
    }
    let exclude = try scope(cells[7], column: "oncotree_exclude", &known)
    let site: TumorSite? = ["", "any"].contains(cells[8]) ? nil : try word(cells[8], column: "site")
    return Rule(
      id: cells[0], gene: gene, eventClass: eventClass, specText: cells[3], alternatives: alternatives,
      requiresText: cells[4], requires: requires,
      origin: try word(cells[5].isEmpty ? "either" : cells[5], column: "origin"),
      scope: TumorScope(include: include, exclude: exclude), site: site,
      agents: agents, direction: direction, statement: statement, authority: authority,
      regulatoryStatus: regulatoryStatus,
      statusDate: try date(cells[13], column: "status_date", &known),
      withdrawnDate: try date(cells[14], column: "withdrawn_date", &known),
      line: try word(cells[15].isEmpty ? "any" : cells[15], column: "line"), level: level, references: references,
      note: cells[18], exampleHit: cells[19], exampleMiss: cells[20], source: cells[21],
      sourceDate: try date(cells[22], column: "source_date", &known),
      reviewed: try date(cells[23], column: "reviewed", &known),
      support: try support(cells[24...], direction, &known), table: tableNumber, lineNumber: line)
  }

  private func alternatives(
    _ text: String, _ gene: String, _ eventClass: Rule.EventClass, word: String, _ known: inout KnownCells
  ) throws(TableFault) -> [AlterationSpec] {
    var key = gene
    key += "\t"
    key += word
    key += "\t"
    key += text
    if let alternatives = known.alternatives[key] { return alternatives }
    do throws(SpecProblem) {
      let alternatives = try SpecParser(reference).alternatives(text, gene: gene, eventClass: eventClass)
        .map { reference.currentNumbering($0, gene: gene) }
      known.alternatives[key] = alternatives
      return alternatives
    } catch {
      throw TableFault(column: "alteration_spec", value: text, problem: error.description)
    }
  }

  private func requires(_ text: String, _ known: inout KnownCells) throws(TableFault) -> Predicate? {
    if text.isEmpty { return nil }
    if let requires = known.requires[text] { return requires }
    let requires: Predicate?
    do throws(SpecProblem) {
      requires = try SpecParser(reference).predicate(text)
    } catch {
      throw TableFault(column: "requires", value: text, problem: error.description)
    }
    if let requires { try checkGenes(of: requires, text: text) }
    known.requires[text] = .some(requires)
    return requires
  }

  /// The codes and groups of a list.
  private func scope(_ text: String, column: String, _ known: inout KnownCells) throws(TableFault) -> [String] {
    if let items = known.scopes[text] { return items }
    let items = text.listItems
    for item in items where !reference.tumorTypes.isKnownScope(item) {
      throw TableFault(
        column: column, value: item,
        problem: "is not an OncoTree code or a group of the table" + Suggestion.code(item, reference.tumorTypes))
    }
    known.scopes[text] = items
    return items
  }

  /// - Parameter row: The last cells of the row, in the order of ``Rule/Support/columns``.
  private func support(
    _ row: ArraySlice<String>, _ direction: Rule.Direction, _ known: inout KnownCells
  ) throws(TableFault) -> Rule.Support {
    var support = Rule.Support()
    if row.allSatisfy(\.isEmpty) { return support }
    let cells = Array(row)
    support.lineage = try scope(cells[0], column: "lineage", &known)
    support.age = Rule.Age(cells[1])
    guard support.age != nil || cells[1].isEmpty else {
      throw TableFault(
        column: "age", value: cells[1], problem: "is not one of adult, pediatric, both or a limit such as >=12")
    }
    support.treated = try count(cells[2], column: "n_treated")
    support.responded = try count(cells[3], column: "n_responded")
    if let treated = support.treated, let responded = support.responded, responded > treated {
      throw TableFault(column: "n_responded", value: cells[3], problem: "is more than n_treated (\(treated))")
    }
    support.rating = try count(cells[4], column: "rating")
    if let rating = support.rating, !(1...5).contains(rating) {
      throw TableFault(column: "rating", value: cells[4], problem: "is not a number from 1 to 5")
    }
    support.guideline = cells[5]
    if !cells[6].isEmpty {
      support.checked = try check(cells[6], &known)
    }
    if !cells[7].isEmpty {
      support.effect = try word(cells[7], column: "effect") as Rule.Effect
      guard direction == .context else {
        throw TableFault(column: "effect", value: cells[7], problem: "belongs to context rows only")
      }
    }
    return support
  }

  private func count(_ text: String, column: String) throws(TableFault) -> Int? {
    if text.isEmpty { return nil }
    if let number = Int(text), number >= 0 { return number }
    throw TableFault(column: column, value: text, problem: "is not a whole number (leave it empty when not read)")
  }

  private func check(_ text: String, _ known: inout KnownCells) throws(TableFault) -> Rule.Check {
    if let check = known.checks[text] { return check }
    for extent in Rule.Check.Extent.allCases where text.hasPrefix(extent.rawValue) {
      let rest = String(text.dropFirst(extent.rawValue.count)).trimmingSpaces
      guard
        text.utf8.count == extent.rawValue.utf8.count || text.utf8.dropFirst(extent.rawValue.utf8.count).first == 0x20
      else { continue }
      let check = Rule.Check(extent: extent, date: try date(rest, column: "checked"))
      known.checks[text] = check
      return check
    }
    throw TableFault(
      column: "checked", value: text, problem: "is not one of read, record, not read, each with an ISO date")
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ text: String, column: String
  ) throws(TableFault) -> Word where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw TableFault(
      column: column, value: text,
      problem: text.isEmpty
        ? "is empty (one of \(known))"
        : "is not one of \(known)" + Suggestion.word(text, Word.allCases.map(\.rawValue)))
  }

  private func direction(_ text: String) throws(TableFault) -> Rule.Direction {
    if let direction = Rule.Direction(rawValue: text) { return direction }
    let known = Rule.Direction.allCases.map(\.rawValue) + Rule.Statement.allCases.map(\.rawValue)
    let list = known.joined(separator: ", ")
    throw TableFault(
      column: "direction", value: text,
      problem: text.isEmpty ? "is empty (one of \(list))" : "is not one of \(list)" + Suggestion.word(text, known))
  }

  private func checkGene(_ gene: String, eventClass: Rule.EventClass) throws(TableFault) {
    switch eventClass {
    case .histology:
      return
    case .biomarker, .pathway:
      if reference.isBiomarkerName(gene) || reference.pathways.contains(gene) { return }
    case .expression, .wildType, .mutation, .copyNumber, .fusion, .lossOfFunction, .proteinTarget:
      if reference.isBiomarkerName(gene) { return }
    }
    if reference.genes.isSymbol(gene) { return }
    var problem = "is not a current gene symbol or a biomarker name"
    problem += Suggestion.gene(gene, reference)
    throw TableFault(column: "gene", value: gene, problem: problem)
  }

  private func checkGenes(of predicate: Predicate, text: String) throws(TableFault) {
    switch predicate {
    case .and(let parts), .or(let parts): for part in parts { try checkGenes(of: part, text: text) }
    case .not(let inner): try checkGenes(of: inner, text: text)
    case .alteration(let gene, _), .wildType(let gene):
      if reference.genes.isSymbol(gene) { return }
      throw TableFault(
        column: "requires", value: text,
        problem: "names '\(gene)', which is not a current gene symbol" + Suggestion.gene(gene, reference))
    case .measurement(let name, _):
      if reference.isBiomarkerName(name) { return }
      if reference.genes.isSymbol(name) { return }
      throw TableFault(
        column: "requires", value: text, problem: "names '\(name)', which is not a biomarker or gene symbol")
    case .priorTherapy, .grade, .clinical: return
    }
  }

  private func agents(
    _ text: String, _ direction: Rule.Direction, _ known: inout KnownCells
  ) throws(TableFault) -> [String] {
    if let names = known.agents[text] { return names }
    if text.isEmpty || text == "-" {
      guard direction == .context else {
        throw TableFault(column: "agents", problem: "is empty (every row names at least one agent)")
      }
      return []
    }
    let names = text.utf8.contains(UInt8(ascii: "+")) ? text.parts(at: UInt8(ascii: "+")).map(\.trimmingSpaces) : [text]
    for name in names where !reference.agents.contains(name) {
      var problem = "is not in the agent table"
      if let near = reference.agents.nearest(to: name) { problem += " (did you mean \(near)?)" }
      throw TableFault(column: "agents", value: name, problem: problem)
    }
    known.agents[text] = names
    return names
  }

  private func check(
    _ references: [String], level: Rule.Level, regulatoryStatus: Rule.RegulatoryStatus, note: String
  ) throws(TableFault) {
    if references.isEmpty {
      if regulatoryStatus == .withdrawn, !note.isEmpty { return }
      throw TableFault(column: "reference", problem: "is empty (every claim needs a PMID, DOI, LABEL or NCT)")
    }
    for item in references {
      if item.hasPrefix("PMID:") {
        guard item.count > 5, item.utf8.dropFirst(5).allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
          throw TableFault(
            column: "reference", value: item, problem: "is not a PMID (only digits may follow the colon)")
        }
      } else if !["PMCID:", "DOI:", "LABEL:", "NCT"].contains(where: item.hasPrefix) {
        throw TableFault(column: "reference", value: item, problem: "is not one of PMID:, PMCID:, DOI:, LABEL:, NCT")
      }
    }
    if level == .a1, !references.contains(where: { $0.hasPrefix("LABEL:") }) {
      throw TableFault(column: "level", value: "A1", problem: "needs a LABEL: reference (or a lower level)")
    }
  }

  private static func isDay(_ parts: [Int]) -> Bool {
    guard parts.count > 1 else { return true }
    let (year, month) = (parts[0], parts[1])
    guard (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return parts.count == 2 || (1...days).contains(parts[2])
  }

  private func date(_ text: String, column: String, _ known: inout KnownCells) throws(TableFault) -> String {
    if known.dates.contains(text) { return text }
    _ = try date(text, column: column)
    known.dates.insert(text)
    return text
  }

  private func date(_ text: String, column: String) throws(TableFault) -> String {
    if text.isEmpty { return text }
    var numbers = [0]
    var length = 0
    var isWritten = true
    for byte in text.utf8 {
      length += 1
      switch (length, byte) {
      case (5, UInt8(ascii: "-")), (8, UInt8(ascii: "-")): numbers.append(0)
      case (5, _), (8, _), (11..., _): isWritten = false
      case (_, 0x30...0x39): numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - 0x30)
      default: isWritten = false
      }
    }
    if isWritten && [4, 7, 10].contains(length) && Self.isDay(numbers) { return text }
    throw TableFault(column: column, value: text, problem: "is not an ISO date (YYYY, YYYY-MM or YYYY-MM-DD)")
  }
}
