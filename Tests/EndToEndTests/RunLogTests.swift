// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What a run says of itself: JSON lines, figures for a monitor, a bar on a terminal.
struct RunLogTests {
  private static func events(_ outcome: Program.Outcome) throws -> [[String: Any]] {
    try outcome.errors.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  private static func cohort(_ place: URL) throws {
    let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
    for name in ["GOOD", "BAD"] {
      let folder = place.appending(path: "in/\(name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try (header + "KIT\tMissense_Mutation\t\(name)\tp.V559D\n")
        .write(to: folder.appending(path: "m.maf"), atomically: true, encoding: .utf8)
    }
    try Data([0x1F, 0x8B, 8, 0, 0, 0]).write(to: place.appending(path: "in/BAD/c.maf.gz"))
    try "what is this\n".write(to: place.appending(path: "in/GOOD/x.dat"), atomically: true, encoding: .utf8)
  }

  @Test func `every line of a JSON log is an object with a type, and a summary with the exit code is the last`() throws
  {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    try Self.cohort(place)
    let run = ["run", place.appending(path: "in").path, "--out", place.appending(path: "o").path]
    let outcome = try Program.run(run + ["--log-format", "json"])
    #expect(outcome.status == 3)
    let events = try Self.events(outcome)
    #expect(events.allSatisfy { $0["type"] is String })
    let failed = events.filter { $0["type"] as? String == "failed" }
    #expect(failed.count == 1 && failed.first?["sample_id"] as? String == "BAD")
    #expect((failed.first?["reason"] as? String)?.contains("c.maf.gz") == true)
    let last = try #require(events.last)
    #expect(last["type"] as? String == "summary" && last["exit_code"] as? Int == 3)
    let samples = try #require(last["samples"] as? [String: Int])
    #expect(samples["reported"] == 1 && samples["failed"] == 1)
    let quiet = try Program.run(run + ["--log-format=json", "--quiet"])
    #expect(try Self.events(quiet).last?["exit_code"] as? Int == 3)
  }

  @Test(
    arguments: [
      (["run", "no-such-folder", "--out", "never"], 66),
      (["run", "SampleData", "--out", "never", "--jobs", "0"], 64),
      (["run", "SampleData", "--out", "never", "--no-such-option"], 64),
      (["run", "SampleData", "--out", "never", "--tumor-type", "no such type"], 64),
      (["run", "SampleData", "--out", "never", "--table", "README.md"], 78),
      (["run", "SampleData", "--out", "/proc/never"], 73),
    ] as [([String], Int)])
  func `an error is an event too, with the exit code it leads to`(arguments: [String], code: Int) throws {
    let outcome = try Program.run(arguments + ["--log-format", "json"])
    #expect(outcome.status == code)
    let events = try Self.events(outcome)
    #expect(events.contains { $0["type"] as? String == "error" && $0["exit_code"] as? Int == code })
    #expect(events.last?["type"] as? String == "summary" && events.last?["exit_code"] as? Int == code)
  }

  @Test func `figures are written for an idle run too, in one file, and never for a dry run`() throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let file = place.appending(path: "figures/oncomatch.prom")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let run = ["run", "SampleData", "--out", place.appending(path: "o").path, "--metrics-file", file.path]
    #expect(try Program.run(run + ["--dry-run"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: file.path))
    for _ in 0..<2 {
      let outcome = try Program.run(run)
      #expect(outcome.status == 0 && outcome.complaints.isEmpty)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains("oncomatch_samples{result=\"reported\"} 15\n"))
      #expect(text.contains("oncomatch_samples{result=\"no_match\"} 2\n"))
      #expect(text.contains("\noncomatch_last_success_timestamp_seconds "))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
    #expect(names == ["oncomatch.prom"])
    let elsewhere = try Program.run(run + ["--force", "--metrics-file", place.path + "/no/such/folder.prom"])
    #expect(elsewhere.status == 0 && elsewhere.errors.contains("the run itself is not affected"))
    #expect(try Program.run(run + ["--metrics-file", "figures.txt"]).status == 64)
  }

  /// What a run writes to a terminal; `script` makes one.
  private static func onTerminal(_ arguments: [String], term: String = "xterm") throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/script")
    let command = ([Program.built.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    process.arguments = ["-qec", command, "/dev/null"]
    process.currentDirectoryURL = Program.root
    process.environment = ProcessInfo.processInfo.environment.merging(["TERM": term]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func
    `a terminal sees a bar that is taken away at the end; a log and a quiet run see none, a dumb terminal the last line alone`()
    throws
  {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let run = ["run", "SampleData", "--force", "--out", place.appending(path: "o").path]
    let shown = try Self.onTerminal(run)
    #expect(shown.contains("samples") && shown.contains("files") && shown.contains("["))
    let closing = try #require(shown.components(separatedBy: "\r\u{1B}[K").last)
    #expect(closing.contains("left alone: SampleData/README.md"))
    #expect(closing.contains("17 samples: 15 reported, 2 no match. Open "))
    #expect(try Self.onTerminal(run + ["--quiet"]).isEmpty)
    let dumb = try Self.onTerminal(run, term: "dumb")
    #expect(!dumb.contains("\u{1B}") && dumb.contains("17 samples: 15 reported, 2 no match. Open "))
    #expect(try !Self.onTerminal(run + ["--log-format", "json"]).contains("\u{1B}"))
    #expect(try Program.run(run).complaints.isEmpty)
  }
}
