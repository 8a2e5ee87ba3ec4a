// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import SystemIO
import TestSupport
@testable import Knowledge

/// Reads a rule table against the reference tables that are loaded already.
func readRules(_ text: String, name: String = "one.tsv") -> KnowledgeBase {
  let bytes = Array(text.utf8)
  let table = NamedTable(bytes.span)
  let result = RuleReader(reference: Clinic.table.reference, tableName: name, tableNumber: 0).read(table)
  let source = KnowledgeBase.Source(
    name: name, version: table.comments["version"] ?? "", digest: XXH64.hex(bytes.span))
  return KnowledgeBase(
    reference: Clinic.table.reference, rules: result.rules, sources: [source], faults: result.faults)
}
