// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONText
import TestSupport
import Testing

/// Studies of a registry in runs, shards and questions.
struct TrialRunTests {
  private final class Place {
    let root: URL

    init() throws {
      root = try Program.temporaryFolder()
      let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
      try write(
        "in/S1/a.maf", header + "BRAF\tMissense_Mutation\tS1\tp.V600E\nFAM83H\tMissense_Mutation\tS1\tp.A100T\n")
      try write("in/S2/a.maf", header + "EGFR\tMissense_Mutation\tS2\tp.L858R\n")
      try write("in/S3/a.maf", header + "KIT\tMissense_Mutation\tS3\tp.V559D\n")
      try write("in/sheet.tsv", "sample_id\ttumor_type\tage\tsex\nS1\tMEL\t50\tF\nS2\tLUAD\t\tmale\nS3\tGIST\t61\t\n")
      try write(
        "trials.tsv",
        """
        # date: 2026-10-15
        trial_id\ttitle\tstatus\tcountries\ttumor_types\tconditions\tage\tsex\tcriteria
        TRIAL-1\tOne <b>\tRECRUITING\tJapan\tMEL\tBRAF p.V600E\t>=18\tfemale\tECOG 0-1 & more
        TRIAL-2\tTwo\tRECRUITING\tFrance\tNSCLC\tEGFR p.L858R\t>=18\t\t
        TRIAL-3\tThree\tRECRUITING\tPeru\tMEL\tFAM83H any OR FAM83H missense\t\t\t
        TRIAL-4\tFour\tCOMPLETED\tJapan\tANY\tKIT p.V559D\t\t\t

        """)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func path(_ name: String) -> String { root.appending(path: name).path }

    func write(_ name: String, _ text: String) throws {
      let url = root.appending(path: name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }

    @discardableResult func run(_ out: String, _ more: String...) throws -> Program.Outcome {
      try Program.run(["run", path("in"), "--out", path(out)] + more)
    }

    func read(_ name: String) throws -> String { try String(contentsOf: root.appending(path: name), encoding: .utf8) }

    func rows(_ out: String) throws -> [String] {
      Table(try read(out + "/trials.tsv")).rows.map { row in
        ["sample_id", "trial_id", "verdict", "alteration"].map { row[$0] ?? "?" }.joined(separator: " ")
      }
    }

    /// All files but run.json.
    func content(_ out: String) throws -> [String: Data] {
      var files: [String: Data] = [:]
      for case let name as String in FileManager.default.enumerator(atPath: path(out)) ?? .init()
      where name != "run.json" && name != "changes.tsv" && name != "changes.html" {
        if let data = FileManager.default.contents(atPath: path(out) + "/" + name) { files[name] = data }
      }
      return files
    }
  }

  @Test func `a run writes the studies of each sample and says which were left out`() throws {
    let place = try Place()
    let outcome = try place.run("o", "--trials", place.path("trials.tsv"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("trials.tsv of 2026-10-15: 4 read"))
    #expect(outcome.errors.contains("3 offered, 1 closed"))
    #expect(
      try place.rows("o") == [
        "S1 TRIAL-1 met BRAF p.V600E", "S1 TRIAL-3 met FAM83H p.A100T", "S2 TRIAL-2 unknown EGFR p.L858R",
      ])
    let page = try place.read("o/samples/S1/S1.report.html")
    #expect(page.contains("id=\"trials\"") && page.contains("One &lt;b&gt;") && page.contains("ECOG 0-1 &amp; more"))
    #expect(page.contains("file of 2026-10-15") && page.contains("1 closed and left out"))
    let json = try JSONValue(Array(Data(try place.read("o/samples/S1/S1.report.json").utf8)).span)
    #expect(json["trials"]?["closed"]?.integer == 1 && json["trials"]?["rows"]?.elements.count == 2)
    #expect(try place.read("o/datapackage.json").contains("trials.tsv"))
    // What could not be read is said on the page too.
    try place.write("trials.tsv", try place.read("trials.tsv") + "TRIAL-5\tx\t\t\tMEL\tNOSUCH1 p.A1T\t\t\t\n")
    let lossy = try place.run("o", "--trials", place.path("trials.tsv"))
    #expect(lossy.status == 0 && lossy.errors.contains("NOSUCH1") && lossy.errors.contains("4 read, 1 not read"))
    #expect(try place.read("o/samples/S1/S1.report.html").contains("4 trials, 1 more could not be read"))
  }

  @Test func `without studies nothing is written about them`() throws {
    let place = try Place()
    try place.run("o")
    for (name, data) in try place.content("o") {
      #expect(!name.contains("trials") && !String(decoding: data, as: UTF8.self).contains("rials\""), "\(name)")
    }
    #expect(!(try place.read("o/run.json").contains("trials")))
  }

  @Test func `a changed registry makes the pages anew, the same one does not`() throws {
    let place = try Place()
    let arguments = ["run", place.path("in"), "--out", place.path("o"), "--trials", place.path("trials.tsv")]
    #expect(try Program.run(arguments).status == 0)
    let first = try place.content("o")
    #expect(try Program.run(arguments + ["--dry-run"]).output.isEmpty)
    // A new sample: the rows of the others stay.
    try place.write(
      "in/S4/a.maf",
      "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\nBRAF\tMissense_Mutation\tS4\tp.V600E\n")
    #expect(try Program.run(arguments).status == 0)
    #expect(try place.rows("o").count == 6)
    #expect(try place.content("o")["samples/S1/S1.report.html"] == first["samples/S1/S1.report.html"])
    try place.write("trials.tsv", try place.read("trials.tsv").replacing("TRIAL-1", with: "TRIAL-7"))
    #expect(try Program.run(arguments + ["--dry-run"]).output.contains("settings changed"))
    #expect(try Program.run(arguments).status == 0)
    #expect(try place.rows("o").contains("S1 TRIAL-7 met BRAF p.V600E"))
    // Without it they are gone.
    try place.run("o")
    #expect(!FileManager.default.fileExists(atPath: place.path("o/trials.tsv")))
    #expect(!(try place.read("o/samples/S1/S1.report.html").contains("TRIAL-7")))
  }

  @Test func `shards put together are a single run`() throws {
    let place = try Place()
    let trials = ["--trials", place.path("trials.tsv"), "--trial-country", "Japan", "--trial-country", "france"]
    func run(_ out: String, _ more: [String]) throws -> Program.Outcome {
      try Program.run(["run", place.path("in"), "--out", place.path(out)] + trials + more)
    }
    #expect(try run("whole", []).status == 0)
    for number in 1...2 { #expect(try run("s\(number)", ["--shard", "\(number)/2"]).status == 0) }
    #expect(try Program.run(["merge", place.path("s1"), place.path("s2"), "--out", place.path("m")]).status == 0)
    let (whole, merged) = (try place.content("whole"), try place.content("m"))
    #expect(whole.keys.contains("trials.tsv") && Set(whole.keys) == Set(merged.keys))
    for (name, data) in whole { #expect(merged[name] == data, "\(name)") }
    #expect(try place.rows("m") == ["S1 TRIAL-1 met BRAF p.V600E", "S2 TRIAL-2 unknown EGFR p.L858R"])
    #expect(try place.read("m/run.json").contains("\"trials\""))
  }

  @Test func `a settings file names studies relative to its folder`() throws {
    let place = try Place()
    try place.write("lab.toml", "[trials]\nfiles = [\"trials.tsv\"]\ncountries = [\"Japan\"]\n")
    #expect(try place.run("o", "--settings", place.path("lab.toml")).status == 0)
    #expect(try place.rows("o") == ["S1 TRIAL-1 met BRAF p.V600E"])
  }

  @Test func `a question is answered with studies in all forms`() throws {
    let place = try Place()
    let question = ["query", "--tumor-type", "MEL", "--age", "50", "--trials", place.path("trials.tsv"), "BRAF V600E"]
    let table = try Program.run(question + ["--format", "trials"])
    #expect(
      table.output.contains("\nquery\tTRIAL-1\tOne <b>\t") && table.output.contains("sex female (sex not stated)"))
    let text = try Program.run(question + ["--format", "text", "--sex", "female"])
    #expect(text.output.contains("TRIAL-1: One <b> (RECRUITING)") && text.output.contains("all met: "))
    #expect(text.output.contains("not read: eligibility criteria in prose"))
    #expect(try Program.run(question + ["--format", "json"]).output.contains("\"trial_id\": \"TRIAL-1\""))
    let explained = try Program.run(question + ["--format", "trials", "--explain"])
    #expect(explained.output.contains("\tnot_met\t"))
    #expect(try Program.run(["query", "--format", "trials", "KIT amp"]).status == 64)
  }

  @Test(arguments: [
    ("<html>", 65, "HTML"), ("", 65, "empty"), ("{\"studies\": [", 65, "JSON"), ("a: &b\n", 65, "anchor"),
  ])
  func `a registry that cannot be read ends the run before it begins`(text: String, code: Int32, said: String) throws {
    let place = try Place()
    try place.write("bad", text)
    let outcome = try place.run("o", "--trials", place.path("bad"))
    #expect(outcome.status == code && outcome.errors.contains(said) && outcome.errors.contains(place.path("bad")))
    #expect(!FileManager.default.fileExists(atPath: place.path("o")))
    #expect(try place.run("o", "--trials", place.path("none")).status == 66)
    #expect(try place.run("o", "--trial-country", "Japan").status == 64)
  }
}
