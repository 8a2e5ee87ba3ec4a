// SPDX-License-Identifier: Apache-2.0
internal import Alterations

extension AtomMatching {
  /// Loss of function: both alleles deleted, a truncating change, or a change held to be oncogenic in a suppressor.
  static func isLossOfFunction(_ annotated: AnnotatedAlteration) -> Bool {
    switch annotated.alteration.event {
    case .copyNumber(let call): return call == .homozygousDeletion
    case .sequence(let change):
      if change.isReversion { return false }
      return isLoss(change, annotated.oncogenicity)
    case .fusion, .measurement, .wildType, .absent: return false
    }
  }

  /// Loss of both alleles, by one deletion or by two findings of the gene.
  static func isBiallelicLoss(_ annotated: AnnotatedAlteration, _ sample: EvaluationContext) -> Bool {
    switch annotated.alteration.event {
    case .copyNumber(let call): return call == .homozygousDeletion
    case .sequence(let change):
      guard isLoss(change, annotated.oncogenicity) else { return false }
      return sample.hasLossOfOtherAllele(of: annotated.alteration)
    case .fusion, .measurement, .wildType, .absent: return false
    }
  }

  /// Whether a change counts as a loss: a truncating one, unless the lab classifies it otherwise.
  private static func isLoss(_ change: SequenceChange, _ oncogenicity: Oncogenicity) -> Bool {
    if case .lab = oncogenicity.basis { return oncogenicity.isOncogenic }
    return change.effect.isTruncating || oncogenicity.isOncogenic
  }
}
