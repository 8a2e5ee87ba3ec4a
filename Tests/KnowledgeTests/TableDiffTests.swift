// SPDX-License-Identifier: Apache-2.0
import Knowledge
import TestSupport
import Testing

@Suite("Two versions of a rule table")
struct TableDiffTests {
  static let old: [InventedRule] = [
    InventedRule("X1", "KIT", "EXON 11", "imatinib", in: "GIST"),
    InventedRule("X2", "KIT", "EXON 9", "sunitinib", in: "GIST"),
    InventedRule("X3", "BRAF", "p.V600E", "dabrafenib + trametinib", in: "MEL;THPA"),
    InventedRule("X4", "PTEN", "LOF", "everolimus", level: "D"),
    InventedRule("X5", "ERBB2", "AMP", "trastuzumab", in: "BRCA"),
    InventedRule("X6", "MTOR", "oncogenic", "everolimus", level: "D"),
    InventedRule("X7", "ALK", "FUSION", "crizotinib", in: "IMT"),
    InventedRule("X8", "NTRK1", "FUSION", "larotrectinib", in: "SOLID_TUMOR"),
    InventedRule("X9", "EGFR", "p.L858R | p.L861Q", "gefitinib", in: "NSCLC", ["reference": "PMID:1;PMID:2"]),
    InventedRule("X10", "KRAS", "p.G12C", "sotorasib", in: "NSCLC"),
    InventedRule("X11", "RET", "FUSION", "selpercatinib", in: "NSCLC"),
  ]

  /// The ten planted differences, one each: kind, rule, field, before, after.
  static let planted: [[String]] = [
    ["removed", "X2", "", "KIT, EXON 9, sunitinib, sensitivity, GIST, B", ""],
    ["changed", "X1", "level", "B", "C"],
    ["changed", "X4", "direction", "sensitivity", "resistance"],
    ["changed", "X5", "requires", "", "HER2 = positive"],
    ["changed", "X6", "agents", "everolimus", "temsirolimus"],
    ["changed", "X7", "oncotree_include", "IMT", "IMT;NSCLC"],
    ["changed", "X8", "alteration_spec", "FUSION", "FUSION 3prime"],
    ["changed", "X10", "status", "n/a", "withdrawn"],
    ["renamed", "X11b", "rule_id", "X11", "X11b"],
    ["added", "X12", "", "", "BRAF, p.V600E, vemurafenib, sensitivity, MEL, B"],
  ]

  static let new: [InventedRule] = {
    var rules = old.filter { $0.cells["rule_id"] != "X2" }
    func change(_ id: String, _ column: String, _ value: String) {
      for index in rules.indices where rules[index].cells["rule_id"] == id { rules[index].cells[column] = value }
    }
    change("X1", "level", "C")
    change("X4", "direction", "resistance")
    change("X5", "requires", "HER2 = positive")
    change("X6", "agents", "temsirolimus")
    change("X7", "oncotree_include", "IMT;NSCLC")
    change("X8", "alteration_spec", "FUSION 3prime")
    change("X10", "status", "withdrawn")
    change("X11", "rule_id", "X11b")
    // Another order of the same items is no difference.
    change("X3", "agents", "trametinib + dabrafenib")
    change("X3", "oncotree_include", "THPA;MEL")
    change("X9", "alteration_spec", "p.L861Q | p.L858R")
    change("X9", "reference", "PMID:2;PMID:1")
    // Nor is a default that is written out.
    change("X9", "origin", "either")
    rules.append(InventedRule("X12", "BRAF", "p.V600E", "vemurafenib", in: "MEL"))
    return rules
  }()

  private func bytes(_ rules: [InventedRule]) -> [UInt8] { Array(InventedRule.text(rules).utf8) }

