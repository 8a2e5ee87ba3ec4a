// SPDX-License-Identifier: Apache-2.0
import Knowledge
import TestSupport
import Testing

/// One row of every kind that the loader rejects, in one table.
@Suite("Rows that the loader rejects")
struct LoaderFaultTests {
  /// A planted fault: the column at fault, the cell, and words of the complaint.
  struct Planted: CustomTestStringConvertible, Sendable {
    let name: String
    let changes: [(String, String)]
    let column: String
    let value: String
    let words: String

    init(_ name: String, _ changes: (String, String)..., at column: String, value: String? = nil, says words: String) {
      self.name = name
      self.changes = changes
      self.column = column
      self.value = value ?? changes.first { $0.0 == column }?.1 ?? ""
      self.words = words
    }

    var testDescription: String { name }
  }

  static let planted: [Planted] = [
    Planted(
      "unknown code", ("oncotree_include", "GISTT"), at: "oncotree_include", says: "is not an OncoTree code"),
    Planted(
      "one unknown code among known ones", ("oncotree_include", "GIST;NOPE"), at: "oncotree_include", value: "NOPE",
      says: "is not an OncoTree code"),
    Planted(
      "unknown code left out", ("oncotree_exclude", "NOPE"), at: "oncotree_exclude", says: "is not an OncoTree code"),
    Planted("no code at all", ("oncotree_include", ""), at: "oncotree_include", says: "is empty"),
    Planted("unknown gene symbol", ("gene", "KITT"), at: "gene", says: "is not a current gene symbol"),
    Planted("another name of a gene", ("gene", "CD117"), at: "gene", says: "did you mean KIT?"),
    Planted("a date for a gene", ("gene", "1-Mar"), at: "gene", says: "is not a current gene symbol"),
    Planted(
      "unknown gene symbol in a predicate", ("requires", "KITT activating"), at: "requires",
      says: "not a current gene symbol"),
    Planted(
      "two directions", ("direction", "sensitivity;resistance"), at: "direction", says: "is not one of sensitivity"),
    Planted("no direction", ("direction", ""), at: "direction", says: "is empty"),
    Planted(
      "A1 without a label reference", ("level", "A1"), ("reference", "PMID:1"), at: "level", says: "needs a LABEL:"),
    Planted("a PMID that is not all digits", ("reference", "PMID:123a"), at: "reference", says: "is not a PMID"),
    Planted("a PMID without digits", ("reference", "PMID:"), at: "reference", says: "is not a PMID"),
    Planted(
      "a bad PMID among good references", ("reference", "DOI:10.1/x;PMID:x1"), at: "reference", value: "PMID:x1",
      says: "is not a PMID"),
    Planted("a reference of no known kind", ("reference", "see paper"), at: "reference", says: "is not one of PMID:"),
    Planted("empty reference", ("reference", ""), at: "reference", says: "is empty"),
    Planted(
      "empty reference of a withdrawn row without a note", ("reference", ""), ("status", "withdrawn"),
      at: "reference", says: "is empty"),
    Planted("an agent absent from agents", ("agents", "imatinb"), at: "agents", says: "did you mean imatinib?"),
    Planted(
      "one absent agent of a pair", ("agents", "imatinib + nosuchdrug"), at: "agents", value: "nosuchdrug",
      says: "is not in the agent table"),
    Planted("no agent", ("agents", ""), at: "agents", says: "is empty"),
    Planted("a bad status date", ("status_date", "24.05.2016"), at: "status_date", says: "is not an ISO date"),
    Planted("a bad withdrawal date", ("withdrawn_date", "May 2016"), at: "withdrawn_date", says: "is not an ISO date"),
    Planted("a bad source date", ("source_date", "2016-5-1"), at: "source_date", says: "is not an ISO date"),
    Planted("a bad review date", ("reviewed", "yesterday"), at: "reviewed", says: "is not an ISO date"),
    Planted("a bad event class", ("event_class", "SNV"), at: "event_class", says: "is not one of MUT"),
    Planted("a bad origin", ("origin", "inherited"), at: "origin", says: "is not one of somatic"),
    Planted("a bad site", ("site", "leg"), at: "site", says: "is not one of uterine"),
    Planted("a bad direction", ("direction", "maybe"), at: "direction", says: "is not one of sensitivity"),
    Planted("a bad body", ("body", "NICE"), at: "body", says: "is not one of FDA"),
    Planted("a bad status", ("status", "preclinical"), at: "status", says: "is not one of approved"),
    Planted("a bad line", ("line", "third"), at: "line", says: "is not one of any"),
    Planted("a bad level", ("level", "A"), at: "level", says: "is not one of A1"),
    Planted("a bad spec", ("alteration_spec", "p.V600"), at: "alteration_spec", says: "is not an alteration"),
    Planted(
      "an exon without a number", ("alteration_spec", "EXON"), at: "alteration_spec", says: "is not an alteration"),
    Planted(
      "an exon that the transcript lacks", ("alteration_spec", "EXON 99"), at: "alteration_spec",
      says: "is not in the exon table"),
    Planted("a range from high to low", ("alteration_spec", "RANGE 20-10"), at: "alteration_spec", says: "is not an"),
    Planted(
      "a range that no protein reaches", ("alteration_spec", "RANGE 1-9223372036854775807"), at: "alteration_spec",
      says: "is not an"),
    Planted("a codon below one", ("alteration_spec", "CODON -5 [K]"), at: "alteration_spec", says: "is not an"),
    Planted("an unknown class", ("alteration_spec", "EXON 11 wobble"), at: "alteration_spec", says: "is not a class"),
    Planted(
      "an unknown role in a fusion", ("alteration_spec", "FUSION sideways"), at: "alteration_spec", says: "is not an"),
    Planted("a bad predicate", ("requires", "KRAS"), at: "requires", says: "needs an alteration after it"),
    Planted("a predicate that ends early", ("requires", "KRAS activating AND"), at: "requires", says: "missing"),
    Planted("an open parenthesis", ("requires", "(KRAS activating"), at: "requires", says: "not closed"),
    Planted("a wild type of nothing", ("requires", "WT()"), at: "requires", says: "names nothing"),
    Planted(
      "two operands without a word between", ("requires", "(KRAS AMP) NRAS AMP"), at: "requires", says: "is found where"
    ),
    Planted("a duplicate rule id", ("rule_id", "GOOD"), at: "rule_id", says: "is in two rows"),
  ]

