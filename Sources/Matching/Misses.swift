internal import Alterations
internal import Knowledge

/// Why a rule about an altered gene was not met, for people.
extension RuleEvaluation {
  func missReason(_ rule: Rule, _ judged: AnnotatedAlteration) -> String {
    let found = judged.alteration
    if !judged.notEvaluated.isEmpty { return judged.notEvaluated }
    if judged.oncogenicity.isBenign {
      return "\(judged.description) is held to be benign (\(judged.oncogenicity.reason))"
    }
    if case .sequence(let change) = found.event, let protein = change.proteinChange, protein.first > 0 {
      for case .range(let range, let effect, let label) in rule.alternatives {
        if !protein.overlaps(range) {
          return "codon \(protein.first) against \(label.lowercased()) (\(range.lowerBound)-\(range.upperBound))"
        }
        if let effect { return "\(change.effect.rawValue) against \(effect.rawValue)" }
      }
      for case .codon(let codon, _) in rule.alternatives where !(protein.first...protein.last).contains(codon) {
        return "codon \(protein.first) against \(codon)"
      }
    }
    let wanted = rule.alternatives.map { $0.text(gene: rule.gene) }.joined(separator: " or ")
    return "\(judged.description) against \(wanted)"
  }
}
