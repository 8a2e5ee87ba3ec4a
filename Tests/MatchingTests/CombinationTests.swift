// SPDX-License-Identifier: Apache-2.0
import Knowledge
import TestSupport
import Testing

@Suite("Combinations")
struct CombinationTests {
  private typealias R = InventedRule

  private func pairs(_ rules: R..., findings: String) -> [[String: String]] {
    InventedClinic(table: inventedTable(rules)).ask("LMS", findings).pairs
  }

  private static let everolimus = R("E1", "PTEN", "HOMDEL", "everolimus", level: "C", ["reference": "PMID:11"])
  private static let pazopanib = R("P1", "-", "-", "pazopanib", level: "A1", ["reference": "LABEL:FDA x;PMID:12"])

  @Test("an evidence combination is one rule and keeps its level")
  func evidence() {
    let answer = InventedClinic(R("S1", "BRAF", "p.V600E", "dabrafenib + trametinib", level: "A1")).ask(
      "LMS", "BRAF V600E")
    #expect(answer.therapies.rows.count == 1)
    #expect(answer.cell("S1", "therapy") == "dabrafenib + trametinib")
    #expect(answer.cell("S1", "tier") == "I-A")
  }

  @Test("two single-agent matches on different pathways are a candidate: level E, ESCAT V, tier II-D")
  func candidate() throws {
    let pair = try #require(pairs(Self.everolimus, Self.pazopanib, findings: "PTEN homozygous deletion").first)
    #expect(pair["therapy"] == "everolimus + pazopanib")
    #expect(pair["level"] == "E")
    #expect(pair["escat"] == "V")
    #expect(pair["tier"] == "II-D")
    #expect(pair["verdict"] == "hypothesis")
  }

  @Test("every part shows its own row and reference")
  func parts() throws {
    let pair = try #require(pairs(Self.everolimus, Self.pazopanib, findings: "PTEN homozygous deletion").first)
    #expect(pair["rule_id"] == "E1+P1")
    #expect(pair["references"] == "PMID:11;LABEL:FDA x;PMID:12")
    #expect(pair["note"]?.contains("everolimus by PTEN HOMDEL (E1, level C)") == true)
    #expect(pair["note"]?.contains("pazopanib by histology (P1, level A1)") == true)
  }

  @Test("without a row for the pair it says so")
  func noStudy() throws {
    let pair = try #require(pairs(Self.everolimus, Self.pazopanib, findings: "PTEN homozygous deletion").first)
    #expect(pair["note"]?.contains("no study of the pair in the table") == true)
  }

  @Test(
    "a row for the pair is cited, in whatever order it names the agents",
    arguments: ["everolimus + pazopanib", "pazopanib + everolimus"])
  func cited(therapy: String) throws {
    let study = R("Q1", "MTOR", "p.E2014K", therapy, level: "D", in: "BLCA", ["reference": "PMID:13"])
    let pair = try #require(pairs(Self.everolimus, Self.pazopanib, study, findings: "PTEN homozygous deletion").first)
    #expect(pair["references"]?.contains("PMID:13") == true)
    #expect(pair["note"]?.contains("Q1") == true)
    #expect(pair["note"]?.contains("no study") == false)
  }

  @Test("at least one part is matched by an alteration")
  func histologyAlone() {
    let second = R("P2", "-", "-", "trabectedin", level: "A1"), third = R("P3", "-", "-", "everolimus", level: "B")
    #expect(pairs(Self.pazopanib, second, third, findings: "MYOCD amplification").isEmpty)
  }

  @Test("two parts matched by alterations are a candidate")
  func twoAlterations() {
    let found = pairs(
      Self.everolimus, R("S2", "BRCA2", "HOMDEL", "olaparib", level: "C"),
      findings: "PTEN homozygous deletion, BRCA2 homozygous deletion")
    #expect(found.map { $0["therapy"] } == ["everolimus + olaparib"])
    #expect(found.first?["alteration"] == "HOMDEL;HOMDEL" || found.first?["gene"] == "PTEN;BRCA2")
  }

  @Test("a part of level E is a part too")
  func weakPart() {
    let weak = R("E1", "PTEN", "HOMDEL", "everolimus", level: "E")
    #expect(!pairs(weak, Self.pazopanib, findings: "PTEN homozygous deletion").isEmpty)
  }

