import DelimitedText
@testable import TargetTable
import TestSupport

/// Reads a rule table against the reference tables that are loaded already.
func readRules(_ text: String, name: String = "one.tsv") -> TargetTable {
  let bytes = Array(text.utf8)
  let table = TableText(bytes.span)
  let result = RuleReader(reference: Clinic.table.reference, tableName: name, tableNumber: 0).read(table)
  let source = TargetTable.Source(
    name: name, version: table.comments["version"] ?? "", digest: ContentDigest.hex(bytes.span))
  return TargetTable(
    reference: Clinic.table.reference, rules: result.rules, sources: [source], faults: result.faults)
}
