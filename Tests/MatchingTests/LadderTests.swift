// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import Reports
import Matching
import TestSupport
import Testing

@Suite("The match ladder")
struct LadderTests {
  private func rung(_ gene: String, _ spec: String, _ findings: String..., eventClass: String = "") -> String? {
    var rule = InventedRule("R1", gene, spec, "imatinib")
    if !eventClass.isEmpty { rule.cells["event_class"] = eventClass }
    return InventedClinic(rule).ask("LMS", findings.joined(separator: ", ")).cell("R1", "rung")
  }

  @Test(
    "exact: the very change and no other",
    arguments: [
      ("EGFR L858R", "exact"), ("EGFR p.Leu858Arg", "exact"), ("EGFR L858M", nil), ("EGFR L861Q", nil),
      ("EGFR amplification", nil),
    ] as [(String, String?)])
  func exact(finding: String, rung: String?) {
    #expect(self.rung("EGFR", "p.L858R", finding) == rung)
  }

  @Test(
    "exact: the change of the coding sequence, in whichever notation the rule and the file write it",
    arguments: [
      ("FLCN", "c.1285dupC", "FLCN c.1285dupC", "exact"), ("FLCN", "c.1285dupC", "FLCN c.1285dup", "exact"),
      ("FLCN", "c.1285dup", "FLCN c.1285dupC", "exact"), ("BRAF", "c.1799T>A", "BRAF c.T1799A", "exact"),
      ("EGFR", "c.2235_2249del15", "EGFR c.2235_2249delGGAATTAAGAGAAGC", "exact"),
      ("TERT", "c.-124C>T", "TERT c.-124C>T", "exact"), ("TERT", "c.-124C>T", "TERT c.-146C>T", nil),
      ("FLCN", "c.1285dupC", "FLCN c.1285delC", nil), ("BRAF", "c.1799T>A", "BRAF c.1799T>G", nil),
    ] as [(String, String, String, String?)])
  func exactCoding(gene: String, spec: String, finding: String, rung: String?) {
    #expect(self.rung(gene, spec, finding) == rung)
  }

  @Test(
    "exact: a fusion of two named genes",
    arguments: [
      ("FIP1L1::PDGFRA", "exact"), ("FIP1L1-PDGFRA", "exact"), ("BCR::PDGFRA", nil), ("PDGFRA D842V", nil),
      ("PDGFRA::FIP1L1", nil),
    ] as [(String, String?)])
  func exactFusion(finding: String, rung: String?) {
    #expect(self.rung("PDGFRA", "FIP1L1::PDGFRA", finding) == rung)
  }

  @Test(
    "codon: any substitution at the codon",
    arguments: [
      ("BRAF V600E", "codon"), ("BRAF V600K", "codon"), ("BRAF V600R", "codon"), ("BRAF K601E", nil),
      ("BRAF V600del", nil), ("BRAF V600fs", nil), ("BRAF V600=", nil),
    ] as [(String, String?)])
  func codon(finding: String, rung: String?) {
    #expect(self.rung("BRAF", "CODON 600", finding) == rung)
  }

  @Test(
    "range: ends are inclusive and any affected residue counts",
    arguments: [
      ("KIT K550N", "range"), ("KIT V559D", "range"), ("KIT W557_K558del", "range"), ("KIT K545_K550del", "range"),
      ("KIT p.A502_Y503dup", nil), ("KIT p.K549N", nil), ("KIT p.G593D", nil), ("KIT amplification", nil),
      ("KIT V559=", nil),
    ] as [(String, String?)])
  func range(finding: String, rung: String?) {
    #expect(self.rung("KIT", "EXON 11", finding) == rung)
  }

  @Test(
    "range: residues instead of an exon",
    arguments: [("KIT D816V", "range"), ("KIT N822K", "range"), ("KIT V654A", nil)] as [(String, String?)])
  func residues(finding: String, rung: String?) {
    #expect(self.rung("KIT", "RANGE 788-828", finding) == rung)
  }

  @Test("range: an exon that is stated in words lies in the exon")
  func statedExon() {
    #expect(rung("KIT", "EXON 11", "KIT exon 11 mutation") == "range")
    #expect(rung("KIT", "EXON 11", "KIT exon 9 mutation") == nil)
    #expect(rung("EGFR", "EXON 19 inframe_del", "EGFR exon 19 deletion") == "class")
  }

