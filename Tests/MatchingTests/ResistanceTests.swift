// SPDX-License-Identifier: Apache-2.0
internal import Query
import Alterations
import Knowledge
import TestSupport
import Testing

@Suite("Sensitivity, resistance, conflict")
struct ResistanceTests {
  private typealias R = InventedRule

  // MARK: Agents within a therapy

  @Test("a resistance match is asked about each agent inside a therapy")
  func agentInsideTherapy() {
    let clinic = InventedClinic(
      R("S1", "BRAF", "p.V600E", "dabrafenib + trametinib", level: "B"),
      .resistance("X1", "MAP2K1", "p.C121S", "trametinib", level: "B"))
    let answer = clinic.ask("LMS", "BRAF V600E, MAP2K1 C121S")
    #expect(answer.cell("S1", "verdict") == "conflicting")
    #expect(clinic.ask("LMS", "BRAF V600E").cell("S1", "verdict") == "supported")
  }

  @Test("a resistance match of another agent hits nothing")
  func otherAgent() {
    let clinic = InventedClinic(
      R("S1", "BRAF", "p.V600E", "dabrafenib + trametinib"),
      .resistance("X1", "MAP2K1", "p.C121S", "vemurafenib", level: "A1"))
    #expect(clinic.ask("LMS", "BRAF V600E, MAP2K1 C121S").cell("S1", "verdict") == "supported")
  }

  @Test("a row against that waits for a test leaves a row that does not as it is")
  func waitingOpponent() {
    let clinic = InventedClinic(
      R("S1", "BRAF", "p.V600E", "vemurafenib", level: "B"),
      .resistance("X1", "BRAF", "p.V600E", "vemurafenib", level: "A1", ["requires": "NOT PTEN LOF"]))
    let untested = clinic.ask("LMS", "BRAF V600E")
    #expect(untested.cell("X1", "verdict") == "conditional")
    #expect(untested.cell("S1", "verdict") == "supported")
    let tested = clinic.ask("LMS", "BRAF V600E") { $0.panel = ["BRAF", "PTEN"] }
    #expect(tested.cell("X1", "condition") == "")
    #expect(tested.cell("S1", "verdict") == "overridden")
  }

  // MARK: Second sites; the specific against the general

