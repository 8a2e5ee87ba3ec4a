// SPDX-License-Identifier: Apache-2.0
import TableImport
import TestSupport
import Testing

/// Invented rows in the shape of tables that licensed labs hold; what they say is public and in our own table too.
@Suite("OncoKB, CKB: what a row with lists becomes")
struct LicensedSourcesTests {
  private static let oncoKBColumns = [
    "Level", "Gene", "Alterations", "Cancer Types", "Drugs (for therapeutic implications only)",
  ]
  private static let oncoKB = """
    1|BRAF|V600E|Melanoma|Dabrafenib, Vemurafenib, Encorafenib + Binimetinib, Dabrafenib + Trametinib
    1|BRAF|V600E|All Solid Tumors (excluding Colorectal Cancer)|Dabrafenib + Trametinib
    1|BRAF|V600E|Colorectal Cancer|Encorafenib + Cetuximab
    1|BRAF|V600K, V600E|Melanoma|Trametinib
    1|EGFR|L858R, Exon 19 deletion|Non-Small Cell Lung Cancer|Afatinib, Erlotinib, Gefitinib, Osimertinib
    1|EGFR|Exon 20 insertion|Non-Small Cell Lung Cancer|Amivantamab
    1|EGFR|G719A, L861Q, S768I|Non-Small Cell Lung Cancer|Afatinib
    R1|EGFR|T790M|Non-Small Cell Lung Cancer|Erlotinib, Gefitinib
    1|ALK|Fusions|Non-Small Cell Lung Cancer|Alectinib, Brigatinib, Crizotinib
    1|ABL1|BCR-ABL1 Fusion|Chronic Myelogenous Leukemia, B-Lymphoblastic Leukemia/Lymphoma|Imatinib, Dasatinib
    R1|ABL1|T315I|Chronic Myelogenous Leukemia|Imatinib, Dasatinib, Nilotinib
    1|NTRK1|Fusions|All Solid Tumors|Larotrectinib, Entrectinib
    1|ERBB2|Amplification|Breast Cancer|Trastuzumab, Ado-Trastuzumab Emtansine, Trastuzumab Deruxtecan
    1|ERBB2|Amplification|Esophagogastric Cancer|Trastuzumab Deruxtecan
    1|ERBB2|Oncogenic Mutations|Non-Small Cell Lung Cancer|Trastuzumab Deruxtecan
    1|KRAS|G12C|Non-Small Cell Lung Cancer|Sotorasib, Adagrasib
    R1|KRAS|Oncogenic Mutations|Colorectal Cancer|Cetuximab, Panitumumab
    1|PIK3CA|E542K, E545K, H1047R, C420R|Breast Cancer|Alpelisib + Fulvestrant
    1|KIT|Exon 11 mutations, Exon 9 mutations|Gastrointestinal Stromal Tumor|Imatinib, Sunitinib
    2|KIT|D816V|Systemic Mastocytosis|Avapritinib
    1|PDGFRA|D842V|Gastrointestinal Stromal Tumor|Avapritinib
    1|BRCA1|Oncogenic Mutations|Ovarian Cancer, Prostate Cancer|Olaparib, Rucaparib
    1|BRCA2|Oncogenic Mutations|Ovarian Cancer, Pancreatic Cancer|Olaparib
    1|IDH1|R132H, R132C, R132G|Acute Myeloid Leukemia|Ivosidenib
    1|FLT3|Internal tandem duplication|Acute Myeloid Leukemia|Quizartinib, Gilteritinib
    1|FGFR3|R248C, S249C, G370C, Y373C, Fusions|Bladder Cancer|Erdafitinib
    1|FGFR2|Fusions|Cholangiocarcinoma|Pemigatinib
    1|RET|Fusions|Non-Small Cell Lung Cancer, Thyroid Cancer|Selpercatinib, Pralsetinib
    1|MET|Exon 14 splice mutations, D1010N|Non-Small Cell Lung Cancer|Capmatinib, Tepotinib
    1|ROS1|Fusions|Non-Small Cell Lung Cancer|Crizotinib, Entrectinib
    1|TSC1|Oncogenic Mutations|Encapsulated Glioma|Everolimus
    1|Other Biomarkers|Microsatellite Instability-High|All Solid Tumors|Pembrolizumab
    1|Other Biomarkers|Tumor Mutational Burden-High|All Solid Tumors|Pembrolizumab
    3A|AKT1|E17K|Breast Cancer, Ovarian Cancer|Capivasertib
    4|CDK12|Truncating Mutations|All Solid Tumors|Pembrolizumab
    4|CDKN2A|Deletion|All Solid Tumors|Abemaciclib, Palbociclib
    1|EZH2|Y646N, Y646F, A682G|Follicular Lymphoma|Tazemetostat
    3A|MDM2|Amplification|Liposarcoma|Milademetan
    2|CDK4|Amplification|Dedifferentiated Liposarcoma, Well-Differentiated Liposarcoma|Palbociclib
    4|EGFR|Kinase domain duplication|Non-Small Cell Lung Cancer|Afatinib
    R2|ALK|G1202R|Non-Small Cell Lung Cancer|Alectinib
    2|BRAF|Oncogenic Mutations (excluding V600E)|Melanoma|Trametinib
    3A|NF1|Oncogenic Mutations|Diffuse Large B-Cell Lymphoma, NOS, Neurofibroma|Selumetinib
    Dx1|MYD88|L265P|Waldenstrom Macroglobulinemia|
    4|SMARCB1|Truncating Mutations, Deletion|All Solid Tumors|Tazemetostat
    1|TP53|Nosuch words here|Melanoma|Pembrolizumab
    """
  private static let jacksonColumns = [
    "Molecular Profile", "Indication/Tumor Type", "Response Type", "Therapy Name", "Approval Status", "Evidence Type",
    "Efficacy Evidence", "References",
  ]
  private static let jackson = """
    BRAF V600E|melanoma|sensitive|Dabrafenib + Trametinib|FDA approved|Actionable|In a trial the pair was active (PMID: 25399551).|25399551
    BRAF V600X|melanoma|sensitive|Vemurafenib|FDA approved - Has Companion Diagnostic|Actionable|Label.|21639808
    EGFR L858R EGFR T790M|lung non-small cell carcinoma|sensitive|Osimertinib|Phase III|Actionable|x (PMID: 27959700)|27959700 detail...
    EGFR exon 19 del|non-small cell lung carcinoma|sensitive|Gefitinib|Guideline|Actionable|x|20573926
    EGFR T790M|lung adenocarcinoma|resistant|Erlotinib|Clinical Study|Actionable|x|15737014
    EML4 - ALK|lung adenocarcinoma|sensitive|Crizotinib|Phase II|Actionable|x|20979469
    ALK rearrange|non-small cell lung carcinoma|sensitive|Alectinib|FDA approved|Actionable|x|28586279
    ALK G1202R|lung adenocarcinoma|resistant|Alectinib|Preclinical - Cell culture|Actionable|x|27432227
    BCR - ABL1 T315I|chronic myeloid leukemia|resistant|Imatinib|Clinical Study|Actionable|x|11423618
    BCR - ABL1|chronic myeloid leukemia|sensitive|Imatinib|FDA approved|Actionable|x|12637609
    KIT exon 11 del|gastrointestinal stromal tumor|sensitive|Imatinib|Phase II|Actionable|x|14645423
    KIT V654A|gastrointestinal stromal tumor|resistant|Imatinib|Clinical Study|Actionable|x|16954519
    PDGFRA D842V|gastrointestinal stromal tumor|predicted - sensitive|Avapritinib|Case Reports/Case Series|Actionable|x|32615108
    KRAS mutant|colorectal cancer|no benefit|Cetuximab|Phase III|Actionable|x|18946061
    KRAS wild-type|colorectal cancer|sensitive|Cetuximab|FDA approved|Actionable|x|18946061
    ERBB2 amp|stomach cancer|sensitive|Trastuzumab|Phase III|Actionable|x|20728210
    ERBB2 over exp|Her2-receptor positive breast cancer|sensitive|Trastuzumab|FDA approved|Actionable|x|11248153
    PTEN loss|prostate cancer|predicted - sensitive|Ipatasertib|Phase II|Actionable|x|30037818
    PIK3CA act mut|breast cancer|sensitive|Alpelisib + Fulvestrant|FDA approved|Actionable|x|31091374
    BRCA1 inact mut|ovarian cancer|sensitive|Olaparib|FDA approved|Actionable|x|22452356
    CDKN2A loss|Advanced Solid Tumor|predicted - sensitive|Palbociclib|Preclinical|Actionable|x|15917650
    MET exon 14 del|lung adenocarcinoma|sensitive|Capmatinib|FDA approved|Actionable|x|32877583
    MSI high|Advanced Solid Tumor|sensitive|Pembrolizumab|FDA approved|Actionable|x|31682550
    TMB high|Advanced Solid Tumor|sensitive|Pembrolizumab|FDA approved|Actionable|x|32919526
    CD274 positive|non-small cell lung carcinoma|sensitive|Pembrolizumab|FDA approved|Actionable|x|25891174
    FLT3 exon 14 ins|acute myeloid leukemia|sensitive|Gilteritinib|Phase III|Actionable|x|31665578
    NTRK1 fusion|Advanced Solid Tumor|sensitive|Larotrectinib|FDA approved|Actionable|x|29466156
    RET fusion|thyroid gland cancer|sensitive|Selpercatinib|FDA approved|Actionable|x|32846061
    IDH1 R132H|acute myeloid leukemia|sensitive|Ivosidenib|FDA approved|Actionable|x|29860938
    KRAS G12C|lung adenocarcinoma|sensitive|Sotorasib|Phase I|Actionable|(NCT03600883)|
    BRAF V600E|colorectal cancer|decreased response|Vemurafenib|Phase II|Actionable|x|26287849
    KRAS mutant OR NRAS mutant|colorectal cancer|resistant|Panitumumab|Guideline|Actionable|x|24024839
    TP53 mutant|breast cancer|not applicable|N/A|Clinical Study|Prognostic|x|123456
    ERBB2 amp ERBB2 L755S|breast cancer|resistant|Lapatinib|Preclinical - Cell culture|Actionable|x|23220880
    TSC2 loss|Advanced Solid Tumor|sensitive|Everolimus|Phase II|Actionable|x|26859683
    FGFR2 - BICC1|cholangiocarcinoma|sensitive|Pemigatinib|Phase II|Actionable|x|32203698
    EGFR amp|glioblastoma|conflicting|Erlotinib|Phase II|Actionable|x|123457
    CDK4 amp|liposarcoma|sensitive|Palbociclib|Phase II|Actionable|x|23569312
    MDM2 amp TP53 wild-type|liposarcoma|sensitive|Milademetan|Phase I|Actionable|x|36669146
    ROS1 rearrange|lung cancer|sensitive|Crizotinib; Entrectinib|Phase II|Actionable|x|25264305
    BRAF V600E|melanoma; colorectal cancer|sensitive|Encorafenib + Cetuximab|Phase III|Actionable|x|31566309
    """

