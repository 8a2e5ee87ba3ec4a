// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
import Alterations
import TestSupport
import Testing
@testable import Knowledge

@Suite("Tables of facts")
struct FactTableTests {
  private static let reference = Clinic.table.reference
  private static let facts = BuiltInTable.reference.filter { $0.factColumns != nil }
  private var facts: Facts { Self.reference.facts }

  /// A table of facts with other rows.
  private static func table(_ table: BuiltInTable, _ rows: [[String: String]]) -> NamedTable {
    let header = table.header
    let lines = rows.map { row in header.map { row[$0] ?? "" }.joined(separator: "\t") }
    let text = "# version: 1\n" + ([header.joined(separator: "\t")] + lines).joined(separator: "\n") + "\n"
    return NamedTable(Array(text.utf8).span)
  }

  private static func faults(_ changed: BuiltInTable, _ rows: [[String: String]]) -> [TableFault] {
    let text = table(changed, rows)
    return FactCheck(reference).faults(text, of: changed, Facts(replacing: [changed: text]))
  }

  // MARK: The tables

  @Test("the tables compiled in have no fault, a version and rows", arguments: facts)
  func builtIn(table: BuiltInTable) {
    #expect(FactCheck(Self.reference).faults(table.text, of: table, facts) == [])
    #expect(table.text.comments["version"]?.isEmpty == false)
    #expect(!table.text.rows.isEmpty)
    #expect(Self.reference.faults == [])
  }

