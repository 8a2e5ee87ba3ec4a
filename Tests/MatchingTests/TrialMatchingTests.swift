// SPDX-License-Identifier: Apache-2.0
import Alterations
import Query
import Reports
import TestSupport
import Testing
import TrialFiles
@testable import Knowledge
@testable import Matching

/// Studies against tumors, checked by hand.
struct TrialMatchingTests {
  static func registry(_ text: String, countries: [String] = []) throws -> TrialRegistry {
    let file = try TrialFileReader(Clinic.table.reference).read(Array(text.utf8), name: "r.tsv", date: "2026-11-01")
    return TrialRegistry([file], countries: countries)
  }

  /// The rows of trials.tsv for a question.
  static func rows(
    _ registry: TrialRegistry, _ type: String, _ findings: [String], keepsNotMet: Bool = false,
    _ change: (inout TumorQuery.Question) -> Void = { _ in }
  ) -> [[String: String]] {
    let query = TumorQuery(
      table: Clinic.table, regulator: .any, trials: registry, keepsTrialsNotMet: keepsNotMet)
    var question = TumorQuery.Question()
    question.tumorType = type
    question.findings = findings
    change(&question)
    return Table(String(decoding: query.trials(query.answer(question)), as: UTF8.self)).rows
  }

  private static let ten = """
    trial_id\ttitle\ttumor_types\ttumor_types_exclude\tconditions\tage\tsex\tstatus
    TRIAL-1\tt\tMEL\t\tBRAF p.V600E\t>=18\t\tRECRUITING
    TRIAL-2\tt\tNSCLC\t\tEGFR p.L858R AND NOT EGFR p.T790M\t\t\tRECRUITING
    TRIAL-3\tt\tSOLID_TUMOR\t\tTMB >= 10 OR MSI high\t\t\tRECRUITING
    TRIAL-4\tt\tBRCA\t\tHER2 positive\t\tfemale\tRECRUITING
    TRIAL-5\tt\tAML\t\tFLT3 ITD\t>=18;<=75\t\tRECRUITING
    TRIAL-6\tt\tANY\t\tNTRK1 FUSION OR NTRK2 FUSION OR NTRK3 FUSION\t\t\tRECRUITING
    TRIAL-7\tt\tCOADREAD\t\tKRAS CODON 12 AND WT(NRAS)\t\t\tRECRUITING
    TRIAL-8\tt\tSTS_GROUP\t\tNOT TP53 oncogenic\t\t\tRECRUITING
    TRIAL-9\tt\tGIST\t\tKIT EXON 11 AND PRIOR(imatinib)\t\t\tRECRUITING
    TRIAL-10\tt\tPRAD\t\tBRCA2 LOF OR ATM LOF\t\tmale\tRECRUITING
    """

  /// A tumor, and the numbers of the studies that it meets and that stay unknown.
  struct Sample: Sendable, CustomTestStringConvertible {
    let type: String
    let findings: [String]
    let met: [Int]
    let unknown: [Int]
    let change: @Sendable (inout TumorQuery.Question) -> Void

    init(
      _ type: String, _ findings: [String], met: [Int], unknown: [Int],
      _ change: @escaping @Sendable (inout TumorQuery.Question) -> Void = { _ in }
    ) {
      (self.type, self.findings, self.met, self.unknown, self.change) = (type, findings, met, unknown, change)
    }

    var testDescription: String { type + " " + findings.joined(separator: ", ") }
  }

