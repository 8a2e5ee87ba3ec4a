// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Findings that name a family of genes and not the member: `NTRK fusion`, `BRCA1/2 mutation`.
///
/// Each member was tried by itself. What holds for every member holds; the rest waits for the name of the gene.
struct FamilyStatements {
  let index: RuleIndex
  let alterations: [AnnotatedAlteration]

  private struct Key: Hashable {
    let family: String, gene: String, tumorType: String
    let therapy: Int32
    let direction: Rule.Direction
  }

  /// Makes rows conditional that do not hold for every member of the family that they rest on.
  func settle(_ found: inout [TherapyMatch]) {
    var members: [String: Set<String>] = [:]
    for annotated in alterations {
      if let family = Self.family(annotated) { members[family, default: []].formUnion(Self.genes(annotated)) }
    }
    guard !members.isEmpty else { return }
    // The best tier by which a therapy is met through each member.
    var best: [Key: Int] = [:]
    for match in found where !match.isConditional {
      guard let family = family(of: match) else { continue }
      let key = key(match, family, match.rule.gene)
      best[key] = min(best[key] ?? .max, match.tier.order)
    }
    for place in found.indices {
      let match = found[place]
      guard let family = family(of: match) else { continue }
      let holds = members[family, default: []].allSatisfy { gene in
        best[key(match, family, gene)].map { $0 <= match.tier.order } ?? false
      }
      if holds || match.isConditional && match.openQuestions.contains(.member(match.rule.gene, of: family)) { continue }
      found[place].openQuestions.append(.member(match.rule.gene, of: family))
      found[place].tier = Tier.of(
        level: match.rule.level, proximity: match.proximity, direction: match.rule.direction,
        isHistology: match.isHistology, isCapped: true)
    }
  }

  private func key(_ match: TherapyMatch, _ family: String, _ gene: String) -> Key {
    Key(
      family: family, gene: gene, tumorType: match.tumorType, therapy: index.therapies[match.ruleIndex],
      direction: match.rule.direction)
  }

  /// The family that a row rests on; `nil` where a finding of its own names the gene.
  private func family(of match: TherapyMatch) -> String? {
    guard let first = match.ownAlterations.first, let family = Self.family(alterations[first]),
      match.ownAlterations.allSatisfy({ Self.family(alterations[$0]) == family })
    else { return nil }
    return family
  }

  private static func family(_ annotated: AnnotatedAlteration) -> String? {
    for case .familyStated(let family) in annotated.alteration.cautions { return family }
    return nil
  }

  private static func genes(_ annotated: AnnotatedAlteration) -> [String] {
    if case .fusion(let fusion) = annotated.alteration.event {
      return [fusion.fivePrimeGene, fusion.threePrimeGene].filter { !$0.isEmpty }
    }
    return [annotated.gene]
  }
}
