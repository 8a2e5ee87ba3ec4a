// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Checks tables of facts: every gene, code, pathway and class of agents has to be known, every row has a source.
struct FactCheck {
  let reference: ReferenceTables
  private let modalities: Set<String>
  private let classes: Set<String>

  init(_ reference: ReferenceTables) {
    self.reference = reference
    let agents = reference.agents.names.compactMap { reference.agents.agent($0) }
    modalities = Set(agents.map(\.modality))
    classes = Set(agents.flatMap { $0.classes.map { $0.lowercased() } })
  }

  /// What is wrong with the tables.
  func faults(_ facts: Facts) -> [TableFault] { facts.texts.flatMap { faults($0.text, of: $0.table, facts) } }

  /// What is wrong with a table, in the order of its rows.
  ///
  /// - Parameter name: What to call the table; as the one compiled in unless given.
  func faults(_ text: NamedTable, of table: BuiltInTable, _ facts: Facts, name: String? = nil) -> [TableFault] {
    guard let columns = table.factColumns else { return [] }
    let name = name ?? "built-in \(table.name).tsv"
    var faults: [TableFault] = []
    if (text.comments["version"] ?? "").isEmpty {
      faults.append(TableFault(table: name, column: "# version", problem: "is missing from the comment lines"))
    }
    let header = text.header.map { $0.lowercased() }
    for column in table.keyColumns + columns.map(\.name) where !header.contains(column) {
      faults.append(
        TableFault(table: name, line: text.headerLine, column: column, problem: "is missing from the header"))
    }
    guard faults.isEmpty else { return faults }
    var seen: Set<[String]> = []
    let rows = FactRow.rows(of: text)
    for (row, place) in zip(rows, text.rows) {
      func add(_ column: String, _ value: String, _ problem: String) {
        faults.append(TableFault(table: name, line: place.line, column: column, value: value, problem: problem))
      }
      for column in columns {
        let value = row[column.name]
        if value.isEmpty {
          if !column.mayBeEmpty { add(column.name, "", "is empty") }
        } else if let problem = problem(value, column.kind, row, rows, facts) {
          add(column.name, value, problem)
        }
      }
      if !seen.insert(table.keyColumns.map { row[$0] }).inserted {
        add(table.keyColumns.joined(separator: ", "), "", "stands in two rows")
      }
    }
    return faults
  }

  /// What is wrong with a cell; `nil` when it is good.
  private func problem(
    _ value: String, _ kind: FactColumn.Kind, _ row: FactRow, _ rows: [FactRow], _ facts: Facts
  ) -> String? {
    func each(_ isGood: (String) -> Bool, _ words: String) -> String? {
      value.listItems.first { !isGood($0) }.map { $0 == value ? words : "names '\($0)', which \(words)" }
    }
    switch kind {
    case .text: return nil
    case .word(let words):
      return words.contains(value) ? nil : "is not one of \(words.joined(separator: ", "))"
    case .number: return Int(value) == nil ? "is not a whole number" : nil
    case .numbers: return each({ Int($0) != nil }, "is not a whole number")
    case .range: return Self.range(value) == nil ? "is not a range of codons such as 572-603" : nil
    case .ranges: return each({ Self.range($0) != nil }, "is not a range such as 2-7")
    case .gene, .genes: return each(reference.genes.isSymbol, "is not a current gene symbol")
    case .name, .names:
      return each(
        { reference.genes.isSymbol($0) || facts.biomarkers.named($0) != nil },
        "is not a current gene symbol or a biomarker name")
    case .code:
      return reference.tumorTypes.isKnownScope(value) ? nil : "is not an OncoTree code or a group of the table"
    case .codes: return each(reference.tumorTypes.isKnownScope, "is not an OncoTree code or a group of the table")
    case .pathway, .pathways: return each(reference.pathways.contains, "is not a pathway of the table")
    case .agent: return !reference.agents.contains(value) ? "is not in the agent table" : nil
    case .agents: return each(reference.agents.contains, "is not in the agent table")
    case .agentOrClass: return !reference.agents.contains(value) ? "is not in the agent table" : nil
    case .agentClass:
      return classes.contains(value.lowercased()) ? nil : "is not a class of the agent table"
    case .modality:
      return modalities.contains(value) || value == PriorTherapyWords.anyModality
        ? nil : "is not a kind of agent of the agent table"
    case .changeClasses: return each(facts.namedChanges.names.contains, "is not a class of the table of named changes")
    case .own(let column):
      let known = Set(rows.map { $0[column] })
      return each(known.contains, "is not in the column \(column)")
    case .depends(let column, let kinds):
      guard let own = kinds[row[column]] else {
        return "stands beside \(column) '\(row[column])', which is not one of "
          + kinds.keys.sorted().joined(separator: ", ")
      }
      return problem(value, own, row, rows, facts)
    case .source: return each(Self.isSource, "is not a reference, a standard or a convention")
    }
  }

  /// Standards and data sets that a row may name as its source.
  private static let standards = [
    "HGNC", "HGVS", "OncoTree ", "Ensembl ", "Cancer Genome Interpreter ", "CIViC ", "MOAlmanac", "convention: ",
  ]

  /// `PMID:1`, `LABEL:FDA enhertu 2024-04-05`, `OncoTree 2025-10-03`, `convention: words`.
  private static func isSource(_ text: String) -> Bool {
    if text.hasPrefix("PMID:") {
      return text.count > 5 && text.utf8.dropFirst(5).allSatisfy { (0x30...0x39).contains($0) }
    }
    return (["PMCID:", "DOI:", "LABEL:", "NCT"] + standards).contains { text.hasPrefix($0) }
  }

  /// `572-603`.
  static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, ends[0] <= ends[1] else { return nil }
    return ends[0]...ends[1]
  }
}
