// SPDX-License-Identifier: Apache-2.0
import Query
import TestSupport
import Testing

/// What stands first for tumors that were never seen.
struct FirstLineTests {
  private static let findings = [
    "BRAF V600E", "KRAS G12D", "KRAS G12C", "NRAS Q61R", "PIK3CA H1047R", "PTEN loss", "EGFR L858R", "EGFR T790M",
    "ERBB2 amplification", "MET amplification", "FGFR1 amplification", "FGFR3 S249C", "CDKN2A homozygous deletion",
    "CDK4 amplification", "MDM2 amplification", "RB1 loss", "TP53 R175H", "BRCA2 S1982fs", "ATM R3008C", "KIT V559D",
    "KIT V654A", "PDGFRA D842V", "TSC2 R611Q", "NF1 R1276*", "IDH1 R132H", "ALK F1174L", "EML4::ALK", "TPM3::NTRK1",
    "CCND1 amplification", "SMARCB1 loss", "TMB 18", "MSI high", "HER2 IHC 3+",
  ]
  private static let tumors = ["LMS", "ULMS", "GIST", "LUAD", "COAD", "BRCA", "MEL", "HGSOC", "GB", "BLCA"]

  @Test(arguments: Self.tumors)
  func `a conflict, another tumor's backbone or a stopped agent is first where nothing of the tier is better`(
    tumor: String
  ) {
    var draw = SeededGenerator(seed: UInt64(Self.tumors.firstIndex(of: tumor) ?? 0) &* 7919)
    var count = 0
    for _ in 0..<16 {
      let number = Int.random(in: 1...6, using: &draw)
      let found = Array(Self.findings.shuffled(using: &draw).prefix(number))
      let answer = Clinic.ask(tumor) { $0.findings = found }
      let (seen, faults) = FirstLines.faults(answer.options)
      count += seen
      #expect(faults == [], "\(tumor) \(found)")
    }
    #expect(count > 8)
  }
}
