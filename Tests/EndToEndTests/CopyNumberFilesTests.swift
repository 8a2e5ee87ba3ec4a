// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Tables of copies from file to report.
struct CopyNumberFilesTests {
  private struct Output {
    let alterations: Table
    let samples: Table
    let manifest: String
  }

  private func run(_ files: [String: String]) throws -> Output {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "in/S1")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: input.appending(path: name)) }
    let out = folder.appending(path: "out")
    _ = try Program.run(["run", folder.appending(path: "in").path, "--tumor-type", "LMS", "--out", out.path])
    func text(_ name: String) throws -> String {
      try String(contentsOf: out.appending(path: name), encoding: .utf8)
    }
    return Output(
      alterations: Table(try text("alterations.tsv")), samples: Table(try text("samples.tsv")),
      manifest: try text("run.json"))
  }

  private static let copies =
    "chromosome\tstart\tend\tgene\tminCopyNumber\tmaxCopyNumber\n12\t1\t2\tCDK4\t7.02\t7.4\n10\t1\t2\tPTEN\t0.1\t4\n"
  private static let purity = "purity\tploidy\tstatus\tmsStatus\ttmbPerMb\n0.63\t4.0\tNORMAL\tMSS\t3.1\n"

  @Test func `copies are weighed by the ploidy that another file of the sample states`() throws {
    let alone = try run(["copies.tsv": Self.copies]).alterations
    #expect(alone.rows(where: ["gene": "CDK4"]).map { $0["alteration"] } == ["AMP"])
    let weighed = try run(["copies.tsv": Self.copies, "purity.tsv": Self.purity]).alterations
    #expect(weighed.rows(where: ["gene": "CDK4"]).map { $0["alteration"] } == ["GAIN"])
    #expect(weighed.rows(where: ["gene": "CDK4"]).map { $0["copy_number"] } == ["7.02"])
    #expect(weighed.rows(where: ["gene": "PTEN"]).map { $0["alteration"] } == ["HOMDEL"])
  }

  @Test func `what the sheet says of the ploidy goes before the tool's estimate`() throws {
    let output = try run([
      "copies.tsv": Self.copies, "purity.tsv": Self.purity, "sheet.tsv": "sample_id\ttumor_type\tploidy\nS1\tLMS\t2\n",
    ])
    #expect(output.alterations.rows(where: ["gene": "CDK4"]).map { $0["alteration"] } == ["AMP"])
  }

  @Test func `a refused file is named with its remedy and its assay is not counted as seen`() throws {
    let output = try run([
      "S1.maf": "Hugo_Symbol\tTumor_Sample_Barcode\tHGVSp_Short\nKIT\tS1\tp.D816V\n",
      "S1.seg": "ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean\nS1\t4\t1\t9\t5\t1.4\n",
      "S1.cns": "chromosome\tstart\tend\tgene\tlog2\n4\t1\t9\tKIT\t1.4\n",
    ])
    let sample = try #require(output.samples.rows.first)
    #expect(sample["status"] == "reported")
    #expect(sample["assays_seen"] == "mutations")
    #expect(sample["assays_missing"]?.contains("copy_number") == true)
    #expect(sample["message"]?.contains("cnvkit.py segment") == true)
    #expect(sample["message"]?.contains("purity and ploidy of the sample are not both known") == true)
    #expect(output.manifest.contains("holds log2 ratios of bins"))
  }
}
