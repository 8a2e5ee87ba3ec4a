// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Samples that keep a row though all their files are gone: most of them at once are a disk that is not there.
struct LostSamplesTests {
  private static let sheet = "sample_id\ttumor_type\nS1\tMEL\nS2\tLUAD\nS3\tGIST\nS4\tGIST\n"

  private func remove(_ cohort: Cohort, _ samples: String...) throws {
    for sample in samples { try FileManager.default.removeItem(at: cohort.input.appending(path: sample)) }
  }

  @Test("a sheet that outlives its samples replaces none of their reports", arguments: ["in/sheet.tsv", "sheet.tsv"])
  func sheetStays(place: String) throws {
    let cohort = try Cohort("S1", "S2", "S3")
    let sheet = cohort.root.appending(path: place)
    try Self.sheet.write(to: sheet, atomically: true, encoding: .utf8)
    // A file without a word about samples, so that the folder of the inputs is not empty.
    try cohort.write("sample_id\tpurity\nS9\t0.4\n", "more.tsv")
    let more = place.hasPrefix("in/") ? [] : ["--samples", sheet.path]
    func run(_ options: String...) throws -> Program.Outcome { try Program.run(cohort.arguments(more + options)) }
    #expect(try run().status == 0)
    let before = try cohort.content()
    try remove(cohort, "S1", "S2")
    for options in [[], ["--prune"], ["--force"]] {
      let night = try Program.run(cohort.arguments(more + ["--quiet"] + options))
      #expect(night.status == 66, "\(options)")
      #expect(night.errors.contains("all files of 2 of the 3 samples that the last run read"), "\(night.errors)")
      #expect(try cohort.content() == before)
    }
    #expect(try run("--allow-empty").status == 0)
    #expect(try cohort.row("S1")["status"] == "not_evaluated")
  }

  @Test(
    "one of many may go: it is named, its report stays until it is pruned, and no page leads to it",
    arguments: [false, true])
  func oneGoes(isForced: Bool) throws {
    let cohort = try Cohort("S1", "S2", "S3")
    try cohort.write(Self.sheet, "sheet.tsv")
    try cohort.run()
    func reports(_ sample: String) throws -> [String: Data] {
      try cohort.content().filter { $0.key.hasPrefix("samples/\(sample)/") }
    }
    let before = try reports("S2")
    try remove(cohort, "S2")
    let night = try isForced ? cohort.run("--force") : cohort.run()
    #expect(night.status == 0 && night.errors.contains("sample S2 was not evaluated"))
    #expect(try cohort.row("S2")["status"] == "not_evaluated" && cohort.row("S1")["status"] == "reported")
    #expect(try reports("S2") == before && !before.isEmpty)
    #expect(try cohort.table("changes.tsv").rows(where: ["sample_id": "S2"]).isEmpty)
    // But for that report all is as in a first run.
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run(out: fresh)
    func rest(_ out: URL) throws -> [String: Data] {
      try cohort.content(out: out).filter { !$0.key.hasPrefix("samples/S2/") }
    }
    #expect(try rest(cohort.out) == rest(fresh))
    let page = try String(contentsOf: cohort.out.appending(path: "index.html"), encoding: .utf8)
    #expect(page.contains("samples/S1/S1.report.html") && !page.contains("samples/S2/S2.report.html"))
    func gone() throws -> [String] {
      let data = try Data(contentsOf: cohort.out.appending(path: "run.json"))
      let record = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      return record?["gone"] as? [String] ?? []
    }
    #expect(try gone() == ["S2"])
    // Nights with nothing new, and with something, change nothing of it.
    let idle = try cohort.run()
    #expect(idle.status == 0 && idle.errors.isEmpty)
    try cohort.add("S5")
    #expect(try cohort.run().status == 0)
    #expect(try reports("S2") == before && gone() == ["S2"])
    // It comes back, and goes again.
    try cohort.add("S2")
    #expect(try cohort.run().status == 0)
    #expect(try reports("S2") == before && gone() == [] && cohort.row("S2")["status"] == "reported")
    try remove(cohort, "S2")
    #expect(try cohort.run("--prune").status == 0)
    #expect(try reports("S2").isEmpty)
  }

  @Test func `files under other names are no lost disk`() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Self.sheet, "sheet.tsv")
    try cohort.write(Cohort.maf("S3"), "S3.maf")
    try cohort.write(Cohort.maf("S4"), "S4.maf")
    try cohort.run()
    try Shell.run(
      """
      cd '\(cohort.input.path)' && gzip S1/S1.maf S3.maf && mv S2/S2.maf S2/calls.maf && mkdir site && mv S1 site \\
        && mv S4.maf all.maf
      """)
    #expect(try cohort.run().status == 0)
    for sample in ["S1", "S2", "S3", "S4"] { #expect(try cohort.row(sample)["status"] == "reported", "\(sample)") }
  }
}
