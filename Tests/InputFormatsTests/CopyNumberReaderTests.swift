// SPDX-License-Identifier: Apache-2.0
import Alterations
internal import DelimitedText
import Foundation
import Gzip
import InputFormats
import TestSupport
import Testing

struct CopyNumberMatrixTests {
  private static let header = "Hugo_Symbol\tEntrez_Gene_Id\tS1\tS2"

  @Test(arguments: [
    // Integers in the first rows do not make ratios calls; a log2 ratio of 2 is no amplification by the call +2.
    ["CDK4\t1019\t2\t0", "PTEN\t5728\t-2\t1", "RB1\t5925\t0.35\t0"],
    ["CDK4\t1019\t2\t-0.005"],
    // Copies: 2 is normal, and nothing but the 5 tells.
    ["CDK4\t1019\t2\t2", "PTEN\t5728\t2\t5"],
    ["CDK4\t1019\t1.5\t0"],
    ["CDK4\t1019\tNA\tNA", "PTEN\t5728\t-1.293\t-2"],
  ])
  func `a number that no call is written as makes the whole matrix one without calls`(rows: [String]) throws {
    let content = try readInput(([Self.header] + rows).joined(separator: "\n") + "\n")
    #expect(content.statements.isEmpty)
    #expect(content.batches.isEmpty)
    #expect(content.counts == RowCounts())
    #expect(content.refused?.isCohort == true)
    #expect(content.refusal.contains("in line \(rows.count + 1)"))
    #expect(content.refusal.contains("all_thresholded.by_genes"))
  }

  @Test func `a refused matrix of one sample still names the sample`() throws {
    let content = try readInput("Hugo_Symbol\tS1\nCDK4\t0\nPTEN\t-0.4\n")
    #expect(content.refusal.contains("-0.4 in line 3"))
    #expect(content.refused?.isCohort == false)
    #expect(content.kind.sampleIDs == ["S1"])
  }

  @Test func `a word that is no call is for its row, not for the matrix`() throws {
    let content = try readInput("\(Self.header)\nCDK4\t1019\tAMP\t#REF!\nPTEN\t5728\t-2.0\t+1\n")
    #expect(content.refusal.isEmpty)
    #expect(content.statements == ["S1: CDK4||AMP||", "S1: PTEN||-2.0||", "S2: CDK4||#REF!||", "S2: PTEN||+1||"])
  }

  @Test(arguments: [
    // R makes names of columns: dots for spaces and hyphens.
    ("Gene.Symbol\tLocus.ID\tCytoband\tTCGA.OR.A5J1.01A.11D.A29H.01", "TCGA-OR-A5J1-01A-11D-A29H-01"),
    ("Gene Symbol\tGene ID\tCytoband\tTCGA-OR-A5J1-01A", "TCGA-OR-A5J1-01A"),
    ("Gene Symbol\tLocus ID\tCytoband\tlab.7.a", "lab.7.a"),
  ])
  func `GISTIC's dialects name the sample`(header: String, sample: String) throws {
    let content = try readInput("\(header)\nMIR1|chr1\t1\t1p1\t-1\nCDK4|ENSG1\t2\t12q\t2\n")
    #expect(content.statements == ["\(sample): MIR1|chr1||-1||", "\(sample): CDK4|ENSG1||2||"])
  }

  @Test func `a row without a gene is rejected once and counted for each sample`() throws {
    let content = try readInput("\(Self.header)\n\t\t2\t0\nPTEN\t5728\t0\t-1\n")
    #expect(content.rejected.map(\.line) == [2])
    #expect(content.batches.map(\.counts.read) == [2, 2])
    #expect(content.batches.map(\.counts.rejected) == [1, 1])
  }

  @Test func `a gene that was not assayed is no row of the sample`() throws {
    let content = try readInput("\(Self.header)\nPTEN\t5728\tNA\t-2\n")
    #expect(content.batches.map(\.counts.read) == [0, 1])
  }

  @Test func `commas separate as well as tabs`() throws {
    let content = try readInput("Hugo_Symbol,S1,S2\nCDK4,2,0\n")
    #expect(content.statements == ["S1: CDK4||2||", "S2: CDK4||0||"])
  }
}

