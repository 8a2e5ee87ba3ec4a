internal import Alterations
internal import Knowledge

/// A fusion in which the rule's gene is a partner, in the role that the rule asks for.
///
/// A missense change or an amplification never satisfies it; nor does a fusion known to be out of frame.
struct FusionPartner: MatchRule {
  static let name = "fusion-partner"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    guard case .fusion(let role) = spec else { return nil }
    guard case .fusion(let fusion) = alteration.alteration.event, fusion.frame != .outOfFrame else { return false }
    let gene = sample.geneUnderTest
    guard fusion.involves(gene) else { return false }
    switch role {
    case .any: return true
    case .threePrime: return fusion.threePrimeGene == gene || !fusion.isOrdered
    case .fivePrime: return fusion.fivePrimeGene == gene || !fusion.isOrdered
    }
  }
}
