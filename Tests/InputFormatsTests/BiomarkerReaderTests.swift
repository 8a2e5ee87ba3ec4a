// SPDX-License-Identifier: Apache-2.0
import Alterations
internal import DelimitedText
internal import InputFormats
import TestSupport
import Testing

struct BiomarkerTableTests {
  @Test func `scale and method may stand in cells of their own`() throws {
    let content = try readInput(
      "sample_id\tname\tvalue\tunit\tmethod\nS1\tPD-L1\t60\t%\t22C3 TPS\nS2\tTLS\tpresent\t\t\n")
    #expect(content.statements == ["S1: PD-L1|%|60||22C3 TPS", "S2: TLS||present||"])
    #expect(content.assays == [.biomarkers])
  }

  @Test(arguments: ["biomarker,result", "marker,value", "Test,Result"])
  func `a table of one tumor names no sample`(header: String) throws {
    #expect(try readInput("\(header)\nMSI,MSI-H\n").statements == [": MSI||MSI-H||"])
  }

  @Test(arguments: [
    ("\tMSI\thigh", "sample_id"), ("S1\t\thigh", "name"), ("S1\tMSI", ""),
  ])
  func `a row that lacks what it needs is rejected`(row: String, column: String) throws {
    let content = try readInput("sample_id\tname\tvalue\n\(row)\nS1\tTMB\tNA\n")
    #expect(content.rejected.map(\.column) == [column])
    #expect(content.rejected.map(\.line) == [2])
    #expect(content.filteredReasons == ["biomarker without a value": 1])
  }
}

struct SampleSummaryTests {
  private static let purple = "purity\tploidy\tstatus\tmsStatus\ttmbPerMb"

  @Test func `PURPLE gives purity, ploidy, burden and microsatellites`() throws {
    let content = try readInput("\(Self.purple)\n0.6300\t3.4\tNORMAL\tMSI\t13.7\n")
    #expect(content.statements == [": TMB|mut/Mb|13.7||", ": MSI||MSI||"])
    #expect(content.batches.first?.facts == BatchFacts(purity: 0.63, ploidy: 3.4))
  }

  @Test func `without a tumor PURPLE's purity is a placeholder`() throws {
    let content = try readInput("\(Self.purple)\n1.0\t2.0\tNO_TUMOR\tUNKNOWN\t0\n")
    #expect(content.batches.first?.facts == BatchFacts())
    #expect(content.filteredReasons == ["MSI cannot be determined": 1])
    #expect(content.remarks.count == 1)
  }

  @Test(arguments: [
    ("0.93\tHR_deficient", ["S1: HRD||positive (CHORD 0.93)||"]),
    ("0\tHR_proficient", ["S1: HRD||negative (CHORD 0)||"]),
    ("0.4\tcannot_be_determined", []),
  ])
  func `CHORD gives a result with its score`(row: String, statements: [String]) throws {
    let content = try readInput("sample\tp_BRCA1\tp_hrd\thr_status\nS1\t0\t\(row)\n")
    #expect(content.statements == statements)
    #expect(content.counts.read == 1)
    #expect(content.filteredReasons == (statements.isEmpty ? ["HRD cannot be determined": 1] : [:]))
  }

  @Test(arguments: [
    // Interpreted by name where the tool leaves it open.
    ("Human papillomavirus type 16\tNO_ABNORMALITIES\t\ttrue", "HPV"),
    ("Human gammaherpesvirus 4\tNO_ABNORMALITIES\tEBV\ttrue", "EBV"),
    ("Merkel cell polyomavirus isolate R17b\tNO_ABNORMALITIES\tMCV\ttrue", "MCPYV"),
    ("Human gammaherpesvirus 8\tNO_ABNORMALITIES\tHHV-8\ttrue", "HHV8"),
  ])
  func `viruses that are reported are present`(row: String, virus: String) throws {
    let content = try readInput("taxid\tname\tqcStatus\tinterpretation\treported\n1\t\(row)\n")
    #expect(content.statements == [": \(virus)||present||"])
  }