  @Test("ten planted differences are found, and no other")
  func planted() {
    let diff = TableDiff(
      old: ("old.tsv", bytes(Self.old)), new: ("new.tsv", bytes(Self.new)), reference: Clinic.table.reference)
    #expect(diff.faults.isEmpty)
    let found = diff.changes.map { [$0.kind.rawValue, $0.ruleID, $0.field, $0.before, $0.after] }
    #expect(found.count == 10)
    for change in Self.planted { #expect(found.contains(change), "\(change)") }
  }

  @Test("the order of rows is no difference")
  func order() {
    let diff = TableDiff(
      old: ("old.tsv", bytes(Self.old)), new: ("new.tsv", bytes(Self.old.reversed())), reference: Clinic.table.reference
    )
    #expect(diff.changes.isEmpty)
  }

  @Test("a table that cannot be read is not compared")
  func broken() {
    let bad = [InventedRule("X1", "KITT", "EXON 11", "imatinib")]
    let diff = TableDiff(
      old: ("old.tsv", bytes(Self.old)), new: ("new.tsv", bytes(bad)), reference: Clinic.table.reference)
    #expect(diff.faults.map(\.table) == ["new.tsv"])
    #expect(diff.changes.isEmpty)
  }

  @Test("a row that switches a built-in rule off is a difference")
  func switchedOff() {
    var off = InventedRule("R0001", "", "", "")
    off.cells = ["rule_id": "R0001", "direction": "off"]
    let diff = TableDiff(
      old: ("old.tsv", bytes(Self.old)), new: ("new.tsv", bytes(Self.old + [off])), reference: Clinic.table.reference)
    #expect(diff.changes.map(\.kind) == [.added])
    #expect(diff.changes.map(\.ruleID) == ["R0001"])
  }
}

@Suite("Mechanical faults of a table are mended")
struct TableFixTests {
  private func fixed(_ changes: KeyValuePairs<String, String>) -> (fix: TableFix, table: KnowledgeBase) {
    let rules = [InventedRule("X1", "KIT", "EXON 11", "imatinib", in: "GIST", changes)]
    let fix = TableFix(
      table: "mine.tsv", bytes: Array(InventedRule.text(rules).utf8), reference: Clinic.table.reference)
    return (fix, readRules(fix.lines.joined(separator: "\n") + "\n"))
  }

  @Test(
    "other spellings of known things",
    arguments: [
      ("gene", "CD117", "KIT"), ("gene", "kit", "KIT"), ("event_class", "mut", "MUT"),
      ("direction", "Sensitivity", "sensitivity"), ("status", "N/A", "n/a"), ("level", "b", "B"),
      ("line", "second plus", "second_plus"), ("agents", "Gleevec", "imatinib"),
      ("agents", "Dabrafenib+Trametinib", "dabrafenib + trametinib"), ("oncotree_include", "gist", "GIST"),
      ("oncotree_include", "GIST,MEL", "GIST;MEL"), ("oncotree_include", "CLL", "CLLSLL"),
      ("reference", "pmid 12345", "PMID:12345"), ("reference", "PMID: 1, PMID: 2", "PMID:1;PMID:2"),
      ("reference", "https://doi.org/10.1/x", "DOI:10.1/x"), ("reference", "nct01012297", "NCT01012297"),
      ("status_date", "2012/4/6", "2012-04-06"), ("alteration_spec", "V559D", "p.V559D"),
      ("alteration_spec", "exon 11", "EXON 11"),
      ("alteration_spec", "amplification", "AMP"),
    ])
  func mended(column: String, written: String, wanted: String) throws {
    let (fix, table) = fixed([column: written])
    #expect(table.faults.isEmpty)
    let mend = try #require(fix.mends.first)
    #expect(fix.mends.count == 1)
    #expect(mend.column == column)
    #expect(mend.before == written)
    #expect(mend.after == wanted)
    #expect(mend.description == "mine.tsv:2: \(column) '\(written)' is now '\(wanted)'")
  }

