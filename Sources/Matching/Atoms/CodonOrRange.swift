internal import Alterations
internal import Knowledge

/// A substitution at a codon, or a change that touches a range of codons or an exon.
struct CodonOrRange: MatchRule {
  static let name = "codon-or-range"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    switch spec {
    case .codon(let codon, let residues):
      guard case .sequence(let change) = alteration.alteration.event, let protein = change.proteinChange,
        protein.consequence == .substitution, protein.first <= codon, protein.last >= codon
      else { return false }
      return residues.isEmpty || residues.contains(protein.replacement)
    case .range(let range, let effect, _):
      guard case .sequence(let change) = alteration.alteration.event, change.effect != .synonymous else { return false }
      if let protein = change.proteinChange {
        guard protein.overlaps(range) else { return false }
      } else {
        // "Exon 19 deletion" lies in the exon, wherever its ends are.
        guard let region = change.region, range.lowerBound <= region.lowerBound, region.upperBound <= range.upperBound
        else {
          return false
        }
      }
      return effect?.contains(change.effect) ?? true
    default: return nil
    }
  }
}
