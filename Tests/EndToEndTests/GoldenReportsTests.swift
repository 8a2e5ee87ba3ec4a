// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The reports of one small sample, whole, as `Golden/expected` has them.
///
/// The sample has a label that a second site overrides, one that an earlier treatment opens, a row that waits for a test,
/// and two changes that no rule names, one of them with everything to bear in mind. The rules are its own, so that the
/// built-in table can change. What changes with every release or by design is left out: versions, digests, the style
/// sheet.
struct GoldenReportsTests {
  static let golden = "Tests/EndToEndTests/Golden"

  @Test func `the JSON, HTML and FHIR of a small sample are as expected`() throws {
    let out = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: out) }
    let outcome = try Program.run([
      "run", Self.golden + "/sample", "--out", out.path, "--table", Self.golden + "/rules.tsv", "--no-builtin-table",
      "--formats", "json,html,fhir", "--jobs", "1",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let stated = try Program.run(["--version"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    let version = String(try #require(stated.split(separator: " ").dropFirst().first))
    for name in ["LUNG-1.report.json", "LUNG-1.report.html", "LUNG-1.fhir.json"] {
      let written = try String(contentsOf: out.appending(path: "samples/LUNG-1/\(name)"), encoding: .utf8)
      #expect(written.contains(version), "\(name) names the program's version")
      var text = written.replacing(version, with: "VERSION").replacing(#/xxh64:[0-9a-f]{16}/#, with: "xxh64:DIGEST")
      if name.hasSuffix(".html") { text = Self.inLines(text) }
      try Golden.expect(text, in: Program.root.appending(path: "\(Self.golden)/expected/\(name)"))
    }
  }

  /// A page without its style sheet, one block a line.
  private static func inLines(_ page: String) -> String {
    page.replacing(#/<style>.*?<\/style>/#.dotMatchesNewlines(), with: "<style></style>")
      .replacing(#/sha256-[A-Za-z0-9+\/]+=*/#, with: "sha256-DIGEST")
      .replacing(
        #/<(?:section|article|nav|dl|dt|table|thead|tbody|tr|p|div|ul|li|h[1-4]|details|svg|figure|g|footer)[ >]/#
      ) {
        "\n" + $0.output
      }
      .replacing(#/\n+/#, with: "\n")
  }
}
