internal import Alterations
internal import Knowledge

/// Any change of the gene, for rules whose source speaks of the gene; off for missense changes of unknown effect.
struct AnyChangeInGene: MatchRule {
  static let name = "any-change-in-gene"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    guard spec == .anyChange else { return nil }
    guard case .sequence(let change) = alteration.alteration.event else { return false }
    switch change.effect {
    case .synonymous, .noncoding, .spliceRegion, .unknown: return false
    case .missense: return alteration.oncogenicity.isOncogenic
    default: return true
    }
  }
}
