// SPDX-License-Identifier: Apache-2.0
import Alterations
import TableImport
import TestSupport
import Testing

/// Invented rows in the shape of the Cancer Genome Interpreter's biomarkers.
@Suite("CGI: what a biomarker becomes")
struct CancerGenomeInterpreterTests {
  private static let columns = [
    "Alteration", "Alteration type", "Assay type", "Association", "Biomarker", "Curator", "Drug", "Drug family",
    "Drug full name", "Drug status", "Evidence level", "Gene", "Metastatic Tumor Type", "Primary Tumor acronym",
    "Source", "individual_mutation", "Primary Tumor type",
  ]
  private static let plain = [
    "Alteration": "BRAF:V600E", "Alteration type": "MUT", "Association": "Responsive", "Drug": "Vemurafenib",
    "Drug family": "BRAF inhibitor", "Evidence level": "Late trials", "Gene": "BRAF", "Primary Tumor acronym": "CM",
    "Source": "PMID:1",
  ]

  private func imported(_ rows: [[String: String]]) throws -> ImportedRules {
    try ImportedRules("cgi", columns: Self.columns, rows: rows.map { Self.plain.merging($0) { $1 } })
  }

  @Test(
    "alterations",
    arguments: [
      ("BRAF:V600E,V600K", "MUT", [["BRAF", "p.V600E | p.V600K", ""]]),
      ("BRAF:V600.,K601E", "MUT", [["BRAF", "p.K601E | CODON 600", ""]]),
      ("KIT:788-828,550-592", "MUT", [["KIT", "RANGE 788-828 | RANGE 550-592", ""]]),
      ("BRCA2:.", "MUT", [["BRCA2", "oncogenic", ""]]),
      ("KIT::wildtype:.", "MUT", [["KIT", "WT", ""]]),
      ("EGFR::consequence::inframe_insertion:762-823", "MUT", [["EGFR", "RANGE 762-823 inframe_ins", ""]]),
      ("ERBB2:amp", "CNA", [["ERBB2", "AMP", ""]]),
      ("CDKN2A:del", "CNA", [["CDKN2A", "HOMDEL", ""]]),
      ("TPMT:.", "BIA", [["TPMT", "BIALLELIC", ""]]),
      ("ALK__.", "FUS", [["ALK", "FUSION", ""]]),
      ("ABL1__BCR", "FUS", [["ABL1", "BCR::ABL1 | ABL1::BCR", ""]]),
      ("MET:amp;EGFR:L858R", "CNA;MUT", [["EGFR", "p.L858R", "MET AMP"]]),
      ("MET:Y1230C;Y1235D", "MUT", [["MET", "p.Y1230C", "MET p.Y1235D"]]),
    ])
  func alterations(text: String, types: String, rows: [[String]]) throws {
    let result = try imported([["Alteration": text, "Alteration type": types]])
    let found = result.rules.map { rule in ["gene", "alteration_spec", "requires"].map { rule[$0] ?? "" } }
    #expect(found == rows, "\(result.unused)")
  }

  @Test("an item that stands in a row for each protein change is one item")
  func folded() throws {
    let result = try imported([
      ["individual_mutation": "BRAF:V600E"], ["individual_mutation": "BRAF:V600K"], ["Source": "PMID:2"],
    ])
    #expect(result.items == 2)
    #expect(result.imported == 2)
  }

  @Test("identifiers come from the content and stay when other items come and go")
  func identifiers() throws {
    let alone = try #require(try imported([["Source": "PMID:2"]]).rules.first?["rule_id"])
    let behind = try #require(try imported([[:], ["Source": "PMID:2"]]).rules.last?["rule_id"])
    #expect(alone == behind)
  }

  @Test("the weakest of several levels; a label and a guideline have their bodies")
  func levels() throws {
    func rule(_ level: String) throws -> [String?] {
      let rule = try imported([["Evidence level": level]]).rules.first
      return [rule?["level"], rule?["body"]]
    }
    #expect(try rule("Late trials,Pre-clinical") == ["E", "literature"])
    #expect(try rule("FDA guidelines") == ["A1", "FDA"])
    #expect(try rule("NCCN guidelines") == ["A2", "guideline"])
    #expect(try rule("Case report") == ["D", "literature"])
  }

  @Test("lists of drugs are choices, semicolons join a combination, an empty list means the family")
  func drugs() throws {
    #expect(
      try imported([["Drug": "[Vemurafenib,Dabrafenib]"]]).rules.map { $0["agents"] } == ["vemurafenib", "dabrafenib"])
    #expect(try imported([["Drug": "Dabrafenib;Trametinib"]]).rules.map { $0["agents"] } == ["dabrafenib + trametinib"])
    #expect(
      try imported([["Drug": "[]", "Drug family": "[MEK inhibitor]"]]).rules.map { $0["agents"] } == [
        "mek inhibitor (class)"
      ])
  }

  @Test("a source without a paper or trial is refused, toxicity is deferred")
  func unused() throws {
    #expect(try imported([["Source": "ASCO 2017 (abstr 1)"]]).unused.map(\.fate) == ["refused"])
    #expect(try imported([["Association": "Increased Toxicity"]]).unused.map(\.fate) == ["deferred"])
    #expect(try imported([["Primary Tumor acronym": "CM;XYZ"]]).unused.map(\.detail) == ["'XYZ' ()"])
  }
}