  @Test(
    "a second site named at level D or better overrides every row on another change of the gene",
    arguments: [
      ("NSCLC", "EGFR", "p.L858R", "p.T790M", "gefitinib"), ("NSCLC", "ALK", "FUSION any", "p.G1202R", "alectinib"),
      ("GIST", "KIT", "EXON 11", "p.N822K", "imatinib"), ("CML", "ABL1", "FUSION any", "p.T315I", "imatinib"),
      ("CML", "ABL1", "FUSION any", "p.T315I", "dasatinib"),
    ])
  func secondSite(tumor: String, gene: String, spec: String, against: String, agent: String) {
    let first = ["EGFR": "EGFR L858R", "ALK": "EML4::ALK", "KIT": "KIT V559D", "ABL1": "BCR::ABL1"][gene] ?? ""
    let clinic = InventedClinic(
      R("S1", gene, spec, agent, level: "A1", in: tumor),
      .resistance("X1", gene, against, agent, level: "D", in: "MEL;AML"))
    let answer = clinic.ask(tumor, "\(first), \(gene) \(against)")
    #expect(answer.cell("S1", "verdict") == "overridden")
    #expect(answer.meets("X1"))
    for rule in ["S1", "X1"] { #expect(answer.cell(rule, "references")?.isEmpty == false) }
    #expect(clinic.ask(tumor, first).cell("S1", "verdict") == "supported")
  }

  @Test(
    "second sites of the built-in table override",
    arguments: [
      ("NSCLC", "EGFR L858R, EGFR T790M", "gefitinib"), ("NSCLC", "EML4::ALK, ALK G1202R", "alectinib"),
      ("GIST", "KIT V559D, KIT N822K", "imatinib"), ("CML", "BCR::ABL1, ABL1 T315I", "imatinib"),
      ("CML", "BCR::ABL1, ABL1 T315I", "dasatinib"),
    ])
  func builtInSecondSite(tumor: String, findings: String, agent: String) {
    let answer = Clinic.ask(tumor, findings)
    #expect(answer.has(["therapy": agent, "direction": "sensitivity", "verdict": "overridden"]))
    #expect(!answer.has(["therapy": agent, "direction": "sensitivity", "verdict": "supported"]))
    #expect(answer.has(["direction": "resistance"]))
  }

  @Test("one laboratory row on a second site asks for caution, two of different sources decide")
  func laboratorySite() {
    let label = R("S1", "ALK", "FUSION any", "alectinib", level: "A1")
    let first = R.resistance("X1", "ALK", "p.G1202R", "alectinib", level: "E")
    let same = R.resistance("X2", "ALK", "CODON 1202", "alectinib", level: "E")
    let second = R.resistance("X3", "ALK", "CODON 1202", "alectinib", level: "E", ["reference": "PMID:2"])
    let claim = R.resistance("X4", "ALK", "p.G1202R", "alectinib", level: "E", ["reference": "PMID:3"])
    let findings = "EML4::ALK, ALK G1202R"
    // Rows of one claim are shown as one, and rest on their sources all the same.
    #expect(InventedClinic(label, first, claim).ask("LMS", findings).cell("S1", "verdict") == "overridden")
    #expect(InventedClinic(label, first).ask("LMS", findings).cell("S1", "verdict") == "caution")
    #expect(InventedClinic(label, first, same).ask("LMS", findings).cell("S1", "verdict") == "caution")
    #expect(InventedClinic(label, first, second).ask("LMS", findings).cell("S1", "verdict") == "overridden")
  }

  @Test(
    "a second site closes rows that rest on it by exon or class, and none that name it",
    arguments: [
      ("EXON 17", "overridden"), ("activating", "overridden"), ("CODON 816", "conflicting"),
    ])
  func siteItself(spec: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "KIT", spec, "imatinib", level: "D"), .resistance("X1", "KIT", "p.D816V", "imatinib", level: "D"))
    #expect(clinic.ask("LMS", "KIT D816V").cell("S1", "verdict") == verdict)
  }

  @Test("copy number is no second site")
  func copyNumberIsNoSite() {
    let clinic = InventedClinic(
      R("S1", "EGFR", "p.L858R", "gefitinib", level: "A1"),
      .resistance("X1", "EGFR", "AMP", "gefitinib", level: "D"))
    #expect(clinic.ask("LMS", "EGFR L858R, EGFR amplification").cell("S1", "verdict") == "supported")
  }

  @Test("a reversion closes every agent that the loss opens")
  func reversionOfTheClass() {
    let clinic = InventedClinic(
      R("S1", "BRCA2", "LOF", "olaparib", level: "A1"), R("S2", "BRCA2", "LOF", "rucaparib", level: "A1"),
      R("S3", "-", "-", "niraparib", level: "A1"), .resistance("X1", "BRCA2", "reversion", "olaparib", level: "D"))
    let answer = clinic.ask("LMS", "BRCA2 S1982fs, BRCA2 reversion mutation")
    #expect(answer.cell("S2", "verdict") == "overridden")
    #expect(answer.cell("S3", "verdict") == "supported")
  }

  @Test(
    "a site in the gene the agent acts on closes rows that rest on a gene no member acts on",
    arguments: [
      ("PTCH1", "LOF", "PTCH1 R135*", "SMO", "p.D473H", "vismodegib"),
      ("TSC1", "LOF", "TSC1 R245*", "MTOR", "p.F2108L", "everolimus"),
    ])
  func siteOfTheTarget(gene: String, spec: String, finding: String, target: String, site: String, agent: String) {
    let clinic = InventedClinic(
      R("S1", gene, spec, agent, level: "B"), .resistance("X1", target, site, agent, level: "D"))
    #expect(clinic.ask("LMS", "\(finding), \(target) \(site)").cell("S1", "verdict") == "overridden")
  }

  @Test("a site of one target says nothing of a row that rests on another target of the agent")
  func anotherTarget() {
    let clinic = InventedClinic(
      R("S1", "ALK", "FUSION any", "crizotinib", level: "A1"),
      .resistance("X1", "ROS1", "p.G2032R", "crizotinib", level: "D"))
    #expect(clinic.ask("LMS", "EML4::ALK, ROS1 G2032R").cell("S1", "verdict") == "supported")
  }

  @Test("rows that rest on no alteration do not rescue an agent that a second site has closed")
  func histologyDoesNotRescue() {
    let clinic = InventedClinic(
      R("S1", "KIT", "EXON 11", "imatinib", level: "A1"), R("S2", "-", "-", "imatinib", level: "A1"),
      .resistance("X1", "KIT", "p.N822K", "imatinib", level: "C"))
    #expect(clinic.ask("LMS", "KIT V559D, KIT N822K").cell("S2", "verdict") == "overridden")
    #expect(clinic.ask("LMS", "KIT V559D").cell("S2", "verdict") == "supported")
  }

  @Test(
    "a row against that names a change closes rows on histology by its level, tumor and gene",
    arguments: [
      ("A2", "LMS", "BRAF", "p.V600E", "panitumumab", "overridden"),
      ("A2", "MEL", "BRAF", "p.V600E", "panitumumab", "caution"),
      ("C", "LMS", "PDGFRA", "p.D842V", "imatinib", "overridden"),
      ("C", "LMS", "BRAF", "p.V600E", "panitumumab", "caution"),
      ("D", "LMS", "PDGFRA", "p.D842V", "imatinib", "supported"),
    ])
  func unanchored(level: String, tumor: String, gene: String, spec: String, agent: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "-", "-", agent, level: "A1"),
      .resistance("X1", gene, spec, agent, level: level, in: tumor))
    #expect(clinic.ask("LMS", "\(gene) \(spec)").cell("S1", "verdict") == verdict)
  }

  @Test("a report of two patients on a change of the target asks for caution, one of a single patient does not")
  func patientsTreated() {
    func verdict(_ treated: String) -> String? {
      InventedClinic(
        R("S1", "-", "-", "sunitinib", level: "A1"),
        .resistance("X1", "KIT", "p.L576P", "sunitinib", level: "D", ["n_treated": treated])
      ).ask("LMS", "KIT L576P").cell("S1", "verdict")
    }
    #expect(verdict("2") == "caution")
    #expect(verdict("1") == "supported")
    #expect(verdict("") == "supported")
  }

  @Test("a reversion in a loss-of-function gene overrides")
  func reversion() {
    let clinic = InventedClinic(
      R("S1", "BRCA2", "LOF", "olaparib", level: "A1"), .resistance("X1", "BRCA2", "reversion", "olaparib", level: "D"))
    #expect(clinic.ask("LMS", "BRCA2 S1982fs, BRCA2 reversion mutation").cell("S1", "verdict") == "overridden")
    #expect(clinic.ask("LMS", "BRCA2 S1982fs").cell("S1", "verdict") == "supported")
  }

  @Test("a sensitivity row that names the same alteration is weighed, but does not rescue from a third one")
  func thirdAlteration() {
    let clinic = InventedClinic(
      R("S1", "EGFR", "p.L858R", "osimertinib", level: "A1"), R("S2", "EGFR", "p.T790M", "osimertinib", level: "A1"),
      .resistance("X1", "EGFR", "p.C797S", "osimertinib", level: "D"))
    let answer = clinic.ask("LMS", "EGFR L858R, EGFR T790M, EGFR C797S")
    #expect(answer.cell("S1", "verdict") == "overridden")
    #expect(answer.cell("S2", "verdict") == "overridden")
    #expect(clinic.ask("LMS", "EGFR L858R, EGFR T790M").cell("S2", "verdict") == "supported")
  }

  @Test(
    "a sensitivity row that names the resistance mutation itself is weighed by level",
    arguments: [("A1", "caution"), ("C", "conflicting"), ("E", "overridden")])
  func weighedRow(level: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "EGFR", "p.T790M", "osimertinib", level: level),
      .resistance("X1", "EGFR", "p.T790M", "osimertinib", level: "C"))
    #expect(clinic.ask("LMS", "EGFR T790M").cell("S1", "verdict") == verdict)
  }

  @Test("a sensitivity row that names the resistance mutation beside another one is weighed by level")
  func namedBeside() {
    let clinic = InventedClinic(
      R("S1", "ABL1", "p.T315I", "ponatinib", level: "A1", in: "CML", ["requires": "BCR::ABL1"]),
      R("S2", "ABL1", "FUSION any", "asciminib", level: "A1", in: "CML", ["requires": "ABL1 p.T315I"]),
      .resistance("X1", "ABL1", "p.T315I", "ponatinib", level: "D", in: "CML"),
      .resistance("X2", "ABL1", "p.T315I", "asciminib", level: "D", in: "CML"))
    let answer = clinic.ask("CML", "BCR::ABL1, ABL1 T315I")
    #expect(answer.cell("S1", "verdict") == "supported")
    #expect(answer.cell("S2", "verdict") == "supported")
  }

  @Test("a second-site mutation reaches the agent inside a therapy")
  func secondSiteInTherapy() {
    let clinic = InventedClinic(
      R("S1", "EGFR", "p.L858R", "erlotinib + bevacizumab", level: "A1"),
      .resistance("X1", "EGFR", "p.T790M", "erlotinib", level: "D"))
    #expect(clinic.ask("LMS", "EGFR L858R, EGFR T790M").cell("S1", "verdict") == "overridden")
  }

  @Test(
    "a second site is named as a change, a codon or a range; a class of changes is weighed",
    arguments: [
      ("p.F1174L", "overridden"), ("CODON 1174", "overridden"), ("EXON 23", "overridden"), ("missense", "supported"),
      ("activating", "supported"), ("any", "supported"),
    ])
  func anyRung(spec: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "ALK", "EML4::ALK", "alectinib", level: "A1"), .resistance("X1", "ALK", spec, "alectinib", level: "D"))
    let answer = clinic.ask("LMS", "EML4::ALK, ALK F1174L")
    #expect(answer.meets("X1"))
    #expect(answer.cell("S1", "verdict") == verdict)
  }

  @Test("a laboratory row on the range that a label reads asks for caution")
  func sameAlteration() {
    let clinic = InventedClinic(
      R("S1", "KIT", "EXON 17", "avapritinib", level: "A1"),
      .resistance("X1", "KIT", "RANGE 788-828", "avapritinib", level: "E"))
    #expect(clinic.ask("LMS", "KIT D816V").cell("S1", "verdict") == "caution")
  }

  @Test(
    "a named change of another gene is weighed by strength against a class",
    arguments: ["p.G12D", "CODON 12", "RANGE 10-15"])
  func specificAgainstGeneral(spec: String) {
    let clinic = InventedClinic(
      R("S1", "PIK3CA", "activating", "alpelisib", level: "B"), .resistance("X1", "KRAS", spec, "alpelisib", level: "D")
    )
    #expect(clinic.ask("LMS", "PIK3CA H1047R, KRAS G12D").cell("S1", "verdict") == "supported")
  }

  @Test("a class resistance of another gene does not override an exact sensitivity of two levels more")
  func generalAgainstSpecific() {
    let clinic = InventedClinic(
      R("S1", "BRAF", "p.V600E", "vemurafenib", level: "A1"),
      .resistance("X1", "PTEN", "LOF", "vemurafenib", level: "D"))
    #expect(clinic.ask("LMS", "BRAF V600E, PTEN R130*").cell("S1", "verdict") == "supported")
  }

  // MARK: Levels

  @Test(
    "two levels settle, one is a matter of labels and studies of this tumor",
    arguments: [
      ("A1", "A1", "conflicting"), ("A1", "A2", "conflicting"), ("A1", "B", "caution"), ("A1", "C", "caution"),
      ("A1", "D", "supported"), ("B", "A1", "overridden"), ("B", "B", "conflicting"), ("B", "C", "conflicting"),
      ("B", "D", "supported"), ("C", "A1", "overridden"), ("C", "B", "conflicting"), ("C", "E", "supported"),
      ("D", "B", "overridden"), ("D", "C", "overridden"), ("E", "C", "overridden"), ("E", "A2", "overridden"),
    ])
  func gap(pro: String, contra: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "KRAS", "p.G13D", "cetuximab", level: pro),
      .resistance("X1", "KRAS", "p.G13D", "cetuximab", level: contra))
    #expect(clinic.ask("LMS", "KRAS G13D").cell("S1", "verdict") == verdict)
  }

  @Test(
    "a resistance row that loses is marked, and one that wins stands",
    arguments: [("A1", "D", "overridden"), ("D", "B", "supported"), ("B", "B", "conflicting")])
  func loser(pro: String, contra: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "KRAS", "p.G13D", "cetuximab", level: pro),
      .resistance("X1", "KRAS", "p.G13D", "cetuximab", level: contra))
    #expect(clinic.ask("LMS", "KRAS G13D").cell("X1", "verdict") == verdict)
  }

  @Test("within one level the newer does not win by date", arguments: ["1999-01-01", "2026-01-01"])
  func date(contra: String) {
    let clinic = InventedClinic(
      R("S1", "KRAS", "p.G13D", "cetuximab", ["status_date": "2012-01-01", "source_date": "2012-01-01"]),
      .resistance("X1", "KRAS", "p.G13D", "cetuximab", ["status_date": contra, "source_date": contra]))
    #expect(clinic.ask("LMS", "KRAS G13D").cell("S1", "verdict") == "conflicting")
  }

  // MARK: Agents that the change does not concern

  @Test(
    "an agent outside the reach of the mutation is untouched",
    arguments: [
      ("NSCLC", "EGFR T790M", "osimertinib"), ("GIST", "PDGFRA D842V", "avapritinib"),
      ("CML", "BCR::ABL1, ABL1 T315I", "ponatinib"), ("CML", "BCR::ABL1, ABL1 T315I", "asciminib"),
    ])
  func untouched(tumor: String, findings: String, agent: String) {
    let answer = Clinic.ask(tumor, findings)
    #expect(
      answer.has(["therapy": agent, "direction": "sensitivity", "level": "A1", "tier": "I-A", "verdict": "supported"]))
  }

  @Test("resistance to one agent is no resistance to another of its class")
  func sameClass() {
    let clinic = InventedClinic(
      R("S1", "EGFR", "p.L858R", "gefitinib", level: "A1"), R("S2", "EGFR", "p.L858R", "osimertinib", level: "A1"),
      .resistance("X1", "EGFR", "p.T790M", "gefitinib"))
    let answer = clinic.ask("LMS", "EGFR L858R, EGFR T790M")
    #expect(answer.cell("S1", "verdict") == "overridden")
    #expect(answer.cell("S2", "verdict") == "supported")
  }

  // MARK: No benefit

  @Test(
    "no_benefit of the same biomarker in the same tumor counts as resistance",
    arguments: [("D", "B", "overridden"), ("B", "B", "conflicting"), ("A1", "C", "caution")])
  func noBenefitSame(pro: String, contra: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "BRCA2", "HOMDEL", "olaparib", level: pro),
      R("N1", "BRCA2", "HOMDEL", "olaparib", level: contra, ["direction": "no_benefit"]))
    #expect(clinic.ask("LMS", "BRCA2 homozygous deletion").cell("S1", "verdict") == verdict)
  }

  @Test("no_benefit of the same biomarker in another tumor is a caution at most")
  func noBenefitElsewhere() {
    let clinic = InventedClinic(
      R("S1", "BRCA2", "HOMDEL", "olaparib", level: "C"),
      R("N1", "BRCA2", "HOMDEL", "olaparib", level: "B", in: "MEL", ["direction": "no_benefit"]))
    #expect(clinic.ask("LMS", "BRCA2 homozygous deletion").cell("S1", "verdict") == "caution")
  }

  @Test("no_benefit of an unselected study is a caution line, and both are printed")
  func noBenefitUnselected() {
    let clinic = InventedClinic(
      R("S1", "BRCA2", "HOMDEL", "olaparib", level: "C"),
      R("N1", "-", "-", "olaparib", level: "B", ["direction": "no_benefit"]))
    let answer = clinic.ask("LMS", "BRCA2 homozygous deletion")
    #expect(answer.cell("S1", "verdict") == "caution")
    #expect(answer.cell("S1", "tier") == "II-C")
    #expect(answer.meets("N1"))
  }

  @Test("an unselected study of a combination stands beside the series of its member")
  func olaparibTemozolomide() {
    let answer = Clinic.ask("ULMS", "BRCA2 homozygous deletion")
    #expect(answer.has(["therapy": "olaparib", "direction": "sensitivity", "tier": "II-C"]))
    #expect(answer.has(["therapy": "olaparib + temozolomide", "direction": "no_benefit"]))
    #expect(!answer.has(["therapy": "olaparib", "direction": "sensitivity", "verdict": "overridden"]))
  }

  // MARK: Both sides are printed

  @Test("conflicting rows are all printed with counts per direction")
  func counts() {
    let clinic = InventedClinic(
      R("S1", "KRAS", "p.G13D", "cetuximab", level: "B"),
      .resistance("X1", "KRAS", "p.G13D", "cetuximab", level: "B"),
      .resistance("X2", "KRAS", "p.G13D", "cetuximab", level: "B", ["reference": "PMID:2"]),
      .resistance("X3", "KRAS", "CODON 13", "cetuximab", level: "A2", ["body": "guideline"]))
    let answer = clinic.ask("LMS", "KRAS G13D")
    #expect(answer.cell("S1", "verdict") == "overridden")
    #expect(answer.flags("S1").contains("for:1") && answer.flags("S1").contains("against:3"))
    #expect(answer.meets("X3"))
    #expect(answer.cell("X1", "more_support") == "1")
  }

  @Test("KRAS G13D and cetuximab: resistance with dissent")
  func g13d() throws {
    let answer = Clinic.ask("COADREAD", "KRAS G13D")
    let pro = try #require(answer.rows(["therapy": "cetuximab", "direction": "sensitivity"]).first)
    #expect(pro["verdict"] == "overridden")
    #expect(pro["flags"]?.contains("for:1") == true)
    #expect(answer.has(["therapy": "cetuximab", "direction": "resistance"]))
  }

  // MARK: What is not known

  @Test("an unknown effect is said as unknown")
  func unknownEffect() {
    let answer = InventedClinic(R("S1", "EGFR", "p.L858R", "gefitinib")).ask("LMS", "EGFR T10A")
    #expect(answer.therapies.rows.isEmpty)
    #expect(answer.remarks.contains { $0.contains("EGFR p.T10A") && $0.contains("not known") })
  }

  @Test("absence of a rule is not resistance")
  func absence() {
    let answer = InventedClinic(R("S1", "EGFR", "p.L858R", "gefitinib", level: "A1")).ask(
      "LMS", "EGFR L858R, MYOCD amplification")
    #expect(!answer.has(["direction": "resistance"]))
    #expect(answer.cell("S1", "verdict") == "supported")
    #expect(answer.remarks.contains { $0.contains("MYOCD AMP") && $0.contains("no rule in the table") })
  }

  // MARK: Agents that need an intact gene

  @Test(
    "CDK4/6 inhibitors need RB1 intact: loss makes the pair at least conflicting, whatever the levels",
    arguments: ["palbociclib", "ribociclib", "abemaciclib"], ["A1", "C", "E"])
  func cdk(agent: String, level: String) {
    let clinic = InventedClinic(
      R("S1", "CDKN2A", "HOMDEL", agent, level: level),
      .resistance("X1", "RB1", "LOF", "cdk4/6 inhibitor (class)", level: "E"))
    let answer = clinic.ask("LMS", "CDKN2A homozygous deletion, RB1 homozygous deletion")
    #expect(["conflicting", "overridden"].contains(answer.cell("S1", "verdict")))
    #expect(answer.cell("X1", "direction") == "resistance")
    #expect(clinic.ask("LMS", "CDKN2A homozygous deletion").cell("S1", "verdict") == "supported")
  }

  @Test("MDM2 inhibitors need TP53 wild type")
  func mdm2() {
    let clinic = InventedClinic(
      R("S1", "MDM2", "AMP", "rg7112", level: "A1"),
      .resistance("X1", "TP53", "oncogenic", "mdm2 inhibitor (class)", level: "E"))
    #expect(clinic.ask("LMS", "MDM2 amplification, TP53 R175H").cell("S1", "verdict") == "conflicting")
    #expect(clinic.ask("LMS", "MDM2 amplification").cell("S1", "verdict") == "supported")
  }

  @Test("not tested gives a note and is not conditional")
  func untestedDependence() {
    let clinic = InventedClinic(R("S1", "CDKN2A", "HOMDEL", "palbociclib", level: "C", ["requires": "WT(RB1)"]))
    let answer = clinic.ask("LMS", "CDKN2A homozygous deletion")
    #expect(answer.cell("S1", "verdict") == "supported")
    #expect(answer.cell("S1", "condition") == "")
    #expect(answer.flags("S1").contains { $0.contains("RB1") })
  }

  @Test(
    "the built-in table has the resistance lines of both classes",
    arguments: [
      ("LMS", "RB1 homozygous deletion", "cdk4/6 inhibitor (class)"), ("DDLS", "TP53 R175H", "mdm2 inhibitor (class)"),
    ])
  func builtInDependence(tumor: String, finding: String, token: String) {
    #expect(Clinic.ask(tumor, finding).has(["therapy": token, "direction": "resistance"]))
  }

  // MARK: Combinations

  @Test(
    "a row about one member does not touch a combination whose own row names that alteration",
    arguments: [
      ("BRAF", "p.V600E", "BRAF V600E", "encorafenib + cetuximab"),
      ("KRAS", "p.G12C", "KRAS G12C", "adagrasib + cetuximab"),
    ])
  func member(gene: String, spec: String, finding: String, therapy: String) {
    let clinic = InventedClinic(
      R("S1", gene, spec, therapy, level: "C"), R("S2", gene, spec, "cetuximab", level: "C"),
      .resistance("X1", gene, spec, "cetuximab", level: "A1"))
    let answer = clinic.ask("LMS", finding)
    #expect(answer.cell("S1", "verdict") == "supported")
    #expect(answer.cell("S2", "verdict") == "overridden")
  }

  @Test(
    "combinations of the built-in table are not touched by rows on a member",
    arguments: [("BRAF V600E", "encorafenib + cetuximab"), ("KRAS G12C", "adagrasib + cetuximab")])
  func builtInMember(finding: String, therapy: String) {
    let answer = Clinic.ask("COADREAD", finding)
    #expect(answer.has(["therapy": therapy, "level": "A1", "tier": "I-A", "verdict": "supported"]))
    #expect(answer.has(["therapy": "cetuximab", "direction": "resistance"]))
  }

  // MARK: Classes of agents

  @Test("a class token is printed with (class)")
  func token() {
    let answer = InventedClinic(.resistance("X1", "PTEN", "HOMDEL", "pd-1 inhibitor (class)", level: "D"))
      .ask("LMS", "PTEN homozygous deletion")
    #expect(answer.cell("X1", "therapy") == "pd-1 inhibitor (class)")
  }

  @Test(
    "a class resistance row reaches the agents of that class and no others",
    arguments: [("pembrolizumab", "overridden"), ("nivolumab", "overridden"), ("everolimus", "supported")])
  func tokenReach(agent: String, verdict: String) {
    let clinic = InventedClinic(
      R("S1", "TMB", ">= 10", agent, level: "D"),
      .resistance("X1", "PTEN", "HOMDEL", "pd-1 inhibitor (class)", level: "B"))
    #expect(clinic.ask("LMS", "TMB 14, PTEN homozygous deletion").cell("S1", "verdict") == verdict)
  }

  @Test("a class resistance row reaches an agent inside a combination")
  func tokenInsideTherapy() {
    let clinic = InventedClinic(
      R("S1", "TMB", ">= 10", "axitinib + pembrolizumab", level: "D"),
      .resistance("X1", "PTEN", "HOMDEL", "pd-1 inhibitor (class)", level: "B"))
    #expect(clinic.ask("LMS", "TMB 14, PTEN homozygous deletion").cell("S1", "verdict") == "overridden")
  }

  @Test("a class token is never an option")
  func tokenIsNoOption() {
    let answer = InventedClinic(R("S1", "BRCA2", "HOMDEL", "parp inhibitor (class)", level: "C"))
      .ask("LMS", "BRCA2 homozygous deletion")
    #expect(answer.cell("S1", "therapy") == "parp inhibitor (class)")
    #expect(answer.pairs.isEmpty)
  }
}

