// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import TestSupport
import Testing

@Suite("One row, one claim")
struct RuleTests {
  private func rule(_ changes: KeyValuePairs<String, String> = [:]) throws -> Rule {
    let row = InventedRule("R1", "KIT", "EXON 11", "imatinib", in: "GIST", changes)
    let table = readRules(InventedRule.text([row]))
    return try #require(table.rules.first, "\(table.faults)")
  }

  @Test(
    "the claim key tells rows apart by",
    arguments: [
      ("gene", "PDGFRA"), ("alteration_spec", "EXON 14"), ("requires", "NOT BRAF activating"), ("agents", "sunitinib"),
      ("direction", "resistance"), ("oncotree_include", "LMS"), ("oncotree_exclude", "MEL"), ("body", "EMA"),
      ("line", "first"), ("origin", "germline"), ("site", "uterine"), ("status", "withdrawn"),
    ])
  func claimKey(column: String, value: String) throws {
    let base: KeyValuePairs = ["alteration_spec": "EXON 12"]
    let plain = try column == "gene" ? rule(base) : rule()
    let changed = try column == "gene" ? rule(["alteration_spec": "EXON 12", "gene": value]) : rule([column: value])
    #expect(changed.claimKey != plain.claimKey)
  }

  @Test(
    "a number that no biomarker reaches is written as it is", arguments: [(50, "50"), (0.5, "0.5"), (1e30, "1e+30")])
  func hugeNumber(number: Double, written: String) {
    #expect(MeasurementTest(.greaterOrEqual, number).description == ">= \(written)")
  }

  @Test(
    "support does not change the claim",
    arguments: [
      ("level", "C"), ("reference", "PMID:2"), ("note", "n"), ("status", "off-label"), ("status_date", "2020"),
    ])
  func support(column: String, value: String) throws {
    #expect(try rule([column: value]).claimKey == rule().claimKey)
  }

  @Test("the order of codes does not change the claim")
  func codeOrder() throws {
    #expect(try rule(["oncotree_include": "LMS;ULMS"]).claimKey == rule(["oncotree_include": "ULMS;LMS"]).claimKey)
  }

  @Test("a row is printed as it was read", arguments: Clinic.table.rules.indices.filter { $0.isMultiple(of: 97) })
  func printed(index: Int) throws {
    let rule = Clinic.table.rules[index]
    let text = [Rule.columns, rule.cells].map { $0.joined(separator: "\t") }.joined(separator: "\n")
    let again = readRules(text)
    #expect(again.faults.isEmpty)
    #expect(again.rules.first?.cells == rule.cells)
  }

  @Test("columns left empty have their defaults")
  func defaults() throws {
    let read = try rule()
    #expect(read.origin == .either)
    #expect(read.line == .any)
    #expect(read.authority == .literature)
    #expect(read.regulatoryStatus == .notApplicable)
    #expect(read.site == nil && read.statusDate.isEmpty)
  }

  @Test("agents given together are one therapy")
  func combination() throws {
    let read = try rule(["agents": "dabrafenib + trametinib"])
    #expect(read.agents == ["dabrafenib", "trametinib"])
    #expect(read.therapy == "dabrafenib + trametinib")
  }

  @Test(
    "each spec stands on its rung",
    arguments: [
      ("KIT", "p.L576P", Rung.exact), ("PDGFRA", "FIP1L1::PDGFRA", .exact), ("TERT", "c.-124C>T", .exact),
      ("BRAF", "CODON 600", .codon), ("BRAF", "CODON 600 [EK]", .codon), ("KIT", "RANGE 788-828", .range),
      ("KIT", "EXON 11", .range), ("EGFR", "EXON 20 inframe_ins", .effectClass), ("PTEN", "truncating", .effectClass),
      ("EGFR", "inframe_del", .effectClass), ("MET", "splice", .effectClass), ("MET", "EXON 14 skipping", .effectClass),
      ("ALK", "FUSION any", .effectClass), ("ALK", "FUSION 3prime", .effectClass), ("ERBB2", "AMP", .effectClass),
      ("PTEN", "HOMDEL", .effectClass), ("PTEN", "LOF", .effectClass), ("KIT", "activating hotspot", .effectClass),
      ("FLT3", "ITD", .effectClass), ("PIK3CA", "activating", .oncogenic), ("PIK3CA", "oncogenic", .oncogenic),
      ("KIT", "any", .gene),
    ])
  func rung(gene: String, spec: String, rung: Rung) throws {
    let read = try rule(["gene": gene, "alteration_spec": spec])
    #expect(read.alternatives.map(\.rung) == [rung])
  }

  @Test("alternatives are joined by a bar")
  func alternatives() throws {
    #expect(try rule(["alteration_spec": "EXON 9 | EXON 11 | p.K642E"]).alternatives.count == 3)
  }

  @Test("rungs are ordered from exact to gene")
  func rungOrder() {
    #expect(
      [Rung.gene, .oncogenic, .effectClass, .range, .codon, .exact].sorted() == [
        .exact, .codon, .range, .effectClass, .oncogenic, .gene,
      ])
    #expect([Rung.exact, .codon, .range, .effectClass, .oncogenic, .gene].map(\.step) == [1, 2, 3, 4, 5, 6])
  }

  @Test(
    "the predicates of the specification are read",
    arguments: [
      "HR positive AND HER2 negative", "NOT KRAS activating", "PD-L1 TPS >= 50", "PD-L1 CPS >= 10", "TMB >= 10",
      "HER2 IHC = 3+", "WT(KRAS) AND WT(NRAS)", "PRIOR(EGFR TKI)", "NOT (KRAS activating OR NRAS activating)",
      "BCR::ABL1 AND ABL1 p.T315I", "NOT NTRK1 CODON 595", "CLINICAL(after anthracycline)",
    ])
  func predicate(text: String) throws {
    #expect(try rule(["requires": text]).requires != nil)
  }

  @Test(
    "the examples of the specification are read as they are written there",
    arguments: ["HR=positive AND HER2=negative", "BCR::ABL1 fusion AND ABL1 p.T315I"])
  func writtenPredicate(text: String) throws {
    try #expect(rule(["requires": text]).requires != nil)
  }

  @Test("the example `FUSION 3prime partner any` is read as it is written there")
  func writtenSpec() throws {
    let read = try rule(["gene": "ALK", "alteration_spec": "FUSION 3prime partner any"])
    #expect(read.alternatives == [.fusion(.threePrime)])
  }

  @Test("AND binds more tightly than OR")
  func precedence() throws {
    let flat = try rule(["requires": "KRAS AMP OR NRAS AMP AND HRAS AMP"]).requires
    let bracketed = try rule(["requires": "KRAS AMP OR (NRAS AMP AND HRAS AMP)"]).requires
    #expect(flat == bracketed)
    #expect(try flat != rule(["requires": "(KRAS AMP OR NRAS AMP) AND HRAS AMP"]).requires)
  }

  @Test("a rule in an old numbering is brought to the current one")
  func legacy() throws {
    let read = try rule(["gene": "EZH2", "alteration_spec": "p.Y641F"])
    #expect(try read.alternatives == [.exact(#require(ProteinChange("p.Y646F")))])
  }
}
