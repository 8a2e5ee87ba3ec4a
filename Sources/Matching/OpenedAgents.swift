// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import SystemIO

/// Which agents any rule of the table opens in a tumor type, alone or in a combination, worked out once for each type.
///
/// Resistance to an agent that nothing opens in the tumor answers a question nobody asks: such rows are printed without
/// a tier and do not count.
final class OpenedAgents: Sendable {
  private let columns: RuleColumns
  private let index: RuleIndex
  private let proximities: ProximityCache
  private let byCode = Locked<[String: NumberSet]>([:])

  init(table: KnowledgeBase, index: RuleIndex, proximities: ProximityCache) {
    columns = table.columns
    self.index = index
    self.proximities = proximities
  }

  /// Takes the tier from resistance rows of agents that neither the table opens in the tumor type nor a row of the
  /// sample speaks for.
  func setApart(_ matches: inout [TherapyMatch]) {
    guard matches.contains(where: { $0.rule.direction == .resistance }) else { return }
    let printed = index.agentsOpened(by: matches)
    for place in matches.indices where matches[place].rule.direction == .resistance {
      let rule = matches[place].ruleIndex
      if index.reachesAny(rule, of: printed) || index.reachesAny(rule, of: agents(matches[place].tumorType)) {
        continue
      }
      matches[place].tier = .none
    }
  }

  /// The agents of all sensitivity rules of a tumor type, of a bridge to it, or of every tumor.
  func agents(_ code: String) -> NumberSet {
    if let known = byCode.withLock({ $0[code] }) { return known }
    var found = NumberSet(below: index.agentCount)
    for (place, entry) in proximities.rules(in: code).entries.enumerated() {
      guard let entry, columns.directions[place] == .sensitivity, !columns.withdrawals[place] else { continue }
      switch entry.proximity {
      case .same, .bridge, .agnostic: found.insert(contentsOf: index.agents[place])
      case .lineage, .other, .crossing: continue
      }
    }
    let made = found
    byCode.withLock { $0[code] = made }
    return made
  }
}

extension RuleIndex {
  /// The agents of the rows for a therapy.
  func agentsOpened(by matches: [TherapyMatch]) -> NumberSet {
    var found = NumberSet(below: agentCount)
    for match in matches where match.rule.direction == .sensitivity {
      found.insert(contentsOf: agents[match.ruleIndex])
    }
    return found
  }
}
