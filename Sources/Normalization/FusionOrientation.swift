package import Alterations
package import Knowledge

/// Puts the partners of a fusion whose order the input does not state into the order that rules know.
package struct FusionOrientation: Sendable {
  private let table: KnowledgeBase
  private var roles: FusionRoles { table.reference.facts.fusionRoles }

  /// Orientation by the rules of a table.
  package init(table: KnowledgeBase) { self.table = table }

  package func orient(_ fusion: Fusion) -> (fusion: Fusion, isAssumed: Bool) {
    if fusion.isOrdered { return (fusion, false) }
    let (first, second) = (fusion.fivePrimeGene, fusion.threePrimeGene)
    let usual = isKnownPair(first, second) || isKnownPair(second, first) ? nil : usualRole(first, second)
    let isBackward =
      usual.map { $0 == .threePrime }
      ?? (wants(.fivePrime, second, partner: first) || wants(.threePrime, first, partner: second))
    let isForward =
      usual.map { $0 == .fivePrime }
      ?? (wants(.threePrime, second, partner: first) || wants(.fivePrime, first, partner: second))
    if isBackward, !isForward {
      return (
        Fusion(
          fivePrimeGene: fusion.threePrimeGene, threePrimeGene: fusion.fivePrimeGene, isOrdered: true,
          frame: fusion.frame), true
      )
    }
    guard isForward else { return (fusion, false) }
    return (
      Fusion(
        fivePrimeGene: fusion.fivePrimeGene, threePrimeGene: fusion.threePrimeGene, isOrdered: true, frame: fusion.frame
      ), true
    )
  }

  /// Whether a rule names the two partners in this order.
  private func isKnownPair(_ five: String, _ three: String) -> Bool {
    (table.rules(about: three) + table.rules(about: five)).contains { index in
      table.rules[index].alternatives.contains(.exactFusion(fivePrime: five, threePrime: three))
    }
  }

  /// The role of the first partner where one of the two genes has a usual role (guide: Normalizing, Fusions).
  private func usualRole(_ first: String, _ second: String) -> AlterationSpec.FusionRole? {
    let (own, other) = (roles.role(of: first), roles.role(of: second))
    if other == .threePrime || own == .fivePrime { return .fivePrime }
    if own == .threePrime || other == .fivePrime { return .threePrime }
    return nil
  }

  /// Whether the partners stand in the order opposite to the one that rules know.
  package func isReciprocal(_ fusion: Fusion) -> Bool {
    guard fusion.isOrdered else { return false }
    let (five, three) = (fusion.fivePrimeGene, fusion.threePrimeGene)
    guard wants(.fivePrime, three, partner: five) || wants(.threePrime, five, partner: three) else { return false }
    return !wants(.threePrime, three, partner: five) && !wants(.fivePrime, five, partner: three)
  }

  /// A fusion of a gene whose partner is not known, in the role that rules know for it.
  package func single(_ gene: String) -> Fusion {
    let isFirst = roles.role(of: gene) == .fivePrime || wants(.fivePrime, gene, partner: "")
    return Fusion(fivePrimeGene: isFirst ? gene : "", threePrimeGene: isFirst ? "" : gene, isOrdered: false)
  }

  private func wants(_ role: AlterationSpec.FusionRole, _ gene: String, partner: String) -> Bool {
    guard !gene.isEmpty else { return false }
    for index in table.rules(about: gene) {
      for spec in table.rules[index].alternatives {
        switch spec {
        case .fusion(role): return true
        case .exactFusion(let five, let three):
          if role == .fivePrime, five == gene, three == partner { return true }
          if role == .threePrime, three == gene, five == partner { return true }
        default: break
        }
      }
    }
    return false
  }
}
