// SPDX-License-Identifier: Apache-2.0
import Alterations
import TableImport
import TestSupport
import Testing

/// Invented rows in the shape of CIViC's export of accepted evidence.
@Suite("CIViC: what an evidence item becomes")
struct CivicImportTests {
  private static let columns = [
    "molecular_profile", "molecular_profile_id", "disease", "doid", "phenotypes", "therapies",
    "therapy_interaction_type", "evidence_type", "evidence_direction", "evidence_level", "significance",
    "evidence_statement", "citation_id", "source_type", "asco_abstract_id", "citation", "nct_ids", "rating",
    "evidence_status", "evidence_id", "variant_origin", "last_review_date", "evidence_civic_url",
    "molecular_profile_civic_url", "is_flagged",
  ]

  private static let plain = [
    "molecular_profile": "BRAF V600E", "disease": "Melanoma", "doid": "1909", "therapies": "Vemurafenib",
    "evidence_type": "Predictive", "evidence_direction": "Supports", "evidence_level": "B",
    "significance": "Sensitivity/Response", "citation_id": "1", "source_type": "PubMed", "rating": "3",
    "evidence_status": "accepted", "evidence_id": "900001", "variant_origin": "Somatic",
    "last_review_date": "2024-05-06 10:00:00 UTC", "is_flagged": "false",
  ]

  private func imported(_ changes: [String: String]) throws -> ImportedRules {
    try ImportedRules("civic", columns: Self.columns, rows: [Self.plain.merging(changes) { $1 }])
  }

  @Test("an item keeps its identifier, its paper and the day of its last review")
  func provenance() throws {
    let result = try imported([:])
    let rule = try #require(result.rules.first)
    #expect(rule["rule_id"] == "EID900001")
    #expect(rule["source"] == "CIViC EID900001")
    #expect(rule["reference"] == "PMID:1")
    #expect(rule["source_date"] == "2024-05-06")
    #expect(rule["reviewed"] == "2024-05-06")
    #expect(rule["example_hit"] == "MEL: BRAF p.V600E")
    #expect(rule["example_miss"] == "MEL: BRAF gain")
  }

  /// A profile and the rows it becomes, each as gene, event class, spec and requires.
  struct Profile: CustomTestStringConvertible, Sendable {
    let text: String
    let direction: String
    let rows: [[String]]
    var testDescription: String { text }

    init(_ text: String, against: Bool = false, _ rows: [String]...) {
      self.text = text
      direction = against ? "Resistance" : "Sensitivity/Response"
      self.rows = rows
    }
  }