  @Test(
    "class: truncating",
    arguments: [
      ("PTEN R130*", "class"), ("PTEN K267fs", "class"), ("PTEN splice site mutation", "class"), ("PTEN M1?", "class"),
      ("PTEN R130Q", nil), ("PTEN E7del", nil), ("PTEN homozygous deletion", nil),
    ] as [(String, String?)])
  func truncating(finding: String, rung: String?) {
    #expect(self.rung("PTEN", "truncating", finding) == rung)
  }

  @Test(
    "class: in-frame insertions of an exon, a dup among them",
    arguments: [
      ("EGFR D770_N771insG", "class"), ("EGFR A767_V769dup", "class"), ("EGFR T790M", nil), ("EGFR E746_A750del", nil),
      ("EGFR L858_A859insG", nil),
    ] as [(String, String?)])
  func inframeInsertion(finding: String, rung: String?) {
    #expect(self.rung("EGFR", "EXON 20 inframe_ins", finding) == rung)
  }

  @Test(
    "class: a whole-gene class",
    arguments: [("EGFR E746_A750del", "class"), ("EGFR L747_P753delinsS", "class"), ("EGFR D770_N771insG", nil)]
      as [(String, String?)])
  func inframeDeletion(finding: String, rung: String?) {
    #expect(self.rung("EGFR", "inframe_del", finding) == rung)
  }

  @Test(
    "class: only AMP satisfies an amplification rule",
    arguments: [
      ("KIT amplification", "class"), ("KIT copy number 8", "class"), ("KIT gain", nil), ("KIT copy number 4", nil),
      ("KIT V559D", nil), ("KIT deletion", nil),
    ] as [(String, String?)])
  func amplification(finding: String, rung: String?) {
    #expect(self.rung("KIT", "AMP", finding) == rung)
  }

  @Test(
    "class: only HOMDEL satisfies a rule for both alleles",
    arguments: [
      ("PTEN homozygous deletion", "class"), ("PTEN deep deletion", "class"), ("PTEN shallow deletion", nil),
      ("PTEN LOH", nil), ("PTEN R130*", nil),
    ] as [(String, String?)])
  func deletion(finding: String, rung: String?) {
    #expect(self.rung("PTEN", "HOMDEL", finding) == rung)
  }

  @Test("class: a loss without a word for both alleles is conditional on the other one")
  func looseLoss() {
    let answer = InventedClinic(InventedRule("R1", "PTEN", "HOMDEL", "everolimus")).ask("LMS", "PTEN loss")
    #expect(answer.cell("R1", "verdict") == "conditional")
    #expect(answer.cell("R1", "condition") == "loss of both alleles of PTEN")
  }

  @Test(
    "class: biallelic loss is HOMDEL, or a truncating change with loss of the other allele",
    arguments: [
      ("PTEN homozygous deletion", "class"), ("PTEN R130*, PTEN LOH", "class"),
      ("PTEN R130*, PTEN shallow deletion", "class"), ("PTEN R130*", nil), ("PTEN LOH", nil),
      ("PTEN A3T, PTEN LOH", nil),
    ] as [(String, String?)])
  func biallelic(findings: String, rung: String?) {
    #expect(self.rung("PTEN", "BIALLELIC", findings) == rung)
  }

  @Test(
    "class: loss of function",
    arguments: [
      ("PTEN R130*", "class"), ("PTEN homozygous deletion", "class"), ("PTEN shallow deletion", nil), ("PTEN A3T", nil),
      ("PTEN gain", nil),
    ] as [(String, String?)])
  func lossOfFunction(finding: String, rung: String?) {
    #expect(self.rung("PTEN", "LOF", finding) == rung)
  }

  @Test(
    "class: any fusion of the gene, also with an unknown partner",
    arguments: [
      ("EML4::ALK", "class"), ("ALK fusion", "class"), ("ALK::EML4", nil), ("ALK F1174L", nil),
      ("ALK amplification", nil), ("EML4 amplification", nil),
    ] as [(String, String?)])
  func fusion(finding: String, rung: String?) {
    #expect(self.rung("ALK", "FUSION any", finding) == rung)
  }