/// Invented rows in the shape of flat lists of the Molecular Oncology Almanac.
@Suite("MOAlmanac: what an assertion or a label statement becomes")
struct MOAlmanacTests {
  private static let columns = [
    "assertion_id", "gene", "gene2", "feature_type", "variant_class", "alteration", "exon", "pathogenic",
    "feature_display", "disease", "context", "oncotree_term", "oncotree_code", "therapy", "therapy_strategy",
    "therapy_type", "direction", "favorable_prognosis", "level", "source_type", "pmid", "doi", "nct", "url",
    "publication_date", "last_updated", "deprecated",
  ]
  private static let labelColumns = [
    "statement_id", "predicate", "biomarkers", "n_biomarkers", "disease", "oncotree_code", "therapies",
    "therapy_operator", "agency", "brand", "initial_approval_date", "url",
  ]
  private static let plain = [
    "assertion_id": "1", "gene": "BRAF", "feature_type": "Somatic Variant", "variant_class": "Missense",
    "alteration": "p.V600E", "disease": "Melanoma", "oncotree_code": "MEL", "therapy": "Vemurafenib",
    "direction": "sensitivity", "level": "Clinical evidence", "source_type": "Journal", "pmid": "1", "doi": "10.1/x",
    "publication_date": "2009-12-1", "last_updated": "2020-01-02", "deprecated": "False",
  ]

  private func imported(_ changes: [String: String]) throws -> ImportedRules {
    try ImportedRules("moalmanac", columns: Self.columns, rows: [Self.plain.merging(changes) { $1 }])
  }

  @Test("an assertion keeps its number, papers and dates")
  func provenance() throws {
    let rule = try #require(try imported([:]).rules.first)
    #expect(rule["rule_id"] == "MOA1")
    #expect(rule["source"] == "MOAlmanac assertion 1")
    #expect(rule["reference"] == "PMID:1;DOI:10.1/x")
    #expect(rule["source_date"] == "2009-12-01")
    #expect(rule["level"] == "D")
  }

  @Test(
    "features",
    arguments: [
      (["alteration": "exon 19", "variant_class": "Deletion", "gene": "EGFR"], "EXON 19 inframe_del"),
      (["alteration": "", "variant_class": "", "gene": "BRCA2"], "oncogenic"),
      (["alteration": "", "variant_class": "Frameshift", "gene": "FLCN"], "frameshift"),
      (["alteration": "p.G12", "gene": "KRAS"], "CODON 12"),
      (["feature_type": "Copy Number", "alteration": "Deletion", "gene": "PTEN"], "HOMDEL"),
      (["feature_type": "Rearrangement", "gene": "BCR", "gene2": "ABL1", "alteration": "Fusion"], "BCR::ABL1"),
      (["feature_type": "Rearrangement", "gene": "ALK", "alteration": "Fusion"], "FUSION"),
      (["feature_type": "Microsatellite Stability", "gene": "", "alteration": "MSI-High"], "high"),
      // A code that the tree gave up has its successors.
      (["oncotree_code": "MM", "disease": "Multiple Myeloma"], "p.V600E"),
    ])
  func features(changes: [String: String], spec: String) throws {
    let result = try imported(changes)
    #expect(result.rules.map { $0["alteration_spec"] } == [spec], "\(result.unused)")
  }

  @Test(
    "a germline variant asks for a germline allele, a somatic one does not",
    arguments: [("Germline Variant", "germline"), ("Somatic Variant", "either")])
  func origin(type: String, origin: String) throws {
    let result = try imported(["feature_type": type, "gene": "BRCA2", "variant_class": "", "alteration": ""])
    let rule = try #require(result.rules.first, "\(result.unused)")
    #expect(rule["origin"] == origin)
    #expect(rule["alteration_spec"] == "oncogenic")
  }

  @Test("a label is a reference, a guideline without a paper is none")
  func labels() throws {
    let label = try imported([
      "level": "FDA-Approved", "source_type": "FDA", "pmid": "", "doi": "", "url": "https://fda.example/a.pdf",
    ])
    #expect(label.rules.first?["level"] == "A1")
    #expect(label.rules.first?["reference"] == "LABEL:FDA vemurafenib 2009-12-1 https://fda.example/a.pdf")
    let guideline = try imported(["level": "Guideline", "source_type": "Guideline", "pmid": "", "doi": ""])
    #expect(guideline.unused.map(\.reason) == ["reference is not a PMID, DOI, LABEL or NCT"])
  }

