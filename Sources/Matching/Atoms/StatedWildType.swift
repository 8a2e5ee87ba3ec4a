internal import Alterations

extension AtomMatching {
  /// A gene that the input states to be unchanged.
  static func isStatedWildType(_ judged: AnnotatedAlteration) -> Bool { judged.alteration.event == .wildType }
}