  private static let samples = [
    Sample("MEL", ["BRAF V600E"], met: [1], unknown: [3, 6]) { $0.age = 50 },
    Sample("MEL", ["BRAF V600E"], met: [], unknown: [1, 3, 6]),
    Sample("LUAD", ["EGFR L858R"], met: [2], unknown: [3, 6]) { $0.panel = ["EGFR"] },
    Sample("LUAD", ["EGFR L858R", "EGFR T790M"], met: [], unknown: [3, 6]),
    // Nothing is said of EGFR, and of another gene only.
    Sample("LUAD", ["KRAS G12C", "NTRK1-TPM3"], met: [6], unknown: [2, 3]),
    Sample("COAD", ["KRAS G12D", "TMB 14"], met: [3, 7], unknown: [6]) { $0.panel = ["KRAS", "NRAS"] },
    Sample("COAD", ["KRAS G12D", "TMB 4", "MSS"], met: [], unknown: [6, 7]),
    Sample("BRCA", ["HER2 IHC 3+"], met: [4], unknown: [3, 6]) { $0.sex = .female },
    Sample("BRCA", ["HER2 IHC 1+"], met: [], unknown: [3, 6]) { $0.sex = .female },
    Sample("AML", ["FLT3 ITD"], met: [], unknown: [6]) { $0.age = 80 },
    Sample("AML", ["FLT3 ITD"], met: [5], unknown: [6]) { $0.age = 75.9 },
    Sample("GIST", ["KIT V559D"], met: [9], unknown: [3, 6]) { $0.priorTherapy = ["imatinib"] },
    Sample("GIST", ["KIT V559D"], met: [], unknown: [3, 6, 9]),
    Sample("LMS", [], met: [8], unknown: [3, 6]) { $0.panel = ["TP53", "RB1"] },
    Sample("LMS", [], met: [], unknown: [3, 6, 8]),
    Sample("LMS", ["TP53 R175H"], met: [], unknown: [3, 6]),
    Sample("PRAD", ["BRCA2 S1982fs"], met: [], unknown: [3, 6, 10]),
    Sample("PRAD", ["BRCA2 S1982fs"], met: [10], unknown: [3, 6]) { $0.sex = .male },
    Sample("PRAD", ["BRCA2 S1982fs"], met: [], unknown: [3, 6]) { $0.sex = .female },
    // A sample that is coded by its organ may be any of its tumors; one of no type may be anything.
    Sample("LUNG", ["EGFR L858R"], met: [], unknown: [2, 3, 6]),
    Sample("", ["EGFR L858R"], met: [], unknown: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter { $0 != 4 && $0 != 10 }) {
      $0.sex = nil
      $0.panel = ["EGFR", "BRCA2", "ATM", "ERBB2"]
    },
  ]

  @Test(arguments: samples.dropLast()) func `ten studies against tumors`(sample: Sample) throws {
    let rows = Self.rows(try Self.registry(Self.ten), sample.type, sample.findings, sample.change)
    func numbers(_ verdict: String) -> [Int] {
      rows.filter { $0["verdict"] == verdict }.compactMap { $0["trial_id"].flatMap { Int($0.dropFirst(6)) } }.sorted()
    }
    #expect(numbers("met") == sample.met)
    #expect(numbers("unknown") == sample.unknown)
    #expect(rows.count == sample.met.count + sample.unknown.count)
  }

  @Test func `a row says what is met, what is missing and which alteration it rests on`() throws {
    let rows = Self.rows(try Self.registry(Self.ten), "MEL", ["BRAF V600E"])
    let row = try #require(rows.first { $0["trial_id"] == "TRIAL-1" })
    #expect(row["met"] == "tumor type MEL;BRAF p.V600E")
    #expect(row["unknown"] == "age >= 18 (age not stated)")
    #expect(row["alteration"] == "BRAF p.V600E" && row["status"] == "RECRUITING")
    #expect(row["file"] == "r.tsv" && row["file_date"] == "2026-11-01")
    let open = try #require(rows.first { $0["trial_id"] == "TRIAL-6" })
    #expect(open["unknown"]?.hasPrefix("one of: NTRK1 fusion (NTRK1 not tested) or NTRK2") == true)
  }

  @Test func `with the reasons for others, what fails is said`() throws {
    let rows = Self.rows(try Self.registry(Self.ten), "LUAD", ["EGFR L858R", "EGFR T790M"], keepsNotMet: true)
    #expect(rows.count == 10)
    let row = try #require(rows.first { $0["trial_id"] == "TRIAL-2" })
    #expect(row["verdict"] == "not_met" && row["not_met"] == "not EGFR p.T790M")
    #expect(rows.first { $0["trial_id"] == "TRIAL-1" }?["not_met"] == "tumor type MEL")
  }

