// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Second hits that may keep a targeted pathway or a parallel one active, inferred from pathways alone.
///
/// Guide: Evidence, Bypass and microenvironment.
///
/// An inferred bypass never changes a verdict or a tier; it is a caution on the row it speaks of.
struct Bypass: Sendable {
  let table: KnowledgeBase
  let index: RuleIndex

  func flag(_ matches: inout [TherapyMatch], alterations: [AnnotatedAlteration]) {
    let hits = alterations.indices.filter { index in
      let annotated = alterations[index]
      return annotated.notEvaluated.isEmpty && annotated.oncogenicity.isOncogenic && drives(annotated.alteration)
    }
    guard !hits.isEmpty else { return }
    for index in matches.indices {
      let match = matches[index]
      guard match.rule.direction == .sensitivity, !match.ownAlterations.isEmpty, match.verdict != .withdrawn else {
        continue
      }
      let agents = self.index.agents[match.ruleIndex]
      guard agents.contains(where: { self.index.traits[Int($0)].isSignaling }) else { continue }
      for hit in hits where !match.alterations.contains(hit) {
        let gene = alterations[hit].alteration.gene
        guard !self.index.acts(match.ruleIndex, on: gene),
          !match.alterations.contains(where: { alterations[$0].alteration.gene == gene })
        else { continue }
        let caution = Caution.possibleBypass(gene: gene)
        if !matches[index].cautions.contains(caution) { matches[index].cautions.append(caution) }
      }
    }
  }

  /// Whether the change switches a signaling pathway on: an activator gained or a suppressor lost.
  private func drives(_ alteration: Alteration) -> Bool {
    table.reference.pathways.roles(of: alteration.gene).contains { member in
      table.reference.facts.sets.signalingPathways.contains(member.pathway)
        && (member.role == .suppressor ? alteration.isLoss || alteration.isSequence : !alteration.isLoss)
    }
  }
}

/// Immune agents whose microenvironment was not looked at.
enum Microenvironment {
  static func flag(_ matches: inout [TherapyMatch], facts: EvaluationContext, index: RuleIndex) {
    guard facts.tables.sets.microenvironmentTests.isDisjoint(with: facts.byName.keys) else { return }
    for place in matches.indices where matches[place].rule.direction == .sensitivity {
      let isImmune = index.agents[matches[place].ruleIndex].contains { index.traits[Int($0)].isCheckpoint }
      if isImmune { matches[place].cautions.append(.microenvironmentNotAssessed) }
    }
  }
}
