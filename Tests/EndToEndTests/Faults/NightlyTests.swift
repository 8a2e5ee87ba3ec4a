// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// A sample is done again for a reason, and the reason is said.
struct NightlyTests {
  /// What a dry run prints, by place below the input.
  private func plan(_ cohort: Cohort, _ more: [String] = []) throws -> [String: String] {
    let outcome = try Program.run(cohort.arguments(["--dry-run"] + more))
    #expect(outcome.status == 0)
    var reasons: [String: String] = [:]
    for line in outcome.output.split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
      reasons[parts[0].replacing(cohort.input.path + "/", with: "")] = parts.last
    }
    return reasons.mapValues { $0.replacing(cohort.input.path + "/", with: "") }
  }

  /// Everything below the output with time, number and content.
  private func traces(_ cohort: Cohort) throws -> [String: String] {
    var traces: [String: String] = [:]
    for path in [""] + (try FileManager.default.subpathsOfDirectory(atPath: cohort.out.path)) {
      let attributes = try FileManager.default.attributesOfItem(atPath: cohort.out.path + "/" + path)
      let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      traces[path] = "\(time) \(attributes[.systemFileNumber] ?? 0) \(attributes[.size] ?? 0)"
    }
    return traces
  }

  @Test("a dry run says why for each sample, and makes nothing")
  func dryRun() throws {
    let cohort = try Cohort("S1", "S2")
    #expect(try plan(cohort) == ["S1": "new", "S2": "new"])
    #expect(!FileManager.default.fileExists(atPath: cohort.out.path))
    try cohort.run()
    #expect(try plan(cohort) == [:])
    try cohort.add("S3")
    try cohort.write(Cohort.maf("S1") + "KRAS\tMissense_Mutation\tS1\tp.G12D\n", "S1/S1.maf")
    try cohort.write("gene\tcall\nERBB2\tAMP\n", "S2/cna.tsv")
    let before = try traces(cohort)
    #expect(
      try plan(cohort) == ["S1": "S1/S1.maf changed", "S2": "S2/cna.tsv is new", "S3": "S3/S3.maf is new"])
    #expect(try plan(cohort, ["--force"]) == ["S1": "forced", "S2": "forced", "S3": "forced"])
    let again = ["S1": "settings changed", "S2": "settings changed", "S3": "settings changed"]
    #expect(try plan(cohort, ["--explain"]) == again)
    #expect(try traces(cohort) == before)
  }

  @Test("a file of the same size and time that took another's place is read")
  func replaced() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    let place = cohort.input.appending(path: "S1/S1.maf").path
    // The old file stays, so that its number is not given to the new one.
    let done = try Shell.run(
      """
      sed 's/V559D/V654A/' '\(place)' > '\(cohort.root.path)/new' && touch -r '\(place)' '\(cohort.root.path)/new' \\
        && mv '\(place)' '\(cohort.root.path)/old' && mv '\(cohort.root.path)/new' '\(place)'
      """)
    try #require(done.status == 0)
    #expect(try plan(cohort) == ["S1": "S1/S1.maf changed"])
    try cohort.run()
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run(out: fresh)
    #expect(try cohort.content() == cohort.content(out: fresh))
    #expect(try cohort.table("alterations.tsv").rows(where: ["sample_id": "S1", "alteration": "p.V654A"]).count == 1)
  }

  @Test("reports that a killed run left under other settings are made again")
  func otherSettings() throws {
    let cohort = try Cohort(count: 60)
    let settings = cohort.root.appending(path: "settings.toml")
    // Says nothing in the tables, and something in the reports.
    try "[thresholds]\nlow_support_vaf = 0.5\n".write(to: settings, atomically: true, encoding: .utf8)
    for number in 0..<60 {
      let name = "S" + String(1000 + number).dropFirst()
      let row = "PDGFRA\tMissense_Mutation\t\(name)\tp.K385M\t100\t10\n"
      try cohort.write(String(Cohort.header.dropLast()) + "\tt_depth\tt_alt_count\n" + row, "\(name)/\(name).maf")
    }
    try cohort.run()
    let whole = try cohort.content()
    let report = cohort.out.appending(path: "samples/S000/S000.report.json").path
    func flagged() throws -> Bool { try String(contentsOfFile: report, encoding: .utf8).contains("low_support") }
    #expect(try !flagged())
    guard let process = try cohort.startAndHold("--settings", settings.path, until: flagged) else {
      Issue.record("the run ended before it could be held")
      return
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try flagged(), "a report of the killed run is there")
    #expect(try cohort.run().status == 0)
    let after = try cohort.content()
    for (path, content) in whole { #expect(after[path] == content, "\(path) is of the killed run") }
  }

  @Test("an idle run writes nothing, not even a time, prints nothing and ends with 0")
  func idle() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write("sample_id\ttumor_type\nS1\tGIST\n", "sheet.tsv")
    try cohort.run()
    let before = try traces(cohort)
    for more in [[], ["--jobs", "1"], ["--verify"], ["--quiet"], ["--prune"]] as [[String]] {
      let outcome = try Program.run(cohort.arguments(more))
      #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
      #expect(try traces(cohort) == before)
    }
  }

  @Test("a file that was touched and says the same is not read again; --force does it all the same")
  func touched() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    let before = try traces(cohort)
    try cohort.write(Cohort.maf("S1"), "S1/S1.maf")
    #expect(try plan(cohort) == [:])
    #expect(try cohort.run().status == 0)
    #expect(try traces(cohort) == before)
    #expect(try cohort.run("--force").status == 0)
    let after = try traces(cohort)
    #expect(before["samples/S1/S1.report.json"] != after["samples/S1/S1.report.json"])
  }

  @Test("bytes that changed behind the same size and time are found by --verify alone")
  func verify() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    let file = cohort.input.appending(path: "S1/S1.maf")
    try Shell.run("cp -p '\(file.path)' '\(cohort.root.path)/old'")
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: Data(Cohort.maf("S1").replacing("V559D", with: "V560D").utf8))
    try handle.close()
    try Shell.run("touch -r '\(cohort.root.path)/old' '\(file.path)'")
    #expect(try plan(cohort) == [:])
    #expect(try plan(cohort, ["--verify"]) == ["S1": "S1/S1.maf changed"])
    #expect(try cohort.run("--verify").status == 0)
    #expect(try cohort.table("alterations.tsv").rows(where: ["sample_id": "S1", "alteration": "p.V560D"]).count == 1)
  }

  @Test("a sample that failed is tried in every run, and says so, until it is mended")
  func failedAgain() throws {
    let cohort = try Cohort("S1")
    try cohort.write(Data([0x1f, 0x8b, 8, 0]), "BAD/BAD.maf.gz")
    for _ in 0..<3 {
      let outcome = try cohort.run()
      #expect(outcome.status == 3 && outcome.errors.contains("sample BAD failed"))
      #expect(try plan(cohort) == ["BAD": "failed last time"])
    }
    try cohort.write(Shell.gzip(Data(Cohort.maf("BAD").utf8)), "BAD/BAD.maf.gz")
    #expect(try cohort.run().status == 0)
    #expect(try plan(cohort) == [:])
  }

  @Test("while one run holds the output a second one ends with 75 at once; shards beside it do not mind")
  func locked() throws {
    let cohort = try Cohort(count: 300)
    guard let process = try cohort.startAndHold() else {
      Issue.record("the run ended before it could be held")
      return
    }
    defer {
      kill(process.processIdentifier, SIGCONT)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let second = try cohort.run()
    #expect(second.status == 75)
    #expect(second.errors.contains("another run holds this folder"))
    #expect(try cohort.run(out: cohort.root.appending(path: "other")).status == 0)
  }

  // MARK: Quiet time

  private func age(_ path: String, _ cohort: Cohort, seconds: Int) throws {
    let time = Date().addingTimeInterval(-Double(seconds))
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: cohort.input.path + "/" + path)
  }

  @Test("a late file upgrades a provisional report to a complete one")
  func upgrade() throws {
    let cohort = try Cohort("S1")
    try age("S1/S1.maf", cohort, seconds: 3600)
    try cohort.write("gene\tcall\nERBB2\tAMP\n", "S1/cna.tsv")
    #expect(try cohort.run("--quiet-time", "600").status == 0)
    #expect(try cohort.row("S1")["assays_missing"]?.contains("copy_number") == true)
    let manifest = try String(contentsOf: cohort.out.appending(path: "run.json"), encoding: .utf8)
    #expect(manifest.contains("is younger than the quiet time (left for the next run)"))
    let again = try cohort.run("--quiet-time", "600")
    #expect(again.status == 0 && again.errors.isEmpty && again.output.isEmpty)
    try age("S1/cna.tsv", cohort, seconds: 3600)
    #expect(try cohort.run("--quiet-time", "600").status == 0)
    #expect(try cohort.row("S1")["assays_missing"]?.contains("copy_number") == false)
    #expect(try cohort.row("S1")["n_alterations"] == "3")
  }

  @Test("a sample of young files alone is left for the next run, listed in a sheet or not", arguments: [false, true])
  func young(isListed: Bool) throws {
    let cohort = try Cohort("OLD", "NEW")
    if isListed {
      try cohort.write("sample_id\ttumor_type\nOLD\tGIST\nNEW\tGIST\n", "clinical.tsv")
      try age("clinical.tsv", cohort, seconds: 3600)
    }
    try age("OLD/OLD.maf", cohort, seconds: 3600)
    let outcome = try cohort.run("--quiet-time", "600")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("sample NEW is left for the next run"))
    #expect(try cohort.row("NEW")["status"] == "deferred")
    #expect(try cohort.table("samples.tsv").rows.count == 2)
    try age("NEW/NEW.maf", cohort, seconds: 3600)
    #expect(try plan(cohort, ["--quiet-time", "600"])["NEW"] == "NEW/NEW.maf is new")
    #expect(try cohort.run("--quiet-time", "600").status == 0)
    #expect(try cohort.row("NEW")["status"] == "reported")
  }

  @Test("a complete report stays as it is while one of its files is being written anew")
  func rewritten() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write("gene\tcall\nERBB2\tAMP\n", "S1/cna.tsv")
    for path in ["S1/S1.maf", "S1/cna.tsv", "S2/S2.maf"] { try age(path, cohort, seconds: 3600) }
    try cohort.run("--quiet-time", "600")
    let before = try cohort.row("S1")
    #expect(before["assays_missing"]?.contains("copy_number") == false)
    try cohort.write("gene\tcall\nERBB2\tAMP\nMET\tAMP\n", "S1/cna.tsv")
    try cohort.add("S3")
    try age("S3/S3.maf", cohort, seconds: 3600)
    let outcome = try cohort.run("--quiet-time", "600")
    #expect(outcome.status == 0)
    #expect(try cohort.row("S1") == before)
    #expect(try cohort.row("S3")["status"] == "reported")
    try age("S1/cna.tsv", cohort, seconds: 1800)
    #expect(try cohort.run("--quiet-time", "600").status == 0)
    #expect(try cohort.row("S1")["n_alterations"] == "4")
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run(out: fresh)
    #expect(try cohort.content() == cohort.content(out: fresh))
  }
}