  @Test(
    "what asks for a decision is left",
    arguments: [
      ("gene", "KITT"), ("gene", "NTRK"), ("agents", "imatinb"), ("oncotree_include", "ALL"), ("reference", "12345678"),
      ("status_date", "06.04.2012"), ("alteration_spec", "V559"), ("direction", "responsive"), ("level", "A"),
    ])
  func left(column: String, written: String) {
    let (fix, table) = fixed([column: written])
    #expect(fix.mends.isEmpty)
    #expect(table.faults.map(\.column) == [column])
  }

  @Test("a good table comes out as it was, comments and other columns included")
  func untouched() {
    let text =
      "# version: 3\n"
      + InventedRule.text(TableDiffTests.old).split(separator: "\n").map { $0 + "\tx" }
      .joined(separator: "\n") + "\n"
    let fix = TableFix(table: "mine.tsv", bytes: Array(text.utf8), reference: Clinic.table.reference)
    #expect(fix.mends.isEmpty)
    #expect(fix.lines.joined(separator: "\n") + "\n" == text)
  }

  @Test("line ends, a byte order mark and blanks at the ends of cells go without a word")
  func silent() {
    let text = InventedRule.text([InventedRule("X1", "KIT", "EXON 11", " imatinib ", in: "GIST")])
    let fix = TableFix(
      table: "mine.tsv", bytes: Array(("\u{FEFF}" + text.split(separator: "\n").joined(separator: "\r\n")).utf8))
    #expect(fix.mends.isEmpty)
    #expect(fix.lines.last?.contains("\timatinib\t") == true)
    #expect(fix.lines.first?.hasPrefix("rule_id") == true)
  }

  @Test("headers in other letters are mended")
  func header() {
    let text = InventedRule.text([InventedRule("X1", "KIT", "EXON 11", "imatinib", in: "GIST")])
    let lines = text.split(separator: "\n")
    let header = lines[0].split(separator: "\t").map { $0 == "rule_id" ? "Rule ID" : $0 == "agents" ? "Agents" : $0 }
    let fix = TableFix(
      table: "mine.tsv", bytes: Array((header.joined(separator: "\t") + "\n" + lines[1] + "\n").utf8))
    #expect(fix.mends.map(\.after) == ["rule_id", "agents"])
  }
}

@Suite("Complaints name what a misspelled cell was meant to be")
struct NearMissTests {
  @Test(
    "suggestions",
    arguments: [
      ("gene", "KITT", "did you mean KIT?"), ("gene", "CD117", "did you mean KIT?"),
      ("gene", "NTRK", "names a family"), ("gene", "BRAFF", "did you mean BRAF?"),
      ("requires", "KRASS activating", "did you mean KRAS?"),
      ("agents", "imatinb", "did you mean imatinib?"), ("oncotree_include", "GISTT", "did you mean GIST?"),
      ("oncotree_include", "leiomyosarcoma", "did you mean LMS?"), ("oncotree_include", "ALL", "retired, now"),
      ("direction", "sensitivty", "did you mean sensitivity?"), ("event_class", "MUTT", "did you mean MUT?"),
    ])
  func suggested(column: String, value: String, words: String) throws {
    let rule = InventedRule("X1", "KIT", "EXON 11", "imatinib", in: "GIST", [column: value])
    let fault = try #require(readRules(InventedRule.text([rule])).faults.first)
    #expect(fault.description.contains(words), "\(fault.description)")
  }

  @Test("a column in other words is pointed at")
  func column() throws {
    let text = InventedRule.text([InventedRule("X1", "KIT", "EXON 11", "imatinib", in: "GIST")])
      .replacing("\tagents\t", with: "\tagent\t")
    let fault = try #require(readRules(text).faults.first)
    #expect(fault.problem.contains("is it 'agent'?"))
  }

  @Test("an empty cell says what every row needs")
  func empty() throws {
    let rule = InventedRule("X1", "KIT", "EXON 11", "", in: "GIST")
    let fault = try #require(readRules(InventedRule.text([rule]), name: "targets.tsv").faults.first)
    #expect(fault.description == "targets.tsv:2: agents is empty (every row names at least one agent)")
  }
}
