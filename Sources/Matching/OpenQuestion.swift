// SPDX-License-Identifier: Apache-2.0
package import Knowledge

/// What would have to be found out before a rule can be answered; the column `condition`.
package enum OpenQuestion: Hashable, Sendable {
  /// Whether the tumor has what a rule asks of a gene or biomarker.
  case finding(gene: String, AlterationSpec)
  /// Which change of the gene it is, and which ones would do.
  case change(of: String, wanted: [AlterationSpec])
  /// Which gene of a family, in the words of the input, it is.
  case member(String, of: String)
  /// Whether the gene is mutated.
  case mutations(of: String)
  /// Whether a loss took both alleles of the gene.
  case lossOfBothAlleles(of: String)
  /// At which exon of the gene its fusion is joined.
  case exonOfFusion(of: String)
  /// Whether a change is in the germline.
  case germlineOrigin
  /// What stains and scores come to in a word such as `positive`.
  case status(of: [String])
  /// A value on a scale; the scale is empty for the only one.
  case value(of: String, scale: String)
  /// In which share of the tumor cells a stain is so strong.
  case shareOfCells(of: String, grade: Int)
  /// What a test would show, by the name of the test.
  case test(String)
  /// Whether a therapy was given before.
  case priorTherapy(String)
  /// The WHO grade of the tumor.
  case grade
  /// A fact about the patient in the words of the rule.
  case clinical(String)

  /// Whether it asks which change of a gene it is.
  func asksChange(of gene: String) -> Bool {
    if case .change(gene, _) = self { return true }
    return false
  }
}
