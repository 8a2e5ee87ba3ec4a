// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension AtomMatching {
  /// The very change of the protein that the rule names.
  static func isProteinChange(_ wanted: ProteinChange, _ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event else { return false }
    // A block of residues holds the substitution of each of them.
    return change.proteinChange.map {
      !$0.isOfAnyResidue && (wanted.isEquivalent(to: $0) || $0.contains(wanted))
    } ?? false
  }

  /// The very change of the coding sequence that the rule names, in whichever notation: `c.1285dup` and `c.1285dupC`,
  /// `c.1799T>A` and `c.T1799A`.
  static func isCodingChange(_ wanted: String, _ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event, !change.codingChange.isEmpty else { return false }
    if change.codingChange == wanted { return true }
    guard var asked = CodingEdit(notation: wanted), var found = CodingEdit(notation: change.codingChange) else {
      return false
    }
    // The bases that go are given by their place; texts may leave them out.
    asked.removed = nil
    found.removed = nil
    return asked == found
  }

  /// A fusion of two named genes; an empty name stands for any gene.
  static func isFusion(_ fivePrime: String, _ threePrime: String, _ annotated: AnnotatedAlteration) -> Bool {
    guard case .fusion(let fusion) = annotated.alteration.event, fusion.isOpenToRules else { return false }
    func matches(_ left: String, _ right: String) -> Bool {
      (fivePrime.isEmpty || fivePrime == left) && (threePrime.isEmpty || threePrime == right)
    }
    if matches(fusion.fivePrimeGene, fusion.threePrimeGene) { return true }
    return !fusion.isOrdered && matches(fusion.threePrimeGene, fusion.fivePrimeGene)
  }
}
