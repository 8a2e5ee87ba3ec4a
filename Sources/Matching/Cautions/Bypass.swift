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
    let hits = alterations.indices.filter { place in
      alterations[place].notEvaluated.isEmpty && alterations[place].oncogenicity.isOncogenic
        && drives(alterations[place].alteration)
    }
    guard !hits.isEmpty else { return }
    var genes: [String] = []
    for hit in hits where !genes.contains(alterations[hit].gene) { genes.append(alterations[hit].gene) }
    let all = genes.map { Caution.possibleBypass(gene: $0) }
    for place in matches.indices {
      let rule = matches[place].ruleIndex
      guard index.therapyTraits[rule].contains(.signaling), matches[place].rule.direction == .sensitivity,
        !matches[place].ownAlterations.isEmpty, matches[place].verdict != .withdrawn
      else { continue }
      let own = matches[place].alterations
      // Of the row's own gene a further hit says nothing new.
      func isOther(_ gene: String) -> Bool {
        !own.contains { alterations[$0].gene == gene } && !index.acts(rule, on: gene)
      }
      let cautions =
        genes.allSatisfy(isOther) ? all : genes.indices.filter { isOther(genes[$0]) }.map { all[$0] }
      matches[place].cautions = matches[place].cautions.isEmpty ? cautions : matches[place].cautions + cautions
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
      if index.therapyTraits[matches[place].ruleIndex].contains(.checkpoint) {
        matches[place].cautions.append(.microenvironmentNotAssessed)
      }
    }
  }
}
