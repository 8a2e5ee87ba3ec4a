// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// A cohort divided over machines gives what one machine gives.
struct ShardTests {
  /// A cohort that holds every layout: a folder a sample, flat files of one sample, cohort files, a study folder, a sheet
  /// with samples of its own, rows that belong to no sample.
  private final class Place {
    let root: URL
    var input: URL { root.appending(path: "in") }

    init() throws {
      root = try Program.temporaryFolder()
      try FileManager.default.copyItem(at: Program.root.appending(path: "SampleData"), to: input)
      try FileManager.default.removeItem(at: input.appending(path: "expected"))
      let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
      var rows = ""
      for number in 1...9 {
        rows += "KIT\tMissense_Mutation\tC-\(number)\tp.V559D\n"
        rows += "NOSUCHGENE\tMissense_Mutation\tC-\(number)\tp.V559D\n"
      }
      try write("cohort.maf", header + "KIT\tcut short\n" + rows + "KIT\tMissense_Mutation\t\tp.V559D\n")
      try write("study/data_cna.txt", "Hugo_Symbol\tC-1\tC-2\tC-10\nERBB2\t2\t-2\t2\nRB1\t-2\ty\tx\n")
      try write("unnamed/X1/calls.maf", header + "KIT\tMissense_Mutation\tTUMOR\tp.V559D\n")
      try write("unnamed/X2/calls.maf", header + "PDGFRA\tMissense_Mutation\tTUMOR\tp.D842V\nKIT\tcut\n")
      try write("by-run/run-1/a.maf", header + "KIT\tMissense_Mutation\tB-1\tp.V559D\n")
      try write("by-run/run-2/b.tsv", "sample_id\tgene\tcall\nB-1\tERBB2\tAMP\n")
      try write("tcga.maf", header + "KIT\tMissense_Mutation\tTCGA-AA-0001-01A-11D-A387-09\tp.V559D\n")
      try write("tcga_cna.txt", "Hugo_Symbol\tTCGA-AA-0001-01\tTCGA-AA-0002-01\nERBB2\t2\t0\n")
      try write("more.tsv", "sample_id\ttumor_type\nB-1\tGIST\nONLY-SHEET\tLMS\nC-3\tGIST\n")
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func write(_ name: String, _ text: String) throws {
      let url = input.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }

    func out(_ name: String) -> String { root.appending(path: name).path }

    @discardableResult
    func run(_ name: String, _ more: String...) throws -> Program.Outcome {
      try Program.run(["run", input.path, "--out", out(name)] + more)
    }

    @discardableResult
    func merge(_ names: [String], into name: String) throws -> Program.Outcome {
      try Program.run(["merge"] + names.map(out) + ["--out", out(name)])
    }

    /// All files of an output with their content; run.json depends on time.
    func content(_ name: String) throws -> [String: Data] {
      var files: [String: Data] = [:]
      for case let path as String in FileManager.default.enumerator(atPath: out(name)) ?? .init() {
        let url = URL(filePath: out(name) + "/" + path)
        let isFolder = try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
        if !isFolder, path != "run.json" { files[path] = try Data(contentsOf: url) }
      }
      return files
    }

    /// What run.json says of its inputs and samples; no times and no state of the machine.
    func record(_ name: String) throws -> [String: String] {
      let data = try Data(contentsOf: URL(filePath: out(name) + "/run.json"))
      let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      var facts: [String: String] = [:]
      for key in ["samples", "inputs", "filtered", "tables", "outputs", "settings_digest", "sheet_digest"] {
        let value = try #require(json[key])
        let text = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
        facts[key] = String(decoding: text, as: UTF8.self)
      }
      return facts
    }

    func table(_ name: String, _ table: String) throws -> Table {
      Table(try String(contentsOf: URL(filePath: out(name) + "/" + table), encoding: .utf8))
    }
  }

