// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
import Alterations
import InputFormats
import TestSupport
import Testing

struct StructuralVariantReaderTests {
  private func read(_ cells: KeyValuePairs<String, String>) throws -> FileContent {
    let header = (["Sample_Id"] + cells.map(\.key)).joined(separator: "\t")
    return try readInput("\(header)\n" + (["S1"] + cells.map(\.value)).joined(separator: "\t") + "\n")
  }

  @Test(arguments: [
    // Which gene comes first depends on the ends that are joined and on the direction of both genes.
    (
      "3to3", "BRAF", "Intron of BRAF(-): 2Kb before exon 8", "AGK", "Intron of AGK(+): 14Kb after exon 2",
      "AGK|BRAF||5to3|"
    ),
    ("5to5", "KIF5B", "Intron of KIF5B(-): 2Kb before exon 16", "RET", "Exon 12 of RET(+)", "KIF5B|RET||5to3|"),
    ("5to3", "ROS1", "Intron of ROS1(-): 748bp before exon 34", "CD74", "Exon 7 of CD74(-)", "ROS1|CD74||5to3|"),
    ("3to5", "STK11", "Exon 3 of STK11(+)", "MIDN", "5-UTR of MIDN(+): 1Kb before coding start", "STK11|MIDN||5to3|"),
    // The symbols were swapped, the descriptions were not.
    (
      "3to5", "EZR", "Intron of ROS1(-): 794bp after exon 32", "ROS1", "Intron of EZR(-): 142bp after exon 9",
      "EZR|ROS1||5to3|"
    ),
    // Two 5-prime parts make nothing.
    ("3to3", "PBDC1", "IGR: 76Kb before PBDC1(+)", "FGFR3", "Exon 5 of FGFR3(+)", "PBDC1|FGFR3|||antisense"),
    // Without descriptions only one word tells.
    ("5to3", "ETV6", "", "NTRK3", "", "ETV6|NTRK3||5to3|"), ("3to5", "ETV6", "", "NTRK3", "", "ETV6|NTRK3|||"),
    ("3to3", "BRAF", "NA", "AGK", "NA", "BRAF|AGK|||"),
  ])
  func `the order of the partners comes from the joined ends and the genes' directions`(
    connection: String, first: String, firstSite: String, second: String, secondSite: String, statement: String
  ) throws {
    let content = try read([
      "Connection_Type": connection, "Site1_Hugo_Symbol": first, "Site1_Description": firstSite,
      "Site2_Hugo_Symbol": second, "Site2_Description": secondSite,
    ])
    #expect(content.statements == ["S1: \(statement)"])
  }

  @Test(arguments: [
    (
      "DELETION", "Intron of EGFR(+): 37Kb before exon 2", "Intron of EGFR(+): 500bp before exon 8", "exon 2-7 deletion"
    ),
    ("DELETION", "Intron of BRAF(-): 680bp after exon 8", "Intron of BRAF(-): 5Kb after exon 2", "exon 3-8 deletion"),
    ("DELETION", "Intron of MET(+): 9bp after exon 13", "Intron of MET(+): 5bp before exon 15", "exon 14 deletion"),
    ("INVERSION", "Intron of EGFR(+): 37Kb before exon 2", "Intron of EGFR(+): 500bp before exon 8", ""),
    (
      "DELETION", "Intron of EGFR(+): 37Kb after exon 9223372036854775807", "Intron of EGFR(+): 500bp before exon 8", ""
    ),
    ("DELETION", "Exon 5 of STK11(+)", "Intron of STK11(+): 244bp before exon 8", ""),
    ("DELETION", "Intron of TP53(-): 2bp after exon 4", "Intron of TP53(-): 9bp before exon 5", ""),
  ])
  func `a deletion inside a gene tells the exons that are gone`(
    kind: String, first: String, second: String, effect: String
  ) throws {
    let content = try read([
      "Site1_Hugo_Symbol": "EGFR", "Site1_Description": first, "Site2_Hugo_Symbol": "EGFR",
      "Site2_Description": second, "Class": kind, "Event_Info": "EGFR-intragenic",
    ])
    #expect(content.statements == ["S1: EGFR|EGFR|EGFR-intragenic||\(effect)"])
  }

  @Test func `two joined exons of one gene in RNA are a deletion though the row says fusion`() throws {
    let content = try read([
      "Site1_Hugo_Symbol": "EGFR", "Site1_Region": "EXON", "Site1_Region_Number": "1", "Site2_Hugo_Symbol": "EGFR",
      "Site2_Region": "EXON", "Site2_Region_Number": "8", "RNA_Support": "yes", "Event_Info": "Fusion", "Class": "NA",
      "Annotation": "EGFR-EGFR.E1E8.DelPositive",
    ])
    #expect(content.statements == ["S1: EGFR|EGFR|EGFR-EGFR.E1E8.DelPositive||exon 2-7 deletion"])
  }

  @Test func `one site is enough, none is not`() throws {
    let content = try readInput(
      "Sample_Id\tSV_Status\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tSite2_Effect_On_Frame\tEvent_Info\n"
        + "S1\tGERMLINE\t\tTTN\t\tFusion\nS1\tSOMATIC\tNKX2-1\tHLA-A\t in frame \tFusion\nS1\tSOMATIC\tNA\t\t\tFusion\n"
        + "\tSOMATIC\tALK\tEML4\t\tFusion\n")
    #expect(content.statements == ["S1: |TTN|Fusion||", "S1: NKX2-1|HLA-A|Fusion||in frame"])
    #expect(
      content.batches.first.map { batch in batch.records.map { $0.status(in: batch) } } == ["GERMLINE", "SOMATIC"])
    #expect(content.rejected.map(\.line) == [4, 5])
    #expect(content.counts.read == 4)
  }

  @Test func `the form of the OncoKB annotator is the same with fewer columns`() throws {
    let content = try readInput(
      "Tumor_Sample_Barcode\tGeneA\tGeneB\tSv_Type\nS1\tALK\tEML4\tFUSION\nS1\tEGFR\tEGFR\tDELETION\n")
    #expect(content.statements == ["S1: ALK|EML4|||", "S1: EGFR|EGFR|DELETION||"])
  }
}