  @Test(
    "profiles with AND, OR, NOT, parentheses and open fusions",
    arguments: [
      Profile("BRAF V600", ["BRAF", "MUT", "CODON 600", ""]),
      Profile("KRAS G12/G13", ["KRAS", "MUT", "CODON 12 | CODON 13", ""]),
      Profile("ERBB2 S310F/Y", ["ERBB2", "MUT", "p.S310F | p.S310Y", ""]),
      Profile("EGFR D770delinsGY", ["EGFR", "MUT", "p.D770delinsGY", ""]),
      Profile("VHL R200W (c.598C>T)", ["VHL", "MUT", "p.R200W", ""]),
      Profile("MET Splice Site (c.3028G>A)", ["MET", "MUT", "c.3028G>A", ""]),
      Profile("EGFR L858R OR EGFR Exon 19 Deletion", ["EGFR", "MUT", "p.L858R | EXON 19 inframe_del", ""]),
      Profile("EGFR Exon 20 Insertion", ["EGFR", "MUT", "EXON 20 inframe_ins", ""]),
      Profile("MET Exon 14 Skipping Mutation", ["MET", "MUT", "EXON 14 skipping", ""]),
      Profile("FLT3 ITD", ["FLT3", "MUT", "ITD", ""]),
      Profile("KRAS Mutation", ["KRAS", "MUT", "activating", ""]),
      Profile("BRCA1 Mutation", ["BRCA1", "MUT", "oncogenic", ""]),
      Profile("PTEN Loss-of-function", ["PTEN", "LOF", "LOF", ""]),
      Profile("ERBB2 Amplification", ["ERBB2", "CNA", "AMP", ""]),
      Profile("CDKN2A Deletion", ["CDKN2A", "CNA", "HOMDEL", ""]),
      Profile("KIT Wildtype", ["KIT", "WT", "WT", ""]),
      Profile("MSI High", ["MSI", "BIOMARKER", "high", ""]),
      Profile("AREG Expression", ["AREG", "EXPR", "positive | high", ""]),
      Profile("AREG Underexpression", ["AREG", "EXPR", "low | loss | negative", ""]),
      Profile("ERBB2 Overexpression", ["ERBB2", "EXPR", "positive | IHC = 3+ | IHC = 2+ AND ISH = positive", ""]),
      Profile("EML4::ALK Fusion", ["ALK", "FUSION", "EML4::ALK", ""]),
      Profile("FGFR2::BICC1 Fusion", ["FGFR2", "FUSION", "FGFR2::BICC1", ""]),
      Profile("v::ALK Fusion", ["ALK", "FUSION", "FUSION 3prime", ""]),
      Profile("FGFR2::v Fusion OR FGFR2::? Fusion", ["FGFR2", "FUSION", "FUSION 5prime", ""]),
      Profile(
        "v::NTRK1 Fusion OR v::NTRK3 Fusion", ["NTRK1", "FUSION", "FUSION 3prime", ""],
        ["NTRK3", "FUSION", "FUSION 3prime", ""]),
      Profile(
        "BCR::ABL1 Fusion AND ( ABL1 F317L OR ABL1 F317V )", against: true,
        ["ABL1", "MUT", "p.F317L | p.F317V", "BCR::ABL1"]),
      Profile("MET Amplification AND NOT KRAS Mutation", ["MET", "CNA", "AMP", "NOT KRAS activating"]),
      Profile(
        "RB1 Wildtype AND ( CDKN2A Loss OR CDKN2A Mutation )", ["CDKN2A", "LOF", "LOF", "WT(RB1)"],
        ["CDKN2A", "MUT", "oncogenic", "WT(RB1)"]),
      Profile("BRAF Non-V600", ["BRAF", "MUT", "activating", "NOT BRAF CODON 600"]),
      // For a therapy the first change speaks, against it the second hit does.
      Profile("KIT V559D AND KIT V654A", ["KIT", "MUT", "p.V559D", "KIT p.V654A"]),
      Profile("KIT V559D AND KIT V654A", against: true, ["KIT", "MUT", "p.V654A", "KIT p.V559D"]),
      Profile(
        "KIT A829P AND KIT W557_K558del", against: true, ["KIT", "MUT", "p.A829P", "KIT p.W557_K558del"]),
      Profile(
        "EML4::ALK Fusion AND ABCB1 Overexpression", against: true, ["ALK", "FUSION", "EML4::ALK", "ABCB1 = high"]),
    ])
  func profiles(profile: Profile) throws {
    let result = try imported(["molecular_profile": profile.text, "significance": profile.direction])
    let rows = result.rules.map { rule in
      ["gene", "event_class", "alteration_spec", "requires"].map { rule[$0] ?? "" }
    }
    #expect(rows == profile.rows, "\(result.unused)")
    #expect(result.rules.allSatisfy { $0["example_hit"]?.isEmpty == false })
  }

