// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// A table of many samples that lies in a folder of its own, beside folders of some of its samples.
struct CohortInFolderTests {
  private static let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"

  private func write(_ rows: [String], _ folder: URL, _ name: String) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try (Self.header + rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }

  @Test("what comes of its rows does not depend on which file is read first", arguments: ["aaa", "zzz"])
  func order(study: String) throws {
    let root = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: root) }
    let input = root.appending(path: "in")
    try write(["KRAS\tMissense_Mutation\tS1\tp.G12D"], input.appending(path: "S1"), "S1.maf")
    try write(
      ["EGFR\tMissense_Mutation\tS1\tp.L858R", "BRAF\tMissense_Mutation\tS2\tp.V600E"],
      input.appending(path: study), "cohort.maf")
    for jobs in ["1", "2", "4"] {
      let out = root.appending(path: "out-" + jobs)
      let outcome = try Program.run(["run", input.path, "--out", out.path, "--jobs", jobs, "--no-sample-files"])
      #expect(outcome.status == 3)
      let text = try String(contentsOf: out.appending(path: "samples.tsv"), encoding: .utf8)
      let states = Table(text).rows.map { ($0["sample_id"] ?? "").prefix(5) + " " + ($0["status"] ?? "") }
      #expect(states == ["S1 reported", "S1 in failed", "S2 reported"])
      #expect(text.contains("and a folder of its own"))
      let rows = try String(contentsOf: out.appending(path: "alterations.tsv"), encoding: .utf8)
      #expect(Table(rows).rows.map { $0["alteration"] ?? "" } == ["p.G12D", "p.V600E"])
    }
  }

  @Test("the row of a sheet is found whichever of two studies of one sample is read first", arguments: ["1", "2", "4"])
  func sheetOfOneStudy(jobs: String) throws {
    let root = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: root) }
    let input = root.appending(path: "in")
    let many = (0..<4000).map { "TP53\tMissense_Mutation\tS\($0 % 2 + 1)\tp.R\($0 + 2)H" }
    try write(many, input.appending(path: "slow"), "cohort.maf")
    try "sample_id\tpatient_id\ttumor_type\nS1\tP1\tLMS\nS2\tP2\tLMS\n".write(
      to: input.appending(path: "slow/clinical.tsv"), atomically: true, encoding: .utf8)
    for (study, patient) in [("aquick", "A"), ("zquick", "Z")] {
      let folder = input.appending(path: study)
      try write(["KRAS\tMissense_Mutation\tS1\tp.G12D", "KRAS\tMissense_Mutation\tS2\tp.G12D"], folder, "cohort.maf")
      guard study == "zquick" else { continue }
      try "sample_id\tpatient_id\nS1\t\(patient)1\nS2\t\(patient)2\n".write(
        to: folder.appending(path: "clinical.tsv"), atomically: true, encoding: .utf8)
    }
    let out = root.appending(path: "out")
    let outcome = try Program.run(["run", input.path, "--out", out.path, "--jobs", jobs, "--no-sample-files"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = try String(contentsOf: out.appending(path: "samples.tsv"), encoding: .utf8)
    #expect(Table(text).rows.map { $0["patient_id"] ?? "" } == ["P1", "P2"])
  }
}
