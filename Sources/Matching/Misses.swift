// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Why a rule about an altered gene was not met.
extension RuleEvaluation {
  func missReason(_ rule: Rule, _ annotated: AnnotatedAlteration) -> MissReason {
    let found = annotated.alteration
    if !annotated.notEvaluated.isEmpty { return .notEvaluated(annotated.notEvaluated) }
    if annotated.oncogenicity.isBenign { return .benign(finding: annotated.description, annotated.oncogenicity) }
    if case .sequence(let change) = found.event, let protein = change.proteinChange, protein.first > 0 {
      for case .range(let range, let effect, let label) in rule.alternatives {
        if !protein.overlaps(range) { return .codonOutside(protein.first, range, label: label) }
        if let effect { return .otherEffect(change.effect, wanted: effect) }
      }
      for case .codon(let codon, _) in rule.alternatives where !(protein.first...protein.last).contains(codon) {
        return .otherCodon(protein.first, wanted: codon)
      }
    }
    return .otherFinding(annotated.description, gene: rule.gene, wanted: rule.alternatives)
  }
}
