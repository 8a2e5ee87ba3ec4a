internal import Alterations
internal import Knowledge

/// A change that the score holds to be oncogenic; for `activating`, of a kind that can activate.
struct OncogenicChange: MatchRule {
  static let name = "oncogenic-change"

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    switch spec {
    case .activating:
      guard case .sequence(let change) = alteration.alteration.event, alteration.oncogenicity.isOncogenic else {
        return false
      }
      switch change.effect {
      case .missense, .inframeDeletion, .inframeInsertion, .structural, .promoter, .splice: return true
      case .unknown: return alteration.alteration.flags.contains("pathogenic_stated")
      default: return false
      }
    case .activatingHotspot:
      guard case .sequence = alteration.alteration.event else { return false }
      return alteration.oncogenicity.reason.contains("listed hotspot change")
    case .oncogenic:
      return alteration.oncogenicity.isOncogenic
    default: return nil
    }
  }
}