  @Test("never: agents of one class together", arguments: ["temsirolimus", "sirolimus"])
  func sameClass(agent: String) {
    #expect(
      pairs(
        Self.everolimus, R("S2", "TSC2", "HOMDEL", agent, level: "C"),
        findings: "PTEN homozygous deletion, TSC2 homozygous deletion"
      ).isEmpty)
  }

  @Test("never: agents on the same pathway")
  func samePathway() {
    #expect(
      pairs(
        Self.everolimus, R("S2", "AKT1", "p.E17K", "capivasertib", level: "C"),
        findings: "PTEN homozygous deletion, AKT1 E17K"
      ).isEmpty)
  }

  @Test("never: a pair with a no_benefit row")
  func noBenefit() {
    let study = R("Q1", "-", "-", "everolimus + pazopanib", level: "B", in: "MEL", ["direction": "no_benefit"])
    #expect(pairs(Self.everolimus, Self.pazopanib, study, findings: "PTEN homozygous deletion").isEmpty)
  }

  @Test("never: withdrawn agents and rows", arguments: [("infigratinib", ""), ("palbociclib", "withdrawn")])
  func withdrawn(agent: String, status: String) {
    let rule = R("S2", "CDKN2A", "HOMDEL", agent, level: "C", ["status": status])
    let found = pairs(Self.everolimus, rule, findings: "PTEN homozygous deletion, CDKN2A homozygous deletion")
    #expect(found.isEmpty)
  }

  @Test("never: class tokens and regimens", arguments: ["parp inhibitor (class)", "chemotherapy", "FOLFOX"])
  func token(agent: String) {
    let rule = R("S2", "BRCA2", "HOMDEL", agent, level: "C")
    #expect(pairs(Self.everolimus, rule, findings: "PTEN homozygous deletion, BRCA2 homozygous deletion").isEmpty)
  }

  @Test("never: an overridden part")
  func overridden() {
    let against = R.resistance("X1", "PTEN", "HOMDEL", "everolimus", level: "A2")
    let weak = R("E1", "PTEN", "HOMDEL", "everolimus", level: "C")
    #expect(pairs(weak, against, Self.pazopanib, findings: "PTEN homozygous deletion").isEmpty)
  }

  @Test("a combination is no part of another")
  func combinationAsPart() {
    let rule = R("S2", "BRAF", "p.V600E", "dabrafenib + trametinib", level: "B")
    #expect(pairs(Self.everolimus, rule, findings: "PTEN homozygous deletion, BRAF V600E").isEmpty)
  }

  @Test("a target plus the agent for its detected bypass is a candidate")
  func bypass() {
    let rules = [
      R("S1", "EGFR", "p.L858R", "osimertinib", level: "B"), R("S2", "MET", "AMP", "crizotinib", level: "C"),
      .resistance("X1", "MET", "AMP", "osimertinib", level: "C"),
    ]
    let answer = InventedClinic(table: inventedTable(rules)).ask("LMS", "EGFR L858R, MET amplification")
    #expect(answer.pairs.contains { $0["therapy"] == "crizotinib + osimertinib" })
  }

  @Test("the lowest level of the parts orders the list")
  func orderByLevel() {
    let found = pairs(
      R("E1", "PTEN", "HOMDEL", "everolimus", level: "B"), R("S2", "BRCA2", "HOMDEL", "olaparib", level: "D"),
      R("S3", "CDKN2A", "HOMDEL", "palbociclib", level: "B"),
      findings: "PTEN homozygous deletion, BRCA2 homozygous deletion, CDKN2A homozygous deletion")
    #expect(
      found.map { $0["therapy"] } == ["everolimus + palbociclib", "everolimus + olaparib", "olaparib + palbociclib"])
  }

  @Test("more distinct pathways come first within a level")
  func orderByPathways() {
    let found = pairs(
      R("E1", "BRCA2", "HOMDEL", "olaparib", level: "B"), R("S2", "CDKN2A", "HOMDEL", "palbociclib", level: "B"),
      R("S3", "KIT", "EXON 11", "imatinib", level: "B"),
      findings: "BRCA2 homozygous deletion, CDKN2A homozygous deletion, KIT V559D")
    #expect(found.last?["therapy"] == "olaparib + palbociclib")
    #expect(found.count == 3)
  }

  @Test("a resistance line on a part puts the pair behind its equals")
  func orderByResistance() {
    let found = pairs(
      R("E1", "PTEN", "HOMDEL", "everolimus", level: "B"), R("S2", "BRCA2", "HOMDEL", "olaparib", level: "B"),
      R("S3", "CDKN2A", "HOMDEL", "palbociclib", level: "B"),
      .resistance("X1", "TP53", "p.R175H", "olaparib", level: "B"),
      findings: "PTEN homozygous deletion, BRCA2 homozygous deletion, CDKN2A homozygous deletion, TP53 R175H")
    #expect(found.first?["therapy"] == "everolimus + palbociclib")
  }

  @Test("a target that both parts share puts the pair behind its equals")
  func orderByOverlap() {
    let found = pairs(
      R("S1", "FLT3", "ITD", "kw-2449", level: "B"), R("S2", "KIT", "EXON 11", "dasatinib", level: "B"),
      R("S3", "PDGFRA", "EXON 18", "pazopanib", level: "B"), findings: "FLT3-ITD, KIT V559D, PDGFRA D842V")
    #expect(found.map { $0["therapy"] } == ["kw-2449 + pazopanib", "dasatinib + kw-2449"])
  }

  @Test("scores are not printed", arguments: ["score", "rank", "best"])
  func noScore(word: String) throws {
    let pair = try #require(pairs(Self.everolimus, Self.pazopanib, findings: "PTEN homozygous deletion").first)
    #expect(!pair.values.contains { $0.lowercased().contains(word) })
  }

  @Test("no row of the tables gives a dose", arguments: [" mg", "mg/m", "once daily", "twice daily"])
  func noDose(word: String) {
    #expect(!Clinic.table.rules.contains { $0.note.lowercased().contains(word) })
  }

  @Test(
    "known evidence of pairs is in the table",
    arguments: [
      ("everolimus + pazopanib", "PMID:29162825"), ("everolimus + pazopanib", "PMID:24625776"),
      ("sapanisertib + alpelisib", "PMID:28232476"), ("dactolisib + doxorubicin", "DOI:10.1186/s12967-016-0814-z"),
      ("axitinib + pembrolizumab", "NCT02636725"), ("doxorubicin + trabectedin", "PMID:35835135"),
      ("gemcitabine + docetaxel + bevacizumab", "NCT01012297"),
    ])
  func known(therapy: String, reference: String) {
    #expect(Clinic.table.rules.contains { $0.therapy == therapy && $0.references.contains(reference) })
  }

  @Test("the planned pair of leiomyosarcoma stands first and cites its study")
  func planned() throws {
    let pairs = Clinic.ask("LMS", "PTEN homozygous deletion, MTOR E2014K").pairs
    let planned = try #require(pairs.first { $0["therapy"] == "everolimus + pazopanib" })
    #expect(planned["references"]?.contains("PMID:29162825") == true)
  }
}
