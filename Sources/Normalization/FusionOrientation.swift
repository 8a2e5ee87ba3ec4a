// SPDX-License-Identifier: Apache-2.0
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
    if isBackward, !isForward { return (fusion.ordered(exchanged: true), true) }
    return isForward ? (fusion.ordered(exchanged: false), true) : (fusion, false)
  }

  /// Whether a rule names the two partners in this order.
  private func isKnownPair(_ five: String, _ three: String) -> Bool {
    (table.rules(about: three) + table.rules(about: five)).lazy.map { Int($0) }.contains { index in
      table.rules[index].alternatives.contains(.exactFusion(fivePrime: five, threePrime: three))
    }
  }

  /// The role of the first partner where one of the two genes has a usual role (guide: Normalizing, Fusions).
  private func usualRole(_ first: String, _ second: String) -> AlterationSpec.FusionRole? {
    let (own, other) = (roles.role(of: first, beside: second), roles.role(of: second, beside: first))
    if other == .threePrime || own == .fivePrime { return .fivePrime }
    if own == .threePrime || other == .fivePrime { return .threePrime }
    return nil
  }

  /// A fusion in its order, and what is to be borne in mind of it: where the order was assumed, and where it is out of
  /// frame or the other half of a rearrangement, which says that there may be a fusion and not that there is one
  /// (guide: Normalizing, Fusions).
  package func annotated(_ fusion: Fusion) -> (fusion: Fusion, cautions: [Caution]) {
    var (found, isAssumed) = orient(fusion)
    found.isReciprocal = hasKinaseFirst(found)
    var cautions: [Caution] = isAssumed ? [.orientationAssumed] : []
    if !found.isOpenToRules || isReciprocal(found) { cautions.append(.possibleFusion) }
    return (found, cautions)
  }

  /// Whether a kinase that is the 3-prime partner of its fusions stands at the 5-prime end: no kinase is left of it.
  private func hasKinaseFirst(_ fusion: Fusion) -> Bool {
    let (five, three) = (fusion.fivePrimeGene, fusion.threePrimeGene)
    return fusion.isOrdered && !three.isEmpty && roles.role(of: five) == .threePrime
      && roles.role(of: three) != .threePrime && !isKnownPair(five, three)
  }

  /// Whether the partners stand in the order opposite to the one that rules know.
  private func isReciprocal(_ fusion: Fusion) -> Bool {
    guard fusion.isOrdered else { return false }
    let (five, three) = (fusion.fivePrimeGene, fusion.threePrimeGene)
    guard wants(.fivePrime, three, partner: five) || wants(.threePrime, five, partner: three) else { return false }
    return !wants(.threePrime, three, partner: five) && !wants(.fivePrime, five, partner: three)
  }

  /// Whether fusions of a gene are known: by its usual role, or because a rule asks for one.
  package func isKnownPartner(_ gene: String) -> Bool {
    roles.role(of: gene) != nil || wants(.fivePrime, gene, partner: "") || wants(.threePrime, gene, partner: "")
  }

  /// The gene that rules read of a fusion: the partner in its usual place, else the 3-prime one.
  package func gene(of fusion: Fusion) -> String {
    let (five, three) = (fusion.fivePrimeGene, fusion.threePrimeGene)
    if five.isEmpty || three.isEmpty { return five.isEmpty ? three : five }
    if let own = roles.role(of: three) { return own == .fivePrime && isFirst(five) ? five : three }
    return roles.role(of: five) != nil || isFirst(five) ? five : three
  }

  /// A fusion of a gene whose partner is not known, in the role that rules know for it.
  package func single(_ gene: String) -> Fusion {
    let isFirst = isFirst(gene)
    return Fusion(fivePrimeGene: isFirst ? gene : "", threePrimeGene: isFirst ? "" : gene, isOrdered: false)
  }

  /// Whether a gene is the 5-prime partner of the fusions that are known of it.
  private func isFirst(_ gene: String) -> Bool {
    roles.role(of: gene) == .fivePrime || wants(.fivePrime, gene, partner: "")
  }

  private func wants(_ role: AlterationSpec.FusionRole, _ gene: String, partner: String) -> Bool {
    guard !gene.isEmpty else { return false }
    for index in table.rules(about: gene).lazy.map({ Int($0) }) {
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
