// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Cautions that allele fractions give: clonality, support, a possible germline origin.
///
/// Guide: Evidence, Clonality and origin.
struct Clonality: Sendable {
  let reference: ReferenceTables
  /// Cancer cell fraction below which a change is subclonal.
  let subclonalFraction: Double

  /// Adds its cautions to an alteration.
  func flag(_ alteration: inout Alteration, in sample: SampleProfile) {
    guard alteration.isSequence else { return }
    func add(_ caution: Caution) {
      if !alteration.cautions.contains(caution) { alteration.cautions.append(caution) }
    }
    if isSubclonal(alteration, sample) { add(.subclonal) }
    if let fraction = alteration.variantAlleleFraction {
      if let limit = sample.assayLimit, fraction < limit { add(.lowSupport) }
      if isPossiblyGermline(alteration, fraction) { add(.possibleGermline) }
    }
  }

  /// Adds them to changes of genes of which the tables say nothing.
  func flag(unlisted: inout [Alteration], in sample: SampleProfile) {
    // Without these nothing can be said of a gene that predisposes to nothing.
    guard sample.purity != nil || sample.assayLimit != nil else { return }
    for index in unlisted.indices { flag(&unlisted[index], in: sample) }
  }

  /// A stated cancer cell fraction wins; else the allele fraction is compared with that of a clonal change of one copy.
  private func isSubclonal(_ alteration: Alteration, _ sample: SampleProfile) -> Bool {
    if let fraction = alteration.cancerCellFraction { return fraction < subclonalFraction }
    guard let fraction = alteration.variantAlleleFraction else { return false }
    return isSubclonal(fraction, alteration.origin, copies: alteration.copyNumber, sample)
  }

  private func isSubclonal(
    _ fraction: Double, _ origin: AlterationOrigin, copies: Double?, _ sample: SampleProfile
  ) -> Bool {
    guard let purity = sample.purity, purity > 0, origin != .germline else { return false }
    // An allele fraction is a coarser measure: half the limit.
    let expected = Self.expectedFraction(purity: purity, copies: copies ?? sample.ploidy ?? 2)
    return fraction < subclonalFraction / 2 * expected
  }

  /// The allele fraction of a clonal somatic change on one copy.
  ///
  /// - Parameters:
  ///   - purity: Fraction of tumor cells, 0...1.
  ///   - copies: Total copies of the gene in tumor cells.
  static func expectedFraction(purity: Double, copies: Double) -> Double {
    purity / (purity * copies + 2 * (1 - purity))
  }

  private func isPossiblyGermline(_ alteration: Alteration, _ fraction: Double) -> Bool {
    guard alteration.origin == .unknown, reference.predispositionGenes[alteration.gene] != nil else { return false }
    return (0.45...0.55).contains(fraction) || fraction >= 0.95
  }
}
