// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// Inputs that are half there, half listed or half changed: the output is that of a fresh run, or the run says why not.
struct HalfThereTests {
  private static let sheet = "sample_id\ttumor_type\tpurity\nS1\tGIST\t0.8\nS2\tLUAD\t0.8\n"

  private func expectFresh(_ cohort: Cohort, _ more: [String] = []) throws {
    let fresh = cohort.root.appending(path: "fresh-\(UUID().uuidString)")
    _ = try Program.run(cohort.arguments(more, out: fresh))
    let (mine, theirs) = (try cohort.content(), try cohort.content(out: fresh))
    #expect(Set(mine.keys) == Set(theirs.keys))
    for (path, content) in theirs { #expect(mine[path] == content, "\(path)") }
  }

  private func old(_ cohort: Cohort, _ path: String = "") throws {
    try Shell.run("find '\(cohort.input.path)/\(path)' -exec touch -h -d '2 hours ago' {} +")
  }

  // MARK: Sheets

  @Test(
    "a sheet that could not be read once is read again when it is mended",
    arguments: ["", "sampl\ttumr\nS1\tGIST\n", "\u{1F}\u{8B}"])
  func mended(broken: String) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(broken, "sheet.tsv")
    try cohort.run()
    try cohort.write(Self.sheet, "sheet.tsv")
    try cohort.run()
    #expect(try cohort.row("S2")["tumor_type"] == "LUAD")
    try expectFresh(cohort)
  }

