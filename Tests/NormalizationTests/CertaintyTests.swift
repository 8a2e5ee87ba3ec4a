// SPDX-License-Identifier: Apache-2.0
import Alterations
import Normalization
import TestSupport
import Testing

/// Denials, doubts and parentheses are never dropped and never read as their opposite.
struct CertaintyTests {
  /// What is understood as `GENE change`, and what is not.
  private func read(_ text: String) -> (found: [String], open: Int) {
    let result = Vocabulary.text.understand(text)
    return (result.alterations.map { "\($0.gene) \($0)" }, result.notUnderstood.count)
  }

  @Test(arguments: [
    "EGFR L858R not detected", "no EGFR L858R", "EGFR L858R absent", "EGFR L858R ruled out", "EGFR L858R excluded",
    "negative for EGFR L858R", "absence of EGFR L858R", "EGFR L858R was not found", "without EGFR L858R",
    "EGFR L858R (negative)", "EGFR L858R (not detected)", "EGFR L858R: negative", "EGFR L858R: not detected",
    "EGFR: no L858R", "EGFR L858R no longer detected", "EGFR without L858R", "no evidence of EGFR L858R",
  ])
  func `a change that is denied is absent`(text: String) {
    #expect(read(text).found == ["EGFR no p.L858R"])
  }

  @Test(arguments: [
    "no ALK rearrangement", "ALK not rearranged", "ALK: no rearrangement", "ALK without rearrangement",
    "ALK fusion ruled out", "ALK fusion: none", "lack of ALK fusion", "ALK fusion excluded", "ALK fusion not detected",
  ])
  func `a fusion that is denied is absent`(text: String) {
    #expect(read(text).found == ["ALK no v::ALK"])
  }

  @Test(arguments: [
    "MET not amplified", "MET non-amplified", "MET unamplified", "no MET amplification", "MET without amplification",
    "MET amplification absent", "MET amplification: negative", "MET amplification not detected",
  ])
  func `an amplification that is denied is absent`(text: String) {
    #expect(read(text).found == ["MET no AMP"])
  }

  @Test(arguments: [
    "EGFR L858R unlikely", "suspected EGFR L858R", "possible EGFR L858R", "EGFR L858R cannot be excluded",
    "EGFR L858R not confirmed", "EGFR L858R pending", "EGFR L858R not tested", "EGFR L858R?", "?EGFR L858R",
    "EGFR L858R likely artifact", "ALK fusion not excluded", "rule out ALK fusion", "MSI-H suspected",
    "MSI-H not confirmed", "ALK FISH pending", "family history of BRCA2 mutation", "EGFR L858R questionable",
    "probable MET amplification", "MET amplification not evaluable", "KRAS G12C inconclusive",
    "KRAS G12C (unconfirmed)",
  ])
  func `what is in doubt, or was not tested, is said and is no finding`(text: String) {
    let (found, open) = read(text)
    #expect(found.isEmpty)
    #expect(open == 1)
  }

  @Test func `brackets that deny something else leave the finding`() {
    let (found, open) = read("MET amplification (no exon 14 alteration)")
    #expect(found == ["MET AMP", "MET no exon 14 mutation"])
    #expect(open == 0)
  }

  @Test(arguments: ["EGFR L858R, subclonal", "subclonal EGFR L858R", "EGFR L858R (subclonal)"])
  func `a subclonal change keeps its flag`(text: String) {
    let found = Vocabulary.text.understand(text).alterations
    #expect(found.map(\.description) == ["p.L858R"])
    #expect(found.first?.cautions.contains(.subclonal) == true)
  }

  @Test func `a finding of an earlier test is taken and said`() {
    let result = Vocabulary.text.understand("previously detected EGFR L858R")
    #expect(result.alterations.map(\.description) == ["p.L858R"])
    #expect(result.remarks.count == 1)
  }

  @Test(arguments: [
    ("loss of MLH1 and PMS2 by IHC", "MMR deficient"), ("MLH1/PMS2 loss", "MMR deficient"),
    ("MSH2 and MSH6 lost on immunohistochemistry", "MMR deficient"), ("MLH1 and PMS2 retained", "MMR proficient"),
    ("no loss of MLH1 and PMS2 by IHC", "MMR proficient"), ("MMR intact", "MMR proficient"),
    ("no MMR deficiency", "MMR proficient"), ("not MSI-H", "MSI not high"), ("MSI-H ruled out", "MSI not high"),
    ("TMB not high", "TMB not high"), ("RB1 intact", "RB1 WT"),
  ])
  func `states of repair and instability are read with their denials`(text: String, found: String) {
    #expect(read(text).found == [found])
  }

  @Test(arguments: [
    ("c-MET IHC 3+ in 80%", "MET IHC 3+ in 80%"), ("c-Met 80 % 3+", "MET IHC 3+ in 80%"),
    ("MET 3+ 60%", "MET IHC 3+ in 60%"), ("FOLR1 2+ 75 %", "FOLR1 IHC 2+ in 75%"),
    ("FOLR1 PS2+ 80%", "FOLR1 IHC 2+ in 80%"), ("CLDN18.2 2+/3+ in 80%", "CLDN18 IHC 2+ in 80%"),
    ("CLDN18.2 80%", "CLDN18 percent 80"),
  ])
  func `a stain keeps intensity and share`(text: String, found: String) {
    #expect(read(text).found == [found])
  }

  @Test func `a call that its own copies contradict is said and is no finding`() {
    let (found, open) = read("ERBB2 amplified (2 copies)")
    #expect(found.isEmpty)
    #expect(open == 1)
  }
}