@Suite("Bypass and microenvironment")
struct BypassTests {
  private static let vemurafenib = InventedClinic(
    InventedRule("S1", "BRAF", "p.V600E", "vemurafenib", level: "A1"))

  @Test(
    "a second hit in a parallel pathway is a possible bypass",
    arguments: [
      ("PTEN homozygous deletion", "PTEN"), ("PTEN R130*", "PTEN"), ("NF1 homozygous deletion", "NF1"),
      ("MET amplification", "MET"), ("ERBB2 amplification", "ERBB2"), ("PIK3CA H1047R", "PIK3CA"),
      ("AKT1 E17K", "AKT1"),
    ])
  func possible(finding: String, gene: String) {
    let answer = Self.vemurafenib.ask("LMS", "BRAF V600E, " + finding)
    #expect(answer.flags("S1").contains("possible_bypass:\(gene)"))
  }

  @Test("a suppressor lost by an oncogenic substitution is a possible bypass")
  func lostBySubstitution() {
    let answer = Self.vemurafenib.ask("LMS", "BRAF V600E, PTEN R130Q")
    #expect(answer.flags("S1").contains("possible_bypass:PTEN"))
  }

  @Test("an inferred bypass never demotes a labelled match")
  func neverDemotes() {
    let answer = Self.vemurafenib.ask("LMS", "BRAF V600E, PTEN homozygous deletion")
    #expect(answer.cell("S1", "tier") == "I-A")
    #expect(answer.cell("S1", "verdict") == "supported")
  }

