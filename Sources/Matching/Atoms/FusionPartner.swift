// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// A fusion in which the rule's gene is a partner, in the role that the rule asks for.
  ///
  /// A missense change or an amplification never satisfies it; nor does a fusion known to be out of frame
  /// or to be the other half of a rearrangement.
  static func isFusionPartner(
    _ gene: String, _ role: AlterationSpec.FusionRole, _ annotated: AnnotatedAlteration
  ) -> Bool {
    guard case .fusion(let fusion) = annotated.alteration.event, fusion.isOpenToRules, fusion.involves(gene) else {
      return false
    }
    switch role {
    case .any: return true
    case .threePrime: return fusion.threePrimeGene == gene || !fusion.isOrdered
    case .fivePrime: return fusion.fivePrimeGene == gene || !fusion.isOrdered
    }
  }

  /// A fusion whose junction lies at an exon of the rule's gene; `nil` where the exon is not known.
  static func isFusion(
    _ gene: String, _ role: AlterationSpec.FusionRole, atExon exon: Int, _ annotated: AnnotatedAlteration
  ) -> Bool? {
    guard isFusionPartner(gene, role, annotated), case .fusion(let fusion) = annotated.alteration.event else {
      return false
    }
    return fusion.exon(of: gene).map { $0 == exon }
  }
}
