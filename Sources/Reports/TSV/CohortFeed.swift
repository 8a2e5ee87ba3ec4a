internal import DelimitedText

/// What the cohort's page is made from: of the tables only the rows and cells that it shows.
package struct CohortFeed: Sendable {
  /// Rows of samples.tsv with a header.
  package private(set) var samples: [UInt8]
  /// Rows of therapies.tsv that speak for a therapy, with a header; of each the cells that pages show.
  package private(set) var therapies: [UInt8]
  /// Rows of alterations.tsv that a rule reads, with a header; of each the cells that pages show.
  package private(set) var alterations: [UInt8]

  private static let therapyColumns = ["sample_id", "therapy", "direction", "verdict", "rung", "tier"]
  private static let alterationColumns = ["sample_id", "gene", "kind", "class", "outcome"]

  /// A feed of no samples yet.
  package init() {
    samples = OutputTable.samples.header.line
    therapies = TSVHeader(Self.therapyColumns).line
    alterations = TSVHeader(Self.alterationColumns).line
  }

  /// Adds rows of samples.tsv.
  package mutating func addSamples(_ rows: [UInt8]) { samples += rows }

  /// Adds rows of therapies.tsv, each with its line end.
  package mutating func addTherapies(_ rows: [UInt8]) {
    let row = TSVRow(rows, header: OutputTable.therapies.header)
    Self.add(Self.therapyColumns, of: row, where: "direction", is: "sensitivity", to: &therapies)
  }

  /// Adds rows of alterations.tsv, each with its line end.
  package mutating func addAlterations(_ rows: [UInt8]) {
    let row = TSVRow(rows, header: OutputTable.alterations.header)
    Self.add(Self.alterationColumns, of: row, where: "outcome", is: "matched", to: &alterations)
  }

  /// Appends some cells of each row in which one column holds `word`.
  private static func add(
    _ names: [String], of rows: TSVRow, where name: String, is word: StaticString, to table: inout [UInt8]
  ) {
    let (columns, asked) = (rows.header.columns(names), rows.header.column(name))
    var row = rows
    while row.next() {
      guard row.isWhole, row.equals(asked, word) else { continue }
      row.append(columns, to: &table)
      table.append(0x0A)
    }
  }
}
