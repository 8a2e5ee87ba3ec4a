// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONText
import TestSupport
import Testing

/// Numbers of the sample sheet in the ways that people write them.
struct SheetValuesTests {
  /// Runs samples with one change at this allele fraction and a sheet, and reads their reports.
  private func reports(_ sheet: [(sample: String, cells: String)], columns: String) throws -> [String: JSONValue] {
    let cohort = try Cohort()
    let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\tt_alt_count\n"
    for (sample, _) in sheet {
      let row = "PDGFRA\tMissense_Mutation\t\(sample)\tp.K385M\t100\t8\n"
      try cohort.write(header + row, "\(sample)/\(sample).maf")
    }
    let rows = sheet.map { "\($0.sample)\tGIST\t\($0.cells)\n" }.joined()
    try cohort.write("sample_id\ttumor_type\t\(columns)\n" + rows, "samples.tsv")
    #expect(try cohort.run().status == 0)
    var reports: [String: JSONValue] = [:]
    for (sample, _) in sheet {
      let path = cohort.out.appending(path: "samples/\(sample)/\(sample).report.json")
      reports[sample] = try JSONValue(Array(try Data(contentsOf: path)).span)
    }
    return reports
  }

  private func flags(_ report: JSONValue?) throws -> [String] {
    let alteration = try #require(report?["alterations"]?.elements.first)
    return (alteration["flags"]?.elements ?? []).compactMap(\.text)
  }

  @Test func `purity in percent is the same as a fraction`() throws {
    let found = try reports(
      [("S1", "0.8"), ("S2", "80"), ("S3", "1"), ("S4", "100"), ("S5", "30"), ("S6", "")], columns: "purity")
    for (sample, purity) in [("S1", 0.8), ("S2", 0.8), ("S3", 1), ("S4", 1), ("S5", 0.3)] {
      guard case .number(purity)? = found[sample]?["tumor"]?["purity"] else {
        Issue.record("purity of \(sample) is \(found[sample]?["tumor"]?["purity"] as Any)")
        continue
      }
    }
    #expect(found["S6"]?["tumor"]?["purity"] == nil)
    // 8 % of the reads are a part of a tumor that fills the sample, and nearly all of one that does not.
    #expect(try flags(found["S1"]) == ["subclonal"] && flags(found["S2"]) == ["subclonal"])
    #expect(try flags(found["S5"]) == [] && flags(found["S6"]) == [])
  }

