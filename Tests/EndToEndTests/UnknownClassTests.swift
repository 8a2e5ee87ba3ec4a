// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Rows whose class no list of terms holds, from the file to the tables.
struct UnknownClassTests {
  private static let maf = """
    Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short
    TP53\tRearrangement\tS1\tp.R175H
    RB1\tTelomere_Change\tS1\tp.R255*
    PTEN\tTelomere_Change\tS1\t
    KRAS\tMissense_Mutation\tS2\tp.G12D

    """

  @Test func `a class that is not known is named in the sample's message and by check, and its rows are kept`() throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "in.maf")
    try Self.maf.write(to: file, atomically: true, encoding: .utf8)
    let out = folder.appending(path: "out")
    #expect(
      try Program.run(["run", file.path, "--tumor-type", "LMS", "--out", out.path, "--formats", "tsv"]).status == 0)
    func table(_ name: String) throws -> Table {
      Table(try String(contentsOf: out.appending(path: name), encoding: .utf8))
    }
    let alterations = try table("alterations.tsv").rows.filter { $0["sample_id"] == "S1" }
    #expect(
      alterations.map { "\($0["gene"] ?? "") \($0["alteration"] ?? "") \($0["class"] ?? "")" } == [
        "TP53 p.R175H missense", "RB1 p.R255* nonsense", "PTEN unknown unknown",
      ])
    #expect(
      alterations.last?["reason"] == "class 'Telomere_Change' is not known, and no protein change is given")
    let messages = try table("samples.tsv").rows.map { "\($0["sample_id"] ?? ""): \($0["message"] ?? "")" }
    #expect(
      messages == [
        "S1: class not known: 'Telomere_Change' (2 rows), judged by the protein change", "S2: ",
      ])
    let check = try Program.run(["check", file.path])
    #expect(check.output.contains("class not known: 'Telomere_Change' (2 rows)"))
  }
}
