internal import Alterations
internal import Knowledge

/// Loss of function: both alleles deleted, a truncating change, or a change held to be oncogenic in a suppressor.
struct LossOfFunction: MatchRule {
  static let name = "loss-of-function"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    switch spec {
    case .lossOfFunction:
      switch alteration.alteration.event {
      case .copyNumber(let call): return call == .homozygousDeletion
      case .sequence(let change):
        if change.namedClass == "reversion" { return false }
        return change.effect.isTruncating || alteration.oncogenicity.isOncogenic
      case .fusion, .measurement, .wildType, .absent: return false
      }
    case .biallelicLoss:
      switch alteration.alteration.event {
      case .copyNumber(let call): return call == .homozygousDeletion
      case .sequence(let change):
        guard change.effect.isTruncating || alteration.oncogenicity.isOncogenic else { return false }
        return sample.hasLossOfOtherAllele(of: alteration.alteration)
      case .fusion, .measurement, .wildType, .absent: return false
      }
    default: return nil
    }
  }
}
