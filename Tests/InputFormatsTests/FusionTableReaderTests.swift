// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
import Alterations
import Foundation
import Gzip
import InputFormats
import TestSupport
import Testing

struct FusionTableReaderTests {
  private static let arriba =
    "#gene1\tgene2\tstrand1(gene/fusion)\tstrand2(gene/fusion)\tbreakpoint1\tbreakpoint2\tsite1\tsite2\ttype\t"
    + "confidence\treading_frame"

  @Test(arguments: [
    // The neighbors of a breakpoint between genes stand with their distance.
    (
      "PTEN\tMED6P1(310),Y_RNA(92)\t+/+\t./+\t10:1\t10:2\tCDS\tintergenic\tdeletion\thigh\tout-of-frame",
      ": PTEN|MED6P1(310),Y_RNA(92)||5to3|out-of-frame"
    ),
    ("BCR\tABL1\t+/+\t+/+\t22:1\t9:2\tCDS\tCDS\ttranslocation\thigh\tin-frame", ": BCR|ABL1||5to3|in-frame"),
    ("BCR\tABL1\t+/+\t+/+\t22:1\t9:2\tCDS\tCDS\ttranslocation\tmedium\t.", ": BCR|ABL1||5to3|"),
    ("BCR\tABL1\t+/+\t+/+\t22:1\t9:2\tCDS\tCDS\ttranslocation\thigh\tstop-codon", ": BCR|ABL1||5to3|stop-codon"),
    // Two 5-prime ends make no common protein, whatever the frame says.
    ("BCR\tABL1\t+/+\t+/-\t22:1\t9:2\tCDS\tCDS\tinversion/5'-5'\thigh\t.", ": BCR|ABL1||5to3|antisense"),
    // A duplication inside a gene is no fusion.
    (
      "FLT3\tFLT3\t-/-\t-/-\t13:1\t13:2\tCDS\tCDS\tduplication/ITD\thigh\tin-frame",
      ": FLT3|FLT3|duplication/ITD|5to3|in-frame"
    ),
    (".\tALK\t./+\t-/-\t2:1\t2:2\tintergenic\tCDS\tinversion\thigh\t.", ": v|ALK||5to3|"),
  ])
  func `Arriba's header begins with a hash, and its rows are ordered`(row: String, statement: String) throws {
    let content = try readInput("\(Self.arriba)\r\n\(row)\r\n")
    #expect(content.format == "fusions (Arriba)")
    #expect(content.statements == [statement])
  }

  @Test func `the first Arriba had its columns in another order`() throws {
    let content = try readInput(
      "#gene1\tgene2\tbreakpoint1\tbreakpoint2\ttype\tdirection1\tdirection2\tconfidence\tfilters\treading_frame\n"
        + "EML4\tALK\t2:1\t2:2\tinversion\tdownstream\tdownstream\thigh\t.\tin-frame\n")
    #expect(content.statements == [": EML4|ALK||5to3|in-frame"])
  }

  @Test func `a fusion of low confidence, or between genes at both ends, is counted and not looked at`() throws {
    let content = try readInput(
      "\(Self.arriba)\nBCR\tABL1\t.\t.\t22:1\t9:2\t.\t.\ttranslocation\tlow\tin-frame\n"
        + "A(1),B(2)\tC(3)\t.\t.\t22:1\t9:2\t.\t.\ttranslocation\thigh\t.\n")
    #expect(content.filteredReasons == ["low confidence": 1, "no gene at either breakpoint": 1])
    #expect(content.counts.read == 2)
    #expect(content.counts.filtered == 2)
  }