  @Test("shards put together are a single run, byte for byte, for 1 to 7 of them")
  func anyNumber() throws {
    let place = try Place()
    let whole = try place.run("whole", "--explain")
    #expect(whole.status == 0, "\(whole.errors)")
    let (expected, record) = (try place.content("whole"), try place.record("whole"))
    let samples = try place.table("whole", "samples.tsv").rows.compactMap { $0["sample_id"] }
    for sample in ["X1", "X2", "B-1", "C-10", "ONLY-SHEET", "TCGA-AA-0001-01", "LMS-17"] {
      #expect(samples.contains(sample))
    }
    for count in 1...7 {
      let names = (1...count).map { "s\($0)of\(count)" }
      for (number, name) in names.enumerated() {
        let outcome = try place.run(name, "--explain", "--shard", "\(number + 1)/\(count)")
        #expect(outcome.status == 0, "\(name): \(outcome.errors)")
      }
      // The order in which folders are named does not matter.
      let outcome = try place.merge(names.reversed(), into: "m\(count)")
      #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.isEmpty, "\(outcome.errors)")
      let merged = try place.content("m\(count)")
      #expect(Set(merged.keys) == Set(expected.keys))
      for (path, bytes) in expected { #expect(merged[path] == bytes, "\(path) of \(count) shards") }
      #expect(try place.record("m\(count)") == record, "run.json of \(count) shards")
    }
  }

  @Test("every row that belongs to no sample stands in the merged rejected.tsv once")
  func rejectedOnce() throws {
    let place = try Place()
    for number in 1...3 { try place.run("s\(number)", "--shard", "\(number)/3") }
    #expect(try place.merge(["s1", "s2", "s3"], into: "m").status == 0)
    let rows = try place.table("m", "rejected.tsv").rows
    let cut = rows.filter { $0["file"]?.hasSuffix("cohort.maf") == true && $0["line"] == "2" }
    #expect(cut.count == 1)
    let row = try #require(cut.first)
    #expect(try place.table("s1", "rejected.tsv").rows.contains(row))
    #expect(try place.table("s2", "rejected.tsv").rows.contains(row))
  }

  @Test("a shard opens no file of a folder that the sheet gives to another shard")
  func foreignFolders() throws {
    let place = try Place()
    // Nobody can read these; who tries fails the sample.
    for number in 1...17 {
      let name = number < 10 ? "LMS-0\(number)" : "LMS-\(number)"
      try Data([0x1F, 0x8B]).write(to: place.input.appending(path: "\(name)/\(name).maf.gz"))
    }
    try place.run("s1", "--shard", "1/2")
    try place.run("s2", "--shard", "2/2")
    let (one, two) = (try place.table("s1", "samples.tsv"), try place.table("s2", "samples.tsv"))
    #expect(one.rows(where: ["status": "failed"]).count + two.rows(where: ["status": "failed"]).count == 17)
    #expect(try place.merge(["s1", "s2"], into: "m").status == 3)
    let record = try String(contentsOf: URL(filePath: place.out("s1") + "/run.json"), encoding: .utf8)
    let own = one.rows.compactMap { $0["sample_id"] }.filter { $0.hasPrefix("LMS") }
    for name in own { #expect(record.contains("/\(name)/")) }
    #expect(!record.contains("/\(two.rows.compactMap { $0["sample_id"] }.first { $0.hasPrefix("LMS") } ?? "-")/"))
  }

  @Test("lists of samples are merged like shards, and an identifier that no input speaks of is named")
  func lists() throws {
    let place = try Place()
    try place.run("whole")
    let ids = try place.table("whole", "samples.tsv").rows.compactMap { $0["sample_id"] }
    let half = ids.count / 2
    for (name, part) in [("a", ids[..<half]), ("b", ids[half...])] {
      try part.joined(separator: "\n").write(
        to: URL(filePath: place.out(name + ".txt")), atomically: true, encoding: .utf8)
      let outcome = try place.run(name, "--samples-from", place.out(name + ".txt"))
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try place.merge(["a", "b"], into: "m").status == 0)
    #expect(try place.content("m") == place.content("whole"))
    try "LMS-01\nNO-SUCH\n".write(to: URL(filePath: place.out("c.txt")), atomically: true, encoding: .utf8)
    let outcome = try place.run("c", "--samples-from", place.out("c.txt"))
    #expect(outcome.status == 3 && outcome.errors.contains("'NO-SUCH' is in no input"))
    #expect(try place.table("c", "samples.tsv").rows.map { $0["sample_id"] } == ["LMS-01"])
  }

  @Test("shards that do not fit together are refused, with the reason and the folder")
  func refusals() throws {
    let place = try Place()
    try place.run("s1", "--shard", "1/3", "--no-sample-files")
    try place.run("s2", "--shard", "2/3", "--no-sample-files")
    try place.run("s3", "--shard", "3/3", "--no-sample-files", "--tumor-type", "GIST")
    try place.run("again", "--shard", "2/3", "--no-sample-files")
    try place.run("two", "--shard", "2/2", "--no-sample-files")
    try place.run("whole", "--no-sample-files")
    try place.run(
      "table", "--shard", "3/3", "--no-sample-files", "--no-builtin-table", "--table",
      GoldenReportsTests.golden + "/rules.tsv")
    let cases: [(folders: [String], reason: String)] = [
      (["s1", "s2"], "is one of 3 shards, missing: 3/3"),
      (["s1", "s2", "s3"], "s3: was made with tumor_type 'GIST'"),
      (["s1", "s2", "table"], "table: has the tables "),
      (["s1", "s2", "again"], "is shard 2/3, and so is "),
      (["s1", "two"], "two: is shard 2/2, "),
      (["s1", "whole"], "whole: is not a shard, "),
      (["whole", "whole"], "and so did "),
      (["s1", "nowhere"], "nowhere: does not exist"),
      (["s1", "in"], "in: has no readable run.json"),
      (["s1", "m"], "m: is the output folder itself"),
    ]
    for item in cases {
      let outcome = try place.merge(item.folders, into: "m")
      // What is not there, and an input that is the output, have their own codes.
      let status: Int32 = item.folders.contains("nowhere") ? 66 : item.folders.contains("m") ? 64 : 65
      #expect(outcome.status == status, "\(item.folders)")
      #expect(outcome.errors.contains(item.reason), "\(item.folders): \(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: place.out("m") + "/run.json"))
    }
    let record = URL(filePath: place.out("s2") + "/run.json")
    let text = try String(contentsOf: record, encoding: .utf8)
    try text.replacing("\"version\": \"0.", with: "\"version\": \"9.").write(
      to: record, atomically: true, encoding: .utf8)
    #expect(try place.merge(["s1", "s2"], into: "m").errors.contains("s2: was made by oncomatch 9."))
    #expect(try Program.run(["run", place.input.path, "--out", place.out("x"), "--shard", "4/3"]).status == 64)
  }

  @Test("what two runs over different inputs share is refused, and what they do not share is merged")
  func plainRuns() throws {
    let place = try Place()
    let sheet = place.input.appending(path: "clinical.tsv").path
    func run(_ name: String, _ inputs: [String]) throws {
      let paths = inputs.map { place.input.appending(path: $0).path }
      #expect(try Program.run(["run"] + paths + ["--out", place.out(name), "--samples", sheet]).status == 0)
    }
    try run("whole", ["LMS-01/LMS-01.maf.gz", "LMS-02/LMS-02.maf.gz"])
    try run("a", ["LMS-01/LMS-01.maf.gz"])
    try run("b", ["LMS-02/LMS-02.maf.gz"])
    #expect(try place.merge(["a", "b"], into: "m").status == 0)
    #expect(try place.content("m") == place.content("whole"))
    try run("twice", ["LMS-01/LMS-01.cna.tsv.gz"])
    let outcome = try place.merge(["a", "twice"], into: "n")
    #expect(outcome.status == 65 && outcome.errors.contains("reports sample 'LMS-01' from"))
  }

  @Test("a merge of the same shards does nothing, and says after a change what changed for whom")
  func again() throws {
    let place = try Place()
    for number in 1...2 { try place.run("s\(number)", "--shard", "\(number)/2") }
    try place.merge(["s1", "s2"], into: "m")
    let record = URL(filePath: place.out("m") + "/run.json")
    let before = try Data(contentsOf: record)
    #expect(try place.merge(["s1", "s2"], into: "m").status == 0)
    #expect(try Data(contentsOf: record) == before)
    try place.write("more.tsv", "sample_id\ttumor_type\nB-1\tGIST\nONLY-SHEET\tLMS\nC-3\tMEL\n")
    for number in 1...2 { try place.run("s\(number)", "--shard", "\(number)/2") }
    #expect(try place.merge(["s1", "s2"], into: "m").status == 0)
    let changes = try place.table("m", "changes.tsv")
    #expect(Set(changes.rows.map { $0["sample_id"] }) == ["C-3"])
    try place.run("fresh")
    for table in ["therapies.tsv", "alterations.tsv", "samples.tsv", "rejected.tsv", "index.html"] {
      #expect(try place.content("m")[table] == place.content("fresh")[table], "\(table)")
    }
    // A single run goes on from the merged folder as it goes on from its own.
    #expect(try place.run("m", "--dry-run").output == place.run("fresh", "--dry-run").output)
  }
}