struct LongCopyNumberTests {
  @Test(arguments: [
    ("Tumor_Sample_Barcode\tHugo_Symbol\tCopy_Number_Alteration", "S1\tMET\tDeepDel", "S1: MET||DeepDel||"),
    ("gene\tcall", "BLM\tWild type", ": BLM||Wild type||"),
    ("Sample,Gene,CNV_Class", "S1,MET,amplification", "S1: MET||amplification||"),
    ("model_id\tsymbol\tcn_call", "L1\tMET\tGain", "L1: MET||Gain||"),
    ("sample_id\tgene_name\tcopy_number_call", "S1\tMET\t-1.5", "S1: MET||-1.5||"),
    ("Hugo_Symbol\tEntrez_Gene_Id\tSample_Id\tValue\tcbp_driver", "AKT2|TEST\t208\tS1\t2", "S1: AKT2|TEST||2||"),
  ])
  func `a table with a column of calls is read`(header: String, row: String, statement: String) throws {
    let content = try readInput("\(header)\n\(row)\n")
    #expect(content.format == "copy number (one call per row)")
    #expect(content.statements == [statement])
  }

  @Test(arguments: [
    "gene\tprotein_change\tsample_id\tcall", "Hugo_Symbol\tHGVSp_Short\tTumor_Sample_Barcode\tcn_call",
    "sample_id\tgene\tprotein_change\tvaf\tcopy_number", "gene\tsample_id\taa_change\ttotal_cn",
  ])
  func `a table of mutations with copies beside them stays one of mutations`(header: String) throws {
    let content = try readInput("\(header)\nKIT\tp.D816V\tS1\t2\t2\n")
    #expect(content.assays == [.mutations])
    #expect(content.records.map(\.kind) == [.mutation])
  }

  @Test(arguments: [
    ("S1\t\t2", "Hugo_Symbol", "name the gene"), ("\tMET\t2", "Tumor_Sample_Barcode", "belongs to no sample"),
    ("S1\tMET", "", "2 of 3 columns"),
  ])
  func `a row that lacks what it needs is rejected with its line`(row: String, column: String, words: String) throws {
    let content = try readInput("Tumor_Sample_Barcode\tHugo_Symbol\tCopy_Number_Alteration\n\(row)\nS1\tKIT\t2\n")
    let error = try #require(content.rejected.first)
    #expect(error.line == 2)
    #expect(error.column == column)
    #expect(error.problem.contains(words))
    #expect(content.statements == ["S1: KIT||2||"])
    #expect(content.counts.read == 2)
  }
}

struct GeneCopiesTests {
  @Test(arguments: [
    // CNVkit lists the genes of a segment; a stretch between genes has none.
    (
      "chromosome\tstart\tend\tgene\tlog2\tcn\tdepth", "chr12\t1\t2\tCDK4,MDM2\t2.4\t11\t900",
      [": CDK4||11||copies", ": MDM2||11||copies"]
    ),
    ("chromosome\tstart\tend\tgene\tlog2\tcn", "chr12\t1\t2\tAntitarget,-\t2.4\t11", []),
    ("gene\tchromosome\tstart\tend\tlog2\tcn", "KIT\tchr4\t1\t2\t1.1\t4", [": KIT||4||copies"]),
    ("gene\tlog2\tcn\tcn1\tcn2", "TP53\t0\t2\t2\t0", [": TP53||2|LOH|copies"]),
    (
      "chromosome\tstart\tend\tgene\tminCopyNumber\tmaxCopyNumber\tminMinorAlleleCopyNumber",
      "10\t1\t2\tPTEN\t1.99\t2.02\t0.01", [": PTEN||1.99|LOH|copies"]
    ),
    // The copies of the two alleles add up.
    ("sample\tgene\tnMajor\tnMinor", "S1\tERBB2\t21\t1", ["S1: ERBB2||22||copies"]),
    (
      "sample\tgenes\tmajor_cn\tminor_cn", "S1\tKIT; PDGFRA\t7.5\t0.8",
      ["S1: KIT||8.3||copies", "S1: PDGFRA||8.3||copies"]
    ),
    // A word in a column of copies is a call.
    ("sample_id\tgene\tcopy_number", "S1\tERBB2\tamplified", ["S1: ERBB2||amplified||"]),
    ("gene_id\tgene_name\tcopy_number\tmin_copy_number", "ENSG1\tCDK4\t14\t14", [": CDK4||14||copies"]),
  ])
  func `copies are kept as written`(header: String, row: String, statements: [String]) throws {
    let content = try readInput("\(header)\n\(row)\n")
    #expect(content.statements == statements)
    #expect(content.counts.read == max(1, statements.count))
    #expect(content.counts.filtered == (statements.isEmpty ? 1 : 0))
  }

