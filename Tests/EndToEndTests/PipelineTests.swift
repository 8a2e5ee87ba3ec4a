// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The settings files of Pipelines/, run on the sample cohort.
struct PipelineTests {
  private static let batches = ["leiomyosarcoma-nightly", "pan-cancer-panel", "whole-exome-research"]

  private func settings(_ batch: String) -> String { "Pipelines/\(batch)/settings.toml" }

  /// Runs a batch on the sample cohort without waiting for files to be left alone.
  private func run(_ batch: String, into out: URL, _ more: String...) throws -> Program.Outcome {
    try Program.run(
      ["run", "SampleData", "--settings", settings(batch), "--quiet-time", "0", "--out", out.path] + more)
  }

  @Test("each batch reports the sample cohort, says nothing, and has nothing to do the second time", arguments: batches)
  func runs(batch: String) throws {
    let out = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: out) }
    for _ in 1...2 {
      let outcome = try run(batch, into: out)
      #expect(outcome.status == 0)
      #expect(outcome.output.isEmpty && outcome.complaints.isEmpty, "\(outcome.errors)")
    }
    let samples = Table(try String(contentsOf: out.appending(path: "samples.tsv"), encoding: .utf8))
    #expect(samples.rows.count == 17)
    #expect(samples.rows.allSatisfy { ["reported", "no_match"].contains($0["status"]) })
  }

  @Test("gates, panels and outputs do what the settings say")
  func effects() throws {
    func table(_ batch: String, _ name: String) throws -> Table {
      let out = try Program.temporaryFolder()
      defer { try? FileManager.default.removeItem(at: out) }
      #expect(try run(batch, into: out).status == 0)
      let hasPages = FileManager.default.fileExists(atPath: out.appending(path: "index.html").path)
      #expect(hasPages == (batch != "whole-exome-research"))
      let hasMisses = FileManager.default.fileExists(atPath: out.appending(path: "near_misses.tsv").path)
      #expect(hasMisses == (batch == "whole-exome-research"))
      return Table(try String(contentsOf: out.appending(path: name), encoding: .utf8))
    }
    let panel = try table("pan-cancer-panel", "therapies.tsv")
    // What speaks against a therapy stays whatever its level.
    func levels(_ table: Table) -> Set<String> {
      Set(table.rows.filter { $0["direction"] == "sensitivity" }.map { $0["level"] ?? "none" })
    }
    #expect(levels(panel) == ["A1", "A2", "B", "C"])
    let nightly = try table("leiomyosarcoma-nightly", "therapies.tsv")
    #expect(nightly.rows.count > panel.rows.count)
    #expect(levels(nightly).contains("D") && !levels(nightly).contains("E"))
    #expect(try table("pan-cancer-panel", "samples.tsv").rows.contains { $0["message"]?.contains("not shown") == true })
  }

  @Test("what the command line says goes before the settings file")
  func precedence() throws {
    let out = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: out) }
    let outcome = try run("whole-exome-research", into: out, "--formats", "html", "--no-explain")
    #expect(outcome.status == 0)
    #expect(FileManager.default.fileExists(atPath: out.appending(path: "index.html").path))
    #expect(!FileManager.default.fileExists(atPath: out.appending(path: "near_misses.tsv").path))
  }

  @Test("a changed setting makes the next run do everything again, a comment does not")
  func incremental() throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let (file, out) = (place.appending(path: "s.toml"), place.appending(path: "o").path)
    func plan(_ text: String) throws -> String {
      try text.write(to: file, atomically: true, encoding: .utf8)
      let arguments = ["run", "SampleData", "--settings", file.path, "--out", out, "--no-sample-files"]
      let plan = try Program.run(arguments + ["--dry-run"]).output
      #expect(try Program.run(arguments).status == 0)
      return plan
    }
    #expect(try plan("[gates]\nlowest_level = \"D\"\n").contains("new"))
    #expect(try plan("# why\n[gates]\nlowest_level = \"D\"\n").isEmpty)
    #expect(try plan("[gates]\nlowest_level = \"C\"\n").contains("settings changed"))
  }

  @Test("settings that are wrong end with 78, settings that are not there with 66")
  func invalid() throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let file = place.appending(path: "s.toml")
    try "[output]\nformat = [\"tsv\"]\n".write(to: file, atomically: true, encoding: .utf8)
    let outcome = try Program.run(["run", "SampleData", "--settings", file.path, "--out", place.path + "/o"])
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("s.toml:2: key 'output.format' is not known (did you mean output.formats?)"))
    #expect(try Program.run(["run", "SampleData", "--settings", "none.toml", "--out", place.path + "/o"]).status == 66)
    try "# ours\n[input]\ntumor_type = \"XX\"\n".write(to: file, atomically: true, encoding: .utf8)
    for command in [["run", "SampleData"], ["annotate", "SampleData/LMS-01/LMS-01.maf.gz"]] {
      let type = try Program.run(command + ["--settings", file.path, "--out", place.path + "/o"])
      #expect(type.status == 78)
      #expect(type.errors.contains("s.toml:3: input.tumor_type 'XX' is not an OncoTree code"), "\(type.errors)")
      let stated = try Program.run(
        command + ["--settings", file.path, "--tumor-type", "YY", "--out", place.path + "/o"])
      #expect(stated.status == 64 && stated.errors.contains("--tumor-type 'YY'"))
    }
  }
}
