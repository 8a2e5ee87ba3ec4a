// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Every row of an input is counted once, in the table, in the report and in the record of the run.
struct RowFatesTests {
  @Test func `a row that cannot be understood is counted as rejected wherever rows are counted`() throws {
    let cohort = try Cohort()
    let rows = [
      "KIT\tMissense_Mutation\tS1\tp.V559D", "1-Mar\tMissense_Mutation\tS1\tp.A1T", "2-Sep\tSilent\tS1\tp.A2=",
      "TTN\tMissense_Mutation\tS1\tp.A100V", "TTN\tIntron\tS1\t", "NOSUCHGENE\tMissense_Mutation\tS1\tp.A5T",
    ]
    try cohort.write(Cohort.header + rows.map { $0 + "\n" }.joined(), "S1/S1.maf")
    #expect(try cohort.run().status == 0)
    let expected = ["rows_read": 6, "rows_matched": 1, "rows_unmatched": 2, "rows_filtered": 1, "rows_rejected": 2]
    let sample = try cohort.row("S1")
    for (column, count) in expected { #expect(sample[column] == String(count), "\(column) of samples.tsv") }
    #expect(try cohort.table("rejected.tsv").rows.map { $0["line"] } == ["3", "4"])

    func json(_ path: String) throws -> [String: Any] {
      let data = try Data(contentsOf: cohort.out.appending(path: path))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    let report = try json("samples/S1/S1.report.json")
    let counts = try #require(report["rows"] as? [String: Int])
    let input = try #require((report["inputs"] as? [[String: Any]])?.first)
    let noted = try #require((try json("run.json")["inputs"] as? [[String: Any]])?.first)
    for (column, count) in expected {
      #expect(counts[String(column.dropFirst(5))] == count, "\(column) of the report")
      #expect(input[column] as? Int == count, "\(column) of the report's input")
      #expect(noted[column] as? Int == count, "\(column) of run.json")
    }
    #expect((report["rejected"] as? [Any])?.count == 2)
  }
}
