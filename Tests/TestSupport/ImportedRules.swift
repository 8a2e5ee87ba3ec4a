// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
package import TableImport

/// The file of a knowledge base made of invented rows, imported in the test's own process.
package struct ImportedRules: Sendable {
  /// The rules, by column.
  package let rules: [[String: String]]
  /// Items that became no rule.
  package let unused: [RuleImport.Unused]
  /// All items.
  package let items: Int
  /// Items that became rules.
  package let imported: Int

  /// Imports rows given by column name.
  ///
  /// - Parameters:
  ///   - source: The word behind `--from`.
  ///   - columns: The header.
  ///   - rows: Cells by column; what is not said is empty.
  package init(
    _ source: String, columns: [String], rows: [[String: String]], mapping: ColumnMapping = ColumnMapping()
  ) throws {
    let lines = [columns] + rows.map { row in columns.map { row[$0] ?? "" } }
    let text = lines.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    try self.init(source, text: Array(text.utf8), mapping: mapping)
  }

  /// Imports the text of a file.
  package init(_ source: String, text: [UInt8], mapping: ColumnMapping = ColumnMapping()) throws {
    let balance = try RuleImport(
      source: source, path: "source.tsv", columns: mapping, reference: Clinic.table.reference
    ).run(text.span)
    let columns = Self.columns
    rules = balance.rows.map { row in
      Dictionary(
        zip(columns, row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)),
        uniquingKeysWith: { first, _ in first })
    }
    unused = balance.unused
    items = balance.items
    imported = balance.imported
  }

  private static let columns = [
    "rule_id", "gene", "event_class", "alteration_spec", "requires", "origin", "oncotree_include", "oncotree_exclude",
    "site", "agents", "direction", "body", "status", "status_date", "withdrawn_date", "line", "level", "reference",
    "note", "example_hit", "example_miss", "source", "source_date", "reviewed",
  ]
}