  private static func text(_ columns: [String], _ rows: String) -> [UInt8] {
    Array((columns.joined(separator: "\t") + "\n" + rows.replacing("|", with: "\t") + "\n").utf8)
  }

  /// The rows as records of the interface, one object a line.
  private static let records = jackson.split(separator: "\n").enumerated().map { number, line in
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let papers = cells[7].split(separator: " ").filter { $0.allSatisfy(\.isNumber) }.map { "{\"pubMedId\": \($0)}" }
    return "{\"source\": \"jax\", \"jax\": {\"id\": \(number + 1), \"responseType\": \"\(cells[2])\", "
      + "\"molecularProfile\": {\"profileName\": \"\(cells[0])\"}, \"therapy\": {\"therapyName\": \"\(cells[3])\"}, "
      + "\"indications\": {\"source\": \"JAX\", \"id\": \"1\", \"name\": \"\(cells[1])\"}, "
      + "\"approvalStatus\": \"\(cells[4])\", \"evidenceType\": \"\(cells[5])\", "
      + "\"efficacyEvidence\": \"\(cells[6])\", \"references\": [\(papers.joined(separator: ", "))]}}"
  }

  private static let files: [(source: String, text: [UInt8], unused: [String])] = [
    (
      "oncokb", text(oncoKBColumns, oncoKB),
      [
        "agent is not in the agent table", "implication for diagnosis or prognosis",
        "variant has no words in the rule table",
      ]
    ),
    ("ckb", text(jacksonColumns, jackson), jacksonUnused),
    ("jax", Array((records.joined(separator: "\n") + "\n").utf8), jacksonUnused),
    ("ckb", Array(("[" + records.joined(separator: ",\n") + "]").utf8), jacksonUnused),
  ]
  private static let jacksonUnused = [
    "agent is not in the agent table", "evidence type Prognostic", "the source holds the evidence to be conflicting",
  ]