  @Test(
    "what switches no pathway on is no bypass",
    arguments: [
      "PTEN amplification", "PTEN A3T", "PIK3CA S10T", "MET gain", "MYOCD amplification", "BRAF G466V", "KRAS wt",
    ])
  func none(finding: String) {
    #expect(
      !Self.vemurafenib.ask("LMS", "BRAF V600E, " + finding).flags("S1").contains { $0.hasPrefix("possible_bypass") })
  }

  @Test("a bypass row of the table is weighed by its level", arguments: [("B", "overridden"), ("E", "conflicting")])
  func row(level: String, verdict: String) {
    let clinic = InventedClinic(
      InventedRule("S1", "EGFR", "activating", "gefitinib", level: "D"),
      .resistance("X1", "MET", "AMP", "gefitinib", level: level))
    #expect(clinic.ask("LMS", "EGFR L858R, MET amplification").cell("S1", "verdict") == verdict)
  }

  @Test(
    "the examples of the specification have rows",
    arguments: [
      ("MEL", "AKT1 Q79K"), ("MEL", "PTEN homozygous deletion"), ("MEL", "NF1 homozygous deletion"),
      ("MEL", "BRAF amplification"), ("NSCLC", "MET amplification"), ("COADREAD", "ERBB2 amplification"),
    ])
  func builtIn(tumor: String, finding: String) {
    #expect(Clinic.ask(tumor, finding).has(["direction": "resistance"]))
  }

  @Test(
    "activity named for pazopanib in sarcoma is a hypothesis of level E", arguments: ["PIK3CA H1047R", "KRAS G12D"])
  func hypothesis(finding: String) {
    #expect(
      Clinic.ask("LMS", finding).has([
        "therapy": "pazopanib", "direction": "resistance", "level": "E", "verdict": "hypothesis",
      ]))
  }

  @Test("genes of the microenvironment oppose PD-1 agents", arguments: ["B2M", "JAK1", "JAK2", "PTEN"])
  func immuneGene(gene: String) {
    let answer = Clinic.ask("MEL", "\(gene) homozygous deletion")
    #expect(answer.has(["direction": "resistance"]))
  }

  @Test("what was not looked at is printed as not assessed")
  func notAssessed() {
    let clinic = InventedClinic(InventedRule("S1", "TMB", ">= 10", "pembrolizumab", level: "A1"))
    #expect(clinic.ask("LMS", "TMB 14").flags("S1").contains("microenvironment:not_assessed"))
  }

  @Test(
    "a measured microenvironment is assessed",
    arguments: ["PD-L1 TPS 5%", "TLS present"])
  func assessed(finding: String) {
    let clinic = InventedClinic(InventedRule("S1", "TMB", ">= 10", "pembrolizumab", level: "A1"))
    let answer = clinic.ask("LMS", "TMB 14, " + finding)
    #expect(!answer.flags("S1").contains("microenvironment:not_assessed"))
    #expect(!answer.remarks.contains { $0.hasPrefix("not understood") })
  }

  @Test("CD8 and macrophages are accepted", arguments: ["CD8 high", "macrophages high"])
  func cells(finding: String) {
    let clinic = InventedClinic(InventedRule("S1", "TMB", ">= 10", "pembrolizumab", level: "A1"))
    let answer = clinic.ask("LMS", "TMB 14, " + finding)
    #expect(!answer.flags("S1").contains("microenvironment:not_assessed"))
    #expect(!answer.remarks.contains { $0.hasPrefix("not understood") })
  }

  @Test("agents that are not immune say nothing of the microenvironment")
  func otherAgents() {
    let clinic = InventedClinic(InventedRule("S1", "KIT", "EXON 11", "imatinib", level: "A1"))
    #expect(!clinic.ask("LMS", "KIT V559D").flags("S1").contains { $0.hasPrefix("microenvironment") })
  }
}