  @Test func `drivers by copy number are calls, disruptions are said, mutations stand in their own files`() throws {
    let header = "chromosome\tgene\tdriver\tcategory\tlikelihoodMethod\tminCopyNumber\tmaxCopyNumber"
    let rows = [
      "12\tCDK4\tAMP\tONCO\tAMP\t14.2\t15.0", "7\tEGFR\tPARTIAL_AMP\tONCO\tAMP\t2.1\t22.5",
      "10\tPTEN\tDEL\tTSG\tDEL\t0.6\t2.0", "17\tTP53\tMUTATION\tTSG\tBIALLELIC\t2\t2",
      "13\tRB1\tHOM_DUP_DISRUPTION\tTSG\tNA\t2\t3", "13\tBRCA2\tDISRUPTION\tTSG\tNA\t2\t3", "13\tATM\t\tTSG\tNA\t2\t3",
      "17\tNF1\tHET_DEL\tTSG\tDEL\t1\t2", "18\tSMAD4\tLOH\tTSG\tDEL\t2\t2",
    ]
    let content = try readInput(([header] + rows).joined(separator: "\n"))
    #expect(
      content.statements == [
        ": CDK4||14.2|AMP|copies", ": EGFR||22.5|PARTIAL_AMP|copies", ": PTEN||0.6|HOMDEL|copies",
        ": RB1|RB1|homozygous disruption||", ": BRCA2|BRCA2|disruption||", ": NF1||1|heterozygous deletion|copies",
        ": SMAD4||2|LOH|copies",
      ])
    #expect(
      content.filteredReasons == [
        "driver by mutation, no copy number": 1, "driver by nothing stated, no copy number": 1,
      ])
    #expect(content.counts.read == 9)
  }

  @Test func `purity and ploidy beside the genes are facts of the sample`() throws {
    let content = try readInput(
      "sample\tgene\tnMajor\tnMinor\tpurity\tploidy\nS1\tKIT\t3\t1\t0.61\t3.4\nS2\tKIT\t3\t1\tNA\t2.1\n")
    #expect(content.batches.map(\.facts) == [BatchFacts(purity: 0.61, ploidy: 3.4), BatchFacts(ploidy: 2.1)])
  }

  @Test func `negative copies are no copies, and the file says what to do`() throws {
    let content = try readInput("sample_id\tgene\tcopy_number\nS1\tKIT\t2\nS1\tPTEN\t-2\n")
    #expect(content.batches.isEmpty)
    #expect(content.refusal.contains("in line 3"))
    #expect(content.refusal.contains("copy_number_call"))
  }

  @Test(arguments: [("S1\tPTEN\t0\n\tKIT\t2", "sample_id"), ("S1\t\t2", "gene")])
  func `a row that lacks what it needs is rejected`(row: String, column: String) throws {
    let content = try readInput("sample_id\tgene\tcopy_number\n\(row)\n")
    #expect(content.rejected.map(\.column) == [column])
    #expect(content.counts.rejected == 1)
  }

  @Test func `copies that are missing are not assayed`() throws {
    let content = try readInput("sample_id\tgene\tcopy_number\nS1\tKIT\tNA\n")
    #expect(content.filteredReasons == ["not assayed": 1])
  }
}

