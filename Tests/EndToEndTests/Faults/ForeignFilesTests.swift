// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What others wrote, and what a run reads, is not written over.
struct ForeignFilesTests {
  @Test(
    "a file of others with a name of ours refuses the output folder, however deep it lies",
    arguments: [
      "samples/S1/S1.report.html", "samples/S1/S1.report.json", "samples/S9/S9.therapies.tsv",
      "samples/S1/S1.fhir.json", "cbioportal/meta_study.txt", "cbioportal/meta_clinical_sample.txt",
      "cbioportal/data_clinical_sample.txt", "multiqc/oncomatch_mqc.tsv",
    ])
  func foreign(path: String) throws {
    let cohort = try Cohort("S1")
    let file = cohort.out.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try "of others\n".write(to: file, atomically: true, encoding: .utf8)
    for more in [[], ["--force"]] {
      let outcome = try Program.run(cohort.arguments(["--formats", "tsv,json,html,cbioportal,multiqc"] + more))
      #expect(outcome.status == 73 && outcome.errors.contains(path), "\(outcome.errors)")
      #expect(try String(contentsOf: file, encoding: .utf8) == "of others\n")
    }
  }

  @Test func `what a run that did not end has left is written over`() throws {
    let cohort = try Cohort("S1", "S2")
    let formats = ["--formats", "tsv,json,html,fhir,cbioportal,multiqc", "--report-url", "https://reports.invalid"]
    #expect(try Program.run(cohort.arguments(formats)).status == 0)
    let before = try cohort.content()
    for name in ["run.json", "options.tsv", "index.html"] {
      try FileManager.default.removeItem(at: cohort.out.appending(path: name))
    }
    #expect(try Program.run(cohort.arguments(formats)).status == 0)
    #expect(try cohort.content() == before)
  }

  @Test("annotated tables do not replace what is read beside them", arguments: ["--samples", "--panel", "--table"])
  func annotate(option: String) throws {
    let cohort = try Cohort("S1")
    let texts = [
      "--samples": "sample_id\ttumor_type\nS1\tGIST\n", "--panel": "KIT\nTP53\n",
      "--table":
        "rule_id\tgene\tevent_class\talteration_spec\toncotree_include\tagents\tdirection\tlevel\treference\n"
        + "X1\tKIT\tMUT\tp.V559D\tANY\timatinib\tsensitivity\tC\tPMID:1\n",
    ]
    let file = cohort.root.appending(path: "read.tsv")
    let text = try #require(texts[option])
    try text.write(to: file, atomically: true, encoding: .utf8)
    let outcome = try Program.run([
      "annotate", cohort.input.appending(path: "S1/S1.maf").path, option, file.path, "--out", file.path,
    ])
    #expect(outcome.status == 64 && outcome.errors.contains("would be replaced"), "\(outcome.errors)")
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func `a sheet is not read from where the run writes`() throws {
    let cohort = try Cohort("S1")
    #expect(try cohort.run().status == 0)
    let before = try cohort.content()
    let sheet = cohort.out.appending(path: "samples.tsv").path
    let outcome = try cohort.run("--samples", sheet)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(sheet) && outcome.errors.contains(cohort.out.path))
    #expect(try cohort.content() == before)
  }
}
