// SPDX-License-Identifier: Apache-2.0
import Testing
@testable import InputFormats

/// Sheets say the same in whatever form a laboratory exports them.
struct SampleSheetTests {
  private func read(_ text: String) throws -> SampleSheet {
    let bytes = Array(text.utf8)
    let content = try OpenedInput(bytes.span, path: "sheet").readAll(bytes.span)
    return try #require(content.kind.sheet)
  }

  static let written = [
    "sample_id\tpatient_id\ttumor_type\tprior_therapy\nS1\tP1\tLMS\tpazopanib; trabectedin\nS2\t\tNA\t\n",
    "sample_id,patient_id,tumor_type,prior_therapy\nS1,P1,LMS,pazopanib; trabectedin\nS2,,NA,\n",
    "\"sample_id\",\"patient_id\",\"tumor_type\",\"prior_therapy\"\r\n\"S1\",\"P1\",\"LMS\",\"pazopanib; trabectedin\"\r\n"
      + "\"S2\",\"\",NA,\"\"\r\n",
    "Sample_ID, Patient_ID, Tumor_Type, Prior_Therapy\nS1, P1, LMS, pazopanib; trabectedin\nS2, , NA,\n",
  ]

  @Test("tabs, commas, quotes and spaces make one sheet", arguments: written)
  func forms(text: String) throws {
    let sheet = try read(text)
    #expect(sheet.entries.map(\.sampleID) == ["S1", "S2"])
    let first = try #require(sheet.entry(for: "S1"))
    #expect(first.patientID == "P1" && first.tumorType == "LMS")
    #expect(first.values["prior_therapy"] == "pazopanib; trabectedin")
    let second = try #require(sheet.entry(for: "S2"))
    #expect(second.patientID.isEmpty && second.tumorType.isEmpty && second.values.stated.isEmpty)
  }

  @Test("a quoted cell of a CSV may hold commas; a comma in a TSV is a comma")
  func commas() throws {
    let quoted = try read("sample_id,tumor_type,site\nS1,\"Sarcoma, NOS\",uterus\n")
    #expect(quoted.entry(for: "S1")?.tumorType == "Sarcoma, NOS")
    #expect(quoted.entry(for: "S1")?.site == "uterus")
    let tabs = try read("sample_id\ttumor_type\nS1\tSarcoma, NOS\n")
    #expect(tabs.entry(for: "S1")?.tumorType == "Sarcoma, NOS")
  }

  @Test("of a cohort's sheet the part about a folder's samples says the same as all of it")
  func partOfCohort() throws {
    let ids = (0..<6).map { "S\($0)" } + ["TCGA-AA-0001-01A", "TCGA-AA-0001-01", "TCGA-AA-0001", "TCGA-AA-0002-01"]
    let patients = ["", "P1", "P2", "TCGA-AA-0001"]
    // Every third number of a walk through all rows: rows of patients alone, rows said twice, rows left open.
    func sheet(_ start: Int, _ rows: Int) throws -> SampleSheet {
      var text = "sample_id\tpatient_id\ttumor_type\tsite\tpurity\n"
      for row in start..<start + rows {
        let cells = [
          ids[row * 7 % ids.count], patients[row * 5 % patients.count], row % 3 == 0 ? "" : "T\(row)",
          row % 2 == 0 ? "" : "site \(row)", row % 4 == 0 ? "0.\(row)" : "",
        ]
        text += cells.joined(separator: "\t") + "\n"
      }
      let alone = "patient_id\tploidy\nP1\t2.\(start)\nTCGA-AA-0001\t3.\(start)\n"
      return try #require(SampleSheet.merged([read(text), read(alone)]))
    }
    func said(_ entry: SampleSheet.Entry?) -> String {
      guard let entry else { return "nothing" }
      return "\(entry.sampleID)|\(entry.patientID)|\(entry.tumorType)|\(entry.otherTumorTypes)|\(entry.site)|"
        + "\(entry.line)|\(entry.values.stated)"
    }
    for start in 1..<12 {
      let cohort = try sheet(start, 14)
      let own = try sheet(start + 3, start % 4)
      let whole = try #require(SampleSheet.merged([own, cohort]))
      for id in ids {
        let part = try #require(SampleSheet.merged([own, cohort.part(about: [id], and: [own])]))
        #expect(said(part.entry(for: id)) == said(whole.entry(for: id)), "\(id) from \(start)")
      }
    }
  }

  @Test("of two columns for one thing the first that says something counts")
  func columnsForOneThing() throws {
    let sheet = try read("sample_id\ttumor_type\tpurity\ttumor_purity\nS1\tLMS\t\t0.4\nS2\tLMS\t0.5\t0.6\nS3\tLMS\n")
    #expect(["S1", "S2", "S3"].map { sheet.entry(for: $0)?.values["purity"] } == ["0.4", "0.5", nil])
  }
}
