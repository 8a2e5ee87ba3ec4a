// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What is not read is said once, stays listed, and is nobody's silent loss.
struct LeftOutTests {
  private func skipped(_ out: URL) throws -> [String] {
    let record = try JSONSerialization.jsonObject(with: Data(contentsOf: out.appending(path: "run.json")))
    let items = (record as? [String: Any])?["skipped"] as? [[String: Any]] ?? []
    return items.compactMap { ($0["path"] as? String)?.split(separator: "/").last.map(String.init) }.sorted()
  }

  private func expectFresh(_ cohort: Cohort, out: URL? = nil) throws {
    let fresh = cohort.root.appending(path: "fresh-\(UUID().uuidString)")
    try cohort.run(out: fresh)
    #expect(try cohort.content(out: out) == cohort.content(out: fresh))
  }

  @Test("a folder that lost its files is a sample that was not evaluated, as a fresh run says, and is said once")
  func emptied() throws {
    let cohort = try Cohort("S1", "S2")
    #expect(try cohort.run().status == 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: cohort.input.appending(path: "S2").path) {
      try FileManager.default.removeItem(at: cohort.input.appending(path: "S2/\(name)"))
    }
    let night = try cohort.run()
    #expect(night.status == 0 && night.errors.contains("sample S2 was not evaluated"))
    let samples = Table(try String(contentsOf: cohort.out.appending(path: "samples.tsv"), encoding: .utf8))
    #expect(samples.rows.first { $0["sample_id"] == "S2" }?["status"] == "not_evaluated")
    try expectFresh(cohort)
    let idle = try cohort.run()
    #expect(idle.status == 0 && idle.errors.isEmpty)
  }

  @Test("a sample that was gone and has a row of the sheet again keeps its report until it is pruned")
  func backInTheSheet() throws {
    let cohort = try Cohort("S1", "S2")
    #expect(try cohort.run().status == 0)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "S1"))
    #expect(try cohort.run().status == 0)
    #expect(FileManager.default.fileExists(atPath: cohort.out.appending(path: "samples/S1").path))
    try cohort.write("sample_id\ttumor_type\nS1\tLMS\nS2\tLMS\n", "sheet.tsv")
    #expect(try cohort.run("--no-sample-files").status == 0)
    #expect(FileManager.default.fileExists(atPath: cohort.out.appending(path: "samples/S1").path))
    #expect(try cohort.run("--no-sample-files", "--prune").status == 0)
    #expect(!FileManager.default.fileExists(atPath: cohort.out.appending(path: "samples/S1").path))
  }

  @Test("a night with nothing new says nothing, though files are not read; a strict one says why it fails")
  func silent() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write("nothing of interest\n", "notes.txt")
    try cohort.write("nothing of interest\n", "S1/S1.log")
    try cohort.write("nothing of interest\n", "S3/S3.log")
    try cohort.write("read me\n", "README")
    let first = try cohort.run()
    #expect(first.status == 0)
    for name in ["notes.txt", "S1.log", "S3.log"] {
      #expect(first.errors.contains("\(name): has no header"), "\(name)")
    }
    #expect(first.errors.contains("sample S3 was not evaluated"))
    for more in [[], ["--quiet"]] {
      let idle = try Program.run(cohort.arguments(more))
      #expect(idle.status == 0 && idle.errors.isEmpty && idle.output.isEmpty, "\(idle.errors)")
    }
    for more in [["--strict"], ["--strict", "--quiet"]] {
      let strict = try Program.run(cohort.arguments(more))
      #expect(strict.status == 65)
      #expect(strict.errors.contains("3 files not read, as in the last run: "))
      #expect(strict.errors.contains("1 sample not evaluated, as in the last run: S3"))
    }
    // With a new sample the others stay, and what they left out stays listed.
    try cohort.add("S4")
    let more = try cohort.run()
    #expect(more.status == 0 && more.errors.contains("3 files not read, as in the last run: "))
    #expect(!more.errors.contains("has no header"))
    #expect(try skipped(cohort.out) == ["README", "S1.log", "S3.log", "notes.txt"])
    try expectFresh(cohort)
  }

  @Test(
    "what lies in a sample's folder and is not read is named in its row, and not when it is gone",
    arguments: ["README.txt", "meta_study.txt", "S1.maf.part"])
  func named(name: String) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    try cohort.write("cancer_study_identifier: x\ntype_of_cancer: gist\n", "S1/\(name)")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("S1")["message"]?.contains(name) == true)
    #expect(try cohort.row("S2")["message"]?.contains(name) == false)
    try expectFresh(cohort)
    #expect(try cohort.run("--strict").status == 0)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "S1/\(name)"))
    try cohort.run()
    #expect(try cohort.row("S1")["message"]?.contains(name) == false)
    try expectFresh(cohort)
  }

  @Test("a pipe that comes or goes is noticed on a night with nothing else new")
  func lonePipe() throws {
    let cohort = try Cohort("S1")
    try cohort.run()
    try Shell.run("mkfifo '\(cohort.input.path)/more.maf'")
    #expect(try cohort.run().errors.contains("more.maf: is not a regular file"))
    #expect(try cohort.run().errors.isEmpty)
    #expect(try cohort.run("--strict").status == 65)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "more.maf"))
    #expect(try cohort.run("--strict").status == 0)
    #expect(try skipped(cohort.out).isEmpty)
  }

  @Test("a shard names what it leaves out itself, and a merge what all of them did")
  func shards() throws {
    let cohort = try Cohort("S1", "S2", "S3", "S4")
    for sample in ["S1", "S2", "S3", "S4"] {
      try Shell.run("mkfifo '\(cohort.input.path)/\(sample)/\(sample).pipe.maf'")
      try cohort.write("read me\n", "\(sample)/README.\(sample)")
    }
    let parts = [1, 2].map { cohort.root.appending(path: "p\($0)") }
    for (number, part) in parts.enumerated() {
      let outcome = try cohort.run("--shard", "\(number + 1)/2", out: part)
      let own = try cohort.table("samples.tsv", out: part).rows.compactMap { $0["sample_id"] }
      #expect(!own.isEmpty)
      for sample in ["S1", "S2", "S3", "S4"] {
        let isOwn = own.contains(sample)
        #expect(outcome.errors.contains("\(sample).pipe.maf: is not a regular file") == isOwn)
        #expect(outcome.errors.contains("README.\(sample)") == isOwn)
      }
      #expect(try skipped(part) == own.flatMap { ["README.\($0)", "\($0).pipe.maf"] }.sorted())
    }
    _ = try Program.run(["merge"] + parts.map(\.path) + ["--out", cohort.out.path])
    #expect(try skipped(cohort.out).count == 8)
    try expectFresh(cohort)
  }

  @Test("reports that were copied among the inputs are not read, and hide no sample", arguments: ["archive", "S1"])
  func copiedReports(folder: String) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    let target = folder == "S1" ? "in" : "in/archive"
    try Shell.run(
      "mkdir -p '\(cohort.root.path)/\(target)'; cp -r '\(cohort.out.path)/samples/.' '\(cohort.root.path)/\(target)'")
    try cohort.add("S4")
    let outcome = try cohort.run()
    #expect(outcome.status == 0 && outcome.errors.contains("is a report of oncomatch"), "\(outcome.errors)")
    for sample in ["S1", "S2"] { #expect(try cohort.row(sample)["n_alterations"] == "2") }
    // A table that only has the name of one of ours is read.
    try cohort.write(Cohort.maf("S3"), "S3/S3.alterations.tsv")
    try cohort.run()
    #expect(try cohort.row("S3")["n_alterations"] == "2")
    try expectFresh(cohort)
  }

  @Test("an output folder inside the input is left alone and named", arguments: ["reports", "S1/reports", ".reports"])
  func outputInside(place: String) throws {
    let cohort = try Cohort("S1", "S2")
    let out = cohort.input.appending(path: place)
    for more in ["S3", "S4"] {
      #expect(try cohort.run(out: out).status == 0)
      let idle = try cohort.run(out: out)
      #expect(idle.status == 0 && idle.errors.isEmpty)
      try cohort.add(more)
    }
    let outcome = try cohort.run(out: out)
    #expect(outcome.errors.contains("left alone: \(out.path)"))
    #expect(try cohort.table("samples.tsv", out: out).rows.count == 4)
    // The same without anything of earlier nights.
    let kept = cohort.root.appending(path: "kept")
    try FileManager.default.moveItem(at: out, to: kept)
    try expectFresh(cohort, out: kept)
  }

  @Test(
    "a table of several samples that breaks leaves them as they were, with 3, and prune removes none",
    arguments: ["truncate -s 60", ": >", "ln -sf /nowhere/at/all"], ["", "study/"])
  func brokenCohort(damage: String, folder: String) throws {
    let cohort = try Cohort("S3")
    let file = cohort.input.path + "/\(folder)data_mutations.txt.gz"
    let rows = Cohort.maf("S1") + Cohort.maf("S2").replacing(Cohort.header, with: "")
    let packed = try Shell.gzip(Data(rows.utf8))
    try cohort.write(packed, "\(folder)data_mutations.txt.gz")
    #expect(try cohort.run().status == 0)
    let before = try cohort.content()
    try Shell.run("\(damage) '\(file)'")
    if damage.hasPrefix("ln"), !folder.isEmpty { return }
    for _ in 0..<2 {
      let outcome = try cohort.run("--prune")
      #expect(outcome.status == 3, "\(outcome.errors)")
      #expect(
        outcome.errors.contains("cannot be read as one now") && outcome.errors.contains("2 samples as the last run"))
      #expect(try cohort.content() == before)
    }
    try FileManager.default.removeItem(atPath: file)
    try cohort.write(packed, "\(folder)data_mutations.txt.gz")
    #expect(try cohort.run().status == 0)
    try expectFresh(cohort)
  }
}