  @Test("nine in ten claims become rules, each other one has its reason", arguments: files.indices)
  func share(_ number: Int) throws {
    let (source, text, unused) = Self.files[number]
    let result = try ImportedRules(source, text: text)
    let claims = result.items - result.unused.count { $0.fate == "out of scope" }
    #expect(result.imported * 10 >= claims * 9, "\(source): \(result.imported) of \(claims), \(result.unused)")
    #expect(result.unused.map(\.reason).sorted() == unused.sorted(), "\(result.unused)")
    #expect(result.items == result.imported + result.unused.count)
    #expect(Set(result.rules.compactMap { $0["rule_id"] }).count == result.rules.count)
  }

  private func row(_ source: String, _ columns: [String], _ row: String) throws -> ImportedRules {
    try ImportedRules(source, text: Self.text(columns, row))
  }

  @Test(
    "lists of OncoKB's cells",
    arguments: [
      (
        "1|EGFR|L858R, Exon 19 deletion|Non-Small Cell Lung Cancer|Gefitinib",
        ["EGFR p.L858R NSCLC gefitinib A1", "EGFR EXON 19 inframe_del NSCLC gefitinib A1"]
      ),
      (
        "1|KIT|V559D, W557R|Gastrointestinal Stromal Tumor|Imatinib, Sunitinib",
        ["KIT p.V559D | p.W557R GIST imatinib A1", "KIT p.V559D | p.W557R GIST sunitinib A1"]
      ),
      ("1|BRAF|V600E|Melanoma|Encorafenib + Binimetinib", ["BRAF p.V600E MEL encorafenib + binimetinib A1"]),
      (
        "3A|KRAS|Oncogenic Mutations (excluding G12C)|Colorectal Cancer|Binimetinib",
        ["KRAS activating COADREAD binimetinib C"]
      ),
      ("2|FLT3|Internal tandem duplications|Acute Myeloid Leukemia|Gilteritinib", ["FLT3 ITD AML gilteritinib A2"]),
      ("4|PTEN|Deletion|All Solid Tumors|Ipatasertib", ["PTEN HOMDEL SOLID_TUMOR ipatasertib E"]),
      ("1|ALK|EML4-ALK Fusion|Non-Small Cell Lung Cancer|Crizotinib", ["ALK EML4::ALK NSCLC crizotinib A1"]),
    ])
  func lists(text: String, rules: [String]) throws {
    let result = try row("oncokb", Self.oncoKBColumns, text)
    let found = result.rules.map { rule in
      ["gene", "alteration_spec", "oncotree_include", "agents", "level"].map { rule[$0] ?? "" }.joined(separator: " ")
    }
    #expect(found == rules, "\(result.unused)")
  }

