internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// A copy-number call of the class that the rule asks for; a gain is never an amplification.
  static func isCopyNumber(_ wanted: AlterationSpec.CopyNumberClass, _ judged: AnnotatedAlteration) -> Bool {
    guard case .copyNumber(let call) = judged.alteration.event else { return false }
    return wanted.contains(call)
  }
}
