// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Folders that come, go or speak of another sample: a history of nights, and shards, give what one run gives.
struct FoldersOverNightsTests {
  /// Inputs and outputs in a place of their own.
  private final class Place {
    let root: URL

    init() throws { root = try Program.temporaryFolder() }
    deinit { try? FileManager.default.removeItem(at: root) }

    func write(_ name: String, _ text: String) throws {
      let url = root.appending(path: "in/" + name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }

    func change(_ folder: String, _ sample: String, _ gene: String, _ change: String) throws {
      let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count\tt_depth\n"
      try write("\(folder)/calls.maf", header + "\(gene)\tMissense_Mutation\t\(sample)\t\(change)\t30\t100\n")
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(at: root.appending(path: "in/" + name)) }

    @discardableResult
    func run(_ out: String, _ more: String...) throws -> Program.Outcome {
      try Program.run(["run", root.appending(path: "in").path, "--out", root.appending(path: out).path] + more)
    }

    func merge(_ parts: [String], _ out: String) throws -> Program.Outcome {
      try Program.run(
        ["merge"] + parts.map { root.appending(path: $0).path } + ["--out", root.appending(path: out).path])
    }

    func text(_ out: String, _ table: String) throws -> String {
      try String(contentsOf: root.appending(path: "\(out)/\(table).tsv"), encoding: .utf8)
    }

    func states(_ out: String) throws -> [String] {
      Table(try text(out, "samples")).rows.map { "\($0["sample_id"] ?? "") \($0["status"] ?? "")" }
    }

    /// Whether a history of nights has come to what one run gives.
    func isAsNew(_ out: String, _ table: String) throws -> Bool {
      try? FileManager.default.removeItem(at: root.appending(path: "fresh"))
      try run("fresh")
      return try text(out, table) == text("fresh", table)
    }
  }

  @Test("a folder whose file names the sample of another folder fails, whatever its name", arguments: ["A9", "Z9"])
  func otherFolder(name: String) throws {
    let place = try Place()
    try place.write("sheet.tsv", "sample_id\ttumor_type\nX1\tCOAD\n")
    try place.change(name, "X1", "BRAF", "p.V600E")
    try place.run("nights")
    #expect(try place.states("nights") == ["X1 reported"])
    try place.write("X1/cna.tsv", "gene\tcall\nERBB2\tAMP\n")
    for _ in 0..<2 {
      let outcome = try place.run("nights")
      #expect(outcome.status == 3 && outcome.errors.contains("has rows in") && outcome.errors.contains(name))
    }
    #expect(try place.isAsNew("nights", "samples") && place.isAsNew("nights", "options"))
    for jobs in ["1", "2", "4"] {
      #expect(try place.run("jobs", "--jobs", jobs, "--force").status == 3)
      #expect(try place.text("jobs", "samples") == place.text("nights", "samples"))
    }
    try place.remove("X1")
    #expect(try place.run("nights").status == 0)
    #expect(try place.states("nights") == ["X1 reported"])
    #expect(try place.isAsNew("nights", "samples") && place.isAsNew("nights", "options"))
  }

  @Test("the row of a sheet under a longer barcode stays that of its folder on nights that change another")
  func longerBarcode() throws {
    let place = try Place()
    try place.write("sheet.tsv", "sample_id\ttumor_type\ttmb\nTCGA-AA-0001-01A-11D\tMEL\t14\n")
    try place.change("TCGA-AA-0001-01", "TCGA-AA-0001-01", "KIT", "p.V559D")
    try place.run("nights")
    try place.change("B", "B", "BRAF", "p.V600E")
    #expect(try place.run("nights").status == 0)
    #expect(try place.states("nights") == ["B reported", "TCGA-AA-0001-01 reported"])
    try place.write("tmb.tsv", "sample_id\tname\tvalue\nTCGA-AA-0001-01A-11D\tMSI\thigh\n")
    try place.run("nights")
    #expect(try place.isAsNew("nights", "samples") && place.isAsNew("nights", "options"))
  }

  @Test("a folder without a file has its row in shards, too")
  func emptyFolder() throws {
    let place = try Place()
    for sample in ["S1", "S2"] { try place.change(sample, sample, "KIT", "p.V559D") }
    for number in 3...9 {
      try FileManager.default.createDirectory(
        at: place.root.appending(path: "in/S\(number)"), withIntermediateDirectories: true)
    }
    try place.run("whole")
    for part in 1...3 { try place.run("s\(part)", "--shard", "\(part)/3") }
    let outcome = try place.merge(["s1", "s2", "s3"], "merged")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try place.text("merged", "samples") == place.text("whole", "samples"))
    #expect(try place.states("merged").count == 9)
  }

  @Test("a sample whose input is gone and that the sheet lists keeps its report, in a merge and without sample files")
  func goneAndListed() throws {
    let place = try Place()
    try place.write("sheet.tsv", "sample_id\ttumor_type\n" + (1...5).map { "S\($0)\tGIST\n" }.joined())
    for number in 1...5 { try place.change("S\(number)", "S\(number)", "KIT", "p.V559D") }
    func shards(_ more: String...) throws -> Program.Outcome {
      for part in 1...2 {
        _ = try Program.run(
          [
            "run", place.root.appending(path: "in").path, "--out", place.root.appending(path: "s\(part)").path,
            "--shard",
            "\(part)/2",
          ] + more)
      }
      return try place.merge(["s1", "s2"], "merged")
    }
    try place.run("whole")
    #expect(try shards().status == 0)
    try place.remove("S2")
    let report = "samples/S2/S2.alterations.tsv"
    for out in ["whole", "merged"] {
      let outcome = out == "whole" ? try place.run("whole") : try shards()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        try String(contentsOf: place.root.appending(path: "\(out)/\(report)"), encoding: .utf8).contains("p.V559D"))
    }
    #expect(try place.text("merged", "samples") == place.text("whole", "samples"))
    try place.run("whole", "--no-sample-files")
    #expect(
      try String(contentsOf: place.root.appending(path: "whole/" + report), encoding: .utf8).contains("p.V559D"))
    #expect(try shards("--prune").status == 0)
    #expect(!FileManager.default.fileExists(atPath: place.root.appending(path: "s1/" + report).path))
    #expect(!FileManager.default.fileExists(atPath: place.root.appending(path: "s2/" + report).path))
  }
}
