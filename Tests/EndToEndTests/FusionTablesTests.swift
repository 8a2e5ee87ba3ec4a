// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Tables of fusions from file to report.
struct FusionTablesTests {
  private func run(_ text: String) throws -> (alterations: Table, samples: Table) {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "fusions.tsv")
    try Data(text.utf8).write(to: input)
    let out = folder.appending(path: "out")
    _ = try Program.run(["run", input.path, "--tumor-type", "LUAD", "--out", out.path])
    func table(_ name: String) throws -> Table {
      Table(try String(contentsOf: out.appending(path: name), encoding: .utf8))
    }
    return (try table("alterations.tsv"), try table("samples.tsv"))
  }

  @Test func `the two rows of one fusion are counted as two and are one alteration`() throws {
    let tables = try run(
      "Hugo_Symbol\tTumor_Sample_Barcode\tFusion\tFrame\nEML4\tS1\tEML4-ALK fusion\tin-frame\n"
        + "ALK\tS1\tEML4-ALK fusion\tin-frame\n")
    #expect(tables.alterations.rows.map { $0["alteration"] } == ["EML4::ALK"])
    let sample = try #require(tables.samples.rows.first)
    #expect(sample["rows_read"] == "2")
    #expect(sample["rows_matched"] == "2")
  }

  @Test(arguments: [["no", "yes"], ["yes", "no"]])
  func `of several breakpoints one that keeps the frame makes the fusion`(frames: [String]) throws {
    let rows = frames.map { "S1\tEML4\tALK\t\($0)\n" }.joined()
    let alterations = try run("sample\tgene5\tgene3\tin_frame\n" + rows).alterations
    #expect(alterations.rows.map { $0["class"] } == ["fusion_in_frame"])
    #expect(alterations.rows.map { $0["outcome"] } == ["matched"])
  }

  @Test func `a fusion out of frame matches no rule of a fusion`() throws {
    let alterations = try run("sample\tgene5\tgene3\tin_frame\nS1\tEML4\tALK\tno\n").alterations
    #expect(alterations.rows.map { $0["outcome"] } == ["no_rule"])
  }
}
