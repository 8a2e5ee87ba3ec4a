// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What the program says to people who mistype, ask for help or watch a run.
struct UsageTests {
  @Test(
    "a mistyped command, option, tumor type, gene or setting is answered with the nearest that there is",
    arguments: [
      (["rnu", "SampleData"], 64, "oncomatch: 'rnu' is not a command (did you mean run?)"),
      (["table", "inf"], 64, "oncomatch: 'inf' is not a command (did you mean info?)"),
      (["help", "qury"], 64, "oncomatch: 'qury' is not a command (did you mean query?)"),
      (["run", "--ouut", "o", "SampleData"], 64, "oncomatch: '--ouut' is not an option (did you mean --out?)"),
      (["query", "--tumortype", "LMS"], 64, "oncomatch: '--tumortype' is not an option (did you mean --tumor-type?)"),
      (["merge", "--privat", "a", "--out=b"], 64, "'--privat' is not an option (did you mean --private?)"),
      (
        ["run", "SampleData", "--out", "/proc/never", "--tumor-type", "LMSS"], 64,
        "oncomatch: --tumor-type 'LMSS' is not an OncoTree code, name or alias (did you mean LMS, Leiomyosarcoma?)"
      ),
      (["query", "--tumor-type", "leiomyosarkoma", "TP53 R175H"], 0, "(did you mean LMS, Leiomyosarcoma?)"),
      (["query", "--tumor-type", "LMS", "BRAFF V600E"], 65, "(did you mean BRAF?)"),
      (["query", "--tumor-type", "LMS", ""], 65, "not understood: ''"),
      (["query", "--tumor-type", "LMS", " , , "], 65, "not understood: ' , , '"),
      (["query", "--tumor-type", "LMS", "EGRF L858R"], 65, "(did you mean EGFR?)"),
      (["query", "--tumor-type", "LMS", "TPP53 p.R175H"], 65, "(did you mean TP53?)"),
      (["query", "--tumor-type", "LMS", "PIK3AC H1047R"], 65, "(did you mean PIK3CA?)"),
    ] as [([String], Int, String)])
  func nearest(arguments: [String], status: Int, said: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == Int32(status) && outcome.errors.contains(said), "\(outcome.status) \(outcome.errors)")
  }

  @Test("a mistyped setting is answered with the nearest key")
  func setting() throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let path = place.appending(path: "s.toml").path
    try "[input]\nquiet_tim = 3\n".write(toFile: path, atomically: true, encoding: .utf8)
    let outcome = try Program.run(["run", "SampleData", "--out", place.path + "/o", "--settings", path])
    #expect(outcome.status == 78)
    #expect(outcome.errors.hasPrefix("oncomatch: ") && outcome.errors.contains("did you mean input.quiet_time?"))
  }

  @Test(
    "complaints carry the program's name",
    arguments: [
      ["run", "/no/such/place", "--out", "/proc/never"], ["run", "SampleData"], ["query", "--purity", "7"],
      ["merge", "/no/such/place", "--out", "/proc/never"], ["schema", "nothing"], ["changes", "/no/such", "/no/other"],
    ])
  func name(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status != 0 && outcome.errors.hasPrefix("oncomatch: "), "\(outcome.errors)")
  }

  @Test("help stands in groups with formats, an example and exit codes")
  func help() throws {
    let help = try Program.run(["run", "--help"]).output
    let parts = ["OVERVIEW: ", "USAGE: ", "WHAT IS READ:", "WHAT IS WRITTEN:", "FORMATS:", "EXAMPLES:", "EXIT CODES:"]
    var place = help.startIndex
    for part in parts {
      let found = try #require(help.range(of: part, range: place..<help.endIndex), "\(part)")
      place = found.upperBound
    }
    #expect(help.contains("    oncomatch run /srv/incoming --out /srv/reports"))
    for line in help.split(separator: "\n") where !line.hasPrefix("    oncomatch") {
      #expect(line.count <= 80, "\(line)")
    }
    for command in ["query", "annotate", "check", "merge", "changes", "schema"] {
      let said = try Program.run([command, "--help"]).output
      #expect(said.contains("EXAMPLES:") && said.contains("EXIT CODES:"), "\(command)")
    }
  }

  @Test("the page of changes names files that are gone, and the patient")
  func gone() throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
    for (path, text) in [
      ("in/ONE/a.maf", header + "KIT\tMissense_Mutation\tONE\tp.V559D\n"),
      ("in/TWO/b.maf", header + "KIT\tMissense_Mutation\tTWO\tp.V559D\n"),
      ("in/TWO/c.cna.tsv", "gene\tcall\nMDM2\tAMP\n"),
      ("in/clinical.tsv", "sample_id\tpatient_id\ttumor_type\nTWO\tPAT-7\tGIST\n"),
    ] {
      let url = place.appending(path: path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    let run = ["run", place.path + "/in", "--out", place.path + "/o"]
    #expect(try Program.run(run).status == 0)
    func page() throws -> String { try String(contentsOfFile: place.path + "/o/changes.html", encoding: .utf8) }
    #expect(!(try page().contains("gone")))
    try FileManager.default.removeItem(at: place.appending(path: "in/ONE"))
    try FileManager.default.removeItem(at: place.appending(path: "in/TWO/b.maf"))
    #expect(try Program.run(run).status == 0)
    let told = try page()
    #expect(told.contains("ONE</strong>: file gone: \(place.path)/in/ONE/a.maf; the sample left the tables"))
    #expect(told.contains("TWO</strong>: file gone: \(place.path)/in/TWO/b.maf; the others were read"))
    #expect(told.contains("patient PAT-7"))
  }
}