  @Test func `closed studies have no row, and others come in the order of their status`() throws {
    let words = [
      "", "NOT_YET_RECRUITING", "RECRUITING", "COMPLETED", "TERMINATED", "WITHDRAWN", "SUSPENDED", "UNKNOWN",
    ]
    let table =
      "trial_id\tstatus\ttumor_types\tconditions\n"
      + words.enumerated().map { "T\($0.offset)\t\($0.element)\tMEL\tBRAF p.V600E\n" }.joined()
    let rows = Self.rows(try Self.registry(table), "MEL", ["BRAF V600E"])
    #expect(rows.map { $0["status"] } == ["RECRUITING", "NOT_YET_RECRUITING", "", "UNKNOWN"])
    #expect(rows.allSatisfy { $0["verdict"] == "met" })
  }

  @Test func `a site asked for and not stated is unknown`() throws {
    let table =
      "trial_id\ttumor_types\tcountries\tconditions\nT1\tMEL\tJapan\tBRAF p.V600E\nT2\tMEL\tPeru\tBRAF p.V600E\nT3\tMEL\t\tBRAF p.V600E\n"
    let rows = Self.rows(try Self.registry(table, countries: ["Japan"]), "MEL", ["BRAF V600E"])
    #expect(rows.map { $0["trial_id"] } == ["T1", "T3"] && rows.map { $0["verdict"] } == ["met", "unknown"])
    #expect(rows[1]["unknown"] == "a site in Japan (no sites stated)")
  }

  @Test(arguments: [
    ("Melanoma", "MEL", "met"), ("Acute Myeloid Leukaemia", "AML", "met"), ("Acute Myeloid Leukemia", "MEL", ""),
    ("Non Small Cell Lung Cancer", "LUAD", "met"), ("Carcinoma, Non-Small-Cell Lung", "LUAD", "met"),
    ("Metastatic Melanoma", "MEL", "unknown"), ("Metastatic Melanoma", "LUAD", ""), ("Solid Tumor", "LUAD", "met"),
    ("Solid Tumor", "AML", ""), ("Cancer", "AML", "met"), ("Sarcoma", "LMS", "met"), ("Frailty", "LMS", "unknown"),
    ("Stage IV Colorectal Cancer", "COAD", "unknown"), ("HER2-positive Breast Cancer", "BRCA", "unknown"),
    ("Leiomyosarcoma", "ULMS", "unknown"), ("Lung Adenocarcinoma", "LUNG", "unknown"),
    ("Lung Adenocarcinoma", "LUSC", ""),
    ("Hematologic Cancer", "AML", "met"), ("Hematologic Cancer", "LMS", ""), ("MS", "AML", "unknown"),
    ("Melanoma", "", "unknown"),
  ])
  func `names of conditions are read and never guessed`(condition: String, type: String, verdict: String) throws {
    let text = "NCT Number,Conditions\nTRIAL-1,\"\(condition)\"\n"
    let rows = Self.rows(try Self.registry(text), type, [])
    #expect((rows.first?["verdict"] ?? "") == verdict, "\(rows)")
  }

  @Test func `a keyword is no condition, and a condition that is no tumor leaves a study open`() throws {
    let text =
      "NCT Number,Conditions,Keywords\nT1,Breast Cancer,Melanoma\nT2,Melanoma|Frailty,\nT3,Melanoma|Breast Cancer,EGFR\n"
    let rows = Self.rows(try Self.registry(text), "MEL", [])
    let verdicts = Dictionary(uniqueKeysWithValues: rows.map { ($0["trial_id"] ?? "", $0["verdict"] ?? "") })
    #expect(verdicts == ["T1": "unknown", "T2": "unknown", "T3": "met"])
    #expect(rows.first { $0["trial_id"] == "T2" }?["met"] == "tumor type Melanoma")
    #expect(rows.first { $0["trial_id"] == "T2" }?["unknown"] == "condition Frailty (no known tumor name)")
  }

