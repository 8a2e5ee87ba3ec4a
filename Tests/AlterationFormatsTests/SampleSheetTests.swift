import Testing

@testable import AlterationFormats

/// Sheets say the same in whatever form a laboratory exports them.
struct SampleSheetTests {
  private func read(_ text: String) throws -> SampleSheet {
    let bytes = Array(text.utf8)
    let content = try OpenedInput(bytes.span, path: "sheet").readAll(bytes.span)
    return try #require(content.sheet)
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
    #expect(second.patientID.isEmpty && second.tumorType.isEmpty && second.values.isEmpty)
  }

  @Test("a quoted cell of a CSV may hold commas; a comma in a TSV is a comma")
  func commas() throws {
    let quoted = try read("sample_id,tumor_type,site\nS1,\"Sarcoma, NOS\",uterus\n")
    #expect(quoted.entry(for: "S1")?.tumorType == "Sarcoma, NOS")
    #expect(quoted.entry(for: "S1")?.site == "uterus")
    let tabs = try read("sample_id\ttumor_type\nS1\tSarcoma, NOS\n")
    #expect(tabs.entry(for: "S1")?.tumorType == "Sarcoma, NOS")
  }
}
