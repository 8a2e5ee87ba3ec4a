// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gzip
import Knowledge
import TableImport
import TestSupport
import Testing

@Suite("Whole files of knowledge bases", .enabled(if: ReferenceFiles.isPresent, "the files are not beside the project"))
struct ReferenceFilesTests {
  private func text(_ name: String) throws -> [UInt8] {
    let url = try #require(ReferenceFiles.folder).appending(path: name)
    let bytes = Array(try Data(contentsOf: url))
    guard Gunzip.isGzip(bytes.span) else { return bytes }
    var text: [UInt8] = []
    try Gunzip().unpack(bytes.span, into: &text, limit: 1 << 28)
    return text
  }

  @Test("CIViC's export: nine of ten claims become working rules, and every item is accounted for")
  func civic() throws {
    let result = try ImportedRules("civic", text: text("civic_evidence_2026-05.tsv.gz"))
    let outOfScope = result.unused.count { $0.fate == "out of scope" }
    #expect(result.items == 4854)
    #expect(outOfScope == 0)
    #expect(result.imported == 4468)
    let statements = result.rules.filter {
      $0["agents"] == "-" && Rule.Statement(rawValue: $0["direction"] ?? "") != nil
    }
    let ids = Set(statements.compactMap { $0["rule_id"]?.split(separator: ".").first })
    // Nine of ten of the 2,010 items that speak of no therapy.
    #expect(ids.count >= 1809)
    #expect(result.imported + result.unused.count == result.items)
    #expect(result.unused.allSatisfy { !$0.reason.isEmpty })
    #expect(result.rules.allSatisfy { $0["example_hit"]?.isEmpty == false })
  }

  @Test("built-in statements say what the items that they name say: paper, kind and direction")
  func builtInStatements() throws {
    let lines = String(decoding: try text("civic_evidence_2026-05.tsv.gz"), as: UTF8.self).split(separator: "\n")
    let header = lines[0].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    var items: [String: [String: String]] = [:]
    for line in lines.dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let item = Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
      items["EID" + (item["evidence_id"] ?? "")] = item
    }
    let statements = try #require(Clinic.table.statements).rules
    #expect(statements.count > 100)
    for rule in statements {
      let ids = rule.source.replacing("CIViC ", with: "").split(separator: ",").map { $0.filter { $0 != " " } }
      #expect(ids.count == rule.references.count, "\(rule.id)")
      for (id, reference) in zip(ids, rule.references) {
        let item = try #require(items[id], "\(rule.id) \(id)")
        #expect("PMID:" + (item["citation_id"] ?? "") == reference, "\(rule.id)")
        #expect(item["is_flagged"] == "false", "\(rule.id) \(id)")
        let kind = rule.statement?.kind
        #expect(item["evidence_type"] == (kind == .diagnosis ? "Diagnostic" : "Prognostic"), "\(rule.id) \(id)")
        let said = [item["evidence_direction"] ?? "", item["significance"] ?? ""]
        switch rule.statement {
        case .supportsDiagnosis: #expect(said == ["Supports", "Positive"], "\(rule.id) \(id)")
        case .opposesDiagnosis: #expect(said == ["Supports", "Negative"], "\(rule.id) \(id)")
        case .betterOutcome: #expect(said == ["Supports", "Better Outcome"], "\(rule.id) \(id)")
        case .poorOutcome: #expect(said == ["Supports", "Poor Outcome"], "\(rule.id) \(id)")
        default: #expect(said[0] == "Does Not Support", "\(rule.id) \(id)")
        }
      }
    }
  }

  @Test(
    "CGI and MOAlmanac: every item is accounted for",
    arguments: [
      ("cgi", "cgi_biomarkers_per_variant.tsv.gz", 1072, 703),
      ("moalmanac", "moalmanac_assertions_2025-02-07.tsv", 1007, 587),
      ("moalmanac", "moalmanac_db_statements_2026-05.tsv.gz", 1944, 1126),
    ])
  func others(source: String, file: String, items: Int, imported: Int) throws {
    let result = try ImportedRules(source, text: text(file))
    #expect(result.items == items)
    #expect(result.imported == imported)
    #expect(result.imported + result.unused.count == result.items)
  }
}

/// Files of knowledge bases that lie beside the project and are no part of it.
enum ReferenceFiles {
  static let folder = SharedData.folder?.deletingLastPathComponent().appending(path: "reference")
  static var isPresent: Bool { folder.map { FileManager.default.fileExists(atPath: $0.path) } ?? false }
}
