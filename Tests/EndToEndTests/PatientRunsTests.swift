// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONText
import TestSupport
import Testing

/// Courses over nights, shards and workers: the same bytes as one run over all.
struct PatientRunsTests {
  private static let rows = [
    ["A", "P", "LUAD", "2020-01-10", ""], ["B", "P", "LUAD", "2021-03-01", "gefitinib"],
    ["C", "P", "LUAD", "2022-06-01", "gefitinib;osimertinib"], ["X", "Q", "GIST", "2020-01-10", ""],
    ["Y", "Q", "GIST", "2021-01-10", "imatinib"], ["Z", "R", "GIST", "2021-01-10", ""],
  ]

  private static func sample(_ id: String, _ files: PatientFiles) throws {
    let found = [
      "A": ["EGFR p.L858R"], "B": ["EGFR p.L858R", "EGFR p.T790M"],
      "C": ["EGFR p.L858R", "EGFR p.T790M", "EGFR p.C797S"], "X": ["KIT p.V559D"], "Y": ["KIT p.V559D", "KIT p.V654A"],
      "Z": ["KIT p.V559D"],
    ]
    try files.mutations(id, found[id] ?? [])
  }

  @Test func `a sample a night leaves what one run leaves`() throws {
    let files = try PatientFiles()
    var known: [[String]] = []
    for row in [1, 3, 0, 5, 4, 2].map({ Self.rows[$0] }) {
      known.append(row)
      try Self.sample(row[0], files)
      try files.sheet(known)
      #expect(try files.run().status == 0)
      #expect(try files.run("fresh-\(row[0])").status == 0)
      #expect(try files.content("out") == files.content("fresh-\(row[0])"), "after \(row[0])")
    }
    #expect(try files.table("out/patients.tsv").rows(where: ["change": "acquired"]).count == 3)
    // Nothing is new: nothing is said and nothing is written.
    let before = try files.text("out/run.json")
    let idle = try files.run()
    #expect(idle.status == 0 && idle.output.isEmpty && idle.errors.isEmpty)
    #expect(try files.text("out/run.json") == before)
    #expect(try files.run("out", ["--verify"]).output.isEmpty)
    #expect(try files.text("out/run.json") == before)

    // A sample that goes takes its place in the course along; what is left of Q is no course.
    try FileManager.default.removeItem(at: files.root.appending(path: "in/X"))
    known.removeAll { $0[0] == "X" }
    try files.sheet(known)
    #expect(try files.run().status == 0)
    #expect(try files.run("left").status == 0)
    let left = try files.content("left")
    #expect(try files.content("out").filter { left[$0.key] != nil } == left)
    #expect(try !files.text("out/samples/Y/Y.report.html").contains("id=\"course\""))
  }

  @Test func `a date that is mended moves the sample`() throws {
    let files = try PatientFiles()
    for id in ["A", "B"] { try Self.sample(id, files) }
    try files.sheet([Self.rows[0], ["B", "P", "LUAD", "2019-03-01", ""]])
    #expect(try files.run().status == 0)
    #expect(try files.table("out/patients.tsv").rows(where: ["alteration": "p.T790M", "change": "lost"]).count == 1)
    try files.sheet([Self.rows[0], Self.rows[1]])
    #expect(try files.run().status == 0)
    #expect(try files.run("fresh").status == 0)
    #expect(try files.content("out") == files.content("fresh"))
    // Without a date there is no course, and no section is left.
    try files.sheet([Self.rows[0], ["B", "P", "LUAD", "", "gefitinib"]])
    #expect(try files.run().status == 0)
    #expect(try files.run("undated").status == 0)
    #expect(try files.content("out") == files.content("undated"))
    #expect(!files.has("out/patients.tsv"))
  }

