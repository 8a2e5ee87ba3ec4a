internal import Alterations

extension AtomMatching {
  /// The very change of the protein that the rule names.
  static func isProteinChange(_ wanted: ProteinChange, _ judged: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = judged.alteration.event else { return false }
    // A block of residues holds the substitution of each of them.
    return change.proteinChange.map {
      !$0.isOfAnyResidue && (wanted.isEquivalent(to: $0) || $0.contains(wanted))
    } ?? false
  }

  /// The very change of the coding sequence that the rule names.
  static func isCodingChange(_ wanted: String, _ judged: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = judged.alteration.event else { return false }
    return change.codingChange == wanted
  }

  /// A fusion of two named genes; an empty name stands for any gene.
  static func isFusion(_ fivePrime: String, _ threePrime: String, _ judged: AnnotatedAlteration) -> Bool {
    guard case .fusion(let fusion) = judged.alteration.event, fusion.isOpenToRules else { return false }
    func matches(_ left: String, _ right: String) -> Bool {
      (fivePrime.isEmpty || fivePrime == left) && (threePrime.isEmpty || threePrime == right)
    }
    if matches(fusion.fivePrimeGene, fusion.threePrimeGene) { return true }
    return !fusion.isOrdered && matches(fusion.threePrimeGene, fusion.fivePrimeGene)
  }
}