  @Test("what a list excludes stays out, and a word that cannot be read leaves the others")
  func parts() throws {
    let excluding = try row(
      "oncokb", Self.oncoKBColumns,
      "1|BRAF|V600E|All Solid Tumors (excluding Colorectal Cancer), Histiocytosis|Trametinib")
    #expect(
      excluding.rules.map { [$0["oncotree_include"], $0["oncotree_exclude"]] } == [
        ["SOLID_TUMOR", "COADREAD"], ["HIST", ""],
      ] || excluding.rules.count == 2)
    #expect(excluding.rules.first?["oncotree_exclude"] == "COADREAD" && excluding.rules.last?["oncotree_exclude"] == "")
    let partly = try row(
      "oncokb", Self.oncoKBColumns, "1|BRAF|V600E, no such words|Melanoma, No Such Tumor|Trametinib, Nosuchdrugium")
    #expect(partly.rules.count == 1 && partly.imported == 1)
    #expect(partly.unused.count == 3)
    #expect(partly.unused.map(\.id).allSatisfy { $0.hasSuffix(")") })
    let denied = try row(
      "oncokb", Self.oncoKBColumns, "2|BRAF|Oncogenic Mutations (excluding V600E)|Melanoma|Trametinib")
    #expect(denied.rules.first?["requires"] == "NOT BRAF p.V600E")
  }

  @Test(
    "profiles of the Jackson Laboratory",
    arguments: [
      ("BRAF V600X", "BRAF CODON 600 "), ("EGFR L858R EGFR T790M", "EGFR p.L858R EGFR p.T790M"),
      ("EML4 - ALK", "ALK EML4::ALK "), ("ALK rearrange", "ALK FUSION "), ("PTEN loss", "PTEN LOF "),
      ("KIT exon 11 del", "KIT EXON 11 inframe_del "), ("MET exon 14 del", "MET EXON 14 skipping "),
      ("BCR - ABL1 T315I", "ABL1 p.T315I BCR::ABL1"), ("ERBB2 amp TP53 wild-type", "ERBB2 AMP WT(TP53)"),
      ("PIK3CA act mut", "PIK3CA activating "), ("MSI high", "MSI high "),
    ])
  func profiles(profile: String, rule: String) throws {
    let result = try row(
      "ckb", Self.jacksonColumns, "\(profile)|Advanced Solid Tumor|sensitive|Crizotinib|Phase II|Actionable|x|123456")
    let found = result.rules.map { row in
      ["gene", "alteration_spec", "requires"].map { row[$0] ?? "" }.joined(separator: " ")
    }
    #expect(found == [rule], "\(result.unused)")
  }

  @Test("responses, levels and references")
  func levels() throws {
    func rule(_ response: String, _ status: String, _ statement: String, _ reference: String) throws -> [String] {
      let result = try row(
        "ckb", Self.jacksonColumns,
        "BRAF V600E|melanoma|\(response)|Trametinib|\(status)|Actionable|\(statement)|\(reference)")
      return result.rules.first.map { rule in ["direction", "level", "reference"].map { rule[$0] ?? "" } }
        ?? result.unused.map(\.reason)
    }
    #expect(try rule("sensitive", "Phase III", "x (PMID: 22663011).", "") == ["sensitivity", "B", "PMID:22663011"])
    #expect(try rule("predicted - resistant", "Phase II", "x", "22663011") == ["resistance", "D", "PMID:22663011"])
    #expect(try rule("no benefit", "Clinical Study", "x NCT01245062", "") == ["no_benefit", "C", "NCT01245062"])
    #expect(try rule("sensitive", "Phase I", "x", "") == ["reference is not a PMID, DOI or NCT"])
    #expect(try rule("sensitive", "somewhere", "x", "1234567") == ["evidence level is not known"])
    #expect(try rule("unheard", "Phase I", "x", "1234567") == ["response is not known"])
    #expect(
      try rule("sensitive", "FDA approved", "x", "")
        == ["sensitivity", "A1", "LABEL:FDA trametinib (as listed by the source)"])
  }

  @Test("a file of another kind is refused with the column that it lacks", arguments: ["oncokb", "ckb", "jax"])
  func otherKind(source: String) {
    #expect(throws: (any Error).self) { try ImportedRules(source, text: Array("gene\tdrug\nKIT\timatinib\n".utf8)) }
  }
}
