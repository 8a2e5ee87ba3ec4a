// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What a nightly run relies on.
struct RepeatedRunTests {
  /// A folder with a copy of the sample cohort, removed at the end.
  private final class Place {
    let root: URL
    var input: URL { root.appending(path: "in") }

    init() throws {
      root = try Program.temporaryFolder()
      try FileManager.default.copyItem(at: Program.root.appending(path: "SampleData"), to: input)
      try FileManager.default.removeItem(at: input.appending(path: "expected"))
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func out(_ name: String) -> URL { root.appending(path: name) }

    @discardableResult
    func run(_ name: String, _ more: String...) throws -> Program.Outcome {
      try Program.run(["run", input.path, "--out", out(name).path] + more)
    }

    func table(_ name: String, _ table: String) throws -> Table {
      Table(try String(contentsOf: out(name).appending(path: table), encoding: .utf8))
    }

    /// All files of an output with their content, without what depends on time and on earlier runs.
    func content(_ name: String) throws -> [String: Data] {
      let base = out(name).path
      var files: [String: Data] = [:]
      for case let path as String in FileManager.default.enumerator(atPath: base) ?? .init() {
        let url = URL(filePath: base + "/" + path)
        let isFolder = try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
        if !isFolder, !["run.json", "changes.tsv", "changes.html", "agents.tsv"].contains(path) {
          files[path] = try Data(contentsOf: url)
        }
      }
      return files
    }
  }

  @Test("a second run with nothing new writes nothing, says nothing and ends with 0")
  func idle() throws {
    let place = try Place()
    try place.run("o")
    let manifest = place.out("o").appending(path: "run.json")
    let before = try Data(contentsOf: manifest)
    let again = try place.run("o")
    #expect(again.status == 0)
    #expect(again.output.isEmpty && again.errors.isEmpty)
    #expect(try Data(contentsOf: manifest) == before)
  }

  @Test("what changed is done again, and the result is that of a fresh run")
  func changed() throws {
    let place = try Place()
    try place.run("o")
    let maf = place.input.appending(path: "LMS-03/LMS-03.maf.gz")
    try FileManager.default.removeItem(at: maf)
    try Data(contentsOf: place.input.appending(path: "LMS-01/LMS-01.maf.gz")).write(to: maf)
    let plan = try place.run("o", "--dry-run")
    #expect(plan.output.contains("LMS-03/LMS-03.maf.gz changed"))
    #expect(plan.output.split(separator: "\n").count == 1)
    let report = place.out("o").appending(path: "samples/LMS-05/LMS-05.report.json")
    let stamp = try #require(FileManager.default.attributesOfItem(atPath: report.path)[.modificationDate] as? Date)
    #expect(try place.run("o").status == 0)
    #expect(try FileManager.default.attributesOfItem(atPath: report.path)[.modificationDate] as? Date == stamp)
    try place.run("fresh")
    #expect(try place.content("o") == place.content("fresh"))
    let changes = try place.table("o", "changes.tsv")
    #expect(!changes.rows.isEmpty)
    #expect(changes.rows.allSatisfy { $0["sample_id"] == "LMS-03" && $0["cause"] == "input" })
  }

