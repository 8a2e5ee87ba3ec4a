// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// Tables that this program wrote are no inputs, whatever they are called.
struct OwnTablesTests {
  @Test("a table of ours is told by its header", arguments: OutputTable.allCases)
  func header(table: OutputTable) throws {
    let cohort = try Cohort("S1")
    let columns = table.columns.joined(separator: "\t")
    let row = table.columns.map { $0 == "sample_id" ? "S1" : $0 == "tumor_type" ? "MEL" : "1" }.joined(separator: "\t")
    try cohort.write(columns + "\n" + row + "\n", "march.txt")
    let outcome = try Program.run(["check", cohort.input.path])
    let found = Table(outcome.output).rows.first { $0["file"]?.hasSuffix("march.txt") == true }
    #expect(found?["kind"] == "table of oncomatch")
  }

  @Test func `copies of our tables under other names change nothing and are named`() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write("sample_id\ttumor_type\nS1\tMEL\nS2\tLUAD\n", "sheet.tsv")
    let first = cohort.root.appending(path: "first")
    #expect(try cohort.run(out: first).status == 0)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "sheet.tsv"))
    let before = cohort.root.appending(path: "before")
    #expect(try cohort.run(out: before).status == 0)
    for name in ["options", "therapies", "samples", "alterations", "agents", "context"] {
      let text = try Data(contentsOf: first.appending(path: name + ".tsv"))
      try cohort.write(text, name + "-2026-10.tsv")
      try cohort.write(try Shell.gzip(text), "old \(name).txt.gz")
    }
    let outcome = try cohort.run()
    #expect(outcome.status == 0 && outcome.errors.contains("is a table that oncomatch wrote"), "\(outcome.errors)")
    for table in ["options.tsv", "therapies.tsv", "alterations.tsv", "samples.tsv"] {
      let (mine, theirs) = (try cohort.table(table).rows, try cohort.table(table, out: before).rows)
      #expect(mine == theirs, "\(table)")
    }
    // In a sample's folder the sample is told of it.
    try cohort.write(try Data(contentsOf: first.appending(path: "alterations.tsv")), "S1/calls.tsv")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("S1")["message"]?.contains("S1/calls.tsv: is a table that oncomatch wrote") == true)
    #expect(try cohort.row("S1")["rows_read"] == "2")
  }
}
