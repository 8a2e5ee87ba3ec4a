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
    _ spec: AlterationSpec, about gene: String, by judged: AnnotatedAlteration, in sample: EvaluationContext
  ) -> Bool {
    switch spec {
    case .exact(let change): isProteinChange(change, judged)
    case .coding(let change): isCodingChange(change, judged)
    case .exactFusion(let fivePrime, let threePrime): isFusion(fivePrime, threePrime, judged)
    case .codon(let codon, let residues): isSubstitution(at: codon, to: residues, judged)
    case .range(let range, let effect, _): touches(range, effect, judged)
    case .effect(let wanted): hasEffect(wanted, judged)
    case .named(let name): hasName(name, judged, sample)
    case .fusion(let role): isFusionPartner(gene, role, judged)
    case .fusionAtExon(let role, let exon): isFusion(gene, role, atExon: exon, judged) == true
    case .copyNumber(let wanted): isCopyNumber(wanted, judged)
    case .lossOfFunction: isLossOfFunction(judged)
    case .biallelicLoss: isBiallelicLoss(judged, sample)
    case .activating: isActivating(judged)
    case .activatingHotspot: isActivatingHotspot(judged)
    case .oncogenic: judged.oncogenicity.isOncogenic
    case .anyChange: isAnyChange(judged)
    case .wildType: isStatedWildType(judged)
    case .measurement(let tests): passes(tests, judged, sample)
    // The first is read from all findings together, the second from none.
    case .pathwayActivation, .none: false
    }
  }
}
