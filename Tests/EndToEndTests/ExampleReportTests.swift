// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The report that people may look at before they install anything.
struct ExampleReportTests {
  private static let example = Program.root.appending(path: "SampleData/expected/example-report")

  /// What depends on time and on the machine, and is left out of the example.
  private static let fleeting: Set<String> = ["run.json"]

  private static func files(_ folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.contains(".") && !fleeting.contains($0) }.sorted()
  }

  /// A text without versions and digests: the example is made anew when it says something else, not with every table.
  private static func plain(_ text: String) -> String {
    text.replacing(#/xxh64:[0-9a-f]{16}/#, with: "xxh64:DIGEST")
      .replacing(#/sha256-[A-Za-z0-9+\/]+=*/#, with: "sha256-DIGEST")
      .replacing(#/\b20\d\d\.\d\d\.\d\d\b/#, with: "TABLE").replacing(
        #/\boncomatch \d+\.\d+\.\d+/#, with: "oncomatch VERSION"
      )
      .replacing(#/"version": "\d+\.\d+\.\d+"/#, with: "\"version\": \"VERSION\"")
  }

  @Test func `the example report is what the program writes of that sample`() throws {
    let out = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: out) }
    let outcome = try Program.run(["run", "SampleData/LMS-06", "--tumor-type", "LMS", "--out", out.path])
    #expect(outcome.status == 0 && outcome.complaints.isEmpty)
    let files = try Self.files(out)
    #expect(files.contains("samples/LMS-06/LMS-06.report.html") && files.contains("options.tsv"))
    let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"
    if !isRecording { #expect(try Self.files(Self.example) == files) }
    for file in files {
      let written = try String(contentsOf: out.appending(path: file), encoding: .utf8)
      let place = Self.example.appending(path: file)
      let kept = try? String(contentsOf: place, encoding: .utf8)
      if let kept, Self.plain(kept) == Self.plain(written) { continue }
      if isRecording {
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(written.utf8).write(to: place)
      }
      Issue.record("\(file) of the example says something else now (RECORD_GOLDEN=1 makes it anew)")
    }
  }
}