  @Test(
    "class: a fusion with the kinase 3-prime",
    arguments: [("EML4::ALK", "class"), ("EML4-ALK", "class"), ("ALK-EML4", "class"), ("ALK::EML4", nil)]
      as [(String, String?)])
  func threePrime(finding: String, rung: String?) {
    #expect(self.rung("ALK", "FUSION 3prime", finding) == rung)
  }

  @Test("class: an order that was assumed is said")
  func orientationAssumed() {
    let clinic = InventedClinic(InventedRule("R1", "ALK", "FUSION 3prime", "crizotinib"))
    #expect(clinic.ask("LMS", "ALK-EML4").flags("R1").contains("orientation_assumed"))
    #expect(!clinic.ask("LMS", "EML4::ALK").flags("R1").contains("orientation_assumed"))
  }

  @Test(
    "class: an out-of-frame fusion does not satisfy a sensitivity rule",
    arguments: ["FUSION any", "FUSION 3prime", "EML4::ALK"])
  func outOfFrame(spec: String) {
    #expect(rung("ALK", spec, "EML4::ALK in frame") != nil)
    #expect(rung("ALK", spec, "EML4::ALK out of frame") == nil)
  }

  @Test(
    "class: a missense change or an amplification never satisfies a fusion rule",
    arguments: ["NTRK1 amplification", "NTRK1 G595R", "NTRK1 gain", "NTRK1 R10*"])
  func noFusion(finding: String) {
    #expect(rung("NTRK1", "FUSION any", finding) == nil)
  }

  @Test(
    "class: exon 14 skipping, however written",
    arguments: ["MET exon 14 skipping", "METex14", "MET X1010_splice", "MET c.3028+1G>A"])
  func skipping(finding: String) {
    #expect(rung("MET", "EXON 14 skipping", finding) == "class")
  }

  @Test(
    "class: a rule may name every class of the table of named changes",
    arguments: [
      ("KMT2A", "PTD", "KMT2A-PTD", "class"), ("KMT2A", "PTD", "KMT2A partial tandem duplication", "class"),
      ("EGFR", "KDD", "EGFR kinase domain duplication", "class"), ("EGFR", "vV", "EGFR vV", "class"),
      ("EGFR", "vIII", "EGFR vV", nil), ("KMT2A", "PTD", "KMT2A R2G", nil),
    ] as [(String, String, String, String?)])
  func namedClasses(gene: String, spec: String, finding: String, rung: String?) {
    #expect(self.rung(gene, spec, finding) == rung)
  }

  @Test(
    "class: FLT3 ITD by name or as a gain of residues 572 to 603",
    arguments: [
      ("FLT3-ITD", "class"), ("FLT3 D600_L601insFREYEYD", "class"), ("FLT3 Y572_V579dup", "class"), ("FLT3 D835Y", nil),
      ("FLT3 N676_K677insG", nil),
    ] as [(String, String?)])
  func tandem(finding: String, rung: String?) {
    #expect(self.rung("FLT3", "ITD", finding) == rung)
  }

  @Test(
    "class: an activating hotspot is the listed change",
    arguments: [("BRAF V600E", "class"), ("BRAF V600A", nil), ("BRAF A10T", nil)] as [(String, String?)])
  func hotspot(finding: String, rung: String?) {
    #expect(self.rung("BRAF", "activating hotspot", finding) == rung)
  }

  @Test(
    "oncogenic: a change scored oncogenic or likely oncogenic",
    arguments: [
      ("PIK3CA H1047R", "oncogenic"), ("PIK3CA E545K", "oncogenic"), ("PIK3CA S10T", nil), ("PIK3CA I391M", nil),
      ("PIK3CA R10*", nil),
    ] as [(String, String?)])
  func oncogenic(finding: String, rung: String?) {
    #expect(self.rung("PIK3CA", "activating", finding) == rung)
  }

  @Test(
    "gene: any non-benign change, missense off by default",
    arguments: [
      ("KIT R10*", "gene"), ("KIT K550_K558del", "gene"), ("KIT T10A", nil), ("KIT M541L", nil), ("KIT T10=", nil),
      ("KIT gain", nil),
    ] as [(String, String?)])
  func gene(finding: String, rung: String?) {
    #expect(self.rung("KIT", "any", finding) == rung)
  }

