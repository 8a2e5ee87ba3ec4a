// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import Reports
import TestSupport
import Testing
@testable import Matching

@Suite("Levels, tiers, ESCAT")
struct TierTests {
  private static let table:
    [(level: Rule.Level, inTumor: String, elsewhere: String, escat: String, escatElsewhere: String)] = [
      (.a1, "I-A", "II-C", "I", "III-A"), (.a2, "I-A", "II-C", "I", "III-A"), (.b, "I-B", "II-C", "II-A", "III-A"),
      (.c, "II-C", "II-D", "II-B", "III-B"), (.d, "II-D", "II-D", "III-C", "III-C"), (.e, "II-D", "II-D", "IV", "IV"),
    ]

  private func tier(
    _ level: Rule.Level, _ proximity: Proximity, _ direction: Rule.Direction = .sensitivity, isHistology: Bool = false,
    isCapped: Bool = false
  ) -> Tier {
    Tier.of(level: level, proximity: proximity, direction: direction, isHistology: isHistology, isCapped: isCapped)
  }

  @Test("in the tumor itself", arguments: table.indices)
  func inTumor(index: Int) {
    let row = Self.table[index]
    let found = tier(row.level, .same)
    #expect([found.name, found.escat] == [row.inTumor, row.escat])
  }

  @Test("in another tumor", arguments: table.indices, [Proximity.bridge, .lineage, .other])
  func elsewhere(index: Int, proximity: Proximity) {
    let row = Self.table[index]
    let found = tier(row.level, proximity)
    #expect([found.name, found.escat] == [row.elsewhere, row.escatElsewhere])
  }

  @Test("tumor-agnostic labels are I-A and ESCAT I-C", arguments: [Rule.Level.a1, .a2])
  func agnostic(level: Rule.Level) {
    let found = tier(level, .agnostic)
    #expect([found.name, found.escat] == ["I-A", "I-C"])
  }

  @Test("resistance uses the same letters with R in front, and has no ESCAT", arguments: table.indices)
  func resistance(index: Int) {
    let row = Self.table[index]
    #expect(tier(row.level, .same, .resistance).name == "R:" + row.inTumor)
    #expect(tier(row.level, .other, .resistance).name == "R:" + row.elsewhere)
    #expect(tier(row.level, .same, .resistance).escat.isEmpty)
  }

  @Test("no_benefit and context have no tier", arguments: [Rule.Direction.noBenefit, .context], Rule.Level.allCases)
  func noTier(direction: Rule.Direction, level: Rule.Level) {
    let found = tier(level, .same, direction)
    #expect(found.name.isEmpty && found.escat.isEmpty)
  }

  @Test("histology rules print H and the level and no ESCAT", arguments: Rule.Level.allCases)
  func histology(level: Rule.Level) {
    let found = tier(level, .same, isHistology: true)
    #expect([found.name, found.escat] == ["H:\(level.rawValue)", ""])
  }

  @Test(
    "a capped match is never tier I, others stay",
    arguments: zip(Rule.Level.allCases, ["II-C", "II-C", "II-C", "II-C", "II-D", "II-D"]))
  func capped(level: Rule.Level, name: String) {
    #expect(tier(level, .same, isCapped: true).name == name)
  }

  @Test("stronger tiers sort first")
  func order() {
    let names = ["I-A", "I-B", "II-C", "II-D"]
    let found = [Rule.Level.d, .a1, .c, .b].map { tier($0, .same) }.sorted { $0.order < $1.order }
    #expect(found.map(\.name) == names)
  }

  @Test("levels are ordered from A1 to E")
  func levels() {
    #expect(Rule.Level.allCases.reversed().sorted() == [.a1, .a2, .b, .c, .d, .e])
  }

  @Test("a withdrawn label keeps its row and loses its right to be offered")
  func withdrawnLabel() {
    let clinic = InventedClinic(
      InventedRule(
        "R1", "KIT", "EXON 11", "imatinib", level: "A1", ["status": "withdrawn", "withdrawn_date": "2020-01-01"]))
    let answer = clinic.ask("LMS", "KIT V559D")
    #expect(answer.cell("R1", "verdict") == "withdrawn")
    #expect(answer.cell("R1", "tier") == "II-C")
  }