  @Test("a new row of the sample sheet does its sample again and no other")
  func sheet() throws {
    let place = try Place()
    try place.run("o")
    let sheet = place.input.appending(path: "clinical.tsv")
    let lines = try String(contentsOf: sheet, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let changed = lines.map(String.init).map { line in
      line.hasPrefix("LMS-06\t") ? line.replacing("Leiomyosarcoma (LMS)", with: "GIST") : line
    }
    try changed.joined(separator: "\n").write(to: sheet, atomically: true, encoding: .utf8)
    #expect(try place.run("o").status == 0)
    try place.run("fresh")
    #expect(try place.content("o") == place.content("fresh"))
    #expect(Set(try place.table("o", "changes.tsv").rows.map { $0["sample_id"] }) == ["LMS-06"])
  }

  @Test("a table of one's own changes the reports it touches, and changes.tsv says so")
  func table() throws {
    let place = try Place()
    try place.run("o", "--no-sample-files")
    let rules = place.out("mine.tsv")
    let columns = "rule_id\tgene\tevent_class\talteration_spec\toncotree_include\tagents\tdirection\tlevel\treference\n"
    try (columns + "X1\tPDGFRA\tMUT\tp.D842V\tLMS\tselumetinib\tsensitivity\tC\tPMID:1\n")
      .write(to: rules, atomically: true, encoding: .utf8)
    #expect(try place.run("o", "--no-sample-files", "--table", rules.path).status == 0)
    let gained = try place.table("o", "changes.tsv").rows(where: ["change": "gained", "therapy": "selumetinib"])
    #expect(gained.map { $0["sample_id"] } == ["LMS-06"])
    #expect(gained.allSatisfy { $0["cause"] == "table" && $0["rule_id"] == "X1" })
    let agents = try place.table("o", "agents.tsv")
    #expect(agents.rows.first?["agent"] == "selumetinib" && agents.rows.first?["new"] == "yes")
  }

  @Test("facts that changed under a table of one's own make every report anew, and changes.tsv says so")
  func facts() throws {
    let place = try Place()
    let rules = place.out("mine.tsv")
    let columns = "rule_id\tgene\tevent_class\talteration_spec\toncotree_include\tagents\tdirection\tlevel\treference\n"
    try (columns + "X1\tPDGFRA\tMUT\tp.D842V\tLMS\tselumetinib\tsensitivity\tC\tPMID:1\n")
      .write(to: rules, atomically: true, encoding: .utf8)
    let own = ["--no-sample-files", "--no-builtin-table", "--table", rules.path]
    try place.run("o", own[0], own[1], own[2], own[3])
    // As if the facts of the last run had been others: their digest in its record is another one.
    let record = place.out("o").appending(path: "run.json")
    let text = try String(contentsOf: record, encoding: .utf8)
    let name = try #require(text.range(of: #""name": "built-in facts""#))
    let digest = try #require(text.range(of: "xxh64:", range: name.upperBound..<text.endIndex))
    let other = text.replacingCharacters(
      in: digest.upperBound..<text.index(digest.upperBound, offsetBy: 4), with: "zzzz")
    try other.write(to: record, atomically: true, encoding: .utf8)
    let plan = try place.run("o", own[0], own[1], own[2], own[3], "--dry-run")
    #expect(plan.output.contains("table changed"))
    #expect(try place.run("o", own[0], own[1], own[2], own[3]).status == 0)
    #expect(try String(contentsOf: record, encoding: .utf8).contains(text[name]))
    #expect(try place.run("o", own[0], own[1], own[2], own[3]).errors.isEmpty)
  }

  @Test("two outputs are compared as two runs into one are")
  func compared() throws {
    let place = try Place()
    let rules = place.out("mine.tsv")
    let columns = "rule_id\tgene\tevent_class\talteration_spec\toncotree_include\tagents\tdirection\tlevel\treference\n"
    try (columns + "X1\tPDGFRA\tMUT\tp.D842V\tLMS\tselumetinib\tsensitivity\tC\tPMID:1\n")
      .write(to: rules, atomically: true, encoding: .utf8)
    try place.run("old", "--no-sample-files")
    try place.run("new", "--no-sample-files", "--table", rules.path)
    try place.run("both", "--no-sample-files")
    try place.run("both", "--no-sample-files", "--table", rules.path)
    let compared = try Program.run(["changes", place.out("old").path, place.out("new").path])
    #expect(compared.status == 0)
    #expect(
      compared.output == (try String(contentsOf: place.out("both").appending(path: "changes.tsv"), encoding: .utf8)))
    #expect(try Program.run(["changes", place.out("old").path, place.input.path]).status == 66)
  }

  @Test(
    "the schema of every table names its columns in their order", arguments: ["therapies", "alterations", "samples"])
  func schema(table: String) throws {
    let place = try Place()
    try place.run("o", "--no-sample-files")
    let text = try Program.run(["schema", table]).output
    let names = text.split(separator: "\"name\": \"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    #expect(try place.table("o", table + ".tsv").header == names)
  }

  @Test("a second run on the same output ends at once with 75")
  func locked() throws {
    let place = try Place()
    try FileManager.default.createDirectory(at: place.out("o"), withIntermediateDirectories: true)
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/flock")
    let held = place.root.appending(path: "held")
    holder.arguments = [place.out("o").path, "-c", "touch \(held.path); sleep 30"]
    try holder.run()
    defer { holder.terminate() }
    for _ in 0..<100 where !FileManager.default.fileExists(atPath: held.path) { usleep(50_000) }
    #expect(try place.run("o").status == 75)
  }

  @Test("a truncated file fails its sample alone: 3, or 65 with --strict; whole again, it is done again")
  func truncated() throws {
    let place = try Place()
    let maf = place.input.appending(path: "LMS-02/LMS-02.maf.gz")
    let whole = try Data(contentsOf: maf)
    try whole.prefix(whole.count / 2).write(to: maf)
    let outcome = try place.run("o")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("LMS-02") && outcome.errors.contains("truncated"))
    let samples = try place.table("o", "samples.tsv")
    #expect(samples.rows(where: ["status": "failed"]).map { $0["sample_id"] } == ["LMS-02"])
    #expect(samples.rows.count == 17)
    #expect(try place.run("strict", "--strict").status == 65)
    try whole.write(to: maf)
    #expect(try place.run("o").status == 0)
    try place.run("fresh")
    #expect(try place.content("o") == place.content("fresh"))
  }

