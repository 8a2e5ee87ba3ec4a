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

  // A class: pairs are compared by the hundred, and each look at a part would copy its row.
  private final class Part {
    let index: Int
    let match: TherapyMatch
    let agent: Agent
    /// The numbers of its classes and pathways.
    let classes: ArraySlice<Int32>, pathways: ArraySlice<Int32>
    let penalty: Int
    let isHistology: Bool

    init(_ index: Int, _ match: TherapyMatch, _ agent: Agent, _ number: Int, _ outlines: AgentOutlines) {
      self.index = index
      self.match = match
      self.agent = agent
      (classes, pathways) = (outlines.classes[number], outlines.pathways[number])
      isHistology = match.isHistology
      penalty = match.opposedBy.count + (match.verdict == .conditional ? 1 : 0)
    }
  }

  func derive(_ matches: [TherapyMatch]) -> [CandidateCombination] {
    // Laboratory evidence fills the list only where nothing better does.
    let strong = pairs(parts(matches, upTo: .d), matches)
    return strong.count >= Self.limit ? strong : pairs(parts(matches, upTo: .e), matches)
  }

  /// Two parts that may be given together, by their places, before anything is made of them.
  private struct Pair {
    let first: Int, second: Int
    /// The order of the list in one number, the first weighing most: level, the planned pair, pathways, overlap of targets,
    /// rows against.
    let key: Int
  }

  private func pairs(_ parts: [Part], _ matches: [TherapyMatch]) -> [CandidateCombination] {
    var found: [Pair] = []
    let against = matches.filter { $0.rule.direction == .resistance }
    for first in parts.indices {
      for second in parts.indices.dropFirst(first + 1) {
        if let key = key(parts[first], parts[second], against) {
          found.append(Pair(first: first, second: second, key: key))
        }
      }
    }
    // The parts are sorted by name, and so are the two agents of a pair.
    func therapy(_ pair: Pair) -> String { parts[pair.first].agent.name + " + " + parts[pair.second].agent.name }
    found.sort { $0.key < $1.key }
    var combinations: [CandidateCombination] = []
    var rest = found[...]
    while combinations.count < Self.limit, let best = rest.first {
      // What is equal otherwise goes by name; few pairs are ever named.
      let equals = rest.prefix { $0.key == best.key }
      rest = rest.dropFirst(equals.count)
      for (pair, therapy) in equals.map({ ($0, therapy($0)) }).sorted(by: { $0.1 < $1.1 })
      where combinations.count < Self.limit {
        let pairRules = table.rules(aboutPair: therapy)
        guard !pairRules.contains(where: { $0.direction == .noBenefit }) else { continue }
        combinations.append(combination(of: parts[pair.first], parts[pair.second], pairRules))
      }
    }
    return combinations
  }

  private func combination(of first: Part, _ second: Part, _ pairRules: [Rule]) -> CandidateCombination {
    var pathways: [String] = []
    for pathway in first.agent.pathways + second.agent.pathways where !pathways.contains(pathway) {
      pathways.append(pathway)
    }
    return CandidateCombination(
      parts: first.isHistology ? [second.index, first.index] : [first.index, second.index],
      agents: [first.agent.name, second.agent.name], pathways: pathways.sorted(), pairRules: pairRules)
  }

  /// The best row of each agent that may be a part.
  private func parts(_ matches: [TherapyMatch], upTo weakest: Rule.Level) -> [Part] {
    let outlines = rules.outlines.agents
    var best: [Int32: Part] = [:]
    for (index, match) in matches.enumerated() where match.rule.direction == .sensitivity {
      let agents = rules.agents[match.ruleIndex]
      guard agents.count == 1, let number = agents.first, outlines.traits[Int(number)].contains(.mayPair),
        match.rule.level <= weakest,
        // Laboratory work on other tumors is too thin to build on.
        match.rule.level <= .d || match.proximity == .same || match.proximity == .bridge,
        match.verdict != .overridden, match.verdict != .withdrawn, match.verdict != .hypothesis
      else { continue }
      if let known = best[number], known.match.rule.level <= match.rule.level { continue }
      guard let agent = rules.agent(number) else { continue }
      best[number] = Part(index, match, agent, Int(number), outlines)
    }
    return best.values.sorted { $0.agent.name < $1.agent.name }
  }

  /// Whether one part answers the bypass that speaks against the other: a row against it rests on the same finding.
  private func answersBypass(_ first: Part, _ second: Part, _ against: [TherapyMatch]) -> Bool {
    answersBypass(of: first, second, against) || answersBypass(of: second, first, against)
  }

  private func answersBypass(of part: Part, _ other: Part, _ against: [TherapyMatch]) -> Bool {
    let (opponents, answered) = (part.match.opposedBy, other.match.ownAlterations)
    guard !opponents.isEmpty, !answered.isEmpty else { return false }
    return against.contains { row in
      row.ownAlterations.sharesElement(with: answered)
        && !row.ownAlterations.sharesElement(with: part.match.ownAlterations) && opponents.contains(row.rule.id)
    }
  }

  /// The place of a pair in the list; `nil` where the two are none.
  private func key(_ first: Part, _ second: Part, _ against: [TherapyMatch]) -> Int? {
    // At least one part rests on an alteration; the other may come from the histology.
    guard !(first.isHistology && second.isHistology) else { return nil }
    guard first.match.tumorType == second.match.tumorType else { return nil }
    guard !first.classes.contains(where: second.classes.contains) else { return nil }
    let (one, other) = (first.pathways, second.pathways)
    let isApart = !one.allSatisfy(other.contains) && !other.allSatisfy(one.contains)
    guard isApart || answersBypass(first, second, against) else { return nil }
    let (left, right) = (first.agent, second.agent)
    let pathways = left.pathways.count + right.pathways.count { !left.pathways.contains($0) }
    let shared = left.targets.count(where: right.targets.contains)
    let weakest = max(first.match.rule.level.step, second.match.rule.level.step)
    // The planned pair of leiomyosarcoma stands first among equals.
    let isPlanned = table.reference.facts.sets.plannedPair.allSatisfy {
      left.pathways.contains($0) || right.pathways.contains($0)
    }
    var key = weakest << 1 | (isPlanned ? 0 : 1)
    key = key << 8 | (0xFF - min(pathways, 0xFF))
    key = key << 8 | min(shared, 0xFF)
    return key << 16 | min(first.penalty + second.penalty, 0xFFFF)
  }
}
