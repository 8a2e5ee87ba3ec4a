internal import Alterations

extension AtomMatching {
  /// A change that the score holds to be oncogenic, of a kind that can activate.
  static func isActivating(_ judged: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = judged.alteration.event, judged.oncogenicity.isOncogenic else { return false }
    switch change.effect {
    case .missense, .inframeDeletion, .inframeInsertion, .structural, .promoter, .splice: return true
    case .unknown: return judged.alteration.cautions.contains(.pathogenicStated)
    default: return false
    }
  }

  /// An oncogenic change that the table of hotspots lists.
  static func isActivatingHotspot(_ judged: AnnotatedAlteration) -> Bool {
    guard case .sequence = judged.alteration.event, judged.oncogenicity.isOncogenic else { return false }
    return judged.oncogenicity.isListedHotspot
  }
}
