// SPDX-License-Identifier: Apache-2.0
extension [Caution] {
  /// The cautions that a change of a gene without rules may carry, in the order in which they are printed.
  private static let plain: [Caution] = [.codingChangeDisagrees, .commonInPopulation, .subclonal, .lowSupport]

  /// Whether all are of the kind that a change of a gene without rules may carry.
  package var isPlain: Bool { allSatisfy(Self.plain.contains) }

  /// Those of that kind, each once, in the order in which they are printed.
  package var plain: [Caution] { count < 2 ? filter(Self.plain.contains) : Self.plain.filter(contains) }
}
