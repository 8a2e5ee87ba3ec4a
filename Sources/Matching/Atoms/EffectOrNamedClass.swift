internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// The juxtamembrane residues in which an in-frame gain of FLT3 is an internal tandem duplication.
  private static let flt3TandemRegion = 572...603

  /// A class of changes such as `truncating`.
  static func hasEffect(_ wanted: AlterationSpec.EffectClass, _ judged: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = judged.alteration.event else { return false }
    return wanted.contains(change.effect)
  }

  /// A class with a name of its own such as `ITD`.
  static func hasName(_ wanted: String, _ judged: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = judged.alteration.event else { return false }
    if change.namedClass == wanted { return true }
    guard wanted == "ITD", judged.alteration.gene == "FLT3", change.effect == .inframeInsertion else {
      return false
    }
    return change.proteinChange?.overlaps(Self.flt3TandemRegion) ?? false
  }
}
