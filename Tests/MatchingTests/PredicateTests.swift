// SPDX-License-Identifier: Apache-2.0
internal import Query
import Alterations
import TestSupport
import Testing
@testable import Knowledge
@testable import Matching

@Suite("Predicates")
struct PredicateTests {
  private func clinic(requires: String, level: String = "A1") -> InventedClinic {
    InventedClinic(InventedRule("R1", "BRAF", "p.V600E", "vemurafenib", level: level, ["requires": requires]))
  }

  private static func predicate(_ text: String) throws -> Predicate {
    try #require(try SpecParser(Clinic.table.reference).predicate(text))
  }

  /// KIT amplified is true, BRAF wild type is false, anything about MET is unknown.
  private static let facts: EvaluationContext = {
    let found = [
      Alteration(gene: "KIT", event: .copyNumber(.amplification), asWritten: ""), mutation("BRAF", "p.V600E"),
    ]
    let profile = SampleProfile(sampleID: "S", tumorTypes: ["LMS"], alterations: found)
    let scorer = OncogenicityScorer(table: Clinic.table)
    return EvaluationContext(
      profile: profile, alterations: found.map { AnnotatedAlteration($0, scorer.score($0)) },
      agents: Clinic.table.reference.agents)
  }()

  private func truth(_ text: String) throws -> String {
    switch Self.facts.evaluate(try Self.predicate(text)) {
    case .yes: "T"
    case .no: "F"
    case .unknown: "U"
    }
  }

  @Test(
    "AND, OR and NOT over true, false and unknown",
    arguments: [
      ("KIT AMP", "T"), ("WT(BRAF)", "F"), ("WT(MET)", "U"), ("NOT KIT AMP", "F"), ("NOT WT(BRAF)", "T"),
      ("NOT WT(MET)", "U"), ("KIT AMP AND KIT AMP", "T"), ("KIT AMP AND WT(BRAF)", "F"), ("KIT AMP AND WT(MET)", "U"),
      ("WT(BRAF) AND WT(BRAF)", "F"), ("WT(BRAF) AND WT(MET)", "F"), ("WT(MET) AND WT(BRAF)", "F"),
      ("WT(MET) AND WT(MET)", "U"), ("KIT AMP OR WT(BRAF)", "T"), ("KIT AMP OR WT(MET)", "T"),
      ("WT(MET) OR KIT AMP", "T"), ("WT(BRAF) OR WT(BRAF)", "F"), ("WT(BRAF) OR WT(MET)", "U"),
      ("WT(MET) OR WT(MET)", "U"), ("NOT (KIT AMP AND WT(MET))", "U"), ("NOT (WT(BRAF) AND WT(MET))", "T"),
    ])
  func threeValued(text: String, value: String) throws {
    #expect(try truth(text) == value)
  }

  @Test("WT is true when the gene was tested and nothing oncogenic was called")
  func wildTypeTested() {
    let answer = clinic(requires: "WT(KRAS)").ask("LMS", "BRAF V600E") { $0.panel = ["BRAF", "KRAS"] }
    #expect(answer.cell("R1", "verdict") == "supported")
    #expect(answer.cell("R1", "tier") == "I-A")
  }

  @Test("WT stays true beside a VUS of the tested gene")
  func wildTypeBesideVUS() {
    let answer = clinic(requires: "WT(KRAS)").ask("LMS", "BRAF V600E", "KRAS S17T") { $0.panel = ["BRAF", "KRAS"] }
    #expect(answer.cell("R1", "verdict") == "supported")
  }

  @Test("WT is true when it is stated")
  func wildTypeStated() {
    #expect(clinic(requires: "WT(KRAS)").ask("LMS", "BRAF V600E", "KRAS wt").cell("R1", "verdict") == "supported")
  }

  @Test("WT is false when something oncogenic was called, and the match is removed with the reason")
  func wildTypeFalse() {
    let answer = clinic(requires: "WT(KRAS)").ask("LMS", "BRAF V600E", "KRAS G12D") { $0.details = .nearMisses }
    #expect(!answer.meets("R1"))
    #expect(answer.remarks.contains { $0.contains("R1") && $0.contains("KRAS p.G12D found") })
  }