  @Test func `where STAR-Fusion's name and genes disagree the genes are believed and the file is remarked on`() throws {
    let content = try readInput(
      "#FusionName\tJunctionReads\tLeftGene\tLeftBreakpoint\tRightGene\tRightBreakpoint\tPROT_FUSION_TYPE\n"
        + "EML4--ALK\t9\tCD2AP^ENSG00000198087.7\t6:1:+\tC11orf80^ENSG00000173715.11\t11:2:+\tINFRAME\t\n"
        + "RP11-9L18.2--FLI1\t9\tRP11-9L18.2^ENSG1\t6:1:+\tFLI1^ENSG2\t11:2:+\tFRAMESHIFT\n"
        + "TPM3--NTRK1\t9\tTPM3^ENSG1\t1:1:-\tNTRK1^ENSG2\t1:2:+\t.\n")
    #expect(
      content.statements == [
        ": CD2AP|C11orf80||5to3|in-frame", ": RP11-9L18.2|FLI1|RP11-9L18.2--FLI1|5to3|out-of-frame",
        ": TPM3|NTRK1|TPM3--NTRK1|5to3|",
      ])
    #expect(content.remarks.count == 1)
    #expect(content.remarks.first?.contains("line 2: 'EML4--ALK' beside CD2AP and C11orf80") == true)
  }

  @Test(arguments: [
    ("fusion_name\tLeftGene\tRightGene\tsample_id", "EML4--ALK\tEML4^E1\tALK^E2\tS1"),
    ("DepMap_ID,FusionName,JunctionReadCount,LeftGene,RightGene", "S1,EML4--ALK,5,EML4 (ENSG1),ALK (ENSG2)"),
  ])
  func `STAR-Fusion's tables of a cohort are split by sample`(header: String, row: String) throws {
    let content = try readInput("\(header)\n\(row)\n\(row.replacingOccurrences(of: "S1", with: "NA"))\n")
    #expect(content.statements == ["S1: EML4|ALK|EML4--ALK|5to3|"])
    #expect(content.rejected.map(\.problem) == ["is empty (the row belongs to no sample)"])
    #expect(content.counts.read == 2)
  }

  @Test(arguments: [
    ("CDS(truncated)/UTR", ""), ("intronic/intronic", ""), ("out-of-frame", "out-of-frame"), ("in-frame", "in-frame"),
  ])
  func `FusionCatcher's effect is a frame only where it says so`(effect: String, frame: String) throws {
    let content = try readInput(
      "Gene_1_symbol(5end_fusion_partner)\tGene_2_symbol(3end_fusion_partner)\tFusion_description\tPredicted_effect\n"
        + "CCDC6\tRET\tknown\t\(effect)\n")
    #expect(content.format == "fusions (FusionCatcher)")
    #expect(content.statements == [": CCDC6|RET||5to3|\(frame)"])
  }

  @Test func `JAFFA orders the partners only where the frame is kept`() throws {
    let header = "\"sample\",\"fusion genes\",\"gap (kb)\",\"inframe\",\"classification\",\"known\"\n"
    let content = try readInput(
      header + "\"S1\",\"EML4:ALK\",Inf,TRUE,\"HighConfidence\",\"Yes\"\n"
        + "\"S1\",\"ALK:AC090627.1\",1,FALSE,\"MediumConfidence\",\"-\"\n"
        + "\"S2\",\"RET:CCDC6\",1,NA,\"HighConfidence\",\"-\"\n\"S2\",\"A:B\",1,NA,\"LowConfidence\",\"-\"\n"
        + "\"S2\",\"A:B\",1,NA,\"PotentialRegularTranscript\",\"-\"\n")
    #expect(
      content.statements == [
        "S1: EML4|ALK|EML4:ALK|5to3|in-frame", "S1: ALK|AC090627.1|ALK:AC090627.1||out-of-frame",
        "S2: RET|CCDC6|RET:CCDC6||",
      ])
    #expect(content.filteredReasons == ["low confidence": 1, "no rearrangement, as classified": 1])
  }

  @Test func `EricScript's total table is cut at a score of 0.5 and by its blacklist`() throws {
    let content = try readInput(
      "GeneName1\tGeneName2\tfusiontype\tBlacklist\tEricScore\nEML4\tALK\tintra-chromosomal\t\t0.91\n"
        + "A\tB\tRead-Through\t\t0.49\nC\tD\tRead-Through\tFrequency: 0.03\t0.9\n")
    #expect(content.statements == [": EML4|ALK||5to3|"])
    #expect(content.filteredReasons == ["low confidence": 1, "blacklisted by the caller": 1])
  }

  @Test func `LINX names the exons that an event inside a gene takes away`() throws {
    let header = "name\treported\tphased\tfusedExonUp\tfusedExonDown\tgeneStart\tgeneEnd\n"
    let content = try readInput(
      header + "EGFR_EGFR\ttrue\tINFRAME\t1\t8\tEGFR\tEGFR\nTMPRSS2_ERG\ttrue\tSKIPPED_EXONS\t1\t4\tTMPRSS2\tERG\n"
        + "CCDC6_RET\ttrue\tOUT_OF_FRAME\t1\t12\tCCDC6\tRET\nDMD_DMD\tfalse\tINFRAME\t67\t70\tDMD\tDMD\n")
    #expect(
      content.statements == [
        ": EGFR|EGFR|EGFR_EGFR|5to3|exon 2-7 deletion", ": TMPRSS2|ERG|TMPRSS2_ERG|5to3|",
        ": CCDC6|RET|CCDC6_RET|5to3|out-of-frame",
      ])
    #expect(content.filteredReasons == ["not reported by the caller": 1])
  }

  @Test func `PCGR's names are not ordered and may lack a partner`() throws {
    let content = try readInput(
      "FusionGene\tLeftBreakpoint\tRightBreakpoint\tSplitReads\nNTRK1--TPM3\t1:1\t1:2\t5\n--ALK\t2:1\t2:2\t5\n"
        + "FGFR2--\t10:1\t3:2\t5\n")
    #expect(content.statements == [": NTRK1|TPM3|NTRK1--TPM3||", ": v|ALK|--ALK||", ": FGFR2|v|FGFR2--||"])
  }

  @Test(arguments: [
    ("EML4\tEML4-ALK fusion\tin-frame", "EML4|ALK|EML4-ALK fusion||in-frame"),
    ("ALK\tEML4-ALK fusion - Archer\tin-frame", "EML4|ALK|EML4-ALK fusion - Archer||in-frame"),
    ("NKX2-1\tHLA-A-NKX2-1 fusion\t", "HLA-A|NKX2-1|HLA-A-NKX2-1 fusion||"),
    ("ALK\tProtein fusion: in frame (EML4-ALK)\t", "EML4|ALK|Protein fusion: in frame (EML4-ALK)||"),
    ("EGFR\tEGFR-intragenic\tunknown", "EGFR|EGFR|EGFR-intragenic||"),
    ("EGFR\tEGFR-vIII\tunknown", "EGFR|EGFR|EGFR-vIII||"), ("EGFR\tEGFRvIII\t", "EGFR||EGFRvIII||"),
    ("NTRK1\tNTRK1-intergenic\tunknown", "NTRK1|v|NTRK1-intergenic||"), ("ROS1\tFusion\tNA", "ROS1||Fusion||"),
    ("ROS1\t\tNA", "ROS1||fusion||"),
  ])
  func `an old cBioPortal table has a row for each gene of a fusion`(row: String, statement: String) throws {
    let content = try readInput(
      "Hugo_Symbol\tTumor_Sample_Barcode\tFusion\tFrame\n"
        + row.split(separator: "\t", maxSplits: 1).joined(separator: "\tS1\t") + "\n")
    #expect(content.format == "fusions (old cBioPortal)")
    #expect(content.statements == ["S1: \(statement)"])
  }

  @Test(arguments: [
    ("MLL2-intragenic", "MLL2|MLL2|MLL2-intragenic||"), ("ALK-EML4", "||ALK-EML4||"),
    ("ETV6-RUNX1 fusion", "||ETV6-RUNX1 fusion||"), ("EML4::ALK", "EML4|ALK|EML4::ALK||"),
  ])
  func `a sample and a name are enough`(name: String, statement: String) throws {
    #expect(try readInput("Tumor_Sample_Barcode\tFusion\nS1\t\(name)\n").statements == ["S1: \(statement)"])
    // A panel matrix may be as narrow as this, but it names panels for mutations.
    #expect(try readInput("SAMPLE_ID\tFusion\nS1\t\(name)\n").statements == ["S1: \(statement)"])
  }

  @Test func `genes of cell lines are not ordered`() throws {
    let content = try readInput("feature\tpartner\twhich_match\tmodel_id\nERG\tEWSR1\tEWSR1\tSIDM1\n")
    #expect(content.statements == ["SIDM1: ERG|EWSR1|||"])
  }

  @Test(arguments: [
    ("gene5\tgene3", "EML4\tALK", "EML4|ALK||5to3|"), ("gene_5prime,gene_3prime", "EML4,ALK", "EML4|ALK||5to3|"),
    ("5' gene\t3' gene\tin_frame", "EML4\tALK\tno", "EML4|ALK||5to3|out-of-frame"),
    ("gene1\tgene2", "ALK\tEML4", "ALK|EML4|||"),
    ("Gene_A\tGene_B\tframe", "ALK\tEML4\tin frame", "ALK|EML4|||in-frame"),
    ("fusion", "EML4--ALK", "EML4|ALK|EML4--ALK||"), ("fusion_gene\treads", "EML4-ALK\t9", "||EML4-ALK||"),
  ])
  func `tables made by hand are understood by their columns`(header: String, row: String, statement: String) throws {
    let content = try readInput("\(header)\n\(row)\n")
    #expect(content.format == "fusions (table)")
    #expect(content.statements == [": \(statement)"])
  }

  @Test(arguments: [
    "gene1\tgene2\tpValue\toddsRatio", "fusion\ttherapy", "sample_id\tONCOTREE_CODE\tfusion", "gene1\tgene2\tdrug",
    "sample\tgene\tprotein_change\tfusion",
  ])
  func `other tables with such columns are not taken for fusions`(header: String) throws {
    #expect(try !readInput("\(header)\na\tb\tc\td\n").format.hasPrefix("fusions"))
  }

  @Test func `a row that names nothing, or fails its filter, is told`() throws {
    let content = try readInput("gene5\tgene3\tsample\tfilter\n.\t.\tS1\tPASS\nEML4\tALK\tS1\tlow_reads\n")
    #expect(
      content.rejected.map(\.description) == ["input.txt:2: gene5 is empty (name the gene or genes of the fusion)"])
    #expect(content.filteredReasons == ["FILTER not PASS": 1])
    #expect(content.counts.read == 2)
  }

  @Test func `a table without rows is a fusion assay without findings`() throws {
    let content = try readInput(Self.arriba)
    #expect(content.assays == [.fusions])
    #expect(content.batches.isEmpty)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: [
      ("fusion/arriba_hcc1395_fusions.tsv.gz", "Arriba", 181, 78), ("fusion/arriba_test_BCR-ABL1.tsv", "Arriba", 1, 0),
      ("fusion/ericscript_SRR1657556.results.total.tsv", "EricScript", 10, 5),
      ("fusion/fusioncatcher_833ke_final-list-candidate-fusion-genes.txt", "FusionCatcher", 7, 0),
      ("fusion/jaffa_results.csv", "JAFFA", 24, 2),
      ("fusion/star-fusion.fusion_candidates.final.abridged.txt", "STAR-Fusion", 11, 0),
      ("fusion/star-fusion.fusion_predictions.abridged.annotated.coding_effect.tsv", "STAR-Fusion", 3, 0),
      ("fusion/starfusion_kickstart.final.abridged", "STAR-Fusion", 24, 0),
      ("moalmanac_example/example_patient.rna.star.fusions.txt.gz", "STAR-Fusion", 178, 0),
      ("pcgr_example/T001-BRCA.grch37.fusions.tsv", "PCGR", 13, 0),
      ("pcgr_example/T001-BRCA.grch38.fusions.tsv", "PCGR", 9, 0),
      ("hmf_orange/tumor_sample.linx.fusion.tsv", "LINX", 12, 12),
      ("oncokb_annotator_example/example_fusions.txt", "table", 7, 0),
      ("cell_lines/sarcoma_lines.dev.fusions.tsv.gz", "cell lines", 222, 0),
    ])
  func `every row of a real file has a fate`(file: String, caller: String, rows: Int, filtered: Int) throws {
    let folder = try #require(SharedData.folder)
    var text = Array(try Data(contentsOf: folder.appending(path: file)))
    if Gunzip.isGzip(text.span) {
      let packed = text
      text = []
      try Gunzip().unpack(packed.span, into: &text, limit: 1 << 30)
    }
    let content = try readInput(text)
    #expect(content.format == "fusions (\(caller))")
    #expect(content.counts.read == rows)
    #expect(content.counts.filtered == filtered)
    #expect(content.rejected.isEmpty)
    #expect(content.batches.reduce(0) { $0 + $1.records.count } + filtered == rows)
  }
}
