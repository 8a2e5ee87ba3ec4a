// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// A class of changes such as `truncating`.
  static func hasEffect(_ wanted: AlterationSpec.EffectClass, _ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event else { return false }
    // What the lab does not hold for a driver is none by its class either.
    if case .lab = annotated.oncogenicity.basis, !annotated.oncogenicity.isOncogenic { return false }
    return wanted.contains(change.effect)
  }

  /// A class with a name of its own such as `ITD`, stated or an insertion where the class lies.
  static func hasName(_ wanted: String, _ annotated: AnnotatedAlteration, _ sample: EvaluationContext) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event else { return false }
    if change.namedClass == wanted { return true }
    guard change.effect == .inframeInsertion, let protein = change.proteinChange else { return false }
    return sample.tables.sites.insertionRanges(wanted, of: annotated.alteration.gene).contains { protein.overlaps($0) }
  }
}
