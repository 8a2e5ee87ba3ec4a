// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONText
import Reports
import TestSupport
import Testing

/// The JSON reports against the schema that `oncomatch schema report` prints.
struct ReportSchemaTests {
  private static func value(_ data: Data) throws -> JSONValue { try JSONValue(Array(data).span) }

  private static func check() throws -> JSONSchemaCheck {
    let schema = try Program.run(["schema", "report"])
    #expect(schema.status == 0)
    return JSONSchemaCheck(try value(Data(schema.output.utf8)))
  }

  private static func reports(_ output: URL) throws -> [(name: String, data: Data)] {
    let samples = output.appending(path: "samples")
    return try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted().map { name in
      (name, try Data(contentsOf: samples.appending(path: "\(name)/\(name).report.json")))
    }
  }

  /// The sample cohort, and samples that failed, that were rejected in part, that have all there is to state.
  private static func run() throws -> [(name: String, data: Data)] {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let out = place.appending(path: "o")
    #expect(try Program.run(["run", "SampleData", "--out", out.path, "--formats", "json"]).status == 0)
    let input = place.appending(path: "in")
    for (file, text) in [
      (
        "RICH/m.maf",
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count\tt_ref_count"
          + "\tMutation_Status\n"
          + "EGFR\tMissense_Mutation\tRICH\tp.L858R\t40\t60\t\nMARCH1\tMissense_Mutation\tRICH\tp.A5T\t1\t9\t\n"
          + "1-Mar\tMissense_Mutation\tRICH\tp.A5T\t1\t9\t\n"
          + "BRCA2\tNonsense_Mutation\tRICH\tp.K944*\t45\t55\tGermline\n"
          + "DPYD\tSplice_Site\tRICH\t*2A\t50\t50\tGermline\n"
      ),
      ("RICH/c.tsv", "gene\tcopies\nERBB2\t12.5\n"), ("RICH/bad.tsv", "gene\tcall\nERBB2\tmany\n"),
      ("CUT/m.maf.gz", "\u{1F}"),
      (
        "LATER/m.maf",
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count\tt_ref_count\n"
          + "EGFR\tMissense_Mutation\tLATER\tp.L858R\t30\t70\n"
      ),
      (
        "sheet.tsv",
        "sample_id\tpatient_id\tsample_date\ttumor_type\tpurity\tploidy\tprior_therapy\n"
          + "RICH\tP\t2024-01-02\tLUAD\t0.6\t2.1\tgefitinib\nCUT\tP\t\tLUAD\t\t\t\n"
          + "LATER\tP\t2025-01-02\tLUAD\t\t\terlotinib since 2024-05-01;gefitinib\n"
      ),
    ] {
      let path = input.appending(path: file)
      try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: path)
    }
    try Data([0x1F, 0x8B, 8, 0, 0]).write(to: input.appending(path: "CUT/m.maf.gz"))
    let panel = place.appending(path: "panel.txt")
    try "EGFR\nERBB2\n".write(to: panel, atomically: true, encoding: .utf8)
    let overrides = place.appending(path: "overrides.tsv")
    try "sample_id\talteration\tcall\twho\twhen\twhy\nRICH\tEGFR L858R\tconfirmed\tA. Doe\t2025-01-02\tdPCR\n"
      .write(to: overrides, atomically: true, encoding: .utf8)
    let trials = place.appending(path: "trials.tsv")
    try "trial_id\ttumor_types\tconditions\tcriteria\nTRIAL-1\tLUAD\tEGFR p.L858R\tECOG 0-1\n"
      .write(to: trials, atomically: true, encoding: .utf8)
    let rich = place.appending(path: "rich")
    let outcome = try Program.run([
      "run", input.path, "--out", rich.path, "--formats", "json", "--panel", panel.path, "--overrides", overrides.path,
      "--trials", trials.path,
    ])
    #expect(outcome.status == 3)
    return try reports(out) + reports(rich)
  }

  @Test func `every report is of the schema, and the schema describes no key that no report has`() throws {
    let check = try Self.check()
    var places: Set<String> = []
    let reports = try Self.run()
    #expect(reports.count == 20)
    for (name, data) in reports {
      let value = try Self.value(data)
      #expect(check.faults(of: value) == [], "\(name)")
      places.formUnion(JSONSchemaCheck.places(in: value))
    }
    // Nothing that reads files states a cancer cell fraction yet; the column is part of the contract.
    #expect(check.members.subtracting(places).subtracting(Self.fractions) == [])
  }

  private static let fractions = [
    "$.alterations[].ccf", "$.course.changes[].ccf_before", "$.course.changes[].ccf_after",
  ]

  @Test func `an answer of query is of the schema too`() throws {
    let answer = try Program.run(["query", "--tumor-type", "LUAD", "EGFR L858R", "--format", "json"])
    #expect(try Self.check().faults(of: Self.value(Data(answer.output.utf8))) == [])
  }

  @Test(arguments: [
    ("\"sample_id\": ", "\"surprise\": 1, \"sample_id\": ", "surprise is not known"),
    ("\"section\": ", "\"surprise\": 1, \"section\": ", "surprise is not known"),
    ("\"sample_id\": ", "\"sampleID\": ", "sample_id is missing"),
    ("\"schema_version\": ", "\"schema_version\": 9", "is not 1"),
    ("\"direction\": \"", "\"direction\": \"un", "is no word of it"),
    ("\"matches\": ", "\"status\": \"no_match\", \"hits\": ", "matches is missing"),
    ("\"rows_read\": ", "\"rows_read\": 0.", "is no integer"),
  ])
  func `a report with one thing wrong is refused`(old: String, new: String, fault: String) throws {
    let check = try Self.check()
    let (_, data) = try #require(try Self.run().first { $0.name == "LMS-06" })
    let text = String(decoding: data, as: UTF8.self)
    let place = try #require(text.range(of: old))
    let faults = check.faults(of: try Self.value(Data(text.replacingCharacters(in: place, with: new).utf8)))
    #expect(faults.contains { $0.contains(fault) }, "\(faults)")
  }
}
