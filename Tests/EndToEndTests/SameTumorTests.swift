// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// One tumor in three forms: as a MAF, as a VCF annotated by VEP, and in words.
struct SameTumorTests {
  private static let maf = """
    Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tHGVSc
    EGFR\tMissense_Mutation\tT1\tp.L858R\tc.2573T>G
    EGFR\tMissense_Mutation\tT1\tp.T790M\tc.2369C>T
    PIK3CA\tMissense_Mutation\tT1\tp.H1047R\tc.3140A>G
    TP53\tNonsense_Mutation\tT1\tp.R213*\tc.637C>T

    """

  private static let vcf = """
    ##fileformat=VCFv4.2
    ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|BIOTYPE|HGVSc|HGVSp|PICK">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1
    7\t55259515\t.\tT\tG\t.\tPASS\tCSQ=G|missense_variant|EGFR|protein_coding|ENST1.1:c.2573T>G|ENSP1.1:p.Leu858Arg|1\tGT\t0/1
    7\t55249071\t.\tC\tT\t.\tPASS\tCSQ=T|missense_variant|EGFR|protein_coding|ENST1.1:c.2369C>T|ENSP1.1:p.Thr790Met|1\tGT\t0/1
    3\t178952085\t.\tA\tG\t.\tPASS\tCSQ=G|missense_variant|PIK3CA|protein_coding|ENST2.1:c.3140A>G|ENSP2.1:p.His1047Arg|1\tGT\t0/1
    17\t7578212\t.\tG\tA\t.\tPASS\tCSQ=A|stop_gained|TP53|protein_coding|ENST3.1:c.637C>T|ENSP3.1:p.Arg213Ter|1\tGT\t0/1

    """

  private static let columns = [
    "tumor_type", "gene", "alteration", "therapy", "direction", "level", "tier", "escat", "proximity", "rung",
    "verdict", "condition", "rule_id", "more_support",
  ]

  private func matches(_ text: String) -> Set<[String]> {
    Set(Table(text).rows.map { row in Self.columns.map { row[$0] ?? "" } })
  }

  private func run(_ text: String, named name: String) throws -> Set<[String]> {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    let out = folder.appending(path: "out")
    let outcome = try Program.run([
      "run", folder.appending(path: name).path, "--out", out.path, "--tumor-type", "LUAD", "--no-sample-files",
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return matches(try String(contentsOf: out.appending(path: "therapies.tsv"), encoding: .utf8))
  }

  @Test("a tumor as MAF, as VCF and in words gives the same matches")
  func same() throws {
    let words = try Program.run([
      "query", "--tumor-type", "LUAD", "EGFR L858R", "EGFR p.Thr790Met", "PIK3CA H1047R", "TP53 R213X",
    ])
    let asked = matches(words.output)
    #expect(asked.count > 40)
    #expect(try run(Self.maf, named: "t.maf") == asked)
    #expect(try run(Self.vcf, named: "t.vcf") == asked)
  }
}
