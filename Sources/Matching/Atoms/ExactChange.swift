internal import Alterations
internal import Knowledge

/// The very change that the rule names: a protein change, a coding change, a fusion of two named genes.
struct ExactChange: MatchRule {
  static let name = "exact-change"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    switch (spec, alteration.alteration.event) {
    case (.exact(let wanted), .sequence(let change)):
      return change.proteinChange.map(wanted.isEquivalent(to:)) ?? false
    case (.coding(let wanted), .sequence(let change)):
      return change.codingChange == wanted
    case (.exactFusion(let five, let three), .fusion(let fusion)):
      guard fusion.frame != .outOfFrame else { return false }
      let matches = { (left: String, right: String) in
        (five.isEmpty || five == left) && (three.isEmpty || three == right)
      }
      if matches(fusion.fivePrimeGene, fusion.threePrimeGene) { return true }
      return !fusion.isOrdered && matches(fusion.threePrimeGene, fusion.fivePrimeGene)
    case (.exact, _), (.coding, _), (.exactFusion, _): return false
    default: return nil
    }
  }
}
