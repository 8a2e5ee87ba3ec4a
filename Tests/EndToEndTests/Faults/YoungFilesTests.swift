// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Files that are younger than the quiet time: whoever they speak of has a row that says so, and nobody is reported by half.
struct YoungFilesTests {
  private static let sheet = "sample_id\ttumor_type\nS1\tMEL\nS2\tLUAD\n"

  private func old(_ cohort: Cohort) throws {
    try Shell.run("find '\(cohort.root.path)' -path '*/out' -prune -o -exec touch -h -d '2 hours ago' {} +")
  }

  private func expectFresh(_ cohort: Cohort, _ more: [String] = []) throws {
    let fresh = cohort.root.appending(path: "fresh")
    _ = try Program.run(cohort.arguments(more, out: fresh))
    #expect(try cohort.content() == cohort.content(out: fresh))
  }

  /// The sheet among the files, or named.
  private func writeSheet(_ text: String, _ cohort: Cohort, isNamed: Bool) throws -> [String] {
    if isNamed {
      let file = cohort.root.appending(path: "clinical.tsv")
      try Data(text.utf8).write(to: file)
      return ["--samples", file.path]
    }
    try cohort.write(text, "clinical.tsv")
    return []
  }

  @Test("while the sheet is being written all samples stay as they were", arguments: [false, true])
  func youngSheet(isNamed: Bool) throws {
    let cohort = try Cohort("S1", "S2")
    let more = try writeSheet(Self.sheet, cohort, isNamed: isNamed)
    try old(cohort)
    _ = try Program.run(cohort.arguments(more + ["--quiet-time", "600"]))
    let before = try cohort.content()
    _ = try writeSheet("sample_id\ttumor_type\nS1\tMEL\n", cohort, isNamed: isNamed)
    let outcome = try Program.run(cohort.arguments(more + ["--quiet-time", "600"]))
    #expect(outcome.status == 0 && outcome.errors.contains("clinical.tsv: is younger than the quiet time, all samples"))
    #expect(try cohort.content() == before)
    try old(cohort)
    _ = try Program.run(cohort.arguments(more + ["--quiet-time", "600"]))
    #expect(try cohort.row("S2")["tumor_type"] == "GIST")
    try expectFresh(cohort, more)
  }

  @Test func `no page leads to a report that is not written in its form yet`() throws {
    let cohort = try Cohort("S1", "S2")
    try old(cohort)
    func run(_ formats: String) throws -> String {
      #expect(try cohort.run("--quiet-time", "600", "--formats", formats).status == 0)
      let page = cohort.out.appending(path: "index.html")
      return (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    }
    #expect(try run("tsv").isEmpty)
    try cohort.add("S2")
    for isSettled in [false, true] {
      if isSettled { try old(cohort) }
      let page = try run("tsv,html")
      let other = cohort.out.appending(path: "samples/S2/S2.report.html").path
      #expect(page.contains("samples/S1/S1.report.html"))
      #expect(page.contains("samples/S2/S2.report.html") == isSettled)
      #expect(FileManager.default.fileExists(atPath: other) == isSettled)
    }
  }

  @Test(
    "a first night on which the sheet is being written reports no sample without its type", arguments: [false, true])
  func firstNight(isNamed: Bool) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Cohort.maf("F1"), "F1.maf")
    try old(cohort)
    let more = try writeSheet(Self.sheet + "F1\tLMS\n", cohort, isNamed: isNamed)
    for night in 0..<2 {
      let outcome = try Program.run(cohort.arguments(more + ["--quiet-time", "600"]))
      #expect(outcome.status == 0, "\(outcome.errors)")
      if night == 0 { #expect(outcome.errors.contains("sample S1 is left for the next run: waits for ")) }
      for sample in ["S1", "S2", "F1"] { #expect(try cohort.row(sample)["status"] == "deferred", "\(sample)") }
      #expect(try cohort.table("options.tsv").rows.isEmpty)
    }
    try old(cohort)
    #expect(try Program.run(cohort.arguments(more + ["--quiet-time", "600"])).status == 0)
    #expect(try cohort.row("F1")["tumor_type"] == "LMS")
    try expectFresh(cohort, more)
  }

  @Test("samples of a flat file that is being written have a row", arguments: [["F1"], ["F1", "F2"]])
  func flat(samples: [String]) throws {
    let cohort = try Cohort("S1")
    try old(cohort)
    let rows = samples.map { Cohort.maf($0).replacing(Cohort.header, with: "") }.joined()
    try cohort.write(Cohort.header + rows, samples.count == 1 ? "F1.maf" : "data_mutations.txt")
    #expect(try cohort.run("--quiet-time", "600").status == 0)
    for sample in samples {
      #expect(try cohort.row(sample)["status"] == "deferred")
      #expect(try cohort.row(sample)["message"]?.contains("is younger than the quiet time") == true)
    }
    #expect(try cohort.row("S1")["status"] == "reported")
    // The same again says nothing.
    let again = try cohort.run("--quiet-time", "600")
    #expect(again.status == 0 && again.errors.isEmpty)
    try old(cohort)
    #expect(try cohort.run("--quiet-time", "600").status == 0)
    for sample in samples { #expect(try cohort.row(sample)["status"] == "reported") }
    try expectFresh(cohort)
  }

  @Test("a young file beside settled ones is named in the sample's row", arguments: ["S1/cna.tsv", "S1.maf"])
  func beside(path: String) throws {
    let cohort = try Cohort("S1", "S2")
    try old(cohort)
    try cohort.write(path == "S1.maf" ? Cohort.maf("S1") : "gene\tcall\nERBB2\tAMP\n", path)
    #expect(try cohort.run("--quiet-time", "600").status == 0)
    #expect(try cohort.row("S1")["status"] == "reported")
    #expect(try cohort.row("S1")["message"]?.contains("\(path) is younger than the quiet time") == true)
    try old(cohort)
    try cohort.run("--quiet-time", "600")
    #expect(try cohort.row("S1")["message"]?.contains("younger") == false)
    try expectFresh(cohort)
  }
}
