// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Whether an alteration satisfies an atom of a rule.
///
/// Every atom has its answer in one switch, so that the compiler names an atom without one. The functions that give the
/// answers stand in Atoms/ and know nothing of each other.
enum AtomMatching {
  /// Asks one alteration.
  ///
  /// - Parameters:
  ///   - gene: The gene that the rule speaks of; a fusion has two, and an atom asks for the role of this one.
  ///   - sample: The alteration's sample, for atoms that ask for more than the alteration itself.
  static func isSatisfied(
    _ spec: AlterationSpec, about gene: String, by annotated: AnnotatedAlteration, in sample: EvaluationContext
  ) -> Bool {
    switch spec {
    case .exact(let change): isProteinChange(change, annotated)
    case .coding(let change): isCodingChange(change, annotated)
    case .exactFusion(let fivePrime, let threePrime): isFusion(fivePrime, threePrime, annotated)
    case .codon(let codon, let residues): isSubstitution(at: codon, to: residues, annotated)
    case .range(let range, let effect, _): touches(range, effect, annotated)
    case .effect(let wanted): hasEffect(wanted, annotated)
    case .named(let name): hasName(name, annotated, sample)
    case .fusion(let role): isFusionPartner(gene, role, annotated)
    case .fusionAtExon(let role, let exon): isFusion(gene, role, atExon: exon, annotated) == true
    case .copyNumber(let wanted): isCopyNumber(wanted, annotated)
    case .lossOfFunction: isLossOfFunction(annotated)
    case .biallelicLoss: isBiallelicLoss(annotated, sample)
    case .activating: isActivating(annotated)
    case .activatingHotspot: isActivatingHotspot(annotated)
    case .oncogenic: annotated.oncogenicity.isOncogenic
    case .anyChange: isAnyChange(annotated)
    case .wildType: isStatedWildType(annotated)
    case .measurement(let tests): passes(tests, annotated, sample)
    // The first is read from all findings together, the second from none.
    case .pathwayActivation, .none: false
    }
  }
}
