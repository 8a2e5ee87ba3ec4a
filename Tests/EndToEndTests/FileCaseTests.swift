// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Small inputs as tools, portals and labs write them, from the file to the tables.
struct FileCaseTests {
  /// Files by their paths, and what must come of them.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String: String]
    var input = "in"
    var arguments: [String] = ["--tumor-type", "LUAD"]
    /// Statuses by sample.
    let statuses: [String: String]
    /// Changes that are kept, `sample gene change`.
    var kept: [String] = []
    /// Changes that are not evaluated, with the reason.
    var reasons: [String: String] = [:]
    /// What standard error or a message says.
    var said: [String] = []
    var exit: Int32 = 0
    var testDescription: String { name }
  }

  private static let maf = "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\n"
  private static let braf = "BRAF\tMissense_Mutation\tp.V600E\n"

  static let cases: [Case] = [
    Case(
      name: "a placeholder is no sample",
      files: [
        "in/p1.maf": maf + "BRAF\tTUMOR\tMissense_Mutation\tp.V600E\n",
        "in/p2.maf": maf + "KRAS\tTUMOR\tMissense_Mutation\tp.G12C\n",
      ], statuses: ["p1": "reported", "p2": "reported"], kept: ["p1 BRAF p.V600E", "p2 KRAS p.G12C"], said: ["'TUMOR'"]),
    Case(
      name: "the folder names the sample of a placeholder",
      files: [
        "in/A/x.maf": maf + "BRAF\tunknown\tMissense_Mutation\tp.V600E\n",
        "in/B/x.maf": maf + "KRAS\tunknown\tMissense_Mutation\tp.G12C\n",
      ], statuses: ["A": "reported", "B": "reported"]),
    Case(
      name: "no gene is known",
      files: ["in/x.maf": maf + "GENE17\tS1\tMissense_Mutation\tp.V600E\nGENE18\tS1\tMissense_Mutation\tp.G12C\n"],
      statuses: ["S1": "failed"], said: ["no known gene"], exit: 65),
    Case(
      name: "a family of genes is no gene: which member is changed is never guessed",
      files: [
        "in/x.maf": maf + "BRCA\tS1\tNonsense_Mutation\tp.Q100*\nKRAS\tS1\tMissense_Mutation\tp.G12C\n",
        "in/S1_fusions.tsv": "sample\tfusion\nS1\tETV6::NTRK\nS1\tFGFR::TACC3\n",
      ], statuses: ["S1": "reported"], kept: ["S1 KRAS p.G12C"],
      reasons: [
        "S1 BRCA p.Q100*": "BRCA names a family of genes, not one (name the gene)",
        "S1 NTRK ETV6::NTRK": "NTRK names a family of genes, not one (name the gene)",
        "S1 FGFR FGFR::TACC3": "FGFR names a family of genes, not one (name the gene)",
      ]),
    Case(
      name: "a part of the sheet's tumor type that is not known is said",
      files: [
        "in/samples.tsv": "sample_id\ttumor_type\nS1\tGIST;foo\n",
        "in/S1/S1.maf": maf + "KIT\tS1\tMissense_Mutation\tp.V559D\n",
      ], arguments: [], statuses: ["S1": "reported"], kept: ["S1 KIT p.V559D"], said: ["tumor type 'foo'"]),
    Case(
      name: "a sheet's tumor type that is not known is said, and that of the command line is another one",
      files: [
        "in/samples.tsv": "sample_id\ttumor_type\nS1\tlms?x\n",
        "in/S1/S1.maf": maf + "KIT\tS1\tMissense_Mutation\tp.V559D\n",
      ], arguments: ["--tumor-type", "GIST"], statuses: ["S1": "reported"], said: ["tumor type 'lms?x'"]),
    Case(
      name: "a workbook is named as one",
      files: [
        "in/S1/S1.xlsx": "PK\u{3}\u{4}rest of it", "in/S2/S2.maf": maf + "KRAS\tS2\tMissense_Mutation\tp.G12C\n",
      ], statuses: ["S1": "not_evaluated", "S2": "reported"], said: ["Excel workbook"]),
    Case(
      name: "a workbook beside a table is named in the sample's message",
      files: [
        "in/S2/S2.xlsx": "PK\u{3}\u{4}rest of it", "in/S2/S2.maf": maf + "KRAS\tS2\tMissense_Mutation\tp.G12C\n",
      ], statuses: ["S2": "reported"], said: ["Excel workbook"]),
    Case(
      name: "rows of a sheet that disagree",
      files: [
        "in/samples.tsv": "sample_id\ttumor_type\nS1\tLMS\nS1\tGIST\nS2\tLMS\nS2\tLMS\n",
        "in/S1/S1.maf": maf + "PDGFRA\tS1\tMissense_Mutation\tp.D842V\n",
        "in/S2/S2.maf": maf + "TP53\tS2\tMissense_Mutation\tp.R175H\n",
      ], arguments: [], statuses: ["S1": "failed"], said: ["LMS", "GIST", "samples.tsv:2", "samples.tsv:3"], exit: 3),
    Case(
      name: "a row of the sheet without a file",
      files: [
        "in/samples.tsv": "sample_id\ttumor_type\nS1\tLUAD\nS2\tLUAD\n",
        "in/S1/S1.maf": maf + "KRAS\tS1\tMissense_Mutation\tp.G12C\n",
      ], statuses: ["S1": "reported", "S2": "not_evaluated"], said: ["sample S2 was not evaluated"]),
    Case(
      name: "a sheet of other samples",
      files: [
        "in/samples.tsv": "sample_id\ttumor_type\nX1\tLUAD\n",
        "in/S1/S1.maf": maf + "KRAS\tS1\tMissense_Mutation\tp.G12C\n",
      ], statuses: ["S1": "reported", "X1": "not_evaluated"], said: ["no row of the sample sheet is of a sample"]),
    Case(
      name: "a misspelled tumor type",
      files: [
        "in/samples.tsv": "sample_id\ttumor_type\nS1\tLUADD\n",
        "in/S1/S1.maf": maf + "KRAS\tS1\tMissense_Mutation\tp.G12C\n",
      ], arguments: [], statuses: [:], said: ["LUADD", "did you mean LUAD"]),
    Case(
      name: "normal tissue of a cohort",
      files: [
        "in/x.maf": maf
          + "KRAS\tTCGA-AA-0001-01A\tMissense_Mutation\tp.G12C\nBRAF\tTCGA-AA-0002-10A\tMissense_Mutation\tp.V600E\n"
      ], statuses: ["TCGA-AA-0001-01A": "reported", "TCGA-AA-0002-10A": "not_evaluated"], said: ["normal tissue"]),
    Case(
      name: "decimal commas of a sheet",
      files: [
        "in/samples.tsv": "sample_id;tumor_type;tmb;purity\nS1;COAD;12,5;0,6\n",
        "in/S1/S1.maf": maf + "TP53\tS1\tMissense_Mutation\tp.R175H\n",
      ], arguments: [], statuses: ["S1": "reported"], kept: ["S1 TMB 12.5"]),
    Case(
      name: "a number of the sheet that is unclear",
      files: [
        "in/samples.tsv": "sample_id\ttumor_type\ttmb\nS1\tCOAD\t1,234\n",
        "in/S1/S1.maf": maf + "TP53\tS1\tMissense_Mutation\tp.R175H\n",
      ], arguments: [], statuses: [:], said: ["1,234"]),
    Case(
      name: "VEP's default output",
      files: [
        "in/S1.txt":
          "## ENSEMBL VARIANT EFFECT PREDICTOR v110\n#Uploaded_variation\tLocation\tAllele\tGene\tFeature\tFeature_type\tConsequence\tcDNA_position\tCDS_position\tProtein_position\tAmino_acids\tCodons\tExisting_variation\tExtra\n"
          + "7_140753336_A/T\t7:140753336\tT\tENSG00000157764\tENST00000646891\tTranscript\tmissense_variant\t2025\t1799\t600\tV/E\tgTg/gAg\t-\tIMPACT=MODERATE;STRAND=-1;SYMBOL=BRAF\n"
      ], statuses: ["S1": "reported"], kept: ["S1 BRAF p.V600E"]),
    Case(
      name: "FoundationOne's XML",
      files: [
        "in/S1.xml":
          "<?xml version=\"1.0\"?>\n<rr:ResultsReport xmlns:rr=\"x\"><rr:ResultsPayload><variant-report specimen=\"S1\"><short-variants>\n"
          + "<short-variant gene=\"BRAF\" protein-effect=\"V600E\" cds-effect=\"1799T&gt;A\" depth=\"500\" percent-reads=\"20.1\" functional-effect=\"missense\" status=\"known\"/>\n"
          + "</short-variants><copy-number-alterations><copy-number-alteration gene=\"ERBB2\" type=\"amplification\" copy-number=\"14\"/></copy-number-alterations>\n"
          + "<biomarkers><microsatellite-instability status=\"MSS\"/><tumor-mutation-burden score=\"12.6\" status=\"intermediate\" unit=\"mutations-per-megabase\"/></biomarkers></variant-report></rr:ResultsPayload></rr:ResultsReport>\n"
      ], statuses: ["S1": "reported"], kept: ["S1 BRAF p.V600E", "S1 ERBB2 AMP", "S1 TMB 12.6", "S1 MSI stable"]),
    Case(
      name: "mutations of cBioPortal's API",
      files: [
        "in/m.json":
          "[{\"sampleId\":\"S1\",\"entrezGeneId\":673,\"proteinChange\":\"V600E\",\"mutationType\":\"Missense_Mutation\",\"tumorAltCount\":30,\"tumorRefCount\":70},"
          + "{\"sampleId\":\"S2\",\"gene\":{\"hugoGeneSymbol\":\"KRAS\"},\"proteinChange\":\"G12C\",\"mutationType\":\"Missense_Mutation\"}]"
      ], statuses: ["S1": "reported", "S2": "reported"], kept: ["S1 BRAF p.V600E", "S2 KRAS p.G12C"]),
    Case(
      name: "the combined output of TruSight Oncology 500",
      files: [
        "in/S1_CombinedVariantOutput.tsv":
          "[Analysis Details]\nPair ID\tS1\n\n[TMB]\nTotal TMB\t14.2\n\n[MSI]\nPercent Unstable MSI Sites\t2.1\n\n[Gene Amplifications]\nGene\tFold Change\nMET\t6.2\n\n[Splice Variants]\nNA\n\n[Fusions]\nNA\n\n[Small Variants]\nGene\tChromosome\tP-Dot Notation\tC-Dot Notation\tConsequence(s)\tAllele Frequency\tDepth\nKRAS\tchr12\tp.(Gly12Cys)\tc.34G>T\tmissense_variant\t0.31\t500\n"
      ], statuses: ["S1": "reported"], kept: ["S1 KRAS p.G12C", "S1 MET AMP", "S1 TMB 14.2", "S1 MSI stable"]),
  ]

  @Test(arguments: cases)
  func `a file of this kind is read as a user expects`(item: Case) throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in item.files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let out = folder.appending(path: "out")
    let run = try Program.run(
      ["run", folder.appending(path: item.input).path, "--formats", "tsv", "--out", out.path] + item.arguments)
    #expect(run.status == item.exit, "\(run.errors)")
    func table(_ name: String) throws -> [[String: String]] {
      Table(try String(contentsOf: out.appending(path: name), encoding: .utf8)).rows
    }
    let samples = try table("samples.tsv")
    for (id, status) in item.statuses {
      #expect(samples.first { $0["sample_id"] == id }?["status"] == status, "\(id) of \(samples)")
    }
    let alterations = try table("alterations.tsv")
    let found = alterations.map { "\($0["sample_id"] ?? "") \($0["gene"] ?? "") \($0["alteration"] ?? "")" }
    for change in item.kept { #expect(found.contains(change), "\(found)") }
    for (change, reason) in item.reasons {
      let row = zip(found, alterations).first { $0.0 == change }?.1
      #expect(row?["outcome"] == "not_evaluated", "\(change) of \(found)")
      #expect(row?["reason"] == reason)
    }
    let words = run.errors + samples.map { $0["message"] ?? "" }.joined(separator: "\n")
    for said in item.said { #expect(words.contains(said), "\(words)") }
  }
}
