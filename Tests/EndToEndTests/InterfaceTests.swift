// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONText
import TestSupport
import Testing

/// What programs hold on to besides the tables: versions, run.json, the JSON log, standard input.
struct InterfaceTests {
  private static func value(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8).span) }

  private static func schema(_ name: String) throws -> JSONValue {
    let said = try Program.run(["schema", name])
    #expect(said.status == 0 && said.errors.isEmpty)
    return try value(said.output)
  }

  /// A cohort in which much goes wrong: a sample that fails, one without a call, a file of no kind, an unknown type.
  private static func cohort(_ place: URL) throws {
    for (name, text) in [
      (
        "GOOD/m.maf",
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\nKIT\tMissense_Mutation\tGOOD\tp.V559D\n"
      ),
      (
        "MORE/m.maf",
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\nKIT\tMissense_Mutation\tOTHER\tp.V559D\n"
      ),
      ("GOOD/x.dat", "what is this\n"), ("GOOD/README.md", "words\n"), ("NONE/y.dat", "what is this\n"),
      ("sheet.tsv", "sample_id\ttumor_type\nGOOD\tno such type\nNONE\tLMS\nCUT\tLMS\n"),
    ] {
      let path = place.appending(path: name)
      try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: path)
    }
    try FileManager.default.createDirectory(at: place.appending(path: "CUT"), withIntermediateDirectories: true)
    try Data([0x1F, 0x8B, 8, 0, 0]).write(to: place.appending(path: "CUT/m.maf.gz"))
  }

  @Test func `every line of a JSON log is of the schema of the log, and has the level of its type`() throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    try Self.cohort(place.appending(path: "in"))
    let schema = try Self.schema("log")
    var seen: Set<String> = []
    let list = "GOOD\nNOWHERE\n"
    let rules = place.appending(path: "rules.tsv").path
    try "rule_id\tgene\nX1\tNOGENE7\n".write(toFile: rules, atomically: true, encoding: .utf8)
    for (arguments, input) in [
      (["--table", rules], ""), ([], ""), ([], ""), (["--force", "--samples-from", "-"], list),
      (["--table", "README.md"], ""),
      (["--jobs", "0"], ""), (["--tumor-type", "no such type"], ""),
    ] {
      let out = place.appending(path: arguments.contains("-") ? "part" : "out").path
      let run = ["run", place.appending(path: "in").path, "--out", out, "--log-format", "json"]
      let outcome = try Program.run(run + arguments, input: input)
      for line in outcome.errors.split(separator: "\n") {
        let event = try Self.value(String(line))
        let type = try #require(event["type"]?.text)
        let branch = try #require(
          schema["oneOf"]?.elements.first { $0["title"]?.text == type }, "the schema has no event \(type)")
        #expect(JSONSchemaCheck(branch).faults(of: event) == [], "\(line)")
        #expect(try #require(event["time"]?.text).wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#) != nil)
        seen.insert(type)
        if arguments.contains(rules), type == "error" { #expect(event["file"]?.text == rules, "\(line)") }
      }
    }
    #expect(
      seen.isSuperset(of: [
        "error", "failed", "left_alone", "not_evaluated", "skipped", "summary", "unknown_tumor_type", "unlisted",
      ]), "\(seen.sorted())")
  }

  @Test func `run json is of its schema for a cohort, for a shard and for a merge`() throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    try Self.cohort(place.appending(path: "in"))
    let input = place.appending(path: "in").path
    func out(_ name: String) -> String { place.appending(path: name).path }
    for (name, arguments) in [
      ("whole", ["run", "SampleData"]), ("faulty", ["run", input]),
      ("one", ["run", "SampleData", "--shard", "1/2", "--genome", "GRCh38"]),
      ("two", ["run", "SampleData", "--shard", "2/2", "--genome", "GRCh38"]),
      ("both", ["merge", out("one"), out("two")]),
    ] {
      let outcome = try Program.run(arguments + ["--out", out(name)])
      #expect(outcome.status == (name == "faulty" ? 3 : 0), "\(outcome.errors)")
    }
    // A sample that is gone leaves its name and its files.
    try FileManager.default.removeItem(atPath: input + "/MORE")
    try FileManager.default.copyItem(atPath: out("faulty"), toPath: out("before"))
    #expect(try Program.run(["run", input, "--out", out("faulty")]).status == 3)
    // A part of the cohort where all of it was.
    try "LMS-01\n".write(toFile: out("part.txt"), atomically: true, encoding: .utf8)
    try FileManager.default.copyItem(atPath: out("whole"), toPath: out("part"))
    let part = ["run", "SampleData", "--samples-from", out("part.txt"), "--out", out("part")]
    #expect(try Program.run(part).status == 0)
    let check = JSONSchemaCheck(try Self.schema("run"))
    var places: Set<String> = []
    for name in ["whole", "faulty", "one", "both", "before", "part"] {
      let record = try Self.value(String(contentsOfFile: out(name) + "/run.json", encoding: .utf8))
      #expect(check.faults(of: record) == [], "\(name)")
      places.formUnion(JSONSchemaCheck.places(in: record))
    }
    // Reports that wait to be made anew are seen where files are young.
    // Courses, timelines and overrides are in runs of their own.
    let others = check.members.filter {
      $0.hasPrefix("$.sample_states[].course") || $0.hasPrefix("$.panels") || $0 == "$.settings.overrides"
        || $0.hasPrefix("$.settings.timelines")
    }
    #expect(check.members.subtracting(places).subtracting(["$.sample_states[].basis"]).subtracting(others) == [])
  }

  @Test func `the versions for programs are those of the tables that a run names`() throws {
    let said = try Program.run(["--version", "--format", "json"])
    #expect(said.status == 0 && said.errors.isEmpty)
    let versions = try Self.value(said.output)
    let line = try Program.run(["--version"]).output
    let program = try #require(versions["program"]?["version"]?.text)
    let table = try #require(versions["tables"]?.elements.first?["version"]?.text)
    #expect(line == "oncomatch \(program) (table \(table))\n")
    #expect(try Program.run(["run", "--version"]).output == line)
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    #expect(try Program.run(["run", "SampleData", "--out", place.path + "/o"]).status == 0)
    let run = try Self.value(String(contentsOfFile: place.path + "/o/run.json", encoding: .utf8))
    #expect(run["tables"]?.elements.first?["digest"]?.text == versions["tables"]?.elements.first?["digest"]?.text)
    #expect(run["version"]?.text == program)
    #expect(versions["schemas"]?["run"]?.text == run["schema_version"]?.integer.map(String.init))
    let report = try Self.value(
      String(contentsOfFile: place.path + "/o/samples/LMS-01/LMS-01.report.json", encoding: .utf8))
    #expect(versions["schemas"]?["report"]?.text == report["schema_version"]?.integer.map(String.init))
    let package = try Self.value(String(contentsOfFile: place.path + "/o/datapackage.json", encoding: .utf8))
    #expect(versions["schemas"]?["tables"]?.text == package["version"]?.text)
    #expect((versions["facts"]?.elements.count ?? 0) > 30)
    #expect(["sse2", "neon", "portable"].contains(versions["build"]?["byte_scan"]?.text))
    // The same option of a command is that command's.
    let answer = try Program.run(["query", "--tumor-type", "LUAD", "EGFR L858R", "--format", "json"])
    #expect(try Self.value(answer.output)["schema"]?.text == "oncomatch.sample-report")
  }

  @Test func `a hyphen is standard input where a list or a table is read, and refused where files are looked at`()
    throws
  {
    let stated = try Program.run(["query", "--tumor-type", "LUAD", "EGFR p.L858R", "TP53 p.R175H"])
    let piped = try Program.run(
      ["query", "--tumor-type", "LUAD", "-"], input: "# findings\n EGFR p.L858R \r\n\nTP53 p.R175H\n")
    #expect(piped.status == 0 && piped.output == stated.output && !stated.output.isEmpty)
    // Nothing is read from a device, or of a workbook.
    for input in ["", "PK\u{3}\u{4} a workbook"] {
      #expect(try Program.run(["query", "--tumor-type", "LUAD", "-"], input: input).status == 65)
    }
    let panel = try Program.run(
      ["query", "--tumor-type", "LUAD", "--panel", "-", "EGFR p.L858R"], input: "EGFR\nNOGENE7\n")
    #expect(panel.status == 0 && panel.errors.contains("'NOGENE7' is not a gene symbol"))
    let table = try Program.run(["table", "export"]).output
    let lint = try Program.run(["table", "lint", "--errors-only", "-"], input: table)
    #expect(lint.status == 0 && lint.output.contains(" 0 errors"), "\(lint.output.suffix(200))")
    let diff = try Program.run(["table", "diff", "built-in", "-"], input: table)
    #expect(diff.status == 0)
    for arguments in [["run", "-", "--out", "/proc/never"], ["check", "-"]] {
      let refused = try Program.run(arguments, input: "x\n")
      #expect(refused.status == 64 && refused.errors.contains("cannot be an INPUT"), "\(refused.errors)")
    }
  }
}
