// SPDX-License-Identifier: Apache-2.0
@testable import Knowledge
import DelimitedText
import TestSupport
import Testing

@Suite("Headers and user's tables")
struct TableShapeTests {
  private static let rule = InventedRule("X1", "KIT", "EXON 11", "imatinib", in: "GIST")
  private static let required = [
    "rule_id", "gene", "event_class", "alteration_spec", "oncotree_include", "agents", "direction", "level",
    "reference",
  ]

  private func load(_ text: String, includingBuiltIn: Bool = false) -> KnowledgeBase {
    if includingBuiltIn { return KnowledgeBase.load(userTables: [("mine.tsv", Array(text.utf8))]) }
    return readRules(text, name: "mine.tsv")
  }

  private func text(without dropped: String) -> String {
    let columns = Rule.columns.filter { $0 != dropped }
    return columns.joined(separator: "\t") + "\n" + columns.map { Self.rule.cells[$0] ?? "" }.joined(separator: "\t")
      + "\n"
  }

  @Test("a missing column that a rule needs is named, and no row is read", arguments: required)
  func missingColumn(column: String) throws {
    let table = load(text(without: column))
    let fault = try #require(table.faults.first)
    #expect(table.faults.count == 1)
    #expect(fault.line == 1)
    #expect(fault.column == column)
    #expect(fault.problem.contains("missing from the header"))
    #expect(table.rules.isEmpty)
  }

  @Test("a column that a rule can do without may be missing", arguments: Rule.columns.filter { !required.contains($0) })
  func optionalColumn(column: String) {
    let table = load(text(without: column))
    #expect(table.faults.isEmpty)
    #expect(table.rules.map(\.id) == ["X1"])
  }

  @Test("a missing header is refused")
  func missingHeader() throws {
    let rows = InventedRule.text([Self.rule]).split(separator: "\n").dropFirst().joined(separator: "\n")
    let table = load(rows + "\n")
    #expect(table.rules.isEmpty)
    #expect(try #require(table.faults.first).problem.contains("header"))
  }

  @Test("a missing column is placed at the line of the header, behind comments")
  func headerLine() {
    #expect(load("# name: mine\n# version: 3\n" + text(without: "level")).faults.map(\.line) == [3])
  }

  @Test("an empty table is refused", arguments: ["", "\n", "# only a comment\n"])
  func empty(text: String) {
    let table = load(text)
    #expect(table.rules.isEmpty)
    #expect(!table.faults.isEmpty)
  }

  @Test("columns may stand in any order, with others among them")
  func order() {
    let columns = ["remarks"] + Rule.columns.reversed()
    let cells = columns.map { Self.rule.cells[$0] ?? "" }
    let table = load(columns.joined(separator: "\t") + "\n" + cells.joined(separator: "\t") + "\n")
    #expect(table.faults.isEmpty)
    #expect(table.rules.first?.therapy == "imatinib")
  }

  @Test(
    "line ends of any system, a byte order mark, and a last line without an end are read", arguments: ["\n", "\r\n"])
  func lineEnds(lineEnd: String) {
    let plain = InventedRule.text([Self.rule]).dropLast()
    let text = "\u{FEFF}" + plain.split(separator: "\n").joined(separator: lineEnd)
    let table = load(text)
    #expect(table.faults.isEmpty)
    #expect(table.rules.map(\.id) == ["X1"])
  }

  @Test("a row that is cut short is refused")
  func shortRow() {
    let text = Rule.columns.joined(separator: "\t") + "\nX1\tKIT\tMUT\tEXON 11\n"
    #expect(load(text).rules.isEmpty)
    #expect(load(text).faults.map(\.line) == [2])
  }

  @Test("a user's table adds its rules behind the built-in ones")
  func adds() {
    let table = load(InventedRule.text([Self.rule]), includingBuiltIn: true)
    #expect(table.faults.isEmpty)
    #expect(table.rules.count == Clinic.table.rules.count + 1)
    #expect(table.rules.last?.id == "X1")
    #expect(table.sources.map(\.name) == ["built-in", "mine.tsv"])
  }

  @Test("the direction `off` switches a built-in rule off")
  func switchesOff() throws {
    let known = try #require(Clinic.table.rules.first)
    var off = InventedRule(known.id, "", "", "")
    off.cells = ["rule_id": known.id, "direction": "off"]
    let table = load(InventedRule.text([off]), includingBuiltIn: true)
    #expect(table.faults.isEmpty)
    #expect(table.rules.count == Clinic.table.rules.count - 1)
    #expect(!table.rules.contains { $0.id == known.id })
  }

