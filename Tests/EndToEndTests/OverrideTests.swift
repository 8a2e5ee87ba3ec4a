// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What a lab states of alterations, in place of what tables and callers say.
struct OverrideTests {
  private static let header = "sample_id\talteration\tclassification\tcall\twho\twhen\twhy\n"

  private static func files(_ overrides: String, header: String = header) throws -> PatientFiles {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R 0.4", "TP53 p.R175H 0.4", "KRAS p.G12D 0.02", "FAM83H p.A100T 0.1"])
    try files.mutations("B", ["EGFR p.L858R 0.4"])
    try files.sheet([["A", "P", "LUAD", "", ""], ["B", "Q", "LUAD", "", ""]])
    try files.write("overrides.tsv", header + overrides)
    return files
  }

  private static func run(_ files: PatientFiles, _ out: String = "out") throws -> Program.Outcome {
    try files.run(out, ["--overrides", files.path("overrides.tsv")])
  }

  @Test func `what is stated of one sample stands before what is stated of all`() throws {
    let files = try Self.files(
      "*\tEGFR L858R\tbenign\t\tA\t2025-01-02\tpolicy\nA\tEGFR L858R\tpathogenic\t\tB\t2025-01-03\tseen\n")
    #expect(try Self.run(files).status == 0)
    let table = try files.table("out/alterations.tsv")
    let own = try #require(table.rows(where: ["gene": "EGFR", "sample_id": "A"]).first)
    #expect(own["flags"] == "lab_classification:pathogenic" && own["outcome"] == "matched")
    #expect(table.rows(where: ["gene": "EGFR", "sample_id": "B"]).first?["outcome"] == "benign")
    let message = try #require(try files.table("out/samples.tsv").rows(where: ["sample_id": "A"]).first?["message"])
    #expect(message.contains("line 2 of the overrides, for all samples, is not applied to EGFR L858R: line 3 states"))
  }