  @Test("a sheet that breaks leaves all samples as they were, with 3, in every run until it is mended")
  func broken() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Self.sheet, "sheet.tsv")
    try cohort.run()
    let before = try cohort.content()
    try cohort.write("sampl\ttumr\n", "sheet.tsv")
    for _ in 0..<2 {
      let outcome = try cohort.run()
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("sheet.tsv: was a sample sheet in the last run and cannot be read as one now"))
      #expect(try cohort.content() == before)
    }
    try cohort.write(Self.sheet.replacing("LUAD", with: "MEL"), "sheet.tsv")
    #expect(try cohort.run().status == 0)
    try expectFresh(cohort)
  }

  @Test("a young sheet takes no tumor type away, and a new sample waits for it")
  func youngSheet() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Self.sheet, "sheet.tsv")
    try old(cohort)
    try cohort.run("--quiet-time", "600")
    let before = try cohort.row("S2")
    try cohort.write(Self.sheet + "S3\tMEL\t\n", "sheet.tsv")
    try cohort.add("S3")
    try old(cohort, "S3")
    let outcome = try cohort.run("--quiet-time", "600")
    #expect(outcome.status == 0 && outcome.errors.contains("sheet.tsv: is younger than the quiet time, all samples"))
    #expect(try cohort.row("S2") == before)
    #expect(try cohort.row("S3")["status"] == "deferred")
    try old(cohort)
    try cohort.run("--quiet-time", "600")
    #expect(try cohort.row("S3")["tumor_type"] == "MEL")
    try expectFresh(cohort)
  }

  @Test("purity and ploidy of the sheet are in the report", arguments: ["0.8\nS2", "0.3\nS2"])
  func purity(cell: String) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Self.sheet, "sheet.tsv")
    try cohort.run()
    try cohort.write(Self.sheet.replacing("0.8\nS2", with: cell), "sheet.tsv")
    try cohort.run()
    try expectFresh(cohort)
  }

  // MARK: Young files

  @Test("a young sample keeps its rows and report when the table or a setting changes, and is not called lost")
  func youngAndTable() throws {
    let cohort = try Cohort("S1", "S2")
    try old(cohort)
    try cohort.run("--quiet-time", "600")
    let report = try cohort.content()["samples/S2/S2.report.json"]
    let rows = try cohort.table("therapies.tsv").rows(where: ["sample_id": "S2"])
    try cohort.add("S2")
    let table = cohort.root.appending(path: "x.tsv")
    try InventedRule.text([InventedRule("X1", "TP53", "p.R175H", "imatinib", level: "C", in: "ANY")])
      .write(to: table, atomically: true, encoding: .utf8)
    let outcome = try cohort.run("--quiet-time", "600", "--table", table.path, "--prune")
    #expect(outcome.status == 0 && outcome.errors.contains("S2.maf: is younger than the quiet time, 1 sample"))
    #expect(try cohort.table("therapies.tsv").rows(where: ["sample_id": "S2"]) == rows && !rows.isEmpty)
    #expect(try cohort.content()["samples/S2/S2.report.json"] == report)
    #expect(try cohort.table("changes.tsv").rows(where: ["sample_id": "S2"]).isEmpty)
    // Settled, it is made with the new table although its file says the same.
    try old(cohort)
    try cohort.run("--quiet-time", "600", "--table", table.path)
    try expectFresh(cohort, ["--table", table.path])
  }

  @Test("a young file of a flat cohort holds back its samples and empties no table")
  func youngCohort() throws {
    let cohort = try Cohort()
    let rows = Cohort.maf("S1") + Cohort.maf("S2").replacing(Cohort.header, with: "")
    try cohort.write(rows, "data_mutations.txt")
    try old(cohort)
    try cohort.run("--quiet-time", "600")
    let before = try cohort.content()
    try cohort.write(rows + Cohort.maf("S3").replacing(Cohort.header, with: ""), "data_mutations.txt")
    #expect(try cohort.run("--quiet-time", "600", "--prune").status == 0)
    let now = try cohort.content()
    for (path, content) in before where !["samples.tsv", "index.html"].contains(path) { #expect(now[path] == content) }
    // Of whom it speaks for the first time there is a row.
    #expect(try cohort.row("S1")["status"] == "reported" && cohort.row("S3")["status"] == "deferred")
    try old(cohort)
    try cohort.run("--quiet-time", "600")
    #expect(try cohort.row("S3")["status"] == "reported")
  }

  // MARK: Lost disks

  @Test(
    "an input that is empty and was not ends with 66 and changes nothing; --allow-empty says it is meant",
    arguments: [true, false])
  func unmounted(isThere: Bool) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    let before = try cohort.content()
    try FileManager.default.removeItem(at: cohort.input)
    if isThere { try FileManager.default.createDirectory(at: cohort.input, withIntermediateDirectories: true) }
    #expect(try cohort.run("--prune").status == 66)
    #expect(try cohort.run("--force").status == 66)
    #expect(try cohort.content() == before)
    #expect(try cohort.run("--prune", "--allow-empty").status == 0)
    #expect(try cohort.table("samples.tsv").rows.isEmpty)
  }

  @Test("more than half of all reports are not pruned without --allow-empty")
  func prunedHalf() throws {
    let cohort = try Cohort("S1", "S2", "S3", "S4")
    try cohort.run()
    for sample in ["S1", "S2", "S3"] {
      try FileManager.default.removeItem(at: cohort.input.appending(path: sample))
    }
    let outcome = try cohort.run("--prune")
    #expect(outcome.errors.contains("3 reports of samples whose input is gone are more than half"))
    #expect(try cohort.content().keys.contains("samples/S1/S1.report.json"))
    #expect(try cohort.run("--prune", "--allow-empty").status == 0)
    #expect(try !cohort.content().keys.contains("samples/S1/S1.report.json"))
  }

  @Test("prune follows no link and removes no file of others, and says so")
  func pruneLink() throws {
    let cohort = try Cohort("S1", "S2", "S3", "S4")
    try cohort.run()
    let foreign = cohort.root.appending(path: "foreign")
    try FileManager.default.createDirectory(at: foreign, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: foreign.appending(path: "S1.report.json"))
    let folder = cohort.out.appending(path: "samples/S1")
    try FileManager.default.removeItem(at: folder)
    try FileManager.default.createSymbolicLink(at: folder, withDestinationURL: foreign)
    try Data("x".utf8).write(to: cohort.out.appending(path: "samples/S2/notes.txt"))
    for sample in ["S1", "S2"] { try FileManager.default.removeItem(at: cohort.input.appending(path: sample)) }
    let outcome = try cohort.run("--prune")
    #expect(
      outcome.errors.contains("samples/S1: is a link") && outcome.errors.contains("S2/notes.txt: was not written"))
    #expect(FileManager.default.fileExists(atPath: foreign.appending(path: "S1.report.json").path))
    let left = try FileManager.default.contentsOfDirectory(atPath: cohort.out.appending(path: "samples/S2").path)
    #expect(left == ["notes.txt"])
  }

  // MARK: Reports and places

  @Test(
    "what vanished or was changed is made again",
    arguments: [
      "samples/S1", "index.html", "datapackage.json", "changes.html", "samples/S1/S1.report.html", "agents.tsv",
    ])
  func vanished(path: String) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    try FileManager.default.removeItem(at: cohort.out.appending(path: path))
    #expect(try cohort.run().status == 0)
    #expect(FileManager.default.fileExists(atPath: cohort.out.appending(path: path).path))
    try expectFresh(cohort)
  }

  @Test(
    "forms that are not written any more leave no old files", arguments: [["--formats", "tsv"], ["--no-sample-files"]])
  func fewerForms(options: [String]) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run("--formats", "tsv,html,fhir,multiqc", "--explain")
    _ = try Program.run(cohort.arguments(options))
    try expectFresh(cohort, options)
  }

  @Test("a cohort file that comes a night after the folders joins their samples")
  func orderOfArrival() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    try cohort.write("Hugo_Symbol\tS2\nCDKN2A\t-2\n", "data_cna.txt")
    #expect(try cohort.run().status == 0)
    try expectFresh(cohort)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "data_cna.txt"))
    #expect(try cohort.run().status == 0)
    try expectFresh(cohort)
  }

  @Test("the output may be no input and hold none, and an input may be no output: 64 with both paths")
  func misplaced() throws {
    let cohort = try Cohort("S1")
    for out in [cohort.input, cohort.root] {
      let outcome = try cohort.run(out: out)
      #expect(outcome.status == 64 && outcome.errors.contains(out.path) && outcome.errors.contains(cohort.input.path))
    }
    try cohort.run()
    let other = cohort.root.appending(path: "other").path
    let outcome = try Program.run(["run", cohort.out.path, "--out", other])
    #expect(outcome.status == 64 && outcome.errors.contains(cohort.out.path) && outcome.errors.contains(other))
  }

  @Test(
    "files of others under our names are not replaced: 73, also with --force",
    arguments: ["therapies.tsv", "index.html", "run.json"])
  func foreign(name: String) throws {
    let cohort = try Cohort("S1")
    try FileManager.default.createDirectory(at: cohort.out, withIntermediateDirectories: true)
    let file = cohort.out.appending(path: name)
    try Data("{\"mine\": 1}\n".utf8).write(to: file)
    for more in [[], ["--force"]] {
      #expect(try Program.run(cohort.arguments(more)).status == 73)
      #expect(try String(contentsOf: file, encoding: .utf8) == "{\"mine\": 1}\n")
    }
  }

  @Test("a merge takes no edited and no missing page of a shard", arguments: ["rm", "sed -i s/KIT/KXT/"])
  func mergedPages(damage: String) throws {
    let cohort = try Cohort("S1", "S2")
    let parts = [1, 2].map { cohort.root.appending(path: "p\($0)") }
    for (number, part) in parts.enumerated() { try cohort.run("--shard", "\(number + 1)/2", out: part) }
    try Shell.run("\(damage) '\(cohort.root.path)'/p?/samples/S1/S1.report.html")
    let merge = ["merge"] + parts.map(\.path) + ["--out", cohort.out.path]
    let outcome = try Program.run(merge)
    #expect(outcome.status == 65 && outcome.errors.contains("samples/S1: is not what the run wrote"))
    #expect(!FileManager.default.fileExists(atPath: cohort.out.appending(path: "run.json").path))
  }
}