  @Test("gene: a missense change that is oncogenic counts")
  func geneOncogenic() {
    #expect(rung("KIT", "any", "KIT D816V") == "gene")
  }

  @Test("the first rung that matches is recorded")
  func firstRung() {
    #expect(rung("EGFR", "any | EXON 21 | CODON 858 | p.L858R", "EGFR L858R") == "exact")
    #expect(rung("EGFR", "any | EXON 21 | CODON 858 | p.L858R", "EGFR L858M") == "codon")
    #expect(rung("EGFR", "any | EXON 21 | CODON 858 | p.L858R", "EGFR L861Q") == "range")
  }

  @Test(
    "a rule written at a higher rung never falls to a lower one", arguments: ["p.V559D", "CODON 559", "RANGE 559-559"])
  func neverFalls(spec: String) {
    #expect(rung("KIT", spec, "KIT L576P") == nil)
  }

  @Test("silent changes match nothing and are listed", arguments: ["KIT V559=", "KIT p.Val559=", "KIT V559V"])
  func silent(finding: String) {
    let clinic = InventedClinic(
      InventedRule("R1", "KIT", "EXON 11", "imatinib"), InventedRule("R2", "KIT", "any", "imatinib"))
    let answer = clinic.ask("LMS", finding)
    #expect(answer.therapies.rows.isEmpty)
    #expect(answer.remarks.contains { $0.hasPrefix("KIT") })
  }

  @Test("a non-canonical splice change stays a VUS")
  func spliceRegion() {
    #expect(rung("TP53", "splice", "TP53 c.375+5G>A") == nil)
    #expect(rung("TP53", "splice", "TP53 c.375+1G>A") == "class")
    #expect(rung("TP53", "any", "TP53 c.375+5G>A") == nil)
  }

  @Test(
    "an alteration that a rule names takes the row alone, whatever else comes near",
    arguments: ["EGFR G719A, EGFR L858R", "EGFR L858R, EGFR G719A"])
  func nearest(findings: String) {
    let clinic = InventedClinic(InventedRule("R1", "EGFR", "p.L858R | activating", "gefitinib"))
    let both = clinic.ask("LMS", findings)
    #expect(both.cell("R1", "rung") == "exact")
    #expect(both.cell("R1", "alteration") == "p.L858R")
    #expect(clinic.ask("LMS", "EGFR G719A").cell("R1", "alteration") == "p.G719A", "it would meet the rule by itself")
  }

  @Test("uncertain variants are listed as such")
  func vus() {
    let answer = InventedClinic(InventedRule("R1", "PDGFRA", "EXON 18", "avapritinib")).ask("LMS", "PDGFRA K385M")
    #expect(answer.therapies.rows.isEmpty)
    #expect(answer.remarks.contains { $0.contains("PDGFRA p.K385M") && $0.contains("effect not known") })
  }
}

@Suite("Oncogenicity")
struct OncogenicityTests {
  private static let plain = Matcher(table: inventedTable([InventedRule("R1", "KIT", "EXON 11", "imatinib")]))

  private func annotated(_ alteration: Alteration, _ matcher: Matcher = plain) -> Oncogenicity? {
    matcher.match(SampleProfile(sampleID: "S", tumorTypes: ["LMS"], alterations: [alteration])).alterations.first?
      .oncogenicity
  }

  private func verdict(_ alteration: Alteration, _ matcher: Matcher = plain) -> Oncogenicity.Class? {
    annotated(alteration, matcher)?.verdict
  }

  @Test(
    "a null variant in a tumor suppressor weighs strongly", arguments: ["p.R175*", "p.E28fs", "p.X126_splice", "p.M1?"])
  func null(change: String) {
    #expect([.oncogenic, .likelyOncogenic].contains(verdict(mutation("TP53", change))))
  }

  @Test("a null variant in an oncogene is uncertain")
  func nullInOncogene() {
    #expect(verdict(mutation("KIT", "p.R10*")) == .uncertain)
  }

