// SPDX-License-Identifier: Apache-2.0
package import Knowledge

/// Two single-agent matches on different pathways of one sample: derived, never studied evidence.
///
/// Guide: Evidence, Combinations.
package struct CandidateCombination: Sendable {
  /// The parts, by their place in the sample's therapies, the one matched by an alteration first.
  package let parts: [Int]
  /// The two agents in alphabetical order.
  package let agents: [String]
  /// The pathways the parts act on.
  package let pathways: [String]
  /// Rules about the pair itself, if the table holds any.
  package let pairRules: [Rule]

  /// The tier of all of them, on no more than the derivation.
  package static let tier = Tier(.step(.iiD))

  /// The agents joined by ` + `.
  package var therapy: String { agents.joined(separator: " + ") }
}

/// Derives candidate combinations.
struct Combinations: Sendable {
  let table: KnowledgeBase
  let rules: RuleIndex

  /// How many are listed at most; further ones are weaker by level, pathways, overlap and resistance.
  static let limit = 12

  private struct Part {
    let index: Int
    let match: TherapyMatch
    let agent: Agent
    let traits: AgentTraits
    let penalty: Int
    let isHistology: Bool

    init(_ index: Int, _ match: TherapyMatch, _ agent: Agent, _ traits: AgentTraits) {
      self.index = index
      self.match = match
      self.agent = agent
      self.traits = traits
      isHistology = match.isHistology
      penalty = match.opposedBy.count + (match.verdict == .conditional ? 1 : 0)
    }
  }

  func derive(_ matches: [TherapyMatch]) -> [CandidateCombination] {
    // Laboratory evidence fills the list only where nothing better does.
    let strong = pairs(parts(matches, upTo: .d), matches)
    return strong.count >= Self.limit ? strong : pairs(parts(matches, upTo: .e), matches)
  }

  /// Two parts that may be given together, before anything is made of them.
  private struct Pair {
    let first: Part, second: Part
    /// The order of the list in one number, the first weighing most: level, the planned pair, pathways, overlap of targets,
    /// rows against.
    let key: Int
    let agents: [String]
    let therapy: String
  }

  private func pairs(_ parts: [Part], _ matches: [TherapyMatch]) -> [CandidateCombination] {
    var found: [Pair] = []
    for (place, first) in parts.enumerated() {
      for second in parts[(place + 1)...] {
        if let pair = pair(first, second, matches) { found.append(pair) }
      }
    }
    found.sort { $0.key == $1.key ? $0.therapy < $1.therapy : $0.key < $1.key }
    var combinations: [CandidateCombination] = []
    for pair in found where combinations.count < Self.limit {
      let pairRules = table.rules(aboutPair: pair.therapy)
      guard !pairRules.contains(where: { $0.direction == .noBenefit }) else { continue }
      let ordered = pair.first.isHistology ? [pair.second, pair.first] : [pair.first, pair.second]
      combinations.append(
        CandidateCombination(
          parts: ordered.map(\.index), agents: pair.agents,
          pathways: Set(pair.first.agent.pathways).union(pair.second.agent.pathways).sorted(), pairRules: pairRules))
    }
    return combinations
  }

  /// The best row of each agent that may be a part.
  private func parts(_ matches: [TherapyMatch], upTo weakest: Rule.Level) -> [Part] {
    var best: [Int32: Part] = [:]
    for (index, match) in matches.enumerated() where match.rule.direction == .sensitivity {
      let agents = rules.agents[match.ruleIndex]
      guard agents.count == 1, rules.traits[Int(agents[0])].mayPair, match.rule.level <= weakest,
        // Laboratory work on other tumors is too thin to build on.
        match.rule.level <= .d || match.proximity == .same || match.proximity == .bridge,
        match.verdict != .overridden, match.verdict != .withdrawn, match.verdict != .hypothesis
      else { continue }
      if let known = best[agents[0]], known.match.rule.level <= match.rule.level { continue }
      let traits = rules.traits[Int(agents[0])]
      guard let agent = traits.agent else { continue }
      best[agents[0]] = Part(index, match, agent, traits)
    }
    return best.values.sorted { $0.agent.name < $1.agent.name }
  }

  /// Whether one part answers the bypass that speaks against the other: a row against it rests on the same finding.
  private func answersBypass(_ first: Part, _ second: Part, _ matches: [TherapyMatch]) -> Bool {
    answersBypass(of: first, second, matches) || answersBypass(of: second, first, matches)
  }

  private func answersBypass(of part: Part, _ other: Part, _ matches: [TherapyMatch]) -> Bool {
    let opponents = part.match.opposedBy
    guard !opponents.isEmpty, !other.match.ownAlterations.isEmpty else { return false }
    return matches.contains { row in
      row.rule.direction == .resistance && opponents.contains(row.rule.id)
        && row.ownAlterations.sharesElement(with: other.match.ownAlterations)
        && !row.ownAlterations.sharesElement(with: part.match.ownAlterations)
    }
  }

  private func pair(_ first: Part, _ second: Part, _ matches: [TherapyMatch]) -> Pair? {
    // At least one part rests on an alteration; the other may come from the histology.
    guard !(first.isHistology && second.isHistology) else { return nil }
    guard first.match.tumorType == second.match.tumorType else { return nil }
    guard !first.traits.classes.contains(where: second.traits.classes.contains) else { return nil }
    let (one, other) = (first.traits.pathways, second.traits.pathways)
    let isApart = !one.allSatisfy(other.contains) && !other.allSatisfy(one.contains)
    guard isApart || answersBypass(first, second, matches) else { return nil }
    let (left, right) = (first.agent, second.agent)
    let pathways = left.pathways.count + right.pathways.count { !left.pathways.contains($0) }
    let shared = left.targets.count(where: right.targets.contains)
    let weakest = max(first.match.rule.level.step, second.match.rule.level.step)
    // The planned pair of leiomyosarcoma stands first among equals.
    let isPlanned = table.reference.facts.sets.plannedPair.allSatisfy {
      left.pathways.contains($0) || right.pathways.contains($0)
    }
    var key = weakest
    for (field, most) in [
      (isPlanned ? 0 : 1, 1), (0xFF - pathways, 0xFF), (shared, 0xFF), (first.penalty + second.penalty, 0xFFFF),
    ] {
      key = key * (most + 1) + min(field, most)
    }
    let agents = left.name < right.name ? [left.name, right.name] : [right.name, left.name]
    return Pair(first: first, second: second, key: key, agents: agents, therapy: agents.joined(separator: " + "))
  }
}