  @Test func `classifications and calls are applied and printed as the lab's`() throws {
    let files = try Self.files(
      "A\tEGFR p.Leu858Arg\tbenign\t\tA. Doe\t2025-01-02\tfunctional study\n"
        + "A\tFAM83H A100T\tLikely pathogenic\t\tB. Roe\t20250103\tsegregates\n"
        + "A\tKRAS G12D\t\tfalse positive\tC\t2025-01-02\tFFPE, C>T\nA\tTP53 R175H\t\tgermline\tC\t2025-01-02\tfamily\n"
    )
    let outcome = try Self.run(files)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let table = try files.table("out/alterations.tsv")
    func row(_ gene: String, _ sample: String = "A") throws -> [String: String] {
      try #require(table.rows(where: ["gene": gene, "sample_id": sample]).first)
    }
    let egfr = try row("EGFR")
    #expect(egfr["oncogenicity"] == "benign" && egfr["outcome"] == "benign")
    #expect(egfr["flags"] == "lab_classification:benign")
    #expect(
      egfr["oncogenicity_reason"]?.hasPrefix(
        "is classified as benign by the lab (A. Doe, 2025-01-02: functional study); without it: oncogenic, ") == true)
    let unlisted = try row("FAM83H")
    #expect(unlisted["oncogenicity"] == "likely_oncogenic" && unlisted["vaf"] == "0.1")
    #expect(unlisted["oncogenicity_reason"]?.contains("(B. Roe, 2025-01-03: segregates)") == true)
    let kras = try row("KRAS")
    #expect(kras["outcome"] == "not_evaluated" && kras["flags"] == "lab_call:artifact")
    #expect(kras["reason"] == "is called an artifact by the lab (C, 2025-01-02: FFPE, C>T)")
    #expect(try row("TP53")["origin"] == "germline")
    // Another sample has its own.
    let other = try row("EGFR", "B")
    #expect(other["oncogenicity"] == "oncogenic" && other["flags"] == "")
    let options = try files.table("out/options.tsv")
    #expect(options.rows(where: ["sample_id": "A", "therapy": "osimertinib"]).isEmpty)
    #expect(options.rows(where: ["sample_id": "B", "therapy": "osimertinib", "group": "opened"]).count == 1)
    #expect(options.rows.allSatisfy { $0["sample_id"] != "A" || $0["against"]?.contains("KRAS") == false })
    let message = try #require(try files.table("out/samples.tsv").rows(where: ["sample_id": "A"]).first?["message"])
    #expect(message.contains("KRAS p.G12D is called an artifact by the lab (C, 2025-01-02: FFPE, C>T)"))
    #expect(message.contains("the lab's classification of EGFR p.L858R contradicts what the tables and the input say"))
    let page = try files.text("out/samples/A/A.report.html")
    #expect(page.contains("is called germline by the lab (C, 2025-01-02: family)"))
    let json = try files.text("out/samples/A/A.report.json")
    #expect(json.contains("\"stated_by_lab\": [{\"classification\": \"\",\"call\": \"artifact\",\"who\": \"C\""))
    #expect(try !files.text("out/samples/B/B.report.json").contains("stated_by_lab"))
  }

  @Test func `pathogenic opens rules for oncogenic changes, and uncertain closes them`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["BRCA2 p.A75P"])
    try files.mutations("B", ["BRCA2 p.S1982Rfs*22 0.5 Frame_Shift_Del"])
    try files.sheet([["A", "P", "HGSOC", "", ""], ["B", "Q", "HGSOC", "", ""]])
    func opened(_ out: String, _ more: [String]) throws -> [String] {
      #expect(try files.run(out, more).status == 0)
      return try files.table(out + "/options.tsv").rows(where: ["therapy": "olaparib", "group": "opened"])
        .compactMap { $0["sample_id"] }
    }
    #expect(try opened("plain", []) == ["B"])
    try files.write(
      "overrides.tsv",
      Self.header + "A\tBRCA2 p.A75P\tpathogenic\t\tX\t2025-01-02\tENIGMA\n"
        + "B\tBRCA2 p.Ser1982ArgfsTer22\tVUS\t\tX\t2025-01-02\tpoor call\n")
    #expect(try opened("out", ["--overrides", files.path("overrides.tsv")]) == ["A"])
  }

  @Test func `copy numbers, fusions and rows for all samples`() throws {
    let files = try PatientFiles()
    for sample in ["A", "B"] {
      try files.write("in/\(sample)/c.tsv", "sample_id\tgene\tcall\n\(sample)\tERBB2\tAMP\n")
      try files.write(
        "in/\(sample)/f.tsv", "Hugo_Symbol\tFusion\tTumor_Sample_Barcode\nALK\tEML4-ALK fusion\t\(sample)\n")
    }
    try files.sheet([["A", "P", "LUAD", "", ""], ["B", "Q", "LUAD", "", ""]])
    try files.write(
      "overrides.tsv",
      Self.header
        + "*\tALK-EML4\t\tartifact\tX\t2025-01-02\trecurrent\nA\tERBB2 amplification\t\tartifact\tX\t2025-01-02\tlow\n"
        + "*\tMYC amplification\t\tartifact\tX\t2025-01-02\tlow\n")
    #expect(try Self.run(files).status == 0)
    let table = try files.table("out/alterations.tsv")
    #expect(table.rows(where: ["kind": "FUSION", "outcome": "not_evaluated"]).count == 2)
    #expect(table.rows(where: ["gene": "ERBB2", "outcome": "not_evaluated"]).map { $0["sample_id"] } == ["A"])
    // What is stated of all samples need not be in each.
    #expect(try files.table("out/samples.tsv").rows.allSatisfy { $0["message"]?.contains("MYC") == false })
  }

  @Test func `what is not there is named`() throws {
    let files = try Self.files(
      "A\tBRAF V600E\tpathogenic\t\tC\t2025-01-02\tx\nNOBODY\tBRAF V600E\tpathogenic\t\tC\t2025-01-02\tx\n")
    let outcome = try Self.run(files)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("overrides.tsv:3: sample 'NOBODY' is not in this run"))
    let message = try files.table("out/samples.tsv").rows(where: ["sample_id": "A"]).first?["message"]
    #expect(message == "line 2 of the overrides names BRAF V600E, which the sample does not have: not applied")
  }

  @Test(arguments: [
    ("A\tEGFR L858R\tmaybe\t\tX\t2025-01-02\ty\n", "overrides.tsv:2: classification 'maybe' is no classification ("),
    (
      "A\tnonsense words\tbenign\t\tX\t2025-01-02\ty\n",
      "overrides.tsv:2: alteration 'nonsense words' is not understood ("
    ),
    ("A\tEGFR L858R, KRAS G12D\tbenign\t\tX\t2025-01-02\ty\n", "names several alterations (write one row for each)"),
    ("A\tEGFR L858R\t\twrong\tX\t2025-01-02\ty\n", "overrides.tsv:2: call 'wrong' is no call ("),
    ("A\tEGFR L858R\t\t\tX\t2025-01-02\ty\n", "overrides.tsv:2: classification is empty ("),
    ("A\tEGFR L858R\tbenign\t\t\t2025-01-02\ty\n", "overrides.tsv:2: who is empty (name who decided)"),
    (
      "A\tEGFR L858R\tbenign\t\tX\t02/03/2025\ty\n",
      "overrides.tsv:2: when '02/03/2025' is no clear date (write YYYY-MM-DD)"
    ),
    ("A\tEGFR L858R\tbenign\t\tX\t2025-01-02\t\n", "overrides.tsv:2: why is empty (give the reason)"),
    ("\tEGFR L858R\tbenign\t\tX\t2025-01-02\ty\n", "overrides.tsv:2: sample_id is empty ("),
    ("A\t\tbenign\t\tX\t2025-01-02\ty\n", "overrides.tsv:2: alteration is empty ("),
    ("A\tEGFR L858R\tbenign\tartifact\tX\t2025-01-02\ty\n", "call 'artifact' contradicts the classification ("),
    (
      "A\tEGFR L858R\tbenign\t\tX\t2025-01-02\ty\nA\tEGFR p.Leu858Arg\tpathogenic\t\tX\t2025-01-02\ty\n",
      "contradicts line 2 for sample 'A' (keep the row that holds)"
    ),
  ])
  func `a row that cannot be used ends the run with its place and the remedy`(rows: String, said: String) throws {
    let files = try Self.files(rows)
    let outcome = try Self.run(files)
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    #expect(!files.has("out/run.json"))
  }

  @Test func `a row signed far ahead is applied, and its date is named`() throws {
    let files = try Self.files(
      "A\tEGFR L858R\tbenign\t\tX\t2162-01-02\ty\nB\tEGFR L858R\tbenign\t\tX\t2025-01-02\ty\n")
    #expect(try Self.run(files).status == 0)
    let table = try files.table("out/samples.tsv")
    let message = try #require(table.rows(where: ["sample_id": "A"]).first?["message"])
    #expect(message.hasPrefix("line 2 of the overrides is signed on 2162-01-02, more than ten years after"))
    #expect(message.contains("(check the year); EGFR"))
    #expect(table.rows(where: ["sample_id": "B"]).first?["message"]?.contains("ten years") == false)
    #expect(try files.table("out/alterations.tsv").rows(where: ["gene": "EGFR", "outcome": "benign"]).count == 2)
  }

  @Test func `a file that is none is refused`() throws {
    let files = try Self.files("A\tEGFR L858R\tbenign\n", header: "sample_id\talteration\tclassification\n")
    #expect(try Self.run(files).status == 78)
    #expect(try Self.run(files).errors.contains("overrides.tsv:1: lacks who, when, why ("))
    #expect(try files.run("out", ["--overrides", files.path("nowhere.tsv")]).status == 66)
  }

  @Test func `a changed file makes anew what it is about, and the output is that of one run`() throws {
    let files = try Self.files("A\tKRAS G12D\t\tartifact\tC\t2025-01-02\tFFPE\n")
    #expect(try Self.run(files).status == 0)
    func stamp(_ sample: String) throws -> Date? {
      let path = files.path("out/samples/\(sample)/\(sample).report.json")
      return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }
    let idle = try Self.run(files)
    #expect(idle.status == 0 && idle.output.isEmpty && idle.errors.isEmpty)
    let (first, second) = (try stamp("A"), try stamp("B"))
    try files.write("overrides.tsv", Self.header + "A\tTP53 R175H\tbenign\t\tC\t2025-01-02\tx\n")
    #expect(try files.run("out", ["--overrides", files.path("overrides.tsv"), "--dry-run"]).output.contains("A"))
    #expect(try Self.run(files).status == 0)
    #expect(try stamp("A") != first && stamp("B") == second)
    #expect(try Self.run(files, "fresh").status == 0)
    #expect(try files.content("out") == files.content("fresh"))
    // Without the file nothing is left of it.
    #expect(try files.run().status == 0)
    #expect(try files.run("plain").status == 0)
    #expect(try files.content("out") == files.content("plain"))
  }

  @Test func `what the lab calls germline leaves no trace where the germline is not reported`() throws {
    let files = try Self.files(
      "A\tTP53 R175H\t\tgermline\tC. Doe\t2025-01-02\tfamily\nA\tEGFR L858R\toncogenic\t\tC. Doe\t2025-01-02\tknown\n")
    #expect(try Self.run(files).status == 0)
    #expect(try files.text("out/alterations.tsv").contains("TP53"))
    let outcome = try files.run(
      "without", ["--overrides", files.path("overrides.tsv"), "--no-germline", "--formats", "tsv,json,html,fhir"])
    #expect(outcome.status == 0)
    let sample = files.path("without/samples/A")
    for name in try FileManager.default.contentsOfDirectory(atPath: sample) {
      let text = try files.text("without/samples/A/" + name)
      #expect(!text.contains("TP53 p.R175H") && !text.lowercased().contains("germline"), "\(name)")
    }
    for table in ["alterations.tsv", "options.tsv", "therapies.tsv", "samples.tsv"] {
      #expect(!(try files.text("without/" + table)).lowercased().contains("germline"), "\(table)")
    }
    let samples = try files.table("without/samples.tsv")
    let row = try #require(samples.rows(where: ["sample_id": "A"]).first)
    #expect(row["rows_filtered"] == "1")
    #expect(row["message"]?.contains("EGFR p.L858R") == true)
  }

  @Test func `a call that was taken back is not lost in a course`() throws {
    let files = try Self.files("B\tKRAS G12D\t\tartifact\tC\t2025-01-02\tFFPE\n")
    try files.mutations("B", ["EGFR p.L858R 0.4", "KRAS p.G12D 0.01"])
    try files.sheet([["A", "P", "LUAD", "2020-01-01", ""], ["B", "P", "LUAD", "2021-01-01", ""]])
    #expect(try Self.run(files).status == 0)
    let row = try #require(try files.table("out/patients.tsv").rows(where: ["gene": "KRAS"]).first)
    #expect(row["change"] == "unknown")
    #expect(row["because"] == "not evaluated in B: is called an artifact by the lab (C, 2025-01-02: FFPE)")
  }
}
