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
}