  @Test("every built-in table has a version")
  func versions() {
    for table in BuiltInTable.allCases { #expect(table.text.comments["version"]?.isEmpty == false, "\(table)") }
  }

  @Test("every built-in table is the file of its name", .enabled(if: SourceFiles.arePresent))
  func files() throws {
    for table in BuiltInTable.allCases {
      let file = try SourceFiles.text("Sources/CBuiltInTables/tables/\(table.name).tsv")
      #expect(table.withBytes { String(copying: $0) } == file, "\(table)")
    }
    let files = SourceFiles.paths(in: "Sources/CBuiltInTables/tables", endingWith: ".tsv")
    #expect(files.count == BuiltInTable.allCases.count)
  }

  @Test("every reference of a fact stands in the rules too, or is a standard or a convention", arguments: facts)
  func sources(table: BuiltInTable) {
    // The procedure of the score, the review of IDH in glioma, the guidelines on the dose of drugs, and the groups of
    // HER2 by two probes.
    let known = Set(Clinic.table.rules.flatMap(\.references)).union([
      "PMID:35101336", "PMID:34185076", "PMID:29152729", "PMID:30447069", "PMID:36443464",
      "PMID:27081877",
    ])
    for row in FactRow.rows(of: table.text) {
      for source in row["source"].listItems
      where ["PMID:", "PMCID:", "DOI:", "LABEL:", "NCT"].contains(where: source.hasPrefix) {
        #expect(known.contains { $0 == source || $0.hasPrefix(source + " ") }, "\(table): \(source)")
      }
    }
  }

  // MARK: The loader

  static let bad: [(table: BuiltInTable, row: [String: String], column: String)] = [
    (.biomarkers, ["name": "X", "kind": "stain", "reading": "graded", "genes": "HER2", "source": "HGNC"], "genes"),
    (.biomarkers, ["name": "X", "kind": "stain", "reading": "guess", "source": "HGNC"], "reading"),
    (
      .stainGrades,
      [
        "gene": "ERBB2", "scale": "IHC", "grade": "3+", "positive": "yes", "negative": "no", "low": "no",
        "source": "HGNC",
      ],
      "grade"
    ),
    (.lineageStains, ["stain": "CD117", "source": "HGNC"], "stain"),
    (
      .surrogates,
      [
        "asked": "MMR", "event_class": "BIOMARKER", "finding_of": "MSS", "finding": "high", "despite_result": "no",
        "missing_test": "x", "source": "HGNC",
      ], "finding_of"
    ),
    (.wildTypeDependence, ["target": "CDK4", "needs": "RB", "source": "HGNC"], "needs"),
    (.wildTypeDependence, ["target": "CDK4", "needs": "RB1"], "source"),
    (.wildTypeDependence, ["target": "CDK4", "needs": "RB1", "source": "PMID:x"], "source"),
    (.wildTypeDependence, ["target": "CDK4", "needs": "RB1", "source": "somebody said so"], "source"),
    (.fusionRoles, ["gene": "TRKA", "role": "3prime", "source": "HGNC"], "gene"),
    (.fusionRoles, ["gene": "ALK", "role": "left", "source": "HGNC"], "role"),
    (
      .diagnosisReview,
      ["tumor": "LMS_GROUPS", "gene": "ALK", "finding": "FUSION", "suggests_code": "IMT", "source": "HGNC"], "tumor"
    ),
    (
      .diagnosisReview,
      ["tumor": "LMS", "gene": "ALK", "finding": "FUSION", "suggests_code": "IMTX", "source": "HGNC"], "suggests_code"
    ),
    (.namedChanges, ["word": "x", "match": "whole", "gene": "FLT33", "class": "ITD", "source": "HGNC"], "gene"),
    (
      .namedSites,
      ["gene": "TERT", "change": "c.1A>G", "kind": "position", "value": "chr5", "source": "HGVS"], "value"
    ),
    (.namedSites, ["gene": "TERT", "change": "c.1A>G", "kind": "place", "value": "1", "source": "HGVS"], "value"),
    (.priorTherapyWords, ["words": "egfr tki", "kind": "target", "means": "HER1", "source": "HGNC"], "means"),
    (.priorTherapyWords, ["words": "x", "kind": "class", "means": "hormones", "source": "HGNC"], "means"),
    (
      .siteCodes, ["site": "uterine", "kind": "becomes", "code": "LMS", "at_site": "ULMSX", "source": "HGNC"], "at_site"
    ),
    (.pathwayBoxes, ["box": "X", "pathways": "RAS", "source": "HGNC"], "pathways"),
    (.pathwayBoxes, ["box": "X", "pathways": "RTK", "drives": "Y", "source": "HGNC"], "drives"),
    (.matchingSets, ["set": "checkpoint_class", "member": "PD1 blocker", "source": "HGNC"], "member"),
    (.oncogenicityPoints, ["kind": "evidence", "name": "guess", "points": "1", "source": "HGNC"], "name"),
    (.clinicPhrases, ["words": "RAS", "kind": "family", "genes": "KRAS;RAS", "source": "HGNC"], "genes"),
    (.lintExplained, ["rule": "R0001", "kind": "mood", "why": "x", "source": "HGNC"], "kind"),
    (
      .importWords,
      ["from": "cgi", "kind": "agent_family", "words": "x", "means": "no such agent", "source": "HGNC"], "means"
    ),
  ]

  @Test("an unknown gene, code, class, word or source is a fault with its line and column", arguments: bad)
  func unknown(table: BuiltInTable, row: [String: String], column: String) throws {
    let fault = try #require(Self.faults(table, [row]).first { $0.column == column })
    #expect(fault.line == 3)
    #expect(fault.value == row[column] ?? "")
    #expect(fault.table == "built-in \(table.name).tsv")
  }

  @Test("a row that stands twice is a fault")
  func twice() {
    let row = ["target": "CDK4", "needs": "RB1", "source": "HGNC"]
    #expect(Self.faults(.wildTypeDependence, [row]) == [])
    #expect(Self.faults(.wildTypeDependence, [row, row]).map(\.line) == [4])
  }

  @Test("a missing column and a missing version are faults")
  func shape() {
    let text = NamedTable(Array("target\tsource\nCDK4\tHGNC\n".utf8).span)
    let faults = FactCheck(Self.reference).faults(text, of: .wildTypeDependence, facts)
    #expect(Set(faults.map(\.column)) == ["# version", "needs"])
  }

  // MARK: What they say

  @Test(
    "a biomarker is found by what tables write", arguments: [("PDL1", "PD-L1"), ("HER2NEU", "HER2"), ("ESR1", "ER")])
  func written(key: String, name: String) {
    #expect(facts.biomarkers.written(key)?.name == name)
  }

  @Test(
    "results of receptors and stains are kept under the gene",
    arguments: [("HER2", "ERBB2"), ("ER", "ESR1"), ("PR", "PGR"), ("PD-L1", "PD-L1"), ("KIT", "KIT"), ("HR", "HR")])
  func results(name: String, kept: String) {
    #expect(facts.biomarkers.nameOfResults(name) == kept)
  }

  @Test("the status of hormone receptors reads those of both")
  func hormoneReceptors() {
    #expect(facts.biomarkers.namesOfResults("HR") == ["ESR1", "PGR", "HR"])
    #expect(facts.biomarkers.namesOfResults("PR") == ["PGR"])
  }

  @Test("every way of reading has a biomarker")
  func readings() {
    for reading in Biomarker.Reading.allCases { #expect(!facts.biomarkers.all(reading).isEmpty, "\(reading)") }
  }

  @Test(
    "a grade of HER2 says a status or leaves it open",
    arguments: [
      (0, "positive", StainGrades.Answer.no), (1, "low", .yes), (2, "positive", .open), (2, "negative", .open),
      (3, "positive", .yes), (3, "low", .no),
    ])
  func grade(grade: Double, word: String, answer: StainGrades.Answer) {
    #expect(facts.stainGrades.answer(word, gene: "ERBB2", scale: "IHC", grade) == answer)
    #expect(facts.stainGrades.answer(word, gene: "ERBB2", scale: "ISH", grade) == nil)
    #expect(facts.stainGrades.answer(word, gene: "TP53", scale: "IHC", grade) == nil)
  }

  @Test("only 2+ asks for the next test")
  func openGrade() {
    let grades = (0...3).filter { grade in
      facts.stainGrades.isOpen(Measurement(name: "ERBB2", scale: "IHC", number: Double(grade)))
    }
    #expect(grades == [2])
    #expect(
      facts.stainGrades.openGrade(Measurement(name: "ERBB2", scale: "IHC", number: 2))?.nextTest == "HER2 ISH")
  }

  @Test(
    "fusions have a usual place",
    arguments: [("ALK", AlterationSpec.FusionRole.threePrime), ("FGFR3", .fivePrime), ("EML4", nil)])
  func role(gene: String, role: AlterationSpec.FusionRole?) {
    #expect(facts.fusionRoles.role(of: gene) == role)
  }

  @Test("`positive` of a gene means a rearrangement for six kinases")
  func tests() {
    let genes = ["ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "BRAF", "FGFR3"]
    #expect(genes.filter(facts.fusionRoles.isTestOfRearrangement) == Array(genes.prefix(6)))
  }

  @Test(
    "words name classes of change",
    arguments: [
      ("itd", "ITD"), ("egfrviii", "vIII"), ("metex14", "EXON 14 skipping"), ("exon14skipping", "EXON 14 skipping"),
      ("exon15skipping", nil), ("v600e", nil),
    ])
  func named(key: String, name: String?) {
    #expect(facts.namedChanges.name(of: key) == name)
  }

  @Test(
    "changes of a promoter are known by coding change, common name and position on either build",
    arguments: [
      ("c.-124C>T", 0, "c.-124C>T"), ("C250T", 0, "c.-146C>T"), ("", 1_295_228, "c.-124C>T"),
      ("", 1_295_135, "c.-146C>T"), ("c.-57A>C", 0, nil),
    ])
  func promoter(coding: String, position: Int, change: String?) {
    #expect(facts.sites.promoterChange(of: "TERT", coding: coding, position: position) == change)
    #expect(facts.sites.promoterChange(of: "BRAF", coding: coding, position: position) == nil)
  }

  @Test(
    "genes with a promoter are known", arguments: [("TERT", true), ("TER", false), ("MET", false)])
  func hasPromoter(gene: String, isKnown: Bool) {
    #expect(facts.sites.hasPromoter(gene) == isKnown)
  }

  @Test("splice codons of the named exon agree with the table of exons")
  func spliceCodons() throws {
    let exon = try #require(Self.reference.exons.codons(gene: "MET", exon: 14))
    for codon in [exon.lowerBound, exon.upperBound] {
      #expect(facts.sites.spliceChange(of: "MET", codon: codon) == "EXON 14 skipping")
    }
    #expect(facts.sites.spliceChange(of: "MET", codon: exon.lowerBound - 5) == nil)
    #expect(facts.sites.spliceChange(of: "MET", base: 3028) == "EXON 14 skipping")
    #expect(facts.sites.skipping(ofExon: 14, gene: "MET") == "EXON 14 skipping")
    #expect(facts.sites.skipping(ofExon: 13, gene: "MET") == nil)
  }

  @Test("tandem duplications have a region, lost exons have words")
  func regions() {
    #expect(facts.sites.insertionRanges("ITD", of: "FLT3") == [572...603])
    #expect(facts.sites.change(of: "EGFR", words: "exon 2-7 deletion") == "vIII")
    #expect(facts.sites.change(of: "MET", words: "exon 2-7 deletion") == nil)
  }

  @Test("the site decides between codes of leiomyosarcoma")
  func sites() {
    #expect(facts.siteCodes.code("LMS", at: .uterine) == "ULMS")
    #expect(facts.siteCodes.code("LMS", at: .extraUterine) == "LMS")
    #expect(facts.siteCodes.site(of: "UELMS") == .uterine)
    #expect(facts.siteCodes.site(of: "LMS") == nil)
    #expect(facts.siteCodes.organs(of: .uterine) == ["UTERUS"])
  }

  @Test(
    "points make classes",
    arguments: [
      (10, OncogenicityPoints.Class.oncogenic), (9, .likelyOncogenic), (6, .likelyOncogenic), (5, .uncertain),
      (0, .uncertain), (-1, .likelyBenign), (-6, .likelyBenign), (-7, nil),
    ])
  func verdict(sum: Int, verdict: OncogenicityPoints.Class?) {
    #expect(facts.oncogenicity.verdict(sum) == verdict)
  }

  @Test(
    "the samples of a hotspot make the evidence",
    arguments: [
      (HotspotTable.Fit.listed(change: 10, residue: 50), OncogenicityPoints.Evidence.frequentHotspot, 4),
      (.listed(change: 10, residue: 49), .recurrentHotspot, 2), (.listed(change: 9, residue: 500), .seenHotspot, 1),
      (.otherChange, .hotspotResidue, 2), (.inframe(samples: 3), .inframeHotspot, 4),
    ])
  func hotspot(fit: HotspotTable.Fit, evidence: OncogenicityPoints.Evidence, points: Int) {
    #expect(facts.oncogenicity.evidence(fit) == evidence)
    #expect(facts.oncogenicity[evidence] == points)
  }

  @Test("every piece of evidence has points")
  func points() {
    for evidence in OncogenicityPoints.Evidence.allCases { #expect(facts.oncogenicity[evidence] != 0, "\(evidence)") }
  }

  @Test(
    "words of a label for earlier treatment mean agents",
    arguments: [
      ("egfr tki", "osimertinib", true), ("egfr tki", "imatinib", false), ("endocrine therapy", "letrozole", true),
      ("androgen deprivation", "enzalutamide", true), ("androgen deprivation", "abiraterone", true),
      ("androgen deprivation", "imatinib", false),
    ])
  func priorTherapy(asked: String, agent: String, isMeant: Bool) throws {
    let words = asked.split(separator: " ").map(String.init)
    let agent = try #require(Self.reference.agents.agent(agent))
    let core = words.filter { !facts.priorTherapyWords.fillers.contains($0) }
    #expect(facts.priorTherapyWords.mean(agent, asked: words, core: core) == isMeant)
  }

  @Test("sets and boxes have members")
  func sets() {
    #expect(facts.sets.signalingPathways.count == 3)
    #expect(facts.sets.plannedPair.count == 2)
    #expect(facts.sets.checkpointClasses == ["PD-1 inhibitor", "PD-L1 inhibitor"])
    #expect(facts.sets.microenvironmentTests.contains("TLS"))
    #expect(facts.pathwayBoxes.count == 8)
  }

  @Test("a diagnosis to review names a code or words")
  func reviews() {
    for review in facts.diagnosisReviews { #expect(!review.suggestion.isEmpty) }
    #expect(facts.diagnosisReviews.count == BuiltInTable.diagnosisReview.text.rows.count)
  }

  @Test(
    "blood tumors are what the solid ones leave out", arguments: [("AML", true), ("DLBCLNOS", true), ("LMS", false)])
  func blood(code: String, isBlood: Bool) {
    #expect(Self.reference.tumorTypes.isBlood(code) == isBlood)
  }
}