  private static let table: KnowledgeBase = {
    var rules = [InventedRule("GOOD", "KIT", "EXON 11", "imatinib", in: "GIST")]
    for (index, fault) in planted.enumerated() {
      var rule = InventedRule("BAD\(index)", "KIT", "EXON 11", "imatinib", in: "GIST")
      for (column, value) in fault.changes { rule.cells[column] = value }
      rules.append(rule)
    }
    rules.append(InventedRule("LAST", "BRAF", "CODON 600", "vemurafenib", in: "MEL"))
    let text = "# name: a table with planted faults\n" + InventedRule.text(rules)
    return KnowledgeBase.load(includingBuiltIn: false, userTables: [("faults.tsv", Array(text.utf8))])
  }()

  /// The comment line, the header and the good rule stand before the first fault.
  private func line(of index: Int) -> Int { index + 4 }

  @Test("each is refused with its line, column and value", arguments: planted.indices)
  func refused(index: Int) throws {
    let planted = Self.planted[index]
    let fault = try #require(Self.table.faults.first { $0.line == line(of: index) }, "\(planted.name) is not refused")
    #expect(fault.table == "faults.tsv")
    #expect(fault.column == planted.column, "\(planted.name)")
    #expect(fault.value == planted.value, "\(planted.name)")
    #expect(fault.problem.contains(planted.words), "\(planted.name): \(fault.problem)")
  }

  @Test("one fault a row, and no more faults than rows")
  func onePerRow() {
    #expect(Self.table.faults.map(\.line) == Self.planted.indices.map(line))
  }

  @Test("the good rows around the faults are kept")
  func kept() {
    #expect(Self.table.rules.map(\.id) == ["GOOD", "LAST"])
  }

  @Test("a fault is printed as table, line, column, value and problem")
  func printed() throws {
    let fault = try #require(Self.table.faults.first)
    #expect(fault.description.hasPrefix("faults.tsv:4: oncotree_include 'GISTT' is not an OncoTree code"))
  }

  private func faults(_ changes: KeyValuePairs<String, String>) -> [TableFault] {
    let rules = [InventedRule("R1", "KIT", "EXON 11", "imatinib", in: "GIST", changes)]
    return readRules(InventedRule.text(rules)).faults
  }

  @Test("a day that no month has is no date", arguments: ["2024-13-01", "2024-02-31", "2024-00-10"])
  func impossibleDate(date: String) {
    #expect(faults(["status_date": date]).map(\.column) == ["status_date"])
  }

  @Test("a rule without an identifier is refused")
  func emptyID() {
    #expect(faults(["rule_id": ""]).map(\.column) == ["rule_id"])
  }

  @Test("digits of a PMID are 0 to 9", arguments: ["PMID:１２３", "PMID:½", "PMID:²"])
  func otherDigits(reference: String) {
    #expect(faults(["reference": reference]).map(\.column) == ["reference"])
  }

  @Test(
    "what is allowed is accepted",
    arguments: [
      ["reference": "", "status": "withdrawn", "note": "label withdrawn"],
      ["level": "A1", "reference": "LABEL:FDA imatinib"],
      ["level": "A1", "reference": "PMID:1;LABEL:EMA imatinib"],
      ["reference": "DOI:10.1/x"], ["reference": "NCT01012297"], ["reference": "PMID:30541756;DOI:10.1/x"],
      ["agents": "FOLFOX"], ["agents": "FOLFIRI"], ["agents": "chemotherapy"], ["agents": "aromatase inhibitor"],
      ["agents": "parp inhibitor (class)"], ["agents": "encorafenib + cetuximab"],
      ["agents": "-", "direction": "context"], ["status_date": ""], ["status_date": "2012"],
      ["status_date": "2012-04"], ["status_date": "2012-04-26"], ["oncotree_include": "=NSCLC"],
      ["oncotree_include": "LMS_GROUP"], ["oncotree_include": "STS_GROUP"], ["oncotree_include": "SOLID_TUMOR"],
      ["oncotree_include": "ANY"], ["oncotree_exclude": "GIST;LIPO"], ["site": "any"], ["site": "uterine"],
      ["origin": ""], ["line": ""],
    ])
  func accepted(cells: [String: String]) {
    var rule = InventedRule("R1", "KIT", "EXON 11", "imatinib", in: "GIST")
    for (column, value) in cells { rule.cells[column] = value }
    let table = readRules(InventedRule.text([rule]))
    #expect(table.faults.isEmpty)
    #expect(table.rules.count == 1)
  }
}