  @Test(
    "`Does Not Support` is not the opposite",
    arguments: [
      ("Supports", "Sensitivity/Response", "sensitivity", ""),
      ("Supports", "Resistance", "resistance", ""),
      ("Does Not Support", "Sensitivity/Response", "no_benefit", "no predictive effect seen"),
      ("Does Not Support", "Resistance", "context", "tested and not a cause of resistance"),
      ("Supports", "Reduced Sensitivity", "context", "reduced sensitivity"),
    ])
  func directions(supports: String, significance: String, direction: String, note: String) throws {
    let rule = try #require(
      try imported(["evidence_direction": supports, "significance": significance]).rules.first)
    #expect(rule["direction"] == direction)
    #expect(rule["note"] == note)
  }

  @Test("levels", arguments: [("A", "B"), ("B", "B"), ("C", "D"), ("D", "E"), ("E", "E")])
  func levels(source: String, level: String) throws {
    #expect(try imported(["evidence_level": source]).rules.first?["level"] == level)
  }

  @Test(
    "agents given together are one therapy, agents to choose from are several",
    arguments: [
      ("Dabrafenib,Trametinib", "Combination", ["dabrafenib + trametinib"]),
      ("Dabrafenib,Trametinib", "Substitutes", ["dabrafenib", "trametinib"]),
      ("Dabrafenib/Trametinib Regimen", "", ["dabrafenib + trametinib"]),
      ("Vemurafenib,Dabrafenib/Trametinib Regimen", "Substitutes", ["vemurafenib", "dabrafenib + trametinib"]),
      ("FOLFOX Regimen", "", ["FOLFOX"]),
    ])
  func therapies(names: String, relation: String, agents: [String]) throws {
    let result = try imported(["therapies": names, "therapy_interaction_type": relation])
    #expect(result.rules.map { $0["agents"] } == agents)
    #expect(Set(result.rules.map { $0["rule_id"] }).count == agents.count)
  }

  @Test("a disease term says the tumor type and sometimes more")
  func diseases() throws {
    func scope(_ doid: String, _ name: String, profile: String = "BRAF V600E") throws -> [String?] {
      let rule = try imported(["doid": doid, "disease": name, "molecular_profile": profile]).rules.first
      return [rule?["oncotree_include"], rule?["requires"]]
    }
    #expect(try scope("3908", "Lung Non-small Cell Carcinoma") == ["NSCLC", ""])
    #expect(try scope("0060081", "x") == ["BRCA", "HR = negative AND HER2 = negative"])
    #expect(try scope("162", "Cancer") == ["ANY", ""])
    #expect(try scope("", "Solid Tumor") == ["SOLID_TUMOR", ""])
    #expect(try scope("", "Leiomyosarcoma") == ["LMS", ""])
    // Amplified ERBB2 is what makes such a tumor.
    #expect(try scope("0060079", "x") == ["BRCA", "HER2 = positive"])
    #expect(try scope("0060079", "x", profile: "ERBB2 Amplification") == ["BRCA", ""])
  }

  @Test("germline items ask for a germline change")
  func germline() throws {
    let rule = try #require(
      try imported(["molecular_profile": "BRCA2 Mutation", "variant_origin": "Rare Germline"]).rules.first)
    #expect(rule["origin"] == "germline")
    #expect(rule["example_hit"]?.hasSuffix("germline") == true)
  }

  @Test(
    "what becomes no rule has a fate and a reason",
    arguments: [
      (["evidence_type": "Toxic"], "out of scope", "evidence type Toxic"),
      (["evidence_type": "Prognostic"], "refused", "significance says no direction"),
      (["therapies": "Nosuchdrugium"], "refused", "agent is not in the agent table"),
      (["therapies": ""], "refused", "therapy is empty"),
      (["therapies": "Vemurafenib,Dabrafenib"], "refused", "several agents, and not said whether together"),
      (["disease": "Peutz-Jeghers Syndrome", "doid": "3852"], "refused", "disease is not in the mapping"),
      (["molecular_profile": "NOSUCHGENE1 V600E"], "refused", "gene is not known"),
      (["molecular_profile": "( BRAF V600E"], "refused", "profile cannot be read"),
      (["source_type": "ASCO", "citation_id": "123"], "refused", "reference is not a PMID, DOI or NCT"),
      (["significance": "N/A"], "refused", "significance says no direction"),
      (["citation_id": "12a"], "refused", "row is not valid in the rule table"),
      (["significance": "Adverse Response"], "deferred", "toxicity is not a direction of a rule"),
      (["is_flagged": "true"], "deferred", "flagged for review by the curators of the source"),
      (
        ["therapies": "Dabrafenib,Trametinib", "therapy_interaction_type": "Sequential"], "deferred",
        "agents given one after the other are not a therapy of a rule"
      ),
      (["molecular_profile": "NOT KIT D816V"], "deferred", "profile asks only for an absence"),
      (
        ["molecular_profile": "EML4::ALK e6::e20"], "deferred",
        "breakpoints of a fusion have no words in the rule table"
      ),
      (["molecular_profile": "MGMT Promoter Methylation"], "deferred", "variant has no words in the rule table"),
      (["molecular_profile": "ABCB1 I1145I"], "deferred", "silent change is not an alteration of a rule"),
      // A change that is held to be harmless meets no rule.
      (["molecular_profile": "TP53 P72R"], "deferred", "no example meets the rule"),
    ])
  func unused(changes: [String: String], fate: String, reason: String) throws {
    let result = try imported(changes)
    #expect(result.rules.isEmpty)
    #expect(result.unused.map(\.fate) == [fate])
    #expect(result.unused.map(\.reason) == [reason])
  }

  @Test("a trial stands in where a meeting abstract has no paper")
  func abstracts() throws {
    let rule = try imported(["source_type": "ASCO", "citation_id": "7", "nct_ids": "NCT03157128; NCT02525692"])
      .rules.first
    #expect(rule?["reference"] == "NCT03157128;NCT02525692")
  }

  @Test("items are counted, not the rows they become")
  func balance() throws {
    let rows = [
      Self.plain,
      Self.plain.merging(["evidence_id": "900002", "therapies": "Dabrafenib,Trametinib"]) { $1 }
        .merging(["therapy_interaction_type": "Substitutes"]) { $1 },
      Self.plain.merging(["evidence_id": "900003", "therapies": "Nosuchdrugium"]) { $1 },
      Self.plain.merging(["evidence_id": "900004", "evidence_type": "Diagnostic"]) { $1 },
    ]
    let result = try ImportedRules("civic", columns: Self.columns, rows: rows)
    #expect(result.items == 4)
    #expect(result.imported == 2)
    #expect(result.rules.count == 3)
    #expect(result.unused.map(\.id) == ["EID900003", "EID900004"])
    #expect(result.unused.map(\.line) == [4, 5])
  }

  @Test(
    "an abstract of ASH is known by its DOI and never by a number of PubMed",
    arguments: [
      ("PubMed", "17375050", "PMID:17375050"),
      ("ASH", "10.1182/blood.V126.23.3787.3787", "DOI:10.1182/blood.V126.23.3787.3787"),
    ])
  func references(source: String, number: String, reference: String) throws {
    let rule = try #require(try imported(["source_type": source, "citation_id": number]).rules.first)
    #expect(rule["reference"] == reference)
  }

  @Test("an abstract of ASH with a number of ASH's own has no reference that a rule can carry")
  func numberedAbstract() throws {
    let result = try imported(["source_type": "ASH", "citation_id": "123456", "citation": "Doe et al., 2020"])
    #expect(result.rules.isEmpty)
    #expect(result.unused.map(\.reason) == ["reference is not a PMID, DOI or NCT"])
  }

  @Test("one bad row of an item takes the whole item out")
  func wholeItem() throws {
    let result = try imported([
      "therapies": "Vemurafenib,Nosuchdrugium", "therapy_interaction_type": "Substitutes",
    ])
    #expect(result.rules.isEmpty)
    #expect(result.imported == 0)
  }

  @Test("another file is refused with the column that it lacks")
  func otherFile() {
    #expect {
      try ImportedRules("civic", columns: ["gene", "drug"], rows: [["gene": "BRAF"]])
    } throws: { error in
      "\(error)" == "source.tsv:1: molecular_profile is missing from the header (is it a civic file?)"
    }
  }
}