  @Test("not tested is unknown")
  func wildTypeUntested() {
    let answer = clinic(requires: "WT(KRAS)").ask("LMS", "BRAF V600E")
    #expect(answer.cell("R1", "verdict") == "conditional")
    #expect(answer.cell("R1", "condition") == "KRAS mutation testing")
  }

  @Test(
    "RAS wild type needs KRAS and NRAS true",
    arguments: [
      ("KRAS wt, NRAS wt", "supported"), ("KRAS wt", "conditional"), ("NRAS wt", "conditional"),
      ("KRAS wt, NRAS Q61K", nil),
    ] as [(String, String?)])
  func ras(findings: String, verdict: String?) {
    #expect(
      clinic(requires: "WT(KRAS) AND WT(NRAS)").ask("LMS", "BRAF V600E, " + findings).cell("R1", "verdict") == verdict)
  }

  @Test(
    "a conditional match is never tier I; other tiers stay",
    arguments: [("A1", "II-C"), ("A2", "II-C"), ("B", "II-C"), ("C", "II-C"), ("D", "II-D"), ("E", "II-D")])
  func conditionalTier(level: String, tier: String) {
    #expect(clinic(requires: "WT(KRAS)", level: level).ask("LMS", "BRAF V600E").cell("R1", "tier") == tier)
  }

  @Test("a rule without a true positive operand is not listed", arguments: ["KRAS wt", "MET amplification", ""])
  func positiveOperand(finding: String) {
    #expect(clinic(requires: "WT(KRAS)").ask("LMS", finding).therapies.rows.isEmpty)
  }

  @Test("an absence alone lists no rule")
  func absenceAlone() {
    let clinic = InventedClinic(InventedRule("R1", "ERBB2", "AMP", "trastuzumab", ["requires": "NOT KRAS activating"]))
    #expect(clinic.ask("LMS", "KRAS wt").therapies.rows.isEmpty)
  }

  @Test("a label for children waits for the patient's age", arguments: [nil, 9, 40])
  func childrensLabel(age: Double?) {
    let clinic = InventedClinic(
      InventedRule("R1", "BRAF", "p.V600E", "vemurafenib", level: "A1", ["age": "pediatric"]),
      InventedRule("R2", "BRAF", "p.V600E", "dabrafenib", level: "A1", ["age": "both"]),
      InventedRule("R3", "BRAF", "p.V600E", "trametinib", level: "B", ["age": "pediatric"]))
    let answer = clinic.ask("LMS", "BRAF V600E") { $0.age = age }
    #expect(answer.cell("R1", "condition") == (age == nil ? "a child's age" : ""))
    #expect(answer.cell("R1", "tier") == (age == nil ? "II-C" : "I-A"))
    #expect(answer.cell("R2", "condition") == "" && answer.cell("R3", "condition") == "")
  }

  @Test("surrogate: ERBB2 amplification stands in for HER2 IHC, conditionally")
  func her2Surrogate() {
    let clinic = InventedClinic(
      InventedRule(
        "R1", "ERBB2", "IHC = 3+", "trastuzumab deruxtecan", level: "A1", in: "SOLID_TUMOR", ["event_class": "EXPR"]))
    let answer = clinic.ask("LMS", "ERBB2 amplification")
    #expect(answer.cell("R1", "verdict") == "conditional")
    #expect(answer.cell("R1", "condition") == "HER2 IHC")
    #expect(answer.cell("R1", "tier") == "II-C")
  }

  @Test("surrogates: MSI-high and MMR-deficient point at each other")
  func repairSurrogates() {
    let clinic = InventedClinic(
      InventedRule("R1", "MSI", "high", "pembrolizumab", level: "A1", in: "SOLID_TUMOR"),
      InventedRule("R2", "MMR", "deficient", "dostarlimab", level: "A1", in: "SOLID_TUMOR"))
    let unstable = clinic.ask("LMS", "MSI-high")
    #expect(unstable.cell("R1", "tier") == "I-A")
    #expect(unstable.cell("R2", "verdict") == "conditional")
    let deficient = clinic.ask("LMS", "dMMR")
    #expect(deficient.cell("R2", "tier") == "I-A")
    #expect(deficient.cell("R1", "verdict") == "conditional")
    #expect(!clinic.ask("LMS", "MSI-high, pMMR").meets("R2"))
  }

  @Test(
    "surrogate: TMB high without a number fires only as conditional",
    arguments: [
      ("TMB high", "conditional"), ("TMB 14", "supported"), ("TMB 10", "supported"), ("TMB 9.6", nil), ("TMB low", nil),
    ] as [(String, String?)])
  func tmb(finding: String, verdict: String?) {
    let clinic = InventedClinic(InventedRule("R1", "TMB", ">= 10", "pembrolizumab", level: "A1", in: "SOLID_TUMOR"))
    #expect(clinic.ask("LMS", finding).cell("R1", "verdict") == verdict)
  }

  @Test("a rule that an untested biomarker could open is named among the tests that would open a rule")
  func openTests() {
    let table = inventedTable([
      InventedRule("R1", "TMB", ">= 10", "pembrolizumab", level: "A1", in: "SOLID_TUMOR"),
      InventedRule("R2", "KIT", "EXON 11", "imatinib"),
    ])
    let sample = SampleProfile(sampleID: "S", tumorTypes: ["LMS"], alterations: [mutation("KIT", "p.V559D")])
    let matches = Matcher(table: table).match(sample, collectsNearMisses: true)
    let asked = MeasurementTest(.greaterOrEqual, 10)
    #expect(matches.openTests == [.finding(gene: "TMB", .measurement([asked])): ["pembrolizumab"]])
  }

  @Test(
    "only what is stated counts as assayed: a panel, a wild type, another mutation of the gene",
    arguments: [("KRAS wt", "supported"), ("KRAS S17T", "supported"), ("NRAS wt", "conditional"), ("KRAS G12D", nil)]
      as [(String, String?)])
  func stated(finding: String, verdict: String?) {
    #expect(
      clinic(requires: "NOT KRAS activating").ask("LMS", "BRAF V600E, " + finding).cell("R1", "verdict") == verdict)
  }

  @Test(
    "copies or a stain of a gene do not tell that its sequence was assayed",
    arguments: ["KRAS gain", "KRAS amplification", "KRAS IHC positive"])
  func otherAssay(finding: String) {
    let answer = clinic(requires: "NOT KRAS activating").ask("LMS", "BRAF V600E, " + finding)
    #expect(answer.cell("R1", "verdict") == "conditional")
  }

  @Test(
    "HER2 2+ needs in situ hybridization",
    arguments: [
      ("HER2 IHC 2+ ISH positive", true), ("HER2 IHC 2+ ISH negative", false), ("HER2 IHC 3+", false),
    ])
  func equivocal(finding: String, isMet: Bool) {
    let clinic = InventedClinic(
      InventedRule("R1", "ERBB2", "IHC = 2+ AND ISH = positive", "trastuzumab", in: "BRCA", ["event_class": "EXPR"]))
    #expect(clinic.ask("BRCA", finding).meets("R1") == isMet)
  }

  @Test("HER2 2+ alone waits for in situ hybridization")
  func equivocalUntested() {
    let clinic = InventedClinic(
      InventedRule("R1", "ERBB2", "IHC = 2+ AND ISH = positive", "trastuzumab", in: "BRCA", ["event_class": "EXPR"]))
    let answer = clinic.ask("BRCA", "HER2 IHC 2+")
    #expect(answer.cell("R1", "verdict") == "conditional")
    #expect(answer.cell("R1", "condition") == "HER2 ISH")
  }

  @Test("co-occurrence", arguments: [("BCR::ABL1, ABL1 T315I", true), ("ABL1 T315I", false), ("BCR::ABL1", false)])
  func coOccurrence(findings: String, isMet: Bool) {
    let clinic = InventedClinic(
      InventedRule("R1", "ABL1", "p.T315I", "ponatinib", in: "CML", ["requires": "BCR::ABL1"]))
    let answer = clinic.ask("CML", findings)
    #expect((answer.cell("R1", "verdict") == "supported") == isMet)
  }

  @Test("exclusion: a resistance mutation of the kinase removes the match")
  func exclusion() {
    let clinic = InventedClinic(
      InventedRule(
        "R1", "NTRK1", "FUSION any", "larotrectinib", level: "A1", in: "SOLID_TUMOR",
        ["requires": "NOT NTRK1 CODON 595"])
    )
    #expect(clinic.ask("LMS", "LMNA::NTRK1").cell("R1", "tier") == "I-A")
    #expect(!clinic.ask("LMS", "LMNA::NTRK1, NTRK1 G595R").meets("R1"))
  }

  @Test(
    "origin: a germline rule needs germline stated",
    arguments: [
      ("germline BRCA2 S1982fs", "supported", ""), ("BRCA2 S1982fs", "conditional", "germline testing"),
      ("somatic BRCA2 S1982fs", nil, nil),
    ] as [(String, String?, String?)])
  func germline(finding: String, verdict: String?, condition: String?) {
    let clinic = InventedClinic(
      InventedRule("R1", "BRCA2", "LOF", "olaparib", level: "A1", in: "PAAD", ["origin": "germline"]))
    let answer = clinic.ask("PAAD", finding)
    #expect(answer.cell("R1", "verdict") == verdict)
    #expect(answer.cell("R1", "condition") == condition)
  }

  @Test(
    "origin: a label for either takes both",
    arguments: ["germline BRCA2 S1982fs", "BRCA2 S1982fs", "somatic BRCA2 S1982fs"])
  func eitherOrigin(finding: String) {
    let clinic = InventedClinic(
      InventedRule("R1", "BRCA2", "LOF", "olaparib", level: "A1", in: "PRAD", ["origin": "either"]))
    #expect(clinic.ask("PRAD", finding).cell("R1", "tier") == "I-A")
  }

  @Test("breast and pancreatic PARP labels of the table need germline BRCA", arguments: ["BRCA", "PAAD"])
  func parpLabels(tumor: String) {
    let unknown = Clinic.ask(tumor, "BRCA2 S1982fs", "HER2 negative")
    #expect(!unknown.has(["therapy": "olaparib", "tier": "I-A"]))
    #expect(unknown.has(["therapy": "olaparib", "body": "FDA", "tier": "II-C", "condition": "germline testing"]))
  }

  @Test(
    "thresholds carry the scale: TPS never answers for CPS",
    arguments: [
      ("PD-L1 TPS 60%", true), ("PD-L1 TPS 50%", true), ("PD-L1 TPS 40%", false), ("PD-L1 CPS 60", false),
      ("PD-L1 TC 60%", false),
    ])
  func scale(finding: String, isMet: Bool) {
    let clinic = InventedClinic(InventedRule("R1", "PD-L1", "TPS >= 50", "pembrolizumab", in: "NSCLC"))
    #expect(clinic.ask("NSCLC", finding).meets("R1") == isMet)
  }

  @Test("a required score on another scale is unknown, not false")
  func otherScale() {
    let clinic = InventedClinic(
      InventedRule("R1", "BRAF", "p.V600E", "pembrolizumab", level: "A1", ["requires": "PD-L1 CPS >= 10"]))
    #expect(clinic.ask("LMS", "BRAF V600E, PD-L1 CPS 12").cell("R1", "tier") == "I-A")
    #expect(clinic.ask("LMS", "BRAF V600E, PD-L1 TPS 60%").cell("R1", "condition") == "PD-L1 CPS")
    #expect(!clinic.ask("LMS", "BRAF V600E, PD-L1 CPS 5").meets("R1"))
  }

  @Test(
    "amplification is not IHC 3+",
    arguments: [
      ("HER2 IHC 3+", "supported"), ("HER2 IHC 2+", nil), ("HER2 IHC 0", nil),
      ("HER2 IHC 1+, ERBB2 amplification", nil),
    ] as [(String, String?)])
  func her2(finding: String, verdict: String?) {
    let clinic = InventedClinic(
      InventedRule(
        "R1", "ERBB2", "IHC = 3+", "trastuzumab deruxtecan", level: "A1", in: "SOLID_TUMOR", ["event_class": "EXPR"]))
    #expect(clinic.ask("LMS", finding).cell("R1", "verdict") == verdict)
  }

  @Test(
    "hormone receptors decide HR",
    arguments: [
      ("ER 95%", "supported"), ("PR positive", "supported"), ("ER negative, PR negative", nil),
      ("ER negative", "conditional"), ("HER2 negative", "conditional"),
    ] as [(String, String?)])
  func hormoneReceptors(findings: String, verdict: String?) {
    let clinic = InventedClinic(
      InventedRule("R1", "PIK3CA", "activating", "alpelisib", level: "A1", in: "BRCA", ["requires": "HR positive"]))
    #expect(clinic.ask("BRCA", "PIK3CA H1047R, " + findings).cell("R1", "verdict") == verdict)
  }

  @Test("prior therapy that is unknown is printed and does not block")
  func priorUnknown() {
    let answer = clinic(requires: "PRIOR(EGFR TKI)").ask("LMS", "BRAF V600E")
    #expect(answer.cell("R1", "verdict") == "supported")
    #expect(answer.cell("R1", "tier") == "I-A")
    #expect(answer.flags("R1").contains("requires_prior:EGFR TKI"))
  }

  @Test(
    "prior therapy that is stated decides",
    arguments: [(["EGFR TKI"], true), (["egfr tki (gefitinib)"], true), (["gefitinib"], true), ([], false)])
  func priorStated(given: [String], isMet: Bool) {
    let answer = clinic(requires: "PRIOR(EGFR TKI)").ask("LMS", "BRAF V600E") { $0.priorTherapy = given }
    #expect(answer.meets("R1") == isMet)
    if isMet { #expect(!answer.flags("R1").contains { $0.hasPrefix("requires_prior") }) }
  }

  @Test(
    "a treatment of any kind is systemic, and a regimen is what its agents are",
    arguments: [
      ("systemic therapy", "osimertinib"), ("systemic therapy", "FOLFOX"), ("fluoropyrimidine", "FOLFOX"),
      ("fluoropyrimidine", "capecitabine"), ("oxaliplatin", "mFOLFOX6"), ("irinotecan", "FOLFIRI"),
      ("chemotherapy", "FOLFIRINOX"), ("platinum chemotherapy", "CAPOX"),
    ])
  func priorRegimens(asked: String, given: String) {
    let answer = clinic(requires: "PRIOR(\(asked))").ask("LMS", "BRAF V600E") { $0.priorTherapy = [given] }
    #expect(!answer.flags("R1").contains { $0.hasPrefix("requires_prior") })
    let other = clinic(requires: "PRIOR(irinotecan)").ask("LMS", "BRAF V600E") { $0.priorTherapy = ["FOLFOX"] }
    #expect(other.flags("R1").contains("requires_prior:irinotecan"))
  }

  @Test("a list of treatments does not say that nothing else was given")
  func priorListed() {
    let answer = clinic(requires: "PRIOR(EGFR TKI)").ask("LMS", "BRAF V600E") { $0.priorTherapy = ["doxorubicin"] }
    #expect(answer.flags("R1").contains("requires_prior:EGFR TKI"))
  }

  @Test(
    "a stain by which a requirement is met stands in the row, under the name of its gene",
    arguments: [
      ("ER=positive", "ER positive", "BRAF;ESR1"), ("PR=positive", "PR positive", "BRAF;PGR"),
      ("HER2=positive", "HER2 positive", "BRAF;ERBB2"), ("HR=positive", "PR positive", "BRAF;PGR"),
    ])
  func stainsOfRow(requires: String, stain: String, genes: String) {
    let answer = clinic(requires: requires).ask("LMS", "BRAF V600E", stain)
    #expect(answer.cell("R1", "gene") == genes)
    #expect(answer.cell("R1", "verdict") == "supported")
  }
}
