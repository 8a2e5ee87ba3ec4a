// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO
import TestSupport
import Testing
@testable import Knowledge

@Suite("Two versions of a table of facts")
struct FactDiffTests {
  private static let text = """
    # version: 1
    target\tneeds\tsource\tnote
    CDK4\tRB1\tPMID:30006631; PMID:20473330\tCDK4/6 inhibitors work through RB1
    CDK6\tRB1\tPMID:30006631\t
    EZH2\tTP53\tconvention: invented\tinvented

    """

  private func diff(_ old: String, _ new: String) -> TableDiff {
    func side(_ text: String, _ name: String) -> (name: String, bytes: [UInt8]) {
      text == "built-in" ? (text, []) : (name, Array(text.utf8))
    }
    return TableDiff(old: side(old, "old.tsv"), new: side(new, "new.tsv"), reference: Clinic.table.reference)
  }

  @Test("rows that came, went and changed are found against the built-in table")
  func builtIn() {
    let found = diff("built-in", Self.text)
    #expect(found.faults == [])
    #expect(!found.isOfRules)
    let changes = found.changes.map { [$0.kind.rawValue, $0.ruleID, $0.field, $0.before, $0.after] }
    #expect(
      changes == [
        ["removed", "MDM2, TP53", "", "PMID:23084521, MDM2 inhibitors work through TP53", ""],
        ["changed", "CDK6, RB1", "source", "PMID:30006631; PMID:20473330", "PMID:30006631"],
        ["changed", "CDK6, RB1", "note", "CDK4/6 inhibitors work through RB1", ""],
        ["added", "EZH2, TP53", "", "", "convention: invented, invented"],
      ])
  }

  @Test("the order of rows, columns and list items does not matter")
  func order() {
    let turned = """
      # version: 2
      source\tneeds\ttarget\tnote
      convention: invented\tTP53\tEZH2\tinvented
      PMID:30006631\tRB1\tCDK6\t
      PMID:20473330; PMID:30006631\tRB1\tCDK4\tCDK4/6 inhibitors work through RB1

      """
    let found = diff(Self.text, turned)
    #expect(found.faults == [])
    #expect(found.changes == [])
  }

  @Test("a table with an unknown gene is not compared, and the fault names its file")
  func fault() {
    let found = diff("built-in", Self.text.replacing("CDK6", with: "CDK66"))
    #expect(found.faults.map(\.description) == ["new.tsv:4: target 'CDK66' is not a current gene symbol"])
    #expect(found.changes == [])
  }

  @Test("two different tables are not compared")
  func differentTables() {
    let roles = "# version: 1\ngene\trole\ttest_is_rearrangement\tsource\tnote\nALK\t3prime\tyes\tHGNC\t\n"
    #expect(diff(Self.text, roles).faults.map(\.table) == ["new.tsv"])
    #expect(diff(InventedRule.text([InventedRule("X1", "KIT", "EXON 11", "imatinib")]), roles).faults.count == 1)
  }

  @Test("every built-in table is known by its header and differs in nothing from itself")
  func everyTable() {
    for table in BuiltInTable.reference {
      // Statements stand in rows as rules do.
      #expect(BuiltInTable.of(header: table.header) == (table == .statements ? .rules : table))
      #expect(!table.keyColumns.isEmpty && Set(table.header).isSuperset(of: table.keyColumns), "\(table)")
    }
    #expect(BuiltInTable.of(header: Rule.columns) == .rules)
    #expect(BuiltInTable.of(header: ["gene", "drug"]) == nil)
    for table in BuiltInTable.reference where table.factColumns != nil {
      let bytes = ReferenceTable(table).bytes
      let found = TableDiff(old: ("built-in", []), new: ("x.tsv", bytes), reference: Clinic.table.reference)
      #expect(found.faults.isEmpty && found.changes.isEmpty && !found.isOfRules, "\(table)")
    }
  }

  @Test("the digest of the built-in rules covers every built-in table")
  func digest() throws {
    let source = try #require(Clinic.table.sources.first)
    #expect(source.digest == BuiltInTable.digest(of: BuiltInTable.allCases))
    #expect(source.digest != BuiltInTable.digest(of: [.rules]))
    var hash = XXH64.Stream()
    for table in BuiltInTable.allCases { hash.update(ReferenceTable(table).bytes.span) }
    #expect(hash.hex == source.digest)
  }

  @Test("without the built-in rules the record names the facts by themselves")
  func recorded() throws {
    #expect(Clinic.table.recorded.map(\.name) == ["built-in"])
    let own = Array(InventedRule.text([InventedRule("X1", "KIT", "EXON 11", "imatinib")]).utf8)
    let table = KnowledgeBase.load(includingBuiltIn: false, userTables: [("mine.tsv", own)])
    #expect(table.recorded.map(\.name) == ["mine.tsv", KnowledgeBase.factsName])
    let facts = try #require(table.recorded.last)
    #expect(facts.digest == BuiltInTable.digest(of: BuiltInTable.reference))
    #expect(!facts.version.isEmpty)
    #expect(table.sources.map(\.name) == ["mine.tsv"])
  }

  @Test("a table is found by the name that people see")
  func names() {
    #expect(ReferenceTable.names.contains("wild_type_dependence"))
    #expect(!ReferenceTable.names.contains("rules"))
    #expect(ReferenceTable.named("fusion_roles")?.rowCount == 14)
    #expect(ReferenceTable.named("fusion roles") == nil)
  }
}
