// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// A copy-number call of the class that the rule asks for; a gain is never an amplification.
  static func isCopyNumber(_ wanted: AlterationSpec.CopyNumberClass, _ annotated: AnnotatedAlteration) -> Bool {
    guard case .copyNumber(let call) = annotated.alteration.event else { return false }
    return wanted.contains(call)
  }
}
