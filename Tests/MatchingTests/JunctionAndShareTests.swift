// SPDX-License-Identifier: Apache-2.0
import Matching
import Reports
import TestSupport
import Testing

/// Rules that ask for the exon of a fusion, or for a stain so strong in so many cells.
struct JunctionAndShareTests {
  private func answer(_ rule: InventedRule, _ finding: String) -> (verdict: String?, condition: String?) {
    let answer = InventedClinic(rule).ask("LMS", finding)
    return (answer.cell("R1", "verdict"), answer.cell("R1", "condition"))
  }

  @Test(
    arguments: [
      ("EML4(13)-ALK(20)", "supported"), ("EML4-ALK E6;A20", "supported"), ("EML4(13)-ALK(19)", nil),
      ("EML4::ALK", "conditional"), ("ALK fusion", "conditional"), ("ALK L1196M", nil), ("EML4-ALK out of frame", nil),
    ] as [(String, String?)])
  func `a rule on an exon of a fusion is met, not met, or conditional on the exon`(finding: String, verdict: String?) {
    let found = answer(InventedRule("R1", "ALK", "FUSION 3prime partner any EXON 20", "crizotinib"), finding)
    #expect(found.verdict == verdict)
    if verdict == "conditional" { #expect(found.condition == "exon of ALK at the junction of the fusion") }
  }

  @Test(
    arguments: [
      ("MET IHC 3+ in 80%", "supported"), ("MET IHC 3+ in 50%", "supported"), ("MET IHC 3+ in 30%", nil),
      ("MET IHC 2+ in 80%", nil), ("MET IHC 3+", "conditional"), ("MET IHC 2+", nil),
    ] as [(String, String?)])
  func `a rule on intensity and share reads both`(finding: String, verdict: String?) {
    let rule = InventedRule("R1", "MET", "IHC >= 3+ IN >= 50", "crizotinib", ["event_class": "EXPR"])
    let found = answer(rule, finding)
    #expect(found.verdict == verdict)
    if verdict == "conditional" { #expect(found.condition == "share of tumor cells with MET IHC 3+") }
  }

  @Test(arguments: ["FUSION any", "FUSION 3prime", "FUSION 3prime partner any EXON 20"])
  func `the other half of a rearrangement meets no rule`(spec: String) {
    #expect(answer(InventedRule("R1", "ALK", spec, "crizotinib"), "ALK::EML4").verdict == nil)
  }
}