  @Test func `the limit of an assay in percent is the same as a fraction`() throws {
    let found = try reports([("S1", "0.1"), ("S2", "10"), ("S3", "0.05"), ("S4", "5")], columns: "vaf_limit")
    for sample in ["S1", "S2"] { #expect(try flags(found[sample]) == ["low_support"], "\(sample)") }
    for sample in ["S3", "S4"] { #expect(try flags(found[sample]) == [], "\(sample)") }
  }

  // MARK: What people write, and what cannot be read

  /// The messages of samples of low-grade gliomas by these cells of one column, and the therapies that stand first.
  private func told(_ column: String, _ cells: [String]) throws -> [(message: String, options: [String])] {
    let cohort = try Cohort()
    var sheet = "sample_id\ttumor_type\t\(column)\n"
    for (number, cell) in cells.enumerated() {
      try cohort.write(
        Cohort.header + "BRAF\tMissense_Mutation\tS\(number)\tp.V600E\n", "S\(number)/S\(number).maf")
      sheet += "S\(number)\tLGGNOS\t\(cell)\n"
    }
    try cohort.write(sheet, "sheet.tsv")
    #expect(try cohort.run().status == 0)
    let options = try cohort.table("options.tsv")
    return try cells.indices.map { number in
      let rows = options.rows(where: ["sample_id": "S\(number)"])
      return (
        try cohort.row("S\(number)")["message"] ?? "",
        rows.map { "\($0["rank"] ?? "") \($0["therapy"] ?? "") \($0["authority"] ?? "")" }
      )
    }
  }

  @Test func `an age is read with its unit`() throws {
    let cells = ["12", "12 years", "12y", "12-year-old", "144 months", "40", "over 89", ">89", "90+", "NA", ""]
    let found = try told("age", cells)
    for (cell, found) in zip(cells, found) { #expect(found.message.isEmpty, "\(cell): \(found.message)") }
    for number in 1...4 { #expect(found[number].options == found[0].options, "\(cells[number])") }
    for number in 6...8 { #expect(found[number].options == found[5].options, "\(cells[number])") }
    #expect(found[0].options != found[10].options && found[9].options == found[10].options)
  }

  @Test(
    "a cell that cannot be read is named",
    arguments: [
      ("age", ["abc", "<18", "-3", "200", "1-2", "over 40"]), ("grade", ["IX", "7", "2-3"]), ("sex", ["blah", "3"]),
      ("purity", ["abc"]), ("ploidy", ["many"]),
    ])
  func unreadable(column: String, cells: [String]) throws {
    for (cell, found) in zip(cells, try told(column, cells)) {
      #expect(found.message.contains("\(column) '\(cell)' of the sample sheet"), "\(found.message)")
      #expect(found.message.contains("is not used"))
    }
  }

  @Test(
    "words that are no number and say something are not named",
    arguments: [
      ("grade", ["high", "High Grade", "GX", "poorly differentiated", "G2"]), ("sex", ["F", "female", "unknown"]),
    ])
  func words(column: String, cells: [String]) throws {
    for (cell, found) in zip(cells, try told(column, cells)) { #expect(found.message.isEmpty, "\(cell)") }
  }

  // MARK: Rows that disagree

  @Test("rows of a patient that disagree fail the samples that their own rows leave open", arguments: [1, 2])
  func patients(files: Int) throws {
    let cohort = try Cohort("S1", "S2", "S3", "S4")
    try cohort.write(
      "sample_id\tpatient_id\ttumor_type\tage\nS1\tP1\tGIST\t\nS2\tP1\tGIST\t40\nS3\tP2\tGIST\t\nS4\tP3\tGIST\t\n",
      "samples.tsv")
    let header = "PATIENT_ID\tAGE\tSEX\n"
    let rows = ["P1\t40\tF\nP2\t12\tF\n", "P1\t12\tFemale\nP2\t12.5\tfemale\n"]
    if files == 1 {
      try cohort.write(header + rows.joined(), "patients.txt")
    } else {
      for (number, row) in rows.enumerated() { try cohort.write(header + row, "patients\(number).txt") }
    }
    let outcome = try cohort.run()
    #expect(outcome.status == 3)
    let message = try cohort.row("S1")["message"] ?? ""
    #expect(message.contains("rows of the sample sheet disagree: age is '40' in") && message.contains("and '12' in"))
    for sample in ["S2", "S3", "S4"] { #expect(try cohort.row(sample)["status"] == "reported", "\(sample)") }
  }

  @Test func `two ages of one sample disagree`() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write("sample_id\ttumor_type\tage\nS1\tGIST\t40\nS2\tGIST\t40\n", "a.tsv")
    try cohort.write("sample_id\ttumor_type\tage\nS1\tGIST\t12\nS2\tGIST\t40.4\n", "b.tsv")
    #expect(try cohort.run().status == 3)
    #expect(try cohort.row("S1")["status"] == "failed" && cohort.row("S2")["status"] == "reported")
  }

  @Test("patients are named neither on standard error nor in the log", arguments: ["text", "json"])
  func unnamed(format: String) throws {
    let cohort = try Cohort("S1")
    let sheet = cohort.root.appending(path: "sheet.tsv")
    try "sample_id\tpatient_id\ttumor_type\nS1\tJOHN-DOE\tMEL\nS1\tJANE-ROE\tMEL\n"
      .write(to: sheet, atomically: true, encoding: .utf8)
    let maf = cohort.input.appending(path: "S1/S1.maf").path
    for outcome in [
      try cohort.run("--samples", sheet.path, "--log-format", format),
      try Program.run(["annotate", maf, "--samples", sheet.path]),
    ] {
      #expect(outcome.status == 3 || outcome.status == 65)
      #expect(outcome.errors.contains("patient_id in") && outcome.errors.contains("sheet.tsv:3"), "\(outcome.errors)")
      for name in ["JOHN", "JANE"] { #expect(!outcome.errors.contains(name), "\(outcome.errors)") }
    }
  }
}
