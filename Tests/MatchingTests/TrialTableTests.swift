// SPDX-License-Identifier: Apache-2.0
import Alterations
import Foundation
import Query
import Reports
import TestSupport
import Testing
import TrialFiles
@testable import Knowledge
@testable import Matching

/// Studies in each layout against ten tumors, the answers worked out by hand: `Cases/trials/answers.tsv` has a letter for
/// each tumor (m met, u unknown, n not met).
struct TrialTableTests {
  private static let folder = "Tests/EndToEndTests/Cases/trials/"

  /// One tumor in words.
  private struct Sample: Sendable {
    let type: String
    let findings: [String]
    let change: @Sendable (inout TumorQuery.Question) -> Void

    init(
      _ type: String, _ findings: [String], _ change: @escaping @Sendable (inout TumorQuery.Question) -> Void = { _ in }
    ) {
      (self.type, self.findings, self.change) = (type, findings, change)
    }
  }

  private static let panel: Set<String> = [
    "EGFR", "TP53", "KRAS", "NRAS", "BRAF", "ALK", "RET", "NTRK1", "KIT", "PDGFRA", "IDH1", "CDKN2A", "ERBB2", "PIK3CA",
    "MET", "ROS1",
  ]

  /// A to J; what is not said of one was not tested.
  private static let samples = [
    Sample("LUAD", ["EGFR L858R", "TP53 R175H", "TMB 4", "MSS", "PD-L1 TPS 60%"]) {
      ($0.age, $0.sex, $0.panel) = (61, .female, panel)
    },
    Sample("LUAD", ["EML4-ALK"]),
    Sample("MEL", ["BRAF V600K", "CDKN2A HOMDEL", "TMB 25"]) { ($0.age, $0.sex, $0.panel) = (17, .male, panel) },
    Sample("COAD", ["KRAS G12D", "MSI-H"]) { ($0.age, $0.sex, $0.panel) = (75, .male, panel) },
    Sample("GIST", ["KIT V560D"]) {
      ($0.age, $0.sex, $0.panel, $0.priorTherapy) = (50, .female, panel, ["imatinib"])
    },
    Sample("GB", ["EGFR amp"]) { ($0.age, $0.sex, $0.panel) = (45, .male, panel) },
    Sample("AML", ["NPM1 W288fs", "FLT3 D835Y"]) { ($0.age, $0.sex) = (70, .female) },
    Sample("IDC", ["ERBB2 amp", "PIK3CA H1047R", "ER 90%"]) { ($0.age, $0.sex) = (52, .female) },
    Sample("", ["TPM3-NTRK1"]) { ($0.age, $0.sex) = (30, .female) },
    Sample("THPA", ["CCDC6-RET"]) { ($0.age, $0.sex, $0.panel) = (40, .male, panel) },
  ]

  private static func registry(_ name: String) throws -> TrialRegistry {
    let root = try #require(SourceFiles.root)
    let bytes = try Data(contentsOf: root.appending(path: folder + name))
    return TrialRegistry([
      try TrialFileReader(Clinic.table.reference).read(Array(bytes), name: name, date: "2026-11-01")
    ])
  }

  /// The answers of a file, by study: a letter for each tumor.
  private static func answers(_ name: String) throws -> [String: String] {
    let registry = try registry(name)
    var answers: [String: String] = [:]
    for sample in samples {
      let rows = TrialMatchingTests.rows(
        registry, sample.type, sample.findings, keepsNotMet: true, sample.change)
      for row in rows {
        let letter = ["met": "m", "unknown": "u", "not_met": "n"][row["verdict"] ?? ""] ?? "?"
        answers[row["trial_id"] ?? "", default: ""] += letter
      }
    }
    return answers
  }

  @Test(
    "studies of each layout against ten tumors",
    arguments: ["own.tsv", "download.csv", "api.json", "ctml.json", "ctml.yaml", "brackets.yml", "comment.yml"])
  func layouts(name: String) throws {
    let rows = Table(try SourceFiles.text(Self.folder + "answers.tsv")).rows
      .filter { ($0["files"] ?? "").split(separator: ";").contains(Substring(name)) }
    let wanted = Dictionary(uniqueKeysWithValues: rows.map { ($0["trial"] ?? "", $0["answers"] ?? "") })
    let found = try Self.answers(name)
    #expect(wanted.count == (name == "comment.yml" ? 3 : found.count) && found.count >= min(20, wanted.count))
    for (trial, answers) in wanted { #expect(found[trial] == answers, "\(name) \(trial)") }
    #expect(Set(found.keys) == Set(wanted.keys))
  }

  @Test(
    "a heading of a registry covers its organ or its organs",
    arguments: [
      ("Breast Neoplasms", "IDC", "met"), ("Breast Neoplasm", "IDC", "met"), ("Breast Neoplasms", "LUAD", ""),
      ("Hematologic Malignancies", "DLBCLNOS", "met"), ("Hematologic Malignancies", "LMS", ""),
      ("Neuroendocrine Tumors", "PANET", "met"), ("Neuroendocrine Tumors", "COAD", ""),
      ("Germ Cell Tumor", "NSGCT", "met"), ("Germ Cell Tumors", "AML", ""), ("Malignant Glioma", "GB", "met"),
      ("Esophageal Neoplasms", "STAD", ""), ("Stomach Neoplasms", "STAD", "met"), ("Neoplasms", "AML", "met"),
      ("Endometrial Neoplasms", "ULMS", ""), ("Solid Tumor, Adult", "LUAD", "unknown"),
      ("Advanced Cancer", "AML", "unknown"),
      ("Advanced Cancer", "", "unknown"),
    ])
  func headings(condition: String, type: String, verdict: String) throws {
    let text = "NCT Number,Conditions\nTRIAL-1,\"\(condition)\"\n"
    let rows = TrialMatchingTests.rows(try TrialMatchingTests.registry(text), type, [])
    #expect((rows.first?["verdict"] ?? "") == verdict, "\(rows)")
  }

  @Test(
    "a country is the same one under each of its names",
    arguments: [
      ("South Korea", [0, 1]), ("Korea", [0, 1]), ("USA", [2]), ("Deutschland", [3]), ("Turkey", [4]),
      ("Czech Republic", [5, 6]), ("Russia", [7]), ("North Korea", []), ("UK", []),
    ])
  func countries(name: String, places: [Int]) throws {
    let sites = [
      "A, Seoul, Korea, Republic of", "A, Seoul, 03080, South Korea", "C, Boston, 02115, United States",
      "B, Berlin, Germany", "Y, Istanbul, Turkey (T\u{FC}rkiye)", "Z, Praha, Czechia", "Q, Brno, Czech Republic",
      "R, Moscow, Russian Federation",
    ]
    let text =
      "NCT Number,Conditions,Locations\n"
      + sites.enumerated().map { "T\($0.offset),Melanoma,\"\($0.element)\"\n" }.joined()
    let rows = TrialMatchingTests.rows(try TrialMatchingTests.registry(text, countries: [name]), "MEL", [])
    #expect(rows.compactMap { $0["trial_id"] }.sorted() == places.map { "T\($0)" })
  }
}