  @Test("a later table may switch off a rule of the table before it")
  func switchesOffUserRule() {
    var off = InventedRule("X1", "", "", "")
    off.cells = ["rule_id": "X1", "direction": "off"]
    let table = KnowledgeBase.load(
      includingBuiltIn: false,
      userTables: [
        ("first.tsv", Array(InventedRule.text([Self.rule]).utf8)), ("second.tsv", Array(InventedRule.text([off]).utf8)),
      ])
    #expect(table.rules.isEmpty)
    #expect(table.faults.isEmpty)
  }

  @Test("switching off an unknown rule is a fault with line and value")
  func unknownID() throws {
    var off = InventedRule("R99999999", "", "", "")
    off.cells = ["rule_id": "R99999999", "direction": "off"]
    let table = load(InventedRule.text([Self.rule, off]), includingBuiltIn: true)
    let fault = try #require(table.faults.first)
    #expect(fault.table == "mine.tsv")
    #expect(fault.line == 3)
    #expect(fault.column == "rule_id")
    #expect(fault.value == "R99999999")
  }

  @Test("an identifier is never used again, not even in another table")
  func reusedID() throws {
    let known = try #require(Clinic.table.rules.first)
    let again = InventedRule(known.id, "KIT", "EXON 11", "imatinib", in: "GIST")
    let table = load(InventedRule.text([again]), includingBuiltIn: true)
    #expect(table.faults.map(\.column) == ["rule_id"])
  }

  @Test("a table says its version; else the first digits of its digest stand for it")
  func version() throws {
    let stated = load("# version: 7\n" + InventedRule.text([Self.rule]))
    #expect(try stated.version(of: #require(stated.rules.first)) == "mine.tsv@7")
    let silent = load(InventedRule.text([Self.rule]))
    let digest = try #require(silent.sources.first).digest.prefix(8)
    #expect(try silent.version(of: #require(silent.rules.first)) == "mine.tsv@\(digest)")
  }

  @Test("the built-in table has no fault")
  func builtIn() {
    #expect(Clinic.table.faults.isEmpty)
    // Every row of the table is a rule.
    let text = BuiltInTable.rules.text
    #expect(Clinic.table.rules.map(\.id) == text.records(["rule_id"]).map { $0[0] })
  }

  @Test("no identifier of the built-in table is in two rows")
  func uniqueIDs() {
    #expect(Set(Clinic.table.rules.map(\.id)).count == Clinic.table.rules.count)
  }

  @Test("a fact written for ULMS means ULMS, UMLMS and UELMS")
  func uterineRules() {
    for rule in Clinic.table.rules where rule.scope.include.contains("ULMS") {
      #expect(Set(rule.scope.include).isSuperset(of: ["UMLMS", "UELMS"]), "\(rule.id)")
    }
  }

  @Test("every label is of a regulator and every regulator's approval has a label")
  func labels() {
    for rule in Clinic.table.rules where rule.level == .a1 {
      #expect([.fda, .ema].contains(rule.authority), "\(rule.id)")
      #expect(rule.references.contains { $0.hasPrefix("LABEL:") }, "\(rule.id)")
    }
  }

  @Test("no row of the built-in table is without a reference, withdrawn rows with a note aside")
  func references() {
    for rule in Clinic.table.rules where rule.references.isEmpty {
      #expect(rule.regulatoryStatus == .withdrawn && !rule.note.isEmpty, "\(rule.id)")
    }
  }

  @Test("breast and pancreatic PARP labels are germline, ovarian and prostate ones are not")
  func parpOrigins() {
    let labels = Clinic.table.rules.filter {
      $0.level == .a1 && ["BRCA1", "BRCA2"].contains($0.gene) && $0.direction == .sensitivity
        && $0.regulatoryStatus != .withdrawn
    }
    #expect(
      labels.contains { $0.scope.include.contains("PAAD") } && labels.contains { $0.scope.include.contains("BRCA") })
    for rule in labels where !Set(rule.scope.include).isDisjoint(with: ["BRCA", "PAAD"]) {
      #expect(rule.origin == .germline, "\(rule.id)")
    }
    for rule in labels where !Set(rule.scope.include).isDisjoint(with: ["PRAD", "PROSTATE"]) {
      #expect(rule.origin == .either, "\(rule.id)")
    }
  }
}
