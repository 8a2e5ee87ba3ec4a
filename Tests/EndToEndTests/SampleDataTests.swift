// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The README's first command on the sample cohort.
struct SampleDataTests {
  private static let tables = ["options.tsv", "therapies.tsv", "alterations.tsv", "samples.tsv", "rejected.tsv"]

  @Test func `the sample cohort gives exactly the expected tables, for one worker and for four`() throws {
    let expected = Program.root.appending(path: "SampleData/expected")
    for jobs in ["1", "4"] {
      let out = try Program.temporaryFolder()
      defer { try? FileManager.default.removeItem(at: out) }
      let outcome = try Program.run(["run", "SampleData", "--out", out.path, "--jobs", jobs])
      #expect(outcome.status == 0)
      #expect(outcome.complaints.isEmpty)
      for table in Self.tables {
        let written = try String(contentsOf: out.appending(path: table), encoding: .utf8)
        // A new version of the table would change every row and hide what it changes.
        let (text, versions) = Golden.without("table_version", in: written)
        if table == "therapies.tsv" { #expect(versions == [try Self.tableVersion()]) }
        try Golden.expect(text, in: expected.appending(path: table), "--jobs \(jobs)")
      }
      let samples = Table(try String(contentsOf: out.appending(path: "samples.tsv"), encoding: .utf8))
      #expect(samples.rows.count == 17)
      for sample in samples.rows {
        let fates = ["rows_matched", "rows_unmatched", "rows_filtered", "rows_rejected"].compactMap {
          Int(sample[$0] ?? "")
        }
        #expect(Int(sample["rows_read"] ?? "") == fates.reduce(0, +), "\(sample["sample_id"] ?? "")")
        let folder = out.appending(path: "samples/\(sample["sample_id"] ?? "")")
        #expect(
          FileManager.default.fileExists(
            atPath: folder.appending(path: "\(sample["sample_id"] ?? "").therapies.tsv").path))
      }
    }
  }

  /// The version of the built-in rules, as the head of their table names it.
  private static func tableVersion() throws -> String {
    let line = try SourceFiles.text("Sources/CBuiltInTables/tables/rules.tsv").split(separator: "\n")
      .first { $0.hasPrefix("# version: ") }
    return String(try #require(line).dropFirst("# version: ".count))
  }

  @Test func `an input that does not exist ends with 66 and its name`() throws {
    let outcome = try Program.run(["run", "no-such-folder", "--out", "never"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("no-such-folder"))
  }

  @Test func `an unknown option is a usage error`() throws {
    #expect(try Program.run(["run", "SampleData", "--outt", "x"]).status == 64)
  }
}
