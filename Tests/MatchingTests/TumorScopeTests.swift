// SPDX-License-Identifier: Apache-2.0
internal import Query
import Alterations
import Knowledge
import TestSupport
import Testing

@Suite("What a tumor type does to a match")
struct TumorScopeTests {
  private func tier(_ code: String, rule scope: String, level: String, except excluded: String = "") -> String? {
    InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib", level: level, in: scope, ["oncotree_exclude": excluded])
    )
    .ask(code, "KIT V559D").cell("R1", "tier")
  }

  @Test(
    "same: full level",
    arguments: [("A1", "I-A"), ("A2", "I-A"), ("B", "I-B"), ("C", "II-C"), ("D", "II-D"), ("E", "II-D")])
  func same(level: String, tier: String) {
    #expect(self.tier("GIST", rule: "GIST", level: level) == tier)
    #expect(self.tier("LUAD", rule: "NSCLC", level: level) == tier)
  }

  @Test(
    "bridge: tier I is not reachable through a bridge",
    arguments: [("A1", "II-C"), ("A2", "II-C"), ("B", "II-C"), ("C", "II-D"), ("D", "II-D"), ("E", "II-D")])
  func bridge(level: String, tier: String) {
    #expect(self.tier("LMS", rule: "ULMS", level: level) == tier)
  }

  @Test(
    "lineage and other: A1, A2 and B give II-C, the rest II-D",
    arguments: [("A1", "II-C"), ("A2", "II-C"), ("B", "II-C"), ("C", "II-D"), ("D", "II-D"), ("E", "II-D")])
  func elsewhere(level: String, tier: String) {
    #expect(self.tier("LUAD", rule: "LUSC", level: level) == tier)
    #expect(self.tier("LMS", rule: "MEL", level: level) == tier)
  }

  @Test("lineage comes before other, and bridge before both")
  func order() {
    let clinic = InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib", in: "MEL"),
      InventedRule("R2", "KIT", "EXON 11", "imatinib", in: "ESS"),
      InventedRule("R3", "KIT", "EXON 11", "imatinib", in: "LMS"),
      InventedRule("R4", "KIT", "EXON 11", "imatinib", in: "ULMS"))
    let rows = clinic.ask("ULMS", "KIT V559D").therapies.rows
    #expect(rows.map { $0["proximity"] } == ["same", "bridge", "lineage", "other"])
  }

  @Test(
    "nothing crosses between solid and blood tumors",
    arguments: [("AML", "GIST"), ("LMS", "CML"), ("AML", "SOLID_TUMOR")])
  func crossing(code: String, scope: String) {
    #expect(tier(code, rule: scope, level: "A1") == nil)
  }

  @Test("a rule on ANY holds in both", arguments: ["AML", "LMS"])
  func any(code: String) {
    #expect(tier(code, rule: "ANY", level: "A1") == "I-A")
  }

  @Test(
    "agnostic: A1 and A2 are I-A, lower levels give II-C at best",
    arguments: [("A1", "I-A"), ("A2", "I-A"), ("B", "II-C"), ("C", "II-C"), ("D", "II-D"), ("E", "II-D")])
  func agnostic(level: String, tier: String) {
    #expect(self.tier("LMS", rule: "SOLID_TUMOR", level: level) == tier)
    #expect(self.tier("LMS", rule: "ANY", level: level) == tier)
  }

  @Test("agnostic: an excluded code is not met")
  func excluded() {
    #expect(tier("COAD", rule: "SOLID_TUMOR", level: "A1", except: "COADREAD") == nil)
    #expect(tier("LMS", rule: "SOLID_TUMOR", level: "A1", except: "COADREAD") == "I-A")
  }

  @Test("a sample coded by an ancestor of the rule's code is lineage and flagged")
  func lessSpecific() {
    let clinic = InventedClinic(InventedRule("R1", "KIT", "EXON 11", "imatinib", level: "A1", in: "LUAD"))
    let answer = clinic.ask("NSCLC", "KIT V559D")
    #expect(answer.cell("R1", "proximity") == "lineage")
    #expect(answer.cell("R1", "tier") == "II-C")
    #expect(answer.flags("R1").contains("type_less_specific"))
    #expect(!clinic.ask("LUAD", "KIT V559D").flags("R1").contains("type_less_specific"))
  }

  @Test(
    "these rules match in their tumor and through a bridge only",
    arguments: [
      ("-", "-", "HISTOLOGY", ""), ("KRAS", "WT", "WT", "KRAS wt"), ("HR", "positive", "EXPR", "ER 90%"),
      ("ESR1", "positive", "EXPR", "ER 90%"), ("PGR", "positive", "EXPR", "PR 90%"),
      ("KIT", "positive", "EXPR", "CD117 positive"),
      ("PD-L1", "TPS >= 50", "EXPR", "PD-L1 TPS 60%"), ("ERBB2", "low", "EXPR", "HER2-low"),
      ("MSI", "stable", "BIOMARKER", "MSS"), ("MMR", "proficient", "BIOMARKER", "pMMR"),
      ("ERBB2", "negative", "EXPR", "HER2 negative"),
    ])
  func bound(gene: String, spec: String, eventClass: String, finding: String) {
    let clinic = InventedClinic(
      InventedRule("R1", gene, spec, "pazopanib", level: "A1", in: "ULMS", ["event_class": eventClass]))
    let findings = finding.isEmpty ? "KIT T10A" : finding
    #expect(clinic.ask("ULMS", findings).cell("R1", "proximity") == "same")
    #expect(clinic.ask("LMS", findings).cell("R1", "proximity") == "bridge")
    #expect(!clinic.ask("ESS", findings).meets("R1"))
    #expect(!clinic.ask("MEL", findings).meets("R1"))
  }

  @Test(
    "other stains cross to other tumors",
    arguments: [("ERBB2", "positive", "HER2 IHC 3+"), ("MET", "positive", "MET IHC positive")])
  func unbound(gene: String, spec: String, finding: String) {
    let clinic = InventedClinic(InventedRule("R1", gene, spec, "pazopanib", in: "ULMS", ["event_class": "EXPR"]))
    #expect(clinic.ask("MEL", finding).cell("R1", "proximity") == "other")
  }

  @Test("uterine evidence reaches extra-uterine leiomyosarcoma through the bridge")
  func uterine() {
    let clinic = InventedClinic(
      InventedRule("R1", "BRCA2", "HOMDEL", "olaparib", level: "C", in: "ULMS;UMLMS;UELMS", ["site": "uterine"]))
    #expect(clinic.ask("ULMS", "BRCA2 homozygous deletion").cell("R1", "tier") == "II-C")
    #expect(clinic.ask("LMS", "BRCA2 homozygous deletion").cell("R1", "proximity") == "bridge")
    #expect(clinic.ask("LMS", "BRCA2 homozygous deletion").cell("R1", "tier") == "II-D")
  }

  @Test("a rule of the group with a uterine site reaches extra-uterine samples through the bridge")
  func siteOfGroup() {
    let clinic = InventedClinic(
      InventedRule("R1", "BRCA2", "HOMDEL", "olaparib", level: "C", in: "LMS_GROUP", ["site": "uterine"]))
    #expect(clinic.ask("ULMS", "BRCA2 homozygous deletion").cell("R1", "proximity") == "same")
    let answer = clinic.ask("LMS", "BRCA2 homozygous deletion") { $0.site = "retroperitoneum" }
    #expect(answer.cell("R1", "proximity") == "bridge")
  }

  @Test("leiomyosarcoma of the uterus is uterine leiomyosarcoma")
  func siteOfSample() {
    let clinic = InventedClinic(InventedRule("R1", "KIT", "EXON 11", "imatinib", in: "ULMS"))
    #expect(clinic.ask("LMS", "KIT V559D") { $0.site = "uterus" }.cell("R1", "proximity") == "same")
    #expect(clinic.ask("LMS", "KIT V559D") { $0.site = "limb" }.cell("R1", "proximity") == "bridge")
  }

  @Test("a sample of several codes is matched and reported per code")
  func severalCodes() {
    let clinic = InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib", level: "A1", in: "LMS"),
      InventedRule("R2", "KIT", "EXON 11", "sunitinib", level: "A1", in: "DDLS"))
    let answer = clinic.ask("LMS; DDLS", "KIT V559D")
    #expect(
      Set(answer.rows(["rule_id": "R1"]).map { "\($0["tumor_type"] ?? "") \($0["tier"] ?? "")" }) == [
        "LMS I-A", "DDLS II-C",
      ])
    #expect(
      Set(answer.rows(["rule_id": "R2"]).map { "\($0["tumor_type"] ?? "") \($0["tier"] ?? "")" }) == [
        "LMS II-C", "DDLS I-A",
      ])
  }

  @Test("resistance seen in one part does not touch the other part's histology")
  func severalCodesResistance() {
    let clinic = InventedClinic(
      InventedRule("R1", "-", "-", "pazopanib", in: "LMS"),
      InventedRule("R2", "-", "-", "pazopanib", in: "DDLS", ["direction": "no_benefit"]))
    let answer = clinic.ask("LMS; DDLS", "KIT T10A")
    #expect(answer.cell("R1", "verdict") == "supported")
  }

  @Test(
    "a finding that contradicts the diagnosis adds a note",
    arguments: ["TNS1::ALK", "MDM2 amplification", "TSC2 homozygous deletion", "LMNA::NTRK1", "FUS::DDIT3"])
  func review(finding: String) {
    #expect(Clinic.ask("ULMS", finding).remarks.contains { $0.hasPrefix("review diagnosis") })
  }

  @Test("DDIT3 amplification contradicts the diagnosis")
  func reviewDDIT3() {
    #expect(Clinic.ask("LMS", "DDIT3 amplification").remarks.contains { $0.hasPrefix("review diagnosis") })
  }

  @Test(
    "a finding that fits the diagnosis adds no note",
    arguments: [("IMT", "TNS1::ALK"), ("LMS", "TP53 R175H"), ("LMS", "MDM2 gain"), ("DDLS", "MDM2 amplification")])
  func noReview(code: String, finding: String) {
    #expect(!Clinic.ask(code, finding).remarks.contains { $0.hasPrefix("review diagnosis") })
  }

  @Test("free text that no code fits is processed with agnostic rules only, and says so")
  func unmapped() {
    let clinic = InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib", level: "A1", in: "SOLID_TUMOR"),
      InventedRule("R2", "KIT", "EXON 11", "sunitinib", level: "A1", in: "GIST"))
    let answer = clinic.ask("strange growth", "KIT V559D")
    #expect(answer.therapies.rows.map { $0["rule_id"] } == ["R1"])
    // As evidence of another tumor: what grows there may be one that the label leaves out.
    #expect(answer.cell("R1", "proximity") == "other")
    #expect(answer.cell("R1", "tier") == "II-C")
    #expect(answer.flags("R1").contains("type_unknown"))
    #expect(answer.remarks.contains { $0.contains("strange growth") && $0.contains("tumor-agnostic rules only") })
  }
}