  // MARK: CTML

  private static func node(_ genomic: String, _ clinical: String = "") throws -> TrialRegistry {
    let nodes = [genomic.isEmpty ? "" : "{genomic: {\(genomic)}}", clinical.isEmpty ? "" : "{clinical: {\(clinical)}}"]
    return try registry(
      "protocol_no: TRIAL-1\ntreatment_list: {step: [{match: [{and: [\(nodes.filter { !$0.isEmpty }.joined(separator: ", "))]}]}]}\n"
    )
  }

  @Test(arguments: [
    ("hugo_symbol: BRAF, variant_category: Mutation", ["BRAF V600E"], "met"),
    // Any change counts, one of unknown meaning too; a common harmless one does not.
    ("hugo_symbol: TP53, variant_category: Mutation", ["TP53 S15R"], "met"),
    ("hugo_symbol: TP53, variant_category: Mutation", ["TP53 P72R"], ""),
    ("hugo_symbol: TP53, variant_category: Mutation", [], "unknown"),
    ("hugo_symbol: TP53, variant_category: \"!Mutation\"", [], "unknown"),
    ("hugo_symbol: TP53, variant_category: \"!Mutation\"", ["TP53 R175H"], ""),
    ("hugo_symbol: BRAF, variant_category: Mutation, wildcard_protein_change: p.V600", ["BRAF V600K"], "met"),
    ("hugo_symbol: BRAF, variant_category: Mutation, wildcard_protein_change: p.V600", ["BRAF K601E"], ""),
    ("hugo_symbol: BRAF, variant_category: Mutation, protein_change: \"!p.V600E\"", ["BRAF V600K"], "met"),
    ("hugo_symbol: BRAF, variant_category: Mutation, protein_change: \"!p.V600E\"", ["BRAF V600E"], ""),
    (
      "hugo_symbol: EGFR, variant_category: Mutation, exon: 19, variant_classification: In_Frame_Del",
      ["EGFR E746_A750del"], "met"
    ),
    (
      "hugo_symbol: EGFR, variant_category: Mutation, exon: 19, variant_classification: In_Frame_Del", ["EGFR L858R"],
      ""
    ),
    (
      "hugo_symbol: CDKN2A, variant_category: Copy Number Variation, cnv_call: Homozygous deletion", ["CDKN2A HOMDEL"],
      "met"
    ),
    ("hugo_symbol: ERBB2, variant_category: Copy Number Variation, cnv_call: High amplification", ["ERBB2 amp"], "met"),
    ("hugo_symbol: ALK, variant_category: Structural Variation", ["EML4-ALK"], "met"),
    ("hugo_symbol: ALK, variant_category: Structural Variation, fusion_partner_hugo_symbol: EML4", ["EML4-ALK"], "met"),
    ("hugo_symbol: EML4, variant_category: Structural Variation, fusion_partner_hugo_symbol: ALK", ["EML4-ALK"], "met"),
    ("hugo_symbol: ALK, variant_category: Structural Variation, fusion_partner_hugo_symbol: KIF5B", ["EML4-ALK"], ""),
    (
      "hugo_symbol: ALK, variant_category: Structural Variation, fusion_partner_hugo_symbol: any_gene", ["EML4-ALK"],
      "met"
    ),
    (
      "hugo_symbol: any_gene, variant_category: Structural Variation, fusion_partner_hugo_symbol: any_gene",
      ["EML4-ALK"], "met"
    ),
    (
      "hugo_symbol: any_gene, variant_category: Structural Variation, fusion_partner_hugo_symbol: any_gene",
      ["BRAF V600E"], "unknown"
    ),
    (
      "hugo_symbol: ALK, variant_category: Structural Variation, fusion_partner_hugo_symbol: intergenic", ["EML4-ALK"],
      "unknown"
    ),
    ("hugo_symbol: ALK, variant_category: \"!Structural Variation\"", ["EML4-ALK"], ""),
    ("hugo_symbol: ALK, variant_category: \"!Structural Variation\"", ["ALK F1174L"], "unknown"),
    ("hugo_symbol: KRAS, wildtype: true", ["KRAS wt"], "met"), ("hugo_symbol: KRAS, wildtype: true", ["KRAS G12C"], ""),
    ("hugo_symbol: KRAS, variant_category: Any Variation", ["KRAS amp"], "met"),
    ("mmr_status: \"Deficient (MMR-D / MSI-H)\"", ["MSI-H"], "met"),
    ("mmr_status: \"Deficient (MMR-D / MSI-H)\"", [], "unknown"),
    ("hugo_symbol: NOSUCH1, variant_category: Mutation", ["KRAS G12C"], "unknown"),
    ("hugo_symbol: NOSUCH1, variant_category: \"!Mutation\"", ["KRAS G12C"], "unknown"),
  ])
  func `genomic nodes`(node: String, findings: [String], verdict: String) throws {
    let rows = Self.rows(try Self.node(node), "LUAD", findings)
    #expect((rows.first?["verdict"] ?? "") == verdict, "\(rows)")
  }

