// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import DelimitedText
internal import SystemIO

/// Any table, with a mapping that says which column says what.
enum MappedSource: ImportSource {
  static let name = "tsv"

  static func requiredColumns(_ context: ImportContext) -> [String] { context.columns.columns }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    let places = NamedCells.places(table)
    return table.rows.map { row in
      let cells = NamedCells(row, places: places)
      var id = context.columns.value("id", cells)
      if id.isEmpty {
        // A row without an identifier gets one from its content, which stays when other rows come and go.
        id = "ROW-" + XXH64.hex(Array(row.cells.joined(separator: "\t").utf8).span).prefix(8)
      }
      return ImportItem(id: id, line: row.line) { () throws(ImportProblem) in
        try context.rows.drafts(try claim(cells, id: id, context))
      }
    }
  }

  private static func claim(_ cells: NamedCells, id: String, _ context: ImportContext) throws(ImportProblem) -> Claim {
    let columns = context.columns
    func value(_ name: String) -> String { columns.value(name, cells) }
    var claim = Claim()
    claim.id = id
    claim.direction = value("direction")
    claim.level = value("level")
    claim.body = value("body")
    claim.status = value("status")
    claim.statusDate = value("status_date")
    claim.line = value("line")
    claim.origin = value("origin")
    claim.notes = [value("note")].filter { !$0.isEmpty }
    claim.source = value("source")
    claim.sourceDate = value("source_date")
    claim.reviewed = value("reviewed")
    let prefix = columns.option("reference.prefix")
    claim.references = value("reference").listItems.map { $0.hasPrefix(prefix) ? $0 : prefix + $0 }
    claim.therapies = try therapies(value("agents"), context)
    for name in value("tumor").listItems {
      guard let meaning = context.diseases.meaning(ofIdentifier: name) ?? context.diseases.meaning(ofName: name),
        !meaning.include.isEmpty
      else { throw .refused("disease is not in the mapping", "'\(name)'") }
      claim.diseases.append(meaning)
    }
    let gene = value("gene")
    let words = context.words
    claim.biomarker = try BiomarkerExpression.parse(value("alteration")) {
      (operand: [String]) throws(ImportProblem) in
      // An operand that names its own gene is taken by its word.
      let isWhole = operand.count > 1 && operand.first.map(context.isGene) == true
      return try words.read(gene.isEmpty || isWhole ? operand : [gene] + operand)
    }
    return claim
  }

  private static func therapies(_ text: String, _ context: ImportContext) throws(ImportProblem) -> [[String]] {
    let separator = context.columns.option("agents.separator").first ?? "+"
    let agents = try context.agents.list(text, separator: separator)
    if context.columns.option("agents.relation") == "alternatives" { return agents.map { [$0] } }
    return agents.isEmpty ? [] : [try context.agents.combination(agents)]
  }
}
