// SPDX-License-Identifier: Apache-2.0
import Alterations
import Normalization
import TestSupport
import Testing

/// What stands around a finding in a sentence: it changes nothing of the finding, denies it, or leaves it open; and two
/// findings stay two, however they are joined.
@Suite("Sentences around findings") struct SentenceTests {
  private static let text = ClinicalText(table: Clinic.table)

  private static func read(_ words: String) -> [String] {
    text.understand(words).alterations.map { "\($0.gene) \($0)" }.sorted()
  }

  static let findings = [
    "EGFR L858R", "KRAS G12C", "BRAF V600E", "EGFR exon 19 deletion", "EGFR exon 20 insertion", "MET exon 14 skipping",
    "ALK fusion", "EML4-ALK", "RET fusion", "CD74-ROS1", "NTRK1 fusion", "MET amplification", "HER2 amplification",
    "FLT3-ITD", "KIT V559D", "PIK3CA H1047R", "BRCA2 c.5946delT", "TP53 R175H", "FGFR2-BICC1",
    "CDKN2A homozygous deletion", "IDH1 R132H", "ERBB2 S310F", "KIT exon 11 deletion", "PDGFRA D842V", "NPM1 W288fs",
    "BCR-ABL1 T315I", "AKT1 E17K", "NF1 frameshift", "ESR1 Y537S",
  ]

  @Test(arguments: findings) func `a sentence that says that it is there changes nothing`(finding: String) {
    let plain = Self.read(finding)
    #expect(!plain.isEmpty)
    for around in [
      "X detected", "X positive", "X identified by NGS", "X (VAF 12%)", "X present in plasma", "X, VAF 12%",
      "X found on liquid biopsy", "X confirmed", "patient has X", "X with VAF 12%", "tumor with X",
      "X in primary tumor",
      "X in the metastasis", "X variant", "harbors X", "X +", "X (somatic)", "X somatic", "X by PCR",
    ] {
      let sentence = around.replacing("X", with: finding)
      #expect(Self.read(sentence) == plain, "\(sentence)")
    }
  }

  @Test(arguments: findings) func `a sentence that denies it or leaves it open does not state it`(finding: String) {
    let plain = Set(Self.read(finding))
    for around in [
      "no X", "X negative", "X not detected", "X absent", "without X", "X negative by NGS", "X not detected in plasma",
      "negative for X", "X not found", "no evidence of X", "X: not detected", "X: negative", "X negative in tissue",
      "X was not detected by PCR", "X absent by IHC", "X undetectable", "X ruled out", "X -", "X unknown", "X pending",
      "X not tested", "X status unknown", "possible X", "X QNS", "X test failed", "X cannot be excluded", "X?",
      "rule out X",
    ] {
      let sentence = around.replacing("X", with: finding)
      #expect(plain.isDisjoint(with: Self.read(sentence)), "\(sentence)")
    }
  }

  static let pairs = [
    ("EGFR L858R", "TP53 R175H"), ("ALK fusion", "MET amplification"), ("KRAS G12C", "STK11 Q37*"),
    ("EGFR exon 19 deletion", "EGFR T790M"), ("FLT3-ITD", "NPM1 W288fs"), ("RET fusion", "PIK3CA H1047R"),
    ("HER2 amplification", "PIK3CA H1047R"), ("EML4-ALK", "TP53 R175H"), ("MET exon 14 skipping", "MET D1228N"),
  ]

  @Test(arguments: pairs) func `two findings are two however they are joined`(one: String, other: String) {
    let both = (Self.read(one) + Self.read(other)).sorted()
    for joint in [
      " and ", ", ", " with ", " + ", " plus ", "; ", " & ", " / ", " with concurrent ", " as well as ", " along with ",
      " in addition to ", " together with ", " followed by ",
    ] {
      #expect(Self.read(one + joint + other) == both, "\(one + joint + other)")
    }
  }

  @Test(arguments: pairs) func `what a finding is without leaves the finding`(one: String, other: String) {
    let (plain, absent) = (Self.read(one), Self.read(other))
    for around in [
      "X without Y", "X, no Y", "X but no Y", "X with no Y", "X; Y negative", "X and no Y", "X (Y negative)", "X no Y",
      "X without evidence of Y",
    ] {
      let sentence = around.replacing("X", with: one).replacing("Y", with: other)
      let found = Set(Self.read(sentence))
      #expect(found.isSuperset(of: plain), "\(sentence)")
      #expect(found.isDisjoint(with: absent), "\(sentence)")
    }
  }

  static let deniedPairs = [
    ("EGFR L858R", "TP53 R175H"), ("ALK fusion", "MET amplification"), ("KRAS G12C", "STK11 Q37*"),
    ("EGFR exon 19 deletion", "EGFR T790M"), ("FLT3-ITD", "NPM1 W288fs"), ("KRAS mutation", "NRAS mutation"),
    ("ALK fusion", "ROS1 fusion"), ("BRAF V600E", "BRAF V600K"), ("EML4-ALK", "CD74-ROS1"),
    ("EGFR mutation", "ALK rearrangement"),
  ]

  @Test(arguments: deniedPairs) func `a denial of two findings states neither of them`(one: String, other: String) {
    let both = Set(Self.read(one) + Self.read(other))
    for around in [
      "no X or Y", "neither X nor Y", "X or Y not detected", "negative for X and Y", "no X, no Y", "X and Y negative",
      "X and Y not detected", "negative for X, Y", "no X and no Y", "absence of X and Y", "X negative, Y negative",
      "X neg Y neg", "X: neg; Y: neg", "no evidence of X or Y", "without X or Y", "X & Y absent",
      "both X and Y negative",
    ] {
      let sentence = around.replacing("X", with: one).replacing("Y", with: other)
      #expect(both.isDisjoint(with: Self.read(sentence)), "\(sentence)")
    }
  }
}