  @Test(arguments: [
    ("oncotree_primary_diagnosis: _SOLID_", "LUAD", "met"), ("oncotree_primary_diagnosis: _SOLID_", "AML", ""),
    ("oncotree_primary_diagnosis: _LIQUID_", "AML", "met"), ("oncotree_primary_diagnosis: _LIQUID_", "LUAD", ""),
    ("oncotree_primary_diagnosis: All Solid Tumors", "LUAD", "met"),
    ("oncotree_primary_diagnosis: All Liquid Tumors", "LUAD", ""),
    ("oncotree_primary_diagnosis: \"!Melanoma\"", "LUAD", "met"),
    ("oncotree_primary_diagnosis: \"!Melanoma\"", "MEL", ""),
    ("oncotree_primary_diagnosis: \"!Melanoma\"", "", "unknown"),
    ("oncotree_primary_diagnosis: _SOLID_", "", "unknown"),
    ("oncotree_primary_diagnosis: Skin", "MEL", "met"),
    ("oncotree_primary_diagnosis: [Melanoma, Lung Adenocarcinoma]", "LUAD", "met"),
    ("oncotree_primary_diagnosis: [\"!Melanoma\", \"!Lung Adenocarcinoma\"]", "LUAD", ""),
    ("oncotree_primary_diagnosis: Lung Adenocarcinoma", "NSCLC", "unknown"),
    ("age_numerical: \">=18\"", "LUAD", "met"), ("age_numerical: \">=51\"", "LUAD", ""),
    ("age_numerical: \"<= 50\"", "LUAD", "met"),
    ("gender: Female", "LUAD", "met"), ("gender: Male", "LUAD", ""),
    ("disease_status: [Metastatic]", "LUAD", "unknown"),
    ("tmb_numerical: \">=10\"", "LUAD", "met"), ("tmb_numerical: \">=20\"", "LUAD", ""),
    ("er_status: Positive", "LUAD", "unknown"),
    ("prior_treatment_agent: osimertinib", "LUAD", "unknown"),
  ])
  func `clinical nodes`(node: String, type: String, verdict: String) throws {
    let rows = Self.rows(try Self.node("", node), type, ["TMB 14"]) {
      $0.age = 50.5
      $0.sex = .female
    }
    #expect((rows.first?["verdict"] ?? "") == verdict, "\(rows)")
  }

  @Test func `age that is not stated is unknown, and so is its negation`() throws {
    for age in [">=18", "<5"] {
      #expect(Self.rows(try Self.node("", "age_numerical: \"\(age)\""), "LUAD", []).first?["verdict"] == "unknown")
      #expect(Self.rows(try Self.node("", "age_numerical: \"!\(age)\""), "LUAD", []).first?["verdict"] == "unknown")
    }
  }
}
