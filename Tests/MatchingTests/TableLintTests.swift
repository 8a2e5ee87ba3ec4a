// SPDX-License-Identifier: Apache-2.0
import Knowledge
import Query
import TestSupport
import Testing

@Suite("table lint: what the record of a rule does not bear")
struct TableLintTests {
  private func findings(_ rules: InventedRule...) -> [TableLint.Finding] {
    TableLint(table: inventedTable(rules)).findings(today: "2026-11-25").filter { !$0.isError }
  }

  /// One row and the words of its finding; no words where there is none.
  private static let rows: [(InventedRule, String)] = [
    (InventedRule("S1", "BRAF", "p.V600E", "dabrafenib", level: "C"), ""),
    (InventedRule("S1", "BRAF", "p.V900E", "dabrafenib", level: "C"), "the protein has 766 residues"),
    (InventedRule("S1", "BRAF", "p.G600E", "dabrafenib", level: "C"), "known as V600"),
    (InventedRule("S1", "FGFR2", "p.V565F", "pemigatinib", level: "C"), ""),
    (InventedRule("S1", "FGFR2", "p.R565A", "pemigatinib", level: "C"), "known as V565"),
    (
      InventedRule("S1", "KIT", "p.V559D", "imatinib", level: "C", ["note": "seen in exons 9 and 13"]),
      "speaks of exon 9, 13"
    ),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", level: "C", ["note": "exon 11; longer than with exon 9"]), ""),
    (InventedRule("S1", "KIT", "EXON 9", "imatinib", level: "C", ["note": "weaker than with exon 11"]), ""),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", level: "A2"), "names no guideline"),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", level: "A2", ["guideline": "NCCN 2019"]), ""),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", ["rating": "2"]), "rated 2 of 5"),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", ["rating": "3"]), ""),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", ["n_treated": "29", "n_responded": "1"]), "1 responses in 29"),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", ["n_treated": "29", "n_responded": "5"]), ""),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", ["n_treated": "12"]), "12 treated"),
    (InventedRule.resistance("S1", "KIT", "p.V559D", "imatinib", ["n_treated": "29", "n_responded": "1"]), ""),
    (InventedRule("S1", "KIT", "p.V559D", "imatinib", level: "A1", ["status": "approved"]), "approved without a date"),
    (
      InventedRule(
        "S1", "KIT", "p.V559D", "imatinib", level: "A1", ["status": "withdrawn", "status_date": "2020-01-01"]),
      "withdrawn without a date"
    ),
  ]

  @Test("a row that its record does not bear is named with the reason", arguments: rows)
  func row(rule: InventedRule, words: String) {
    let found = findings(rule).map(\.text)
    if words.isEmpty {
      #expect(found == [])
    } else {
      #expect(found.count == 1)
      #expect(found.first?.contains(words) == true)
    }
  }

  private static func label(
    _ id: String, _ gene: String, _ spec: String, _ changes: KeyValuePairs<String, String>
  ) -> InventedRule {
    var rule = InventedRule(id, gene, spec, "avapritinib", level: "A1", in: "GIST", changes)
    rule.cells["status"] = "approved"
    rule.cells["status_date"] = "2020-01-09"
    return rule
  }

  @Test(
    "one use of a label in two rows is found by gene, change, line, requirements and age",
    arguments: [
      (label("L2", "PDGFRA", "EXON 18", [:]), true), (label("L2", "PDGFRA", "p.D842V", [:]), true),
      (label("L2", "PDGFRA", "EXON 14", [:]), false), (label("L2", "KIT", "EXON 18", [:]), false),
      (label("L2", "PDGFRA", "EXON 18", ["line": "adjuvant"]), false),
      (label("L2", "PDGFRA", "EXON 18", ["requires": "PRIOR(imatinib)"]), false),
      (label("L2", "PDGFRA", "EXON 18", ["body": "EMA", "reference": "LABEL:EMA invented"]), false),
      (label("L2", "PDGFRA", "EXON 18", ["age": "pediatric"]), false),
    ])
  func twice(second: InventedRule, isSame: Bool) {
    let found = findings(Self.label("L1", "PDGFRA", "EXON 18", ["age": "adult"]), second).map(\.text)
    #expect(found.contains { $0.contains("L2 is the use of the label that L1 holds") } == isSame)
  }

  @Test("every finding about the built-in rules is explained")
  func builtIn() {
    let lint = TableLint(table: .builtIn)
    let open = lint.findings(today: "2026-11-25").filter { !$0.isExplained }.map(\.text)
    #expect(open == [])
  }
}