  @Test("what says nothing about a therapy is out of scope")
  func outOfScope() throws {
    #expect(try imported(["therapy": "", "direction": ""]).unused.map(\.fate) == ["out of scope"])
    #expect(try imported(["deprecated": "True"]).unused.map(\.fate) == ["deferred"])
  }

  @Test(
    "a label of a germline variant asks for a germline allele, one of a somatic variant does not",
    arguments: [("Germline Variant", "germline"), ("Somatic Variant", "either")])
  func originOfLabel(type: String, origin: String) throws {
    let row = [
      "statement_id": "8", "predicate": "predictSensitivityTo", "biomarkers": "BRCA2 oncogenic variants [\(type)]",
      "disease": "Ovarian Cancer", "oncotree_code": "OVT", "therapies": "Olaparib", "agency": "fda",
      "brand": "Brand", "initial_approval_date": "2020-01-02", "url": "https://fda.example",
    ]
    let result = try ImportedRules("moalmanac", columns: Self.labelColumns, rows: [row])
    let rule = try #require(result.rules.first, "\(result.unused)")
    #expect(rule["origin"] == origin)
    #expect(rule["alteration_spec"] == "oncogenic")
  }

  @Test("label statements: biomarkers joined by AND, each with its type")
  func statements() throws {
    let row = [
      "statement_id": "7", "predicate": "predictSensitivityTo",
      "biomarkers":
        "HER2-negative [Protein expression] AND NOT BCR::ABL1 [Rearrangement] AND BRAF p.V600E [Somatic Variant]",
      "disease": "Melanoma", "oncotree_code": "MEL", "therapies": "Dabrafenib + Trametinib", "agency": "ema",
      "brand": "Brand", "initial_approval_date": "2020-01-02", "url": "https://ema.example",
    ]
    let result = try ImportedRules(
      "moalmanac", columns: Self.labelColumns, rows: [row, row.merging(["agency": "hc"]) { $1 }])
    let rule = try #require(result.rules.first)
    #expect(rule["alteration_spec"] == "p.V600E")
    #expect(rule["requires"] == "ERBB2 = negative AND NOT BCR::ABL1")
    #expect(rule["body"] == "EMA")
    #expect(rule["agents"] == "dabrafenib + trametinib")
    #expect(result.unused.map(\.reason) == ["agency is not a body of a rule"])
  }
}

@Suite("Any table with a mapping of its columns")
struct MappedImportTests {
  private static let mapping = """
    # a lab's own list
    id = No
    gene = Gene
    alteration = Variant
    tumor = Cancer type
    agents = Drugs
    agents.separator = "/"
    direction = Effect
    direction.Responds = sensitivity
    direction.Fails = resistance
    level = "C"
    reference = PubMed
    reference.prefix = "PMID:"
    """
  private static let columns = ["No", "Gene", "Variant", "Cancer type", "Drugs", "Effect", "PubMed", "Remark"]

  @Test("columns, constants and words are translated")
  func translated() throws {
    let rows = [
      [
        "No": "L1", "Gene": "HER2", "Variant": "Amplification", "Cancer type": "breast cancer",
        "Drugs": "Trastuzumab/Lapatinib", "Effect": "responds", "PubMed": "1;2",
      ],
      [
        "No": "L2", "Gene": "KRAS", "Variant": "G12C OR KRAS G12D", "Cancer type": "NSCLC", "Drugs": "Erlotinib",
        "Effect": "Fails", "PubMed": "3",
      ],
    ]
    let mapping = try ColumnMapping(Self.mapping, path: "mapping.txt")
    let result = try ImportedRules("tsv", columns: Self.columns, rows: rows, mapping: mapping)
    let rule = try #require(result.rules.first)
    #expect(rule["gene"] == "ERBB2")
    #expect(rule["agents"] == "trastuzumab + lapatinib")
    #expect(rule["direction"] == "sensitivity")
    #expect(rule["level"] == "C")
    #expect(rule["reference"] == "PMID:1;PMID:2")
    #expect(rule["oncotree_include"] == "BRCA")
    #expect(result.rules.map { $0["rule_id"] } == ["L1", "L2"])
    #expect(result.rules.last?["alteration_spec"] == "p.G12C | p.G12D")
    #expect(result.rules.last?["direction"] == "resistance")
  }

  @Test(
    "a mapping that cannot be used says where",
    arguments: [
      ("gene = Gene", "says no column for alteration"), ("gen = Gene", "did you mean gene"), ("gene Gene", "is no"),
    ])
  func broken(text: String, words: String) {
    #expect {
      try ColumnMapping(text, path: "mapping.txt")
    } throws: { error in
      "\(error)".contains(words)
    }
  }
}
