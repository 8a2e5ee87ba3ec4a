// SPDX-License-Identifier: Apache-2.0
import Knowledge
import TestSupport
import Testing

@Suite("Several tables at once")
struct SeveralTablesTests {
  private func clinic(_ tables: (name: String, head: String, rules: [InventedRule])...) -> InventedClinic {
    let userTables = tables.map { ($0.name, Array(($0.head + InventedRule.text($0.rules)).utf8)) }
    return InventedClinic(
      table: KnowledgeBase.load(includingBuiltIn: false, userTables: userTables, reference: Clinic.table.reference))
  }

  private let first = InventedRule("A1", "KIT", "p.V559D", "imatinib", level: "B")

  @Test("each row names the table that holds its rule")
  func versions() throws {
    let clinic = clinic(
      ("a.tsv", "# version: 1\n", [first]),
      ("path/to/b.tsv", "# version: 2\n", [InventedRule("B1", "KIT", "p.V559D", "sunitinib")]))
    let answer = clinic.ask("LMS", "KIT V559D")
    #expect(answer.has(["rule_id": "A1", "table_version": "a.tsv@1"]))
    #expect(answer.has(["rule_id": "B1", "table_version": "b.tsv@2"]))
  }

  @Test("one claim in two tables is one row, and the other is counted")
  func folded() throws {
    let other = InventedRule("B1", "KIT", "p.V559D", "imatinib", level: "B", ["reference": "PMID:2"])
    let rows = clinic(("a.tsv", "", [first]), ("b.tsv", "", [other])).ask("LMS", "KIT V559D").rows([:])
    #expect(rows.map { $0["rule_id"] } == ["A1"])
    #expect(rows.map { $0["more_support"] } == ["1"])
  }

  @Test("the same support in two tables counts once")
  func repeated() throws {
    var other = first
    other.cells["rule_id"] = "B1"
    let clinic = clinic(("a.tsv", "", [first]), ("b.tsv", "", [other]))
    #expect(clinic.table.sources.map(\.repeats) == [0, 1])
    let rows = clinic.ask("LMS", "KIT V559D").rows([:])
    #expect(rows.map { $0["more_support"] } == ["0"])
  }

  @Test("agents of a combination in another order are the same therapy")
  func agentOrder() throws {
    let one = InventedRule("A1", "BRAF", "p.V600E", "dabrafenib + trametinib", in: "MEL")
    let two = InventedRule("B1", "BRAF", "p.V600E", "trametinib + dabrafenib", in: "MEL")
    #expect(clinic(("a.tsv", "", [one]), ("b.tsv", "", [two])).table.sources.map(\.repeats) == [0, 1])
  }

  @Test("the table of the higher priority speaks for a claim, whatever its level; the other level is shown")
  func priority() throws {
    let weaker = InventedRule("B1", "KIT", "p.V559D", "imatinib", level: "D", ["reference": "PMID:2"])
    let plain = clinic(("a.tsv", "", [first]), ("b.tsv", "", [weaker])).ask("LMS", "KIT V559D").rows([:])
    #expect(plain.map { $0["rule_id"] } == ["A1"])
    #expect(plain.map { $0["flags"] } == ["level_elsewhere:B1=D"])
    let preferred = clinic(("a.tsv", "", [first]), ("b.tsv", "# priority: 1\n", [weaker]))
      .ask("LMS", "KIT V559D").rows([:])
    #expect(preferred.map { $0["rule_id"] } == ["B1"])
    #expect(preferred.map { $0["level"] } == ["D"])
    #expect(preferred.map { $0["flags"] } == ["level_elsewhere:A1=B"])
  }

  @Test("tables that contradict each other are both shown, and each row names the other's rule")
  func contradiction() throws {
    let against = InventedRule.resistance("B1", "KIT", "p.V559D", "imatinib", level: "C")
    let answer = clinic(("a.tsv", "", [first]), ("b.tsv", "", [against])).ask("LMS", "KIT V559D")
    let support = try #require(answer.rows(["rule_id": "A1"]).first)
    let dissent = try #require(answer.rows(["rule_id": "B1"]).first)
    #expect(support["verdict"] == "conflicting")
    #expect(support["level"] == "B")
    #expect(dissent["level"] == "C")
    #expect(support["flags"]?.contains("table_disagrees:B1") == true)
    #expect(dissent["flags"]?.contains("table_disagrees:A1") == true)
  }

  @Test("a contradiction within one table is no disagreement of tables")
  func within() throws {
    let against = InventedRule.resistance("A2", "KIT", "p.V559D", "imatinib", level: "C")
    let other = InventedRule("B1", "BRAF", "p.V600E", "vemurafenib")
    let answer = clinic(("a.tsv", "", [first, against]), ("b.tsv", "", [other])).ask("LMS", "KIT V559D")
    #expect(answer.rows([:]).map { $0["rule_id"] } == ["A1", "A2"])
    for rule in ["A1", "A2"] { #expect(!answer.flags(rule).contains { $0.hasPrefix("table_disagrees") }) }
  }

  @Test("the order of rows in a table says nothing")
  func rowOrder() throws {
    let other = InventedRule("A2", "KIT", "p.V559D", "imatinib", level: "B", ["reference": "PMID:2"])
    for rules in [[first, other], [other, first]] {
      #expect(clinic(("a.tsv", "", rules)).ask("LMS", "KIT V559D").rows([:]).map { $0["rule_id"] } == ["A1"])
    }
  }

  @Test("a priority that is no number is a fault")
  func badPriority() {
    let faults = clinic(("a.tsv", "# priority: high\n", [first])).table.faults
    #expect(faults.map(\.column) == ["# priority"])
  }

  @Test("a table says what changed in it")
  func changes() {
    let clinic = clinic(("a.tsv", "# version: 2\n# change 2: B1 added\n# change 1: first\n", [first]))
    #expect(clinic.table.sources.map(\.changes) == [["2: B1 added", "1: first"]])
  }
}
