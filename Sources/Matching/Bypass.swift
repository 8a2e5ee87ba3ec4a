internal import Alterations
internal import TargetTable

/// Second hits that may keep a targeted pathway or a parallel one active, inferred from pathways alone (DOMAIN section 8).
///
/// An inferred bypass never changes a verdict or a tier; it is a flag on the row it speaks of.
struct Bypass: Sendable {
  let table: TargetTable

  /// Pathways that stand in for each other when one is blocked.
  private static let signaling: Set<String> = ["RTK", "RAS/MAPK", "PI3K/AKT/mTOR"]

  func flag(_ matches: inout [TherapyMatch], alterations: [JudgedAlteration]) {
    let hits = alterations.indices.filter { index in
      let judged = alterations[index]
      return judged.blocked.isEmpty && judged.oncogenicity.isOncogenic && drives(judged.alteration)
    }
    guard !hits.isEmpty else { return }
    for index in matches.indices {
      let match = matches[index]
      guard match.rule.direction == .sensitivity, !match.ownAlterations.isEmpty, match.verdict != .withdrawn else {
        continue
      }
      let agents = match.rule.agents.compactMap { table.reference.agents.agent($0) }
      guard agents.contains(where: { !Self.signaling.isDisjoint(with: $0.pathways) }) else { continue }
      let targets = Set(agents.flatMap(\.targets))
      for hit in hits where !match.alterations.contains(hit) {
        let gene = alterations[hit].alteration.gene
        guard !targets.contains(gene), !match.alterations.contains(where: { alterations[$0].alteration.gene == gene })
        else {
          continue
        }
        let flag = "possible_bypass:\(gene)"
        if !matches[index].flags.contains(flag) { matches[index].flags.append(flag) }
      }
    }
  }

  /// Whether the change switches a signaling pathway on: an activator gained or a suppressor lost.
  private func drives(_ alteration: Alteration) -> Bool {
    table.reference.pathways.roles(of: alteration.gene).contains { member in
      Self.signaling.contains(member.pathway)
        && (member.role == "suppressor" ? alteration.isLoss || alteration.isSequence : !alteration.isLoss)
    }
  }
}

/// Immune agents whose microenvironment was not looked at.
enum Microenvironment {
  private static let measured: Set<String> = ["PD-L1", "TLS", "CD8", "macrophages"]
  private static let classes: Set<String> = ["PD-1 inhibitor", "PD-L1 inhibitor"]

  static func flag(_ matches: inout [TherapyMatch], facts: SampleFacts, table: TargetTable) {
    guard measured.isDisjoint(with: facts.byName.keys) else { return }
    for index in matches.indices where matches[index].rule.direction == .sensitivity {
      let isImmune = matches[index].rule.agents.contains { name in
        table.reference.agents.agent(name).map { !classes.isDisjoint(with: $0.classes) } ?? false
      }
      if isImmune { matches[index].flags.append("microenvironment:not_assessed") }
    }
  }
}