/// Files of public tools, read as they were looked at by eye.
struct RealCopyNumberFilesTests {
  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: [
      ("cna/gistic_acc/tcga_acc_gistic_thresholded_198genes.tsv.gz", "TCGA-OR-A5J1-01A-11D-A29H-01", 17_820, 17_820),
      ("cna/gistic_acc/tcga_acc_all_thresholded.first6.tsv", "TCGA-OR-A5J1-01A-11D-A29H-01", 540, 540),
      ("cna/cnvkit_p2-9_2.call.cns.gz", "", 1217, 1144),
      ("hmf_orange/tumor_sample.linx.driver.catalog.tsv", "", 9, 2),
      ("hmf_orange/tumor_sample.purple.driver.catalog.somatic.tsv", "", 8, 1),
      ("hmf_orange/tumor_sample.purple.purity.tsv", "", 2, 2),
      ("hmf_orange/tumor_sample.chord.prediction.tsv", "tumor_sample", 1, 1),
      ("moalmanac_example/example_patient.capture.somatic.called.cna.txt", "", 6, 6),
      ("oncokb_annotator_example/example_cna.txt", "TCGA-05-4417-01", 8, 8),
      ("oncokb_annotator_example/example_individual_cna.txt", "TCGA-05-4417-01", 12, 12),
      ("cbioportal/nsclc_pd1_msk_2018.dev/data_cna.txt.gz", "P-0011244-T01-IM5", 56_880, 56_880),
      ("cbioportal/study_es_0/data_cna_discrete.txt.gz", "TCGA-A1-A0SB-01", 6304, 6304),
      ("cell_lines/sarcoma_lines.dev.copy-numbers.tsv.gz", "A204_SOFT_TISSUE", 1027, 1027),
    ])
  func `every row of a real file has a fate`(file: String, sample: String, rows: Int, records: Int) throws {
    let content = try Self.read(file)
    #expect(content.batches.first?.sampleID == sample)
    #expect(content.counts.read == rows)
    #expect(content.records.count == records)
    #expect(content.records.count + content.counts.filtered == rows)
    #expect(content.rejected.isEmpty && content.refusal.isEmpty)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: [
      ("cna/LAML_CBS_segments.tsv.gz", "segments of log2 ratios (CBS)"),
      ("cna/cnvkit_tr95t.cns", "segments of log2 ratios (CNVkit)"),
      ("cbioportal/nsclc_pd1_msk_2018.dev/data_cna_hg19.seg.gz", "segments of log2 ratios (SEG)"),
      ("cbioportal/study_es_0/data_cna_hg19.seg", "segments of log2 ratios (SEG)"),
    ])
  func `real segments of log2 ratios are kept for whoever knows purity and ploidy`(file: String, format: String) throws
  {
    let content = try Self.read(file)
    #expect(content.format == format && content.refusal.isEmpty && content.assays.isEmpty)
    #expect(content.batches.allSatisfy { $0.records.isEmpty || $0.hasRatios })
    #expect(content.batches.contains { $0.hasRatios })
  }

  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: [
      ("cna/gistic_laml/all_lesions.conf_99.txt.gz", "GISTIC lesions"),
      ("cna/gistic_laml/amp_genes.conf_99.txt", "GISTIC peaks"),
      ("cna/gistic_laml/del_genes.conf_99.txt.gz", "GISTIC peaks"),
      ("cna/gistic_laml/scores.gistic.gz", "GISTIC scores"),
      ("hmf_orange/tumor_sample.linx.svs.tsv", "structural variants (LINX svs)"),
      ("hmf_orange/tumor_sample.purple.qc", "quality (PURPLE)"),
      ("moalmanac_example/example_patient.capture.sbs_contributions.txt", "mutational signatures"),
      ("cbioportal/study_es_0/data_cna_log2.txt.gz", "copy number (matrix of ratios)"),
      ("cbioportal/study_es_0/data_mutational_signature.txt", "mutational signatures (cBioPortal)"),
      ("cbioportal/study_es_0/data_gistic_genes_amp.txt", "GISTIC genes (cBioPortal)"),
      ("cbioportal/study_es_0/data_cancer_type.txt", "tumor types of a study (cBioPortal)"),
      ("cbioportal/study_es_0/case_lists/cases_cna.txt", "case list or metadata (cBioPortal)"),
      ("cbioportal/study_es_0/meta_study.txt", "case list or metadata (cBioPortal)"),
      ("cbioportal/study_es_0/meta_cancer_type.txt", "case list or metadata (cBioPortal)"),
    ])
  func `a real file without calls is refused and makes no sample`(file: String, format: String) throws {
    let content = try Self.read(file)
    #expect(content.format == format)
    #expect(!content.refusal.isEmpty)
    #expect(content.batches.isEmpty)
  }

  @Test(.enabled(if: SharedData.isPresent, "the real files lie beside the project"))
  func `the summary of ASCAT gives purities of tumors that passed alone`() throws {
    let content = try Self.read("tcga_sarc/tcga_sarc_ascat_summary.dev.tsv")
    #expect(content.batches.count == 120)
    #expect(content.batches.count { $0.facts.purity != nil } == 115)
    #expect(content.batches.first?.facts == BatchFacts(purity: 0.49, ploidy: 3.3342))
    #expect(content.remarks.count == 5)
  }

  private static func read(_ file: String) throws -> FileContent {
    let folder = try #require(SharedData.folder)
    let packed = Array(try Data(contentsOf: folder.appending(path: file)))
    guard Gunzip.isGzip(packed.span) else { return try readInput(packed) }
    var text: [UInt8] = []
    try Gunzip().unpack(packed.span, into: &text, limit: 1 << 30)
    return try readInput(text)
  }
}
