// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What the cohort's page is made from: of the tables only the rows and cells that it shows.
package struct CohortFeed: Sendable {
  /// Rows of samples.tsv with a header.
  package private(set) var samples: [UInt8]
  /// Rows of options.tsv of therapies that an alteration opens, with a header; of each the cells that pages show.
  package private(set) var options: [UInt8]
  /// Rows of alterations.tsv that a rule reads, with a header; of each the cells that pages show.
  package private(set) var alterations: [UInt8]

  private static let optionColumns = ["sample_id", "therapy", "group", "tier"]
  private static let alterationColumns = ["sample_id", "gene", "alteration", "kind", "class", "outcome"]

  /// A feed of no samples yet.
  package init() {
    samples = OutputTable.samples.header.line
    options = TSVHeader(Self.optionColumns).line
    alterations = TSVHeader(Self.alterationColumns).line
  }

  /// Adds rows of samples.tsv.
  package mutating func addSamples(_ rows: [UInt8]) { samples += rows }

  /// Adds rows of options.tsv, each with its line end.
  package mutating func addOptions(_ rows: [UInt8]) {
    let row = TSVRow(rows, header: OutputTable.options.header)
    for group: StaticString in ["opened", "conditional"] {
      Self.add(Self.optionColumns, of: row, where: "group", is: group, to: &options)
    }
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
