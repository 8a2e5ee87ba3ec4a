internal import Alterations
internal import Knowledge

/// A class of changes such as `truncating`, or one with a name of its own such as `ITD`.
struct EffectOrNamedClass: MatchRule {
  static let name = "effect-or-named-class"

  /// The juxtamembrane residues in which an in-frame gain of FLT3 is an internal tandem duplication.
  ///
  /// Guide: Normalizing, Changes with a name.
  private static let flt3TandemRegion = 572...603

  func isSatisfied(_ spec: AlterationSpec, by alteration: AnnotatedAlteration, in sample: EvaluationContext) -> Bool? {
    switch spec {
    case .effect(let wanted):
      guard case .sequence(let change) = alteration.alteration.event else { return false }
      return wanted.contains(change.effect)
    case .named(let wanted):
      guard case .sequence(let change) = alteration.alteration.event else { return false }
      if change.namedClass == wanted { return true }
      guard wanted == "ITD", alteration.alteration.gene == "FLT3", change.effect == .inframeInsertion else {
        return false
      }
      return change.proteinChange?.overlaps(Self.flt3TandemRegion) ?? false
    default: return nil
    }
  }
}
