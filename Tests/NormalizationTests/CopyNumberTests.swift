// SPDX-License-Identifier: Apache-2.0
import Alterations
import Normalization
import TestSupport
import Testing

@Suite("Copy number")
struct CopyNumberTests {
  @Test(
    "GISTIC-style calls",
    arguments: [
      ("2", CopyNumberCall.amplification), ("+2", .amplification), ("2.0", .amplification), ("1", .gain), ("+1", .gain),
      ("0", .neutral), ("-1", .heterozygousLoss), ("-2", .homozygousDeletion), ("-2.0", .homozygousDeletion),
    ])
  func gistic(written: String, call: CopyNumberCall) throws {
    let result = try #require(CopyNumberNormalizer.call(written))
    #expect(result == .init(call))
  }

  @Test("a call of -1.5 is HOMDEL that is marked as partial")
  func partial() {
    #expect(CopyNumberNormalizer.call("-1.5") == .init(.homozygousDeletion, caution: .partial))
  }

  @Test(
    "log2 ratios and continuous values are not calls",
    arguments: ["0.35", "-0.82", "1.7", "3", "-3", "6", "2.4", "NaN", "inf"])
  func continuous(written: String) {
    #expect(CopyNumberNormalizer.call(written) == nil)
  }

  @Test(
    "absolute copies at ploidy 2: 6 is AMP, 3 to 5 GAIN, 1 LOSS_HET, 0 HOMDEL",
    arguments: [
      (12.0, CopyNumberCall.amplification), (6.0, .amplification), (5.9, .gain), (5.0, .gain), (4.0, .gain),
      (3.0, .gain), (2.0, .neutral), (1.0, .heterozygousLoss), (0.5, .heterozygousLoss), (0.49, .homozygousDeletion),
      (0.0, .homozygousDeletion),
    ])
  func absolute(copies: Double, call: CopyNumberCall) {
    #expect(CopyNumberNormalizer.call(copies: copies) == call)
  }

  @Test(
    "the copies that make an amplification are configurable",
    arguments: [(6.0, CopyNumberCall.gain), (8.0, .amplification)])
  func threshold(copies: Double, call: CopyNumberCall) {
    #expect(CopyNumberNormalizer.call(copies: copies, amplification: 8) == call)
  }

  @Test(
    "relative to ploidy 4: plus 4 is AMP, plus 1 to plus 3 GAIN",
    arguments: [
      (9.0, CopyNumberCall.amplification), (8.0, .amplification), (7.0, .gain), (5.0, .gain), (4.0, .neutral),
      (0.0, .homozygousDeletion),
    ])
  func relative(copies: Double, call: CopyNumberCall) {
    #expect(CopyNumberNormalizer.call(copies: copies, ploidy: 4) == call)
  }

  @Test("relative to ploidy 3: seven copies are AMP")
  func triploid() {
    #expect(CopyNumberNormalizer.call(copies: 7, ploidy: 3) == .amplification)
    #expect(CopyNumberNormalizer.call(copies: 6, ploidy: 3) == .gain)
  }

  @Test(
    "words for calls",
    arguments: [
      ("amplified", CopyNumberCall.amplification), ("AMP", .amplification), ("Amplification", .amplification),
      ("high-level amplification", .amplification), ("gain", .gain), ("low-level gain", .gain),
      ("deep deletion", .homozygousDeletion), ("DeepDel", .homozygousDeletion), ("HOMDEL", .homozygousDeletion),
      ("homozygous deletion", .homozygousDeletion), ("biallelic deletion", .homozygousDeletion),
      ("shallow deletion", .heterozygousLoss), ("LOSS_HET", .heterozygousLoss),
      ("hemizygous deletion", .heterozygousLoss),
      ("LOH", .lossOfHeterozygosity), ("neutral", .neutral), ("diploid", .neutral),
    ])
  func word(written: String, call: CopyNumberCall) {
    #expect(CopyNumberNormalizer.call(written) == .init(call))
  }

  @Test("`gain` is never AMP")
  func gainIsNoAmplification() {
    #expect(Vocabulary.understood("KIT gain") == ["KIT GAIN"])
    #expect(Vocabulary.understood("KIT copy number 4") == ["KIT GAIN"])
  }

  @Test(
    "a deletion without a word for both alleles is LOSS_HET with a warning", arguments: ["deleted", "loss", "deletion"])
  func looseLoss(word: String) {
    #expect(CopyNumberNormalizer.call(word) == .init(.heterozygousLoss, caution: .oneAlleleAssumed))
    let understood = Vocabulary.text.understand("PTEN \(word)")
    #expect(understood.alterations.map(\.event) == [.copyNumber(.heterozygousLoss)])
    #expect(understood.remarks.contains { $0.contains("both alleles") })
  }

  @Test(
    "deep, homozygous and biallelic deletion is HOMDEL",
    arguments: ["PTEN deep deletion", "PTEN homozygous loss", "biallelic deletion of PTEN", "PTEN: both alleles lost"])
  func bothAlleles(phrase: String) {
    #expect(Vocabulary.understood(phrase) == ["PTEN HOMDEL"])
  }

  @Test(
    "copies stated in words are read by the table of absolute copies",
    arguments: [
      ("ERBB2 copy number 12", "AMP"), ("ERBB2 9 copies", "AMP"), ("ERBB2 CN 5", "GAIN"), ("ERBB2 CN 1", "LOSS_HET"),
      ("ERBB2 CN 0", "HOMDEL"),
    ])
  func statedCopies(phrase: String, call: String) {
    #expect(Vocabulary.understood(phrase) == ["ERBB2 \(call)"])
  }

  @Test("focality is kept when given")
  func focality() {
    #expect(
      Vocabulary.text.understand("CDK4 focal amplification").alterations.first?.asWritten.contains("focal") == true)
    #expect(Vocabulary.understood("CDK4 focal amplification") == ["CDK4 AMP"])
  }
}