  @Test func `files that hold all samples are read each night and reports stay as they are`() throws {
    let files = try PatientFiles()
    let header = "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tTumor_Sample_Barcode\n"
    try files.write(
      "in/cohort.maf",
      header + "EGFR\tMissense_Mutation\tp.L858R\tA\nEGFR\tMissense_Mutation\tp.L858R\tB\n"
        + "EGFR\tMissense_Mutation\tp.T790M\tB\n")
    try files.sheet([Self.rows[0], Self.rows[1]])
    #expect(try files.run().status == 0)
    let page = files.path("out/samples/A/A.report.html")
    let before = try FileManager.default.attributesOfItem(atPath: page)[.modificationDate] as? Date
    try Self.sample("Z", files)
    #expect(try files.run().status == 0)
    #expect(try FileManager.default.attributesOfItem(atPath: page)[.modificationDate] as? Date == before)
    #expect(try files.run("fresh").status == 0)
    #expect(try files.content("out") == files.content("fresh"))
  }

  @Test func `shards and workers, and a patient in one shard`() throws {
    let files = try PatientFiles()
    for row in Self.rows { try Self.sample(row[0], files) }
    try files.sheet(Self.rows)
    #expect(try files.run().status == 0)
    #expect(try files.run("one", ["--jobs", "1"]).status == 0)
    #expect(try files.content("out") == files.content("one"))
    for count in [2, 3, 7] {
      let shards = (1...count).map { "shard-\(count)-\($0)" }
      var owners: [String: Set<String>] = [:]
      for (number, shard) in shards.enumerated() {
        #expect(try files.run(shard, ["--shard", "\(number + 1)/\(count)"]).status == 0)
        for row in try files.table(shard + "/samples.tsv").rows {
          owners[row["patient_id"] ?? "", default: []].insert(shard)
        }
      }
      #expect(owners.count == 3 && owners.values.allSatisfy { $0.count == 1 })
      let merge = try Program.run(["merge"] + shards.map(files.path) + ["--out", files.path("merged-\(count)")])
      #expect(merge.status == 0)
      #expect(try files.content("merged-\(count)") == files.content("out"))
    }
  }

  @Test func `a list of samples may divide a patient, whose course a merge makes whole`() throws {
    let files = try PatientFiles()
    for row in Self.rows { try Self.sample(row[0], files) }
    try files.sheet(Self.rows)
    #expect(try files.run().status == 0)
    for (name, ids) in [("first", "A\nX\nZ\n"), ("second", "B\nC\nY\n")] {
      try files.write(name + ".txt", ids)
      #expect(try files.run(name, ["--samples-from", files.path(name + ".txt")]).status == 0)
    }
    #expect(!files.has("first/patients.tsv"))
    let parts = ["first", "second"].map(files.path)
    #expect(try Program.run(["merge"] + parts + ["--out", files.path("merged")]).status == 0)
    #expect(try files.content("merged") == files.content("out"))
    // The parts are as their runs left them.
    #expect(try !files.text("first/samples/A/A.report.html").contains("id=\"course\""))
  }

  private static let timelines = [
    "PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tTREATMENT_TYPE\tAGENT\n"
      + "P\t10\t380\tTREATMENT\tMedical Therapy\tGEFITINIB\nP\t400\t\tTREATMENT\tMedical Therapy\tOsimertinib\n"
      + "Q\t-300\t-20\tTREATMENT\tMedical Therapy\tImatinib\n",
    "PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tSAMPLE_ID\n"
      + "P\t0\t\tSpecimen\tA\nP\t390\t\tSpecimen\tB\nP\t420\t\tSequencing\tB\nP\t800\t\tSequencing\tC\n"
      + "P\t900\t\tSpecimen\tNEVER-READ\nQ\t0\t\tSpecimen\tX\nQ\t400\t\tSpecimen\tY\n",
  ]

