// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Files that a copy was broken off in, or that somebody still writes under another name: no report is taken back for them.
struct UnfinishedFilesTests {
  @Test(
    "a file that is written again under another name is waited for", arguments: ["S1/S1.maf", "F1.maf"],
    [".part", ".tmp"])
  func renamed(path: String, ending: String) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Cohort.maf("F1"), "F1.maf")
    try cohort.run()
    let before = try cohort.content()
    let file = cohort.input.appending(path: path)
    try FileManager.default.moveItem(at: file, to: URL(filePath: file.path + ending))
    let outcome = try cohort.run("--prune")
    #expect(outcome.status == 0 && outcome.errors.contains("\(path)\(ending): is unfinished"))
    #expect(try cohort.content() == before)
    try FileManager.default.moveItem(at: URL(filePath: file.path + ending), to: file)
    #expect(try cohort.run().errors.isEmpty)
    #expect(try cohort.content() == before)
  }

  @Test(
    "a file that a transfer writes again under a hidden name is waited for",
    arguments: [
      ("S1/S1.maf", "S1/.S1.maf.Xy12ab"), ("S1/S1.maf", "S1/.S1.maf.k3Qz"), ("F1.maf", ".F1.maf.qwerty"),
      ("F1.maf", ".F1.maf.part"),
    ])
  func hidden(path: String, other: String) throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Cohort.maf("F1"), "F1.maf")
    try cohort.run()
    let before = try cohort.content()
    let (file, copy) = (cohort.input.appending(path: path), cohort.input.appending(path: other))
    try FileManager.default.moveItem(at: file, to: copy)
    let outcome = try cohort.run("--prune")
    #expect(outcome.status == 0 && outcome.errors.contains("\(other): is unfinished"), "\(outcome.errors)")
    #expect(try cohort.content() == before)
    // What a transfer left beside the whole file is a hidden file as others are.
    try FileManager.default.copyItem(at: copy, to: file)
    #expect(try cohort.run("--force").status == 0)
    #expect(try cohort.content() == before)
  }

  @Test func `a hidden folder is no sample, whatever its name`() throws {
    let cohort = try Cohort("S1")
    try cohort.write(Cohort.maf("S2"), ".S2.old.Xy12ab/S2.maf")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.table("samples.tsv").rows.count == 1)
  }

  @Test func `beside the whole file an unfinished one is left alone and keeps nobody waiting`() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write("Hugo_Symbol\tVaria", "S1/S1.maf.part")
    try cohort.write("Hugo_Symbol\tVaria", "other.maf.part")
    try cohort.run()
    for sample in ["S1", "S2"] { #expect(try cohort.row(sample)["status"] == "reported") }
    let outcome = try cohort.run("--dry-run")
    #expect(outcome.status == 0 && outcome.output.isEmpty)
  }

  @Test func `a sample whose only file is unfinished has a row on the first night`() throws {
    let cohort = try Cohort("S2")
    try cohort.write(Cohort.maf("S1"), "S1/S1.maf.part")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("S1")["status"] == "deferred")
  }

  /// A table of six samples, and its beginning, which ends within a row.
  private static let table =
    Cohort.header + (1...6).map { Cohort.maf("S\($0)").replacing(Cohort.header, with: "") }.joined()
  private static let cut =
    String(table.prefix(table.count / 2)).split(separator: "\n").dropLast().joined(separator: "\n")
    + "\nTP53\tNonsense_Mut"

  @Test("a table of samples that was cut short leaves all samples as they were", arguments: [false, true])
  func cutTable(isPacked: Bool) throws {
    let cohort = try Cohort()
    func write(_ text: String) throws {
      try cohort.write(text, "cohort.maf")
      if isPacked { try Shell.run("gzip -f '\(cohort.input.path)/cohort.maf'") }
    }
    try write(Self.table)
    try cohort.run()
    let before = try cohort.content()
    try write(Self.cut)
    let outcome = try cohort.run("--prune")
    #expect(outcome.status == 3 && outcome.errors.contains("ends within a row: 2 of 4 cells and no end of line"))
    #expect(try cohort.content() == before)
    try write(Self.table)
    try cohort.run()
    #expect(try cohort.content() == before)
  }

  @Test func `a sheet that was cut short takes no tumor type from anybody`() throws {
    let cohort = try Cohort("S1", "S2", "S3")
    try cohort.write("sample_id\ttumor_type\nS1\tMEL\nS2\tMEL\nS3\tMEL\n", "clinical.tsv")
    try cohort.run()
    let before = try cohort.content()
    try cohort.write("sample_id\ttumor_type\nS1\tMEL\nS2", "clinical.tsv")
    #expect(try cohort.run().status == 3)
    #expect(try cohort.content() == before)
  }

  @Test func `a sample whose file is cut short fails alone`() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.write(Cohort.maf("S2") + "BRAF\tMissense", "S2/S2.maf")
    #expect(try cohort.run().status == 3)
    #expect(try cohort.row("S1")["status"] == "reported" && cohort.row("S2")["status"] == "failed")
    #expect(try cohort.row("S2")["message"]?.contains("cut short") == true)
  }

  @Test("a file may do without its last end of line, and without cells at the ends of its rows")
  func whole() throws {
    let cohort = try Cohort("S1", "S2", "S3")
    try cohort.write(String(Cohort.maf("S1").dropLast()), "S1/S1.maf")
    try cohort.write("gene\tprotein_change\tnote\nKIT\tp.V559D\nTP53\tp.R213*", "S2/S2.tsv")
    try cohort.write("gene\tprotein_change\tnote\nKIT\tp.V559D", "S3/S3.tsv")
    #expect(try cohort.run().status == 0)
  }

  @Test func `an empty folder of a sample that another folder speaks of is no news every night`() throws {
    let cohort = try Cohort()
    let rows = Cohort.maf("S1") + Cohort.maf("S2").replacing(Cohort.header, with: "")
    try cohort.write(rows, "X/x.maf")
    try FileManager.default.createDirectory(at: cohort.input.appending(path: "S2"), withIntermediateDirectories: true)
    try cohort.run()
    let outcome = try cohort.run("--dry-run")
    #expect(outcome.status == 0 && outcome.output.isEmpty)
  }
}
