// SPDX-License-Identifier: Apache-2.0
internal import Alterations

extension AtomMatching {
  /// A change that the score holds to be oncogenic, of a kind that can activate.
  static func isActivating(_ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event, annotated.oncogenicity.isOncogenic else {
      return false
    }
    switch change.effect {
    case .missense, .inframeDeletion, .inframeInsertion, .structural, .promoter, .splice: return true
    case .unknown: return annotated.alteration.cautions.contains(.pathogenicStated)
    default: return false
    }
  }

  /// An oncogenic change that the table of hotspots lists.
  static func isActivatingHotspot(_ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence = annotated.alteration.event, annotated.oncogenicity.isOncogenic else { return false }
    return annotated.oncogenicity.isListedHotspot
  }
}
