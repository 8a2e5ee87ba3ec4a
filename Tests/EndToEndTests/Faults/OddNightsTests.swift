// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Nights on which a file came under another name, cannot be read, or lies where the output should.
struct OddNightsTests {
  /// Two samples, removed at the end.
  private final class Place {
    let root: URL
    var input: URL { root.appending(path: "in") }
    var out: URL { root.appending(path: "out") }

    init() throws { root = try Program.temporaryFolder() }
    deinit { try? FileManager.default.removeItem(at: root) }

    func maf(_ path: String, _ sample: String, _ gene: String, _ change: String, hoursAgo: Double = 0) throws {
      try write(
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
          + "\(gene)\tMissense_Mutation\t\(sample)\t\(change)\n", path)
      try age(path, hours: hoursAgo)
    }

    func write(_ text: String, _ path: String) throws {
      let file = input.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func age(_ path: String, hours: Double) throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -3600 * hours)], ofItemAtPath: input.appending(path: path).path)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: input.appending(path: path)) }

    @discardableResult
    func run(_ more: String..., out: URL? = nil) throws -> Program.Outcome {
      try Program.run(
        ["run", input.path, "--out", (out ?? self.out).path, "--tumor-type", "LUAD", "--formats", "tsv,json"] + more)
    }

    func rows(_ table: String, of sample: String) throws -> [[String: String]] {
      Table(try String(contentsOf: out.appending(path: table), encoding: .utf8)).rows
        .filter { $0["sample_id"] == sample }
    }
  }

  @Test(
    "a young file under a new name keeps what is known of its sample",
    arguments: [
      (before: "S1/S1.maf", after: "S1/S1.snv.maf"), (before: "S1.maf", after: "S1.v2.maf"),
      (before: "S1/S1.maf", after: "S1.maf"),
    ])
  func renamed(names: (before: String, after: String)) throws {
    let place = try Place()
    try place.maf(names.before, "S1", "BRAF", "p.V600E", hoursAgo: 2)
    try place.maf("S2/S2.maf", "S2", "KRAS", "p.G12C", hoursAgo: 2)
    try place.run("--quiet-time", "600")
    let before = try place.rows("therapies.tsv", of: "S1")
    try place.remove(names.before)
    try place.maf(names.after, "S1", "BRAF", "p.V600E")
    let night = try place.run("--quiet-time", "600")
    #expect(night.status == 0)
    #expect(night.errors.contains("younger than the quiet time"))
    #expect(try place.rows("therapies.tsv", of: "S1") == before)
    #expect(!before.isEmpty)
    #expect(try place.rows("samples.tsv", of: "S1").first?["status"] == "reported")
    #expect(try place.rows("changes.tsv", of: "S1").isEmpty)
    try place.age(names.after, hours: 2)
    try place.run("--quiet-time", "600")
    #expect(try place.rows("therapies.tsv", of: "S1").count == before.count)
  }

  @Test func `a file that cannot be read any more takes its sample out of no table`() throws {
    let place = try Place()
    try place.maf("S1.maf", "S1", "BRAF", "p.V600E")
    try place.maf("S2.maf", "S2", "KRAS", "p.G12C")
    try place.run()
    try place.write("", "S1.maf")
    try place.run()
    for _ in 0..<2 {
      let row = try place.rows("samples.tsv", of: "S1").first
      #expect(row?["status"] == "not_evaluated")
      #expect(row?["message"]?.contains("is empty") == true)
      try place.run("--prune")
    }
    #expect(FileManager.default.fileExists(atPath: place.out.appending(path: "samples/S1").path))
  }

  @Test func `a night on which nothing could be read ends with 65, and so does the next one`() throws {
    let place = try Place()
    try place.write("PK\u{3}\u{4} a workbook", "S1/S1.maf")
    #expect(try place.run().status == 65)
    #expect(try place.run().status == 65)
    #expect(try place.run("--allow-empty").status == 0)
  }

  @Test func `the folder of a sample is no output folder`() throws {
    let place = try Place()
    try place.maf("S1/S1.maf", "S1", "BRAF", "p.V600E")
    try place.maf("S2/S2.maf", "S2", "KRAS", "p.G12C")
    let own = try place.run(out: place.input.appending(path: "S1"))
    #expect(own.status == 64)
    #expect(own.errors.contains("S1.maf"))
    // An output folder among the inputs is left alone, as long as it is nothing else.
    try place.run(out: place.input.appending(path: "reports"))
    #expect(try place.run().status == 0)
    for name in ["run.json", "datapackage.json"] {
      try FileManager.default.copyItem(
        at: place.out.appending(path: name), to: place.input.appending(path: "S1/" + name))
    }
    try FileManager.default.removeItem(at: place.out)
    #expect(try place.run().status == 3)
    #expect(try place.rows("samples.tsv", of: "S1").first?["message"]?.contains("S1.maf") == true)
  }

  @Test("a byte order mark loses no entry, and a workbook is named as one")
  func sideFiles() throws {
    let place = try Place()
    try place.maf("S1.maf", "S1", "BRAF", "p.V600E")
    try place.maf("S2.maf", "S2", "KRAS", "p.G12C")
    func file(_ text: String, _ name: String) throws -> String {
      let file = place.root.appending(path: name)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return file.path
    }
    let list = try place.run("--samples-from", file("\u{FEFF}S1\nS2\n", "list.txt"))
    #expect(list.status == 0)
    #expect(try place.rows("samples.tsv", of: "S1").count == 1)
    let panel = try place.run("--panel", file("\u{FEFF}KRAS\nNRAS\n", "panel.txt"))
    #expect(panel.status == 0 && !panel.errors.contains("KRAS"))
    let settings = try place.run("--settings", file("\u{FEFF}[output]\nformats = [\"tsv\"]\n", "s.toml"))
    #expect(settings.status == 0, "\(settings.errors)")
    for option in ["--panel", "--settings", "--overrides", "--table"] {
      let refused = try place.run(option, file("PK\u{3}\u{4}xxx", "x.xlsx"))
      #expect(refused.status == 78, "\(option): \(refused.errors)")
      #expect(refused.errors.contains("Excel workbook"), "\(option): \(refused.errors)")
    }
    let none = try place.run("--panel", file("NOGENE1\nNOGENE2\n", "none.txt"))
    #expect(none.status == 78)
  }

  @Test("no form of reports is no list of forms", arguments: ["", ",", " "])
  func noFormats(list: String) throws {
    let place = try Place()
    try place.maf("S1.maf", "S1", "BRAF", "p.V600E")
    try place.run()
    #expect(try Program.run(["run", place.input.path, "--out", place.out.path, "--formats", list]).status == 64)
    #expect(FileManager.default.fileExists(atPath: place.out.appending(path: "samples/S1").path))
  }

  // MARK: Samples of a part, outputs among inputs

  @Test func `samples of other parts are not gone, and a list that names none of the samples is said to`() throws {
    let place = try Place()
    for sample in ["S1", "S2", "S3"] { try place.maf("\(sample)/\(sample).maf", sample, "BRAF", "p.V600E") }
    try place.run()
    let list = place.root.appending(path: "list")
    try "S1\nS2\n".write(to: list, atomically: true, encoding: .utf8)
    let part = try place.run("--samples-from", list.path, "--prune")
    #expect(part.status == 0)
    #expect(FileManager.default.fileExists(atPath: place.out.appending(path: "samples/S3/S3.report.json").path))
    let changes = try String(contentsOf: place.out.appending(path: "changes.tsv"), encoding: .utf8)
    #expect(!changes.contains("S3"))
    // They left the tables, which is said once, and are not gone: their input is there.
    #expect(part.errors.contains("1 sample of the last run is not of this part and left the tables"))
    func record() throws -> [String: Any] {
      let data = try Data(contentsOf: place.out.appending(path: "run.json"))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    #expect(try record()["gone"] as? [String] == [] && record()["of_other_parts"] as? [String] == ["S3"])
    #expect(try !place.run("--samples-from", list.path, "--prune").errors.contains("left the tables"))
    try place.run()
    #expect(try record()["of_other_parts"] == nil && place.rows("samples.tsv", of: "S3").count == 1)
    try place.run("--samples-from", list.path)
    try place.remove("S3")
    try place.run()
    #expect(try record()["gone"] as? [String] == ["S3"])

    try "NOPE\n".write(to: list, atomically: true, encoding: .utf8)
    let other = place.root.appending(path: "other")
    for _ in 0..<2 {
      let night = try place.run("--samples-from", list.path, out: other)
      #expect(night.status == 65)
      #expect(night.errors.contains("none of the listed samples was found"))
      #expect(!night.errors.contains("is empty"))
    }
    // On a night behind another one, too.
    let night = try place.run("--samples-from", list.path)
    #expect(night.status == 65)
    #expect(!night.errors.contains("is a disk not mounted"))
  }

  @Test(
    "the folder of a sample is no output folder, whatever its table is called",
    arguments: ["calls.tsv", "data_mutations.txt", "S1.csv"])
  func outputInSample(name: String) throws {
    let place = try Place()
    let separator = name.hasSuffix("csv") ? "," : "\t"
    try place.write("gene\(separator)protein_change\nKIT\(separator)p.V559D\n", "S1/" + name)
    try place.maf("S2/S2.maf", "S2", "KRAS", "p.G12C")
    let night = try place.run(out: place.input.appending(path: "S1"))
    #expect(night.status == 64)
    #expect(night.errors.contains(name))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.input.appending(path: "S1").path) == [name])
  }
}
