// SPDX-License-Identifier: Apache-2.0
import Knowledge
import TestSupport
import Testing

@testable import Query

/// What is misspelled is answered with the name that was meant.
struct MisspellingTests {
  private static let query = TumorQuery(table: Clinic.table)

  private static func said(_ change: (inout TumorQuery.Question) -> Void) -> String {
    var question = TumorQuery.Question()
    question.tumorType = "LMS"
    change(&question)
    return query.answer(question).remarks.map(\.description).joined(separator: "\n")
  }

  @Test(
    "a finding",
    arguments: [
      ("PDGFAR D842V", "PDGFRA"), ("BRFA V600E", "BRAF"), ("KTI V559D", "KIT"), ("NTKR1 fusion", "NTRK1"),
      ("NTKR3-ETV6 fusion", "NTRK3 for NTKR3"), ("TMBB 14", "TMB"), ("KIT ampl", "KIT amp"),
      ("MET amplificaton", "MET amplification"),
      ("MIS high", "MSI high"), ("MIS-H", "MSI-H"), ("MIS stable", "MSI stable"), ("HDR positive", "HRD positive"),
      ("HDR 50", "HRD 50"), ("TBM 20", "TMB 20"), ("TMB14", "TMB 14"), ("PLD1 60%", "PD-L1 60%"),
      ("MSI hgih", "MSI high"),
      ("TMB hihg", "TMB high"), ("MGMT methlyated", "MGMT methylated"), ("NTKR fusion", "NTRK fusion"),
      ("tumour mutation burdon 20", "TMB"), ("mircosatellite instability high", "MSI"), ("dMRM", "MMR"),
      ("CDKN2A delition", "CDKN2A deletion"), ("PTEN lose", "PTEN loss"), ("ERBB2 amplifed", "ERBB2 amplified"),
    ])
  func finding(written: String, meant: String) {
    let said = Self.said { $0.findings = [written] }
    #expect(said.contains("(did you mean \(meant)?)"), "\(said)")
  }

  @Test("another name of a gene that is a swapped biomarker opens nothing as that gene, and a change of the gene stays")
  func swapped() {
    for written in ["MIS high", "HDR positive", "MIS-H"] {
      var question = TumorQuery.Question()
      (question.tumorType, question.findings) = ("LMS", [written])
      #expect(Self.query.answer(question).isNothingUnderstood, "\(written)")
    }
    #expect(!Self.said { $0.findings = ["MIS V12A"] }.contains("did you mean"))
    #expect(!Self.said { $0.findings = ["AMH high"] }.contains("did you mean"))
    #expect(!Self.said { $0.findings = ["GATA3 positive"] }.contains("did you mean"))
  }

  @Test(
    "a gene with something else behind it is not said to be misspelled",
    arguments: ["KIT xyzzyx", "KIT blue", "EML-ALK fusion"])
  func other(written: String) { #expect(!Self.said { $0.findings = [written] }.contains("did you mean")) }

  @Test(
    "a tumor type",
    arguments: [
      ("LSM", "LMS, "), ("LMSS", "LMS, "), ("leiomyosarkoma", "LMS, "), ("brest cancer", "BRCA, "),
      ("lung adenocarcinma", "LUAD, "), ("colon cancr", "COAD, "), ("melanomma", "MEL, "),
    ])
  func type(written: String, meant: String) {
    let said = Self.said { $0.tumorType = written }
    #expect(said.contains("did you mean \(meant)"), "\(said)")
  }

  @Test(
    "an earlier treatment; one that is known, in any words, is none",
    arguments: [
      ("imatnib", "imatinib"), ("osimertinb", "osimertinib"), ("doxorubcin", "doxorubicin"), ("imatinib", ""),
      ("chemotherapy", ""), ("PARP inhibitor", ""), ("platinum", ""), ("surgery", ""), ("Gleevec", ""),
      ("anthracycline", ""),
      ("doxorubicin + ifosfamide", ""), ("radiotherapy", ""), ("TKI", ""), ("anti-PD-1", ""),
    ])
  func priorTherapy(written: String, meant: String) {
    let said = Self.said { $0.priorTherapy = [written] }
    #expect(meant.isEmpty ? !said.contains("earlier treatment") : said.contains("(did you mean \(meant)?)"), "\(said)")
  }

  @Test(
    "a site", arguments: [("utreus", true), ("uterus", false), ("Uterus, NOS", false), ("thigh", false), ("", false)])
  func site(written: String, isNear: Bool) {
    #expect(Self.said { $0.site = written }.contains("did you mean uterus?") == isNear)
  }
}