  @Test(
    "a timeline among the inputs that is damaged leaves all as it was",
    arguments: ["", "PK\u{3}\u{4} a workbook", "cut"])
  func damagedTimeline(text: String) throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R 0.4"])
    try files.mutations("B", ["EGFR p.L858R 0.3", "EGFR p.T790M 0.2"])
    try files.write(
      "in/sheet.tsv",
      "sample_id\tpatient_id\ttumor_type\tsample_date\nA\tP\tLUAD\tday 1\nB\tP\tLUAD\tday 400\n")
    let timeline = "PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tAGENT\nP\t10\t390\tTREATMENT\tgefitinib\n"
    try files.write("in/timeline.txt", timeline)
    func run() throws -> Program.Outcome { try Program.run(["run", files.path("in"), "--out", files.path("out")]) }
    #expect(try run().status == 0)
    let before = try files.content("out")
    #expect(try files.text("out/patients.tsv").contains("acquired"))
    let damaged = text == "cut" ? try Shell.gzip(Data(timeline.utf8)).dropLast(10) : Data(text.utf8)
    try damaged.write(to: files.root.appending(path: "in/timeline.txt"))
    for _ in 0..<2 {
      let night = try run()
      #expect(night.status == 3 && night.errors.contains("timeline.txt"), "\(night.errors)")
      #expect(try files.content("out") == before)
    }
  }

  @Test func `a timeline without therapies and samples is no table of results`() throws {
    let files = try PatientFiles()
    try Self.sample("A", files)
    try files.write(
      "in/data_timeline_labtest.txt",
      "PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tTEST\tRESULT\nP\t1\t\tLAB_TEST\tPSA\t4\n")
    let outcome = try Program.run(["run", files.path("in"), "--tumor-type", "LUAD", "--out", files.path("out")])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(try files.table("out/samples.tsv").rows.map { $0["sample_id"] } == ["A"])
    #expect(try files.table("out/rejected.tsv").rows.isEmpty)
  }

  @Test(arguments: [true, false])
  func `timelines of cBioPortal give days and therapies`(isStated: Bool) throws {
    let files = try PatientFiles()
    for id in ["A", "B", "C", "X", "Y"] { try Self.sample(id, files) }
    try files.sheet(Self.rows.dropLast().map { [$0[0], $0[1], $0[2], "", ""] })
    let folder = isStated ? "" : "in/"
    let names = ["data_timeline_treatment.txt", "data_timeline_specimen.txt"].map { folder + $0 }
    for (name, text) in zip(names, Self.timelines) { try files.write(name, text) }
    func run(_ out: String) throws -> Program.Outcome {
      if isStated { return try files.run(out, names.flatMap { ["--timeline", files.path($0)] }) }
      // Found among the inputs, as the sheet is.
      let sheet = files.root.appending(path: "in/sheet.tsv")
      try? FileManager.default.removeItem(at: sheet)
      try FileManager.default.copyItem(at: files.root.appending(path: "sheet.tsv"), to: sheet)
      return try Program.run(["run", files.path("in"), "--out", files.path(out)])
    }
    #expect(try run("out").status == 0)
    #expect(try files.table("out/samples.tsv").rows.compactMap { $0["sample_id"] } == ["A", "B", "C", "X", "Y"])
    let schema = JSONSchemaCheck(try JSONValue(Array(try Program.run(["schema", "run"]).output.utf8).span))
    #expect(schema.faults(of: try JSONValue(Array(try files.text("out/run.json").utf8).span)) == [])
    let table = try files.table("out/patients.tsv")
    let resistance = table.rows(where: ["subject": "resistance"])
    #expect(resistance.map { $0["therapy"] } == ["gefitinib", "osimertinib"])
    #expect(resistance.map { $0["to"] } == ["day 390", "day 800"])
    // What ended before the first sample of Q is no cause of what is new in the second.
    #expect(table.rows(where: ["patient_id": "Q", "subject": "resistance"]).isEmpty)
    try files.write(names[0], Self.timelines[0].replacing("-300\t-20", with: "10\t390"))
    #expect(try run("out").status == 0)
    #expect(try run("fresh").status == 0)
    #expect(try files.content("out") == files.content("fresh"))
    #expect(try files.table("out/patients.tsv").rows(where: ["therapy": "imatinib", "change": "acquired"]).count == 1)
  }
}