  @Test(
    "an agent that left the market is withdrawn whatever the row says",
    arguments: ["olaratumab", "tazemetostat", "infigratinib", "mobocertinib"])
  func withdrawnAgent(agent: String) {
    let answer = InventedClinic(InventedRule("R1", "KIT", "EXON 11", agent, level: "A1", ["status": "approved"]))
      .ask("LMS", "KIT V559D")
    #expect(answer.cell("R1", "verdict") == "withdrawn")
  }

  @Test("histology rules do not count in a sample's highest tier")
  func highestTier() {
    let table = inventedTable([
      InventedRule("R1", "-", "-", "pazopanib", level: "A1"),
      InventedRule("R2", "KIT", "EXON 11", "imatinib", level: "C"),
    ])
    func highest(_ alterations: [Alteration]) -> String {
      var report = SampleReport(sampleID: "S")
      report.matches = Matcher(table: table)
        .match(SampleProfile(sampleID: "S", tumorTypes: ["LMS"], alterations: alterations))
      return report.highestTier
    }
    #expect(highest([]) == "")
    #expect(highest([mutation("KIT", "p.V559D")]) == "II-C")
  }

  @Test("matches stand by tier, then proximity, then rung")
  func rowOrder() {
    let clinic = InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib", level: "D"),
      InventedRule("R2", "KIT", "EXON 11", "sunitinib", level: "B", in: "MEL"),
      InventedRule("R3", "KIT", "EXON 11", "avapritinib", level: "C"),
      InventedRule("R4", "KIT", "p.V559D", "dasatinib", level: "C"),
      InventedRule("R5", "KIT", "EXON 11", "ponatinib", level: "A1"),
      InventedRule("R6", "-", "-", "pazopanib", level: "A1"))
    let rows = clinic.ask("LMS", "KIT V559D").therapies.rows.filter { $0["flags"] != "candidate_combination" }
    #expect(rows.map { $0["rule_id"] } == ["R5", "R4", "R3", "R2", "R1", "R6"])
  }

  @Test("support for one claim is one row that shows the best and counts the rest")
  func support() {
    let clinic = InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib", level: "C"),
      InventedRule("R2", "KIT", "EXON 11", "imatinib", level: "B", ["reference": "PMID:2"]),
      InventedRule("R3", "KIT", "EXON 11", "imatinib", level: "D", ["reference": "PMID:3"]))
    let answer = clinic.ask("LMS", "KIT V559D")
    #expect(answer.therapies.rows.count == 1)
    #expect(answer.cell("R2", "more_support") == "2")
    #expect(answer.cell("R2", "level") == "B")
  }

  @Test("a withdrawn indication takes every row of its therapy, biomarker and tumor along, unless another label stands")
  func withdrawnIndication() {
    let withdrawn = InventedRule(
      "R1", "KIT", "EXON 11", "imatinib", level: "A1", ["status": "withdrawn", "body": "FDA"])
    let study = InventedRule("R2", "KIT", "CODON 559", "imatinib", level: "B")
    let other = InventedRule("R3", "KIT", "EXON 11", "imatinib", level: "A1", ["status": "approved", "body": "EMA"])
    #expect(InventedClinic(withdrawn, study).ask("LMS", "KIT V559D").cell("R2", "verdict") == "withdrawn")
    let answer = InventedClinic(withdrawn, study, other).ask("LMS", "KIT V559D")
    #expect(answer.cell("R1", "verdict") == "withdrawn")
    #expect(answer.cell("R2", "verdict") == "supported")
    #expect(answer.cell("R3", "verdict") == "supported")
  }

  @Test("a withdrawn row never folds with an active one")
  func withdrawnSupport() {
    let clinic = InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib", level: "B"),
      InventedRule("R2", "KIT", "EXON 11", "imatinib", level: "B", ["status": "withdrawn"]))
    let answer = clinic.ask("LMS", "KIT V559D")
    #expect(answer.therapies.rows.count == 2)
    #expect(answer.cell("R1", "more_support") == "0")
    #expect(answer.cell("R2", "verdict") == "withdrawn")
  }
}
