// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import InputFormats

/// A row that a reader does not look at keeps its line and the reason where rows are traced.
struct RowsSetAsideTests {
  private static let maf = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tFILTER\n"
  private static let texts: [(name: String, text: String, lines: [Int32])] = [
    (
      "MAF", maf + "KRAS\tMissense_Mutation\tS\tp.G12D\tPASS\nKRAS\tIntron\tS\t\tPASS\nKIT\tSilent\tS\t\tweak\n",
      [3, 4]
    ),
    ("calls", "SAMPLE_ID\tHUGO_SYMBOL\tCOPY_NUMBER_ALTERATION\nS\tERBB2\t2\nS\tMET\t\n", [3]),
    ("copies", "sample_id\tgene\tcopy_number\nS\tERBB2\t9\nS\tMET\t\n", [3]),
    (
      "segments", "sample\tchromosome\tstart\tend\ttotal_cn\nS\t1\t10\t20\t4\nS\t1\t30\t40\t\n", [3]
    ),
    (
      "structural variants",
      "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tEvent_Info\tSV_Status\tfilter\nS\tEML4\tALK\tx\tSOMATIC\tPASS\nS\tEML4\tALK\tx\tSOMATIC\tLowQual\n",
      [3]
    ),
    ("fusions", "sample_id\tgene1\tgene2\tfilter\nS\tEML4\tALK\tPASS\nS\tCD74\tROS1\tlow_support\n", [3]),
    ("mutations", "sample\tgene\tprotein_change\tfilter\nS\tKRAS\tp.G12D\tPASS\nS\tKIT\tp.V559D\tweak\n", [3]),
    ("biomarkers", "sample_id\tbiomarker\tvalue\nS\tMSI\tMSI-H\nS\tTMB\t\n", [3]),
    (
      "ANNOVAR",
      "Chr\tStart\tEnd\tRef\tAlt\tFunc.refGene\tGene.refGene\tExonicFunc.refGene\tAAChange.refGene\n12\t1\t1\tC\tT\texonic\tKRAS\tnonsynonymous SNV\tKRAS:NM_004985:exon2:c.G35A:p.G12D\n12\t2\t2\tC\tT\tintronic\tKRAS\t.\t.\n",
      [3]
    ),
    (
      "MOAlmanac",
      "feature_type\tfeature\talteration_type\talteration\nSomatic Variant\tKRAS\tMissense\tp.G12D\nSomatic Variant\tKIT\tIntron\t\n",
      [3]
    ),
  ]

  @Test(arguments: texts.map(\.name)) func `each row that is counted as filtered has its line`(name: String) throws {
    let (_, text, lines) = try #require(Self.texts.first { $0.name == name })
    let bytes = Array(text.utf8)
    let opened = try OpenedInput(bytes.span, path: "x.txt")
    let traced = opened.readAll(bytes.span, tracesRows: true)
    let plain = opened.readAll(bytes.span)
    #expect(traced.counts == plain.counts && traced.filteredReasons == plain.filteredReasons)
    let aside = traced.batches.flatMap(\.setAside)
    #expect(aside.map(\.line) == lines, "\(traced.filteredReasons)")
    #expect(aside.count == traced.counts.filtered && aside.allSatisfy { !$0.reason.isEmpty })
    #expect(plain.batches.allSatisfy { $0.setAside.isEmpty })
  }

  @Test func `a column that was not filled sets no row aside, and one that was sets aside the row that it speaks of`()
    throws
  {
    let rows = (0..<12).map { "KRAS\tMissense_Mutation\tS\tp.G\($0 + 1)D\t\($0 == 4 ? 0 : 30)\n" }.joined()
    let text = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count\n" + rows
    let bytes = Array(text.utf8)
    let content = try OpenedInput(bytes.span, path: "x.maf").readAll(bytes.span, tracesRows: true)
    let aside = content.batches.flatMap(\.setAside)
    #expect(aside.map(\.line) == (content.counts.filtered == 1 ? [6] : []))
    #expect(aside.count == content.counts.filtered)
  }
}
