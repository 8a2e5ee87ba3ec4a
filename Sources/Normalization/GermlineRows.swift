// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge

extension KnowledgeBase {
  /// Whether an alteration is stated to be in the germline, or is an allele that can lie nowhere else.
  package func isOfGermline(_ alteration: Alteration) -> Bool {
    if alteration.origin == .germline { return true }
    guard case .sequence(let change) = alteration.event else { return false }
    return reference.facts.doseAlleles.hasStarNames(alteration.gene) && change.namedClass.hasPrefix("*")
      || !reference.facts.doseAlleles.alleles(of: alteration.gene, change).isEmpty
  }
}
