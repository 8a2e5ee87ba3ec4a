// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// A substitution at a codon, to one of the residues where any are given.
  static func isSubstitution(at codon: Int, to residues: String, _ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event, let protein = change.proteinChange,
      protein.first <= codon, protein.last >= codon
    else { return false }
    if protein.consequence == .deletionInsertion, let letter = protein.replacedResidue(at: codon) {
      return residues.isEmpty || residues.contains(letter)
    }
    guard protein.consequence == .substitution else { return false }
    return residues.isEmpty || !protein.isOfAnyResidue && residues.contains(protein.replacement)
  }

  /// A change that touches a range of codons or an exon.
  static func touches(
    _ range: ClosedRange<Int>, _ effect: AlterationSpec.EffectClass?, _ annotated: AnnotatedAlteration
  ) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event, change.effect != .synonymous else { return false }
    if let protein = change.proteinChange {
      guard protein.overlaps(range) else { return false }
    } else {
      // "Exon 19 deletion" lies in the exon, wherever its ends are.
      guard let region = change.region, range.lowerBound <= region.lowerBound, region.upperBound <= range.upperBound
      else {
        return false
      }
    }
    if let effect { return effect.contains(change.effect) }
    // A stop or a shifted frame in an exon of an oncogene is no mutation of that exon: it takes the protein away.
    switch change.effect {
    case .nonsense, .frameshift, .startLost: return annotated.oncogenicity.isOncogenic
    default: return true
    }
  }
}