  @Test(arguments: [
    ("Hepatitis B virus\tNO_ABNORMALITIES\tHBV\ttrue", "virus without rules"),
    ("Human gammaherpesvirus 4\tNO_ABNORMALITIES\tEBV\tfalse", "virus not reported"),
  ])
  func `other viruses are counted and not looked at`(row: String, reason: String) throws {
    let content = try readInput("taxid\tname\tqcStatus\tinterpretation\treported\n1\t\(row)\n")
    #expect(content.filteredReasons == [reason: 1])
  }

  @Test func `ASCAT gives purity and ploidy where its fit passed`() throws {
    let content = try readInput(
      "name\tbarcodeTumour\tpurity\tploidy\tgoodness_of_fit\tQC\nA\tT1\t0.49\t3.3\t95\tPass\nB\tT2\t1\t2\t99\tLikely normal\n"
    )
    #expect(content.batches.map(\.sampleID) == ["T1", "T2"])
    #expect(content.batches.map(\.facts) == [BatchFacts(purity: 0.49, ploidy: 3.3), BatchFacts()])
    #expect(content.remarks == ["T2: quality is 'Likely normal', purity and ploidy not used"])
    #expect(content.assays.isEmpty)
  }
}

struct KnownTableTests {
  @Test(arguments: [
    ("cytoband\t11q23.3\t1p33\t\nq value\t1e-8\t0.02\t\n", "GISTIC peaks", "all_thresholded.by_genes"),
    ("Unique Name\tDescriptor\tWide Peak Limits\nA\t1p\tchr1\n", "GISTIC lesions", "all_thresholded.by_genes"),
    (
      "Type\tChromosome\tStart\tEnd\t-log10(q-value)\tG-score\nAmp\t1\t2\t3\t0\t0\n", "GISTIC scores", "all_thresholded"
    ),
    ("QCStatus\tPASS\nMethod\tNORMAL\n", "quality (PURPLE)", "quality"),
    ("brca\tBreast Carcinoma\tHotPink\tBreast\n", "tumor types of a study (cBioPortal)", "data_clinical_sample"),
    ("type_of_cancer: brca\nname: A study\n", "case list or metadata (cBioPortal)", "study"),
    ("cancer_study_identifier: s\ncase_list_ids: A\tB\n", "case list or metadata (cBioPortal)", "study"),
    (
      "ENTITY_STABLE_ID\tname\tdescription\tconfidenceStatement\tS1\nmean_1\tm\td\tc\t0.3\n",
      "mutational signatures (cBioPortal)", "open no rule"
    ),
    ("Samples\tSBS1\tSBS2\tSBS3\nS1\t10\t0\t4\n", "mutational signatures (SBS)", "open no rule"),
    (
      "chromosome\tstart\tend\tgene\tlog2\tdepth\tweight\nchr1\t1\t9\tKIT\t0.2\t40\t0.9\n",
      "bins (CNVkit, log2 ratios)", "give the segments"
    ),
    ("gene_name\tTPM\nFGFR1\t812\n", "expression (TPM)", "no cut-off is stated"),
  ])
  func `a table without calls says what to give in its place`(text: String, format: String, remedy: String) throws {
    let content = try readInput(text)
    #expect(content.format == format)
    #expect(content.refusal.contains(remedy))
    #expect(content.batches.isEmpty)
  }

  @Test func `rows of a table without calls are counted`() throws {
    let content = try readInput("signature\tcontribution\nSBS1\t0.1\nSBS2\t0.9\n")
    #expect(content.rowsRead == 2)
    #expect(content.assays.isEmpty)
  }

  @Test(arguments: [
    "cytoband\tgene\tcall\n12q14\tCDK4\tAMP\n", "Chromosome\tStart\tEnd\tgene\tnMajor\tnMinor\n1\t1\t9\tCDK4\t20\t1\n",
    "sample_id\tname\tvalue\nS1\tMSI\tpink\n",
  ])
  func `a table with genes or results is not taken for one of these`(text: String) throws {
    let content = try readInput(text)
    #expect(content.refusal.isEmpty)
    #expect(content.statements.count == 1)
  }
}