  @Test(
    "a hotspot counts by the samples that have the very change and by those with any at its residue",
    arguments: [
      ("PPP2R1A", "p.R183W", "listed hotspot change (33 of 51 samples) +4"),
      ("TP53", "p.V157F", "listed hotspot change (67 of 77 samples) +4, critical domain +2"),
      ("PIK3CA", "p.R108H", "listed hotspot change (25 of 29 samples) +2"),
      ("PIK3CA", "p.H1047Q", "listed hotspot change (7 of 647 samples) +1"),
      ("RB1", "p.Y606C", "listed hotspot change (2 of 4 samples) +1"),
      ("EGFR", "p.L858M", "other change at a hotspot residue +2"),
      (
        "KIT", "p.M552_V555del",
        "listed hotspot change (in-frame range of 49 samples) +4, in-frame change of a cancer gene +2"
      ),
    ])
  func hotspot(gene: String, change: String, reason: String) {
    #expect(annotated(mutation(gene, change))?.reason == reason)
  }

  @Test(
    "what people have long called oncogenic is, and the rare letter of a hotspot alone is not",
    arguments: [
      ("TP53", "p.R175H", true), ("PIK3CA", "p.H1047R", true), ("PIK3CA", "p.E545K", true), ("KRAS", "p.G12D", true),
      ("IDH1", "p.R132H", true), ("BRCA1", "p.C61G", true), ("BRCA2", "p.D2723H", true), ("VHL", "p.R167Q", true),
      ("RET", "p.C634R", true), ("MLH1", "p.G67R", true), ("TP53", "p.R273C", true), ("TP53", "p.R249S", true),
      ("TP53", "p.V157F", true), ("BRAF", "p.V600E", true), ("KIT", "p.D816V", true), ("EGFR", "p.L858R", true),
      ("EGFR", "p.E746_A750del", true), ("KIT", "p.V559D", true), ("ERBB2", "p.Y772_A775dup", true),
      ("PIK3CA", "p.H1047Q", false), ("RB1", "p.Y606C", false), ("EGFR", "p.L858M", false), ("BRAF", "p.V600A", false),
      ("PPP2R1A", "p.R183W", false), ("CHEK2", "p.I157T", false), ("BRCA1", "p.R1699Q", false),
    ])
  func established(gene: String, change: String, isOncogenic: Bool) {
    let found = annotated(mutation(gene, change))
    #expect(found?.isOncogenic == isOncogenic, "\(found?.reason ?? "")")
    if !isOncogenic { #expect(found?.verdict == .uncertain) }
  }

  @Test(
    "a curated classification counts by itself, and its sources and their dates are the reason",
    arguments: [
      (
        "BRCA1", "p.C61G", Oncogenicity.Class.likelyOncogenic,
        "pathogenic (ClinVar 2015-08-10, ClinVar labels of EVE 2021) +6"
      ),
      ("MLH1", "p.G67R", .likelyOncogenic, "pathogenic (CIViC 2023-01-13 EID1821, ClinVar labels of EVE 2021) +6"),
      ("ATM", "p.V182L", .likelyBenign, "likely benign (ClinVar labels of EVE 2021)"),
      (
        "CHEK2", "p.I157T", .uncertain,
        "sources disagree (CIViC 2023-01-12 EID1852: pathogenic, ClinVar 2018-08-01: conflicting)"
      ),
      (
        "TP53", "p.R249S", .oncogenic,
        "listed hotspot change (45 of 102 samples) +4, critical domain +2, "
          + "function changed in the laboratory (CIViC 2025-11-26 EID7116,EID10540: dominant negative) +4"
      ),
    ])
  func curated(gene: String, change: String, verdict: Oncogenicity.Class, reason: String) {
    let found = annotated(mutation(gene, change))
    #expect(found?.verdict == verdict)
    #expect(found?.reason == reason)
  }

  @Test(
    "two statements that contradict each other leave a VUS with both named",
    arguments: [
      ("KIT", "p.T10A", [Caution.pathogenicStated, Caution.benignStated], ["stated pathogenic", "stated benign"]),
      ("BRCA1", "p.C61G", [Caution.benignStated], ["stated benign", "ClinVar 2015-08-10"]),
      ("ATM", "p.V182L", [Caution.pathogenicStated], ["stated pathogenic", "ClinVar labels of EVE 2021"]),
      ("BRCA1", "p.C61G", [Caution.uncertainStated], ["stated of uncertain significance", "ClinVar 2015-08-10"]),
    ])
  func contradiction(gene: String, change: String, cautions: [Caution], words: [String]) {
    let found = annotated(mutation(gene, change, cautions: cautions))
    #expect(found?.verdict == .uncertain)
    for word in words { #expect(found?.reason.contains(word) == true, "\(found?.reason ?? "")") }
  }

  @Test(
    "another change at a hotspot codon gets the moderate point only and stays a VUS",
    arguments: [("EGFR", "p.L858M"), ("BRAF", "p.V600A"), ("KIT", "p.D816S")])
  func otherChange(gene: String, change: String) {
    #expect(verdict(mutation(gene, change)) == .uncertain)
  }

  @Test("a hotspot change that a rule names is oncogenic: 10 points or more")
  func named() {
    let matcher = Matcher(table: inventedTable([InventedRule("R1", "BRAF", "p.V600E", "vemurafenib")]))
    #expect(verdict(mutation("BRAF", "p.V600E"), matcher) == .oncogenic)
  }

  @Test(
    "a rule of level E names no change well enough to count; one of level D does",
    arguments: [("E", "no evidence in the table"), ("D", "named by rule R1 +4"), ("A1", "named by rule R1 +4")])
  func namedByLevel(level: String, reason: String) throws {
    let matcher = Matcher(table: inventedTable([InventedRule("R1", "KIT", "p.T10A", "imatinib", level: level)]))
    let sample = SampleProfile(sampleID: "S", tumorTypes: ["LMS"], alterations: [mutation("KIT", "p.T10A")])
    let found = try #require(matcher.match(sample).alterations.first)
    #expect(found.oncogenicity.reason == reason)
  }

  @Test(
    "known common polymorphisms are benign", arguments: [("TP53", "p.P72R"), ("BRCA2", "p.N372H"), ("KIT", "p.M541L")])
  func polymorphism(gene: String, change: String) {
    #expect(verdict(mutation(gene, change)) == .benign)
  }

  @Test("a benign change satisfies no rule")
  func benignMatchesNothing() {
    let clinic = InventedClinic(
      InventedRule("R1", "TP53", "any", "pazopanib"), InventedRule("R2", "TP53", "CODON 72", "pazopanib"),
      InventedRule("R3", "TP53", "p.P72R", "pazopanib"))
    #expect(clinic.ask("LMS", "TP53 P72R").therapies.rows.isEmpty)
  }

  @Test("a common variant gets negative points")
  func common() throws {
    let found = try #require(verdict(mutation("KIT", "p.T10A", cautions: [.commonInPopulation])))
    #expect([.benign, .likelyBenign].contains(found))
  }

  @Test(
    "a change without any evidence is uncertain",
    arguments: [("KIT", "p.T10A"), ("TP53", "p.S10T"), ("PDGFRA", "p.K385M")])
  func uncertain(gene: String, change: String) {
    #expect(verdict(mutation(gene, change)) == .uncertain)
  }

  @Test("a silent change is toward benign")
  func silent() {
    #expect(verdict(mutation("KIT", "p.T10=")) == .likelyBenign)
  }

  @Test("a statement that a change is pathogenic counts")
  func stated() {
    #expect(verdict(mutation("KIT", "p.T10A", cautions: [.pathogenicStated])) == .likelyOncogenic)
  }

  @Test("the points are printed with their sum's verdict")
  func reason() {
    #expect(
      annotated(mutation("BRAF", "p.V600E"))?.reason
        == "listed hotspot change (833 of 897 samples) +4, pathogenic (DoCM 3.2 2016) +6")
  }

  @Test(
    "copy number: both alleles of a suppressor, an amplified oncogene, and nothing else",
    arguments: [
      ("PTEN", CopyNumberCall.homozygousDeletion, true), ("KIT", .amplification, true),
      ("KIT", .homozygousDeletion, false),
      ("PTEN", .amplification, false), ("PTEN", .heterozygousLoss, false), ("KIT", .gain, false),
    ])
  func copyNumber(gene: String, call: CopyNumberCall, isOncogenic: Bool) {
    let found = verdict(Alteration(gene: gene, event: .copyNumber(call), asWritten: ""))
    #expect([.oncogenic, .likelyOncogenic].contains(found) == isOncogenic)
  }
}
