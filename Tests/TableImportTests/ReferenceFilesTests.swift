// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gzip
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
    #expect(outOfScope == 2010)
    #expect(result.imported == 2645)
    #expect(result.imported + result.unused.count == result.items)
    #expect(result.unused.allSatisfy { !$0.reason.isEmpty })
    #expect(result.rules.allSatisfy { $0["example_hit"]?.isEmpty == false })
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