  @Test("an identifier that climbs or is absurdly long stays inside the output")
  func hostileNames() throws {
    let place = try Place()
    let long = String(repeating: "x", count: 300)
    let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
    let rows = ["../../escape", "/etc/x", long, "a b", "=cmd()"].map { "KIT\tMissense_Mutation\t\($0)\tp.V559D\n" }
    let cohort = place.root.appending(path: "cohort.maf")
    try (header + rows.joined()).write(to: cohort, atomically: true, encoding: .utf8)
    let out = place.out("o")
    #expect(try Program.run(["run", cohort.path, "--out", out.path, "--tumor-type", "GIST"]).status == 0)
    let folders = try FileManager.default.contentsOfDirectory(atPath: out.appending(path: "samples").path)
    #expect(folders.count == 5)
    #expect(folders.allSatisfy { $0.utf8.count < 200 && !$0.hasPrefix(".") })
    let beside = try FileManager.default.contentsOfDirectory(atPath: place.root.path).sorted()
    #expect(beside == ["cohort.maf", "in", "o"])
    let samples = try place.table("o", "samples.tsv")
    #expect(samples.rows.contains { $0["sample_id"] == "'=cmd()" })
  }

  @Test("a run that is told to end ends with 143, and the next one finishes with the same bytes")
  func interrupted() throws {
    let place = try Place()
    // Many samples, so that the signal comes in the midst.
    let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
    for number in 0..<600 {
      let folder = place.input.appending(path: "MORE-\(number)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let rows = [
        "KIT\tMissense_Mutation\tMORE-\(number)\tp.V559D", "TP53\tNonsense_Mutation\tMORE-\(number)\tp.R213*",
      ]
      try (header + rows.joined(separator: "\n") + "\n")
        .write(to: folder.appending(path: "m.maf"), atomically: true, encoding: .utf8)
    }
    // On a busy machine a run may be over before it hears; then another one is told.
    var status: Int32 = 0
    for _ in 0..<20 where status == 0 {
      try? FileManager.default.removeItem(at: place.out("o"))
      status = try interruptedRun(place)
    }
    #expect(status == 143)
    #expect(!FileManager.default.fileExists(atPath: place.out("o").appending(path: "run.json").path))
    #expect(try place.run("o").status == 0)
    try place.run("fresh")
    #expect(try place.content("o") == place.content("fresh"))
  }

  /// The exit code of a run that is told to end once it has written a sample.
  ///
  /// A shell watches, and the run waits for whoever else wants the processor: with a sanitizer in them the tests
  /// themselves would mostly come too late.
  private func interruptedRun(_ place: Place) throws -> Int32 {
    let names = ["OUT": place.out("o").path, "PID": place.root.appending(path: "pid").path]
    func shell(_ script: String, _ arguments: [String] = []) throws -> Process {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", script] + arguments
      process.environment = ProcessInfo.processInfo.environment.merging(names) { $1 }
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
    let watcher = try shell("while [ ! -e \"$OUT/samples/LMS-01\" ]; do :; done; kill -TERM \"$(cat \"$PID\")\"")
    let run = try shell(
      "echo $$ >\"$PID\"; exec nice -n 19 \"$0\" \"$@\"",
      [Program.built.path, "run", place.input.path, "--out", place.out("o").path, "--jobs", "1"])
    run.waitUntilExit()
    kill(watcher.processIdentifier, SIGKILL)
    watcher.waitUntilExit()
    return run.terminationStatus
  }

  @Test("files that contradict each other are named, and both findings are kept")
  func contradiction() throws {
    let place = try Place()
    let folder = place.root.appending(path: "two/T1")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, call) in [("a.tsv", "AMP"), ("b.tsv", "HOMDEL")] {
      try "gene\tcall\nERBB2\t\(call)\n".write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let input = folder.deletingLastPathComponent().path
    let out = place.out("o")
    #expect(try Program.run(["run", input, "--out", out.path, "--tumor-type", "LMS"]).status == 0)
    let message = try place.table("o", "samples.tsv").rows.first?["message"] ?? ""
    #expect(message.contains("ERBB2 is contradictory: AMP in") && message.contains("a.tsv, HOMDEL in"))
    #expect(try place.table("o", "alterations.tsv").rows.map { $0["alteration"] } == ["AMP", "HOMDEL"])
  }

  @Test("TCGA barcodes of one tumor are one sample, whatever their length")
  func barcodes() throws {
    let place = try Place()
    let folder = place.root.appending(path: "tcga")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let long = ["TCGA-AA-0001-01A-11D-A387-09", "TCGA-AA-0002-01A-11D-A387-09"]
    let rows = long.map { "KIT\tMissense_Mutation\t\($0)\tp.V559D\n" }
    try ("Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n" + rows.joined())
      .write(to: folder.appending(path: "m.maf"), atomically: true, encoding: .utf8)
    try "Hugo_Symbol\tTCGA-AA-0001-01\tTCGA-AA-0002-01\nERBB2\t2\t0\n"
      .write(to: folder.appending(path: "c.txt"), atomically: true, encoding: .utf8)
    let out = place.out("o")
    #expect(try Program.run(["run", folder.path, "--out", out.path, "--tumor-type", "LMS"]).status == 0)
    let samples = try place.table("o", "samples.tsv")
    #expect(samples.rows.map { $0["sample_id"] } == ["TCGA-AA-0001-01", "TCGA-AA-0002-01"])
    #expect(samples.rows.map { $0["assays_seen"] } == ["mutations;copy_number", "mutations;copy_number"])
    #expect(samples.rows.first?["input_ids"]?.contains("TCGA-AA-0001-01A-11D-A387-09") == true)
  }
}
