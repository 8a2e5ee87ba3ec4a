// SPDX-License-Identifier: Apache-2.0
internal import Alterations

extension AtomMatching {
  /// Any change of the gene, for rules whose source speaks of the gene; off for missense changes of unknown effect.
  static func isAnyChange(_ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event else { return false }
    switch change.effect {
    case .synonymous, .noncoding, .spliceRegion, .unknown: return false
    case .missense: return annotated.oncogenicity.isOncogenic
    default: return true
    }
  }
}
