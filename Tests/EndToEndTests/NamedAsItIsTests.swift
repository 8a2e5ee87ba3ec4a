// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What is given in the place of something else is named as what it is, and what is wrong with a file is said.
struct NamedAsItIsTests {
  @Test(
    "what is no sheet is named as what it is",
    arguments: [
      ("PK\u{3}\u{4} a workbook", "Excel workbook"), ("%PDF-1.4\n", "PDF"), ("<!DOCTYPE html><html>", "HTML"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS"),
      ("Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n", "MAF"),
      ("name\tcolor\nx\ty\n", "it begins: name, color"),
    ])
  func sheet(text: String, name: String) throws {
    let cohort = try Cohort("S1")
    let file = cohort.root.appending(path: "sheet.xlsx")
    try text.write(to: file, atomically: true, encoding: .utf8)
    for option in ["--samples", "--timeline"] {
      let sheet = cohort.root.appending(path: "own.tsv")
      try "sample_id\ttumor_type\nS1\tGIST\n".write(to: sheet, atomically: true, encoding: .utf8)
      let outcome = try Program.run(
        cohort.arguments(option == "--samples" ? [] : ["--samples", sheet.path]) + [option, file.path])
      #expect(outcome.status == 66)
      #expect(outcome.errors.contains("is not a \(option == "--samples" ? "sample sheet" : "timeline")"))
      #expect(outcome.errors.contains(name), "\(outcome.errors)")
    }
  }

  @Test func `check says in the row of a file what is wrong with it`() throws {
    let cohort = try Cohort("S1")
    try cohort.write("sample_id\ttumor_type\nS1\tMEL\nS1\tLUAD\n", "sheet.tsv")
    try cohort.write(try Shell.gzip(Data(Cohort.maf("S2").utf8)).dropLast(12), "S2.maf.gz")
    let outcome = try Program.run(["check", cohort.input.path])
    let rows = Table(outcome.output).rows
    func remark(_ name: String) -> String { rows.first { $0["file"]?.hasSuffix(name) == true }?["remark"] ?? "" }
    #expect(remark("sheet.tsv").contains("rows of the sample sheet disagree: tumor_type is 'MEL' in"))
    #expect(remark("S2.maf.gz").contains("gzip data"), "\(remark("S2.maf.gz"))")
  }

  @Test(
    "a file that is named beside its folder, or twice, is read once",
    arguments: [["S1/S1.maf", "S1"], ["", "S1/S1.maf"], ["S1/S1.maf", "S1/S1.maf"]])
  func once(inputs: [String]) throws {
    let cohort = try Cohort("S1")
    let paths = inputs.map { $0.isEmpty ? cohort.input.path : cohort.input.path + "/" + $0 }
    let outcome = try Program.run(["run"] + paths + ["--out", cohort.out.path, "--tumor-type", "GIST"])
    #expect(outcome.status == 0 && outcome.errors.contains("read"), "\(outcome.errors)")
    #expect(try cohort.row("S1")["rows_read"] == "2")
  }

  @Test func `blanks at the ends of a name in a list are none of it`() throws {
    let cohort = try Cohort("S1", "S2")
    let list = cohort.root.appending(path: "list")
    try " S1\nS2  \n # a remark\n".write(to: list, atomically: true, encoding: .utf8)
    let outcome = try cohort.run("--samples-from", list.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try cohort.table("samples.tsv").rows.count == 2)
  }

  @Test("an age that nobody has is refused", arguments: ["200", "-1"])
  func age(age: String) throws {
    #expect(try Program.run(["query", "--tumor-type", "LGGNOS", "--age=\(age)", "BRAF V600E"]).status == 64)
  }

  @Test func `a file that the sheet gives to a sample and that is another one's is named`() throws {
    let cohort = try Cohort("S2")
    try cohort.write(Cohort.maf("TUMOR"), "x1.maf")
    try cohort.write("sample_id\ttumor_type\tfiles\nS1\tMEL\tx1.maf; none.maf\nS2\tMEL\tS2.maf\n", "sheet.tsv")
    try cohort.run()
    let message = try cohort.row("S1")["message"] ?? ""
    for name in ["x1.maf", "none.maf"] {
      #expect(message.contains("'\(name)' of the column files is not read"), "\(message)")
    }
    #expect(try cohort.row("S2")["message"] == "")
  }
}
