// SPDX-License-Identifier: Apache-2.0
internal import Alterations

extension AtomMatching {
  /// A gene that the input states to be unchanged.
  static func isStatedWildType(_ annotated: AnnotatedAlteration) -> Bool { annotated.alteration.event == .wildType }
}
