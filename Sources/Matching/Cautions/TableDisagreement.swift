// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What tables say against each other, as cautions on the rows of both; nothing is averaged.
struct TableDisagreement {
  let index: RuleIndex

  /// The therapy in a tumor type, by which rows are compared.
  private struct Key: Hashable {
    let therapy: Int32
    let tumorType: String
  }

  func flag(_ matches: inout [TherapyMatch]) {
    var groups: [Key: [Int]] = [:]
    for (place, match) in matches.enumerated() {
      flagLevels(&matches[place])
      guard match.rule.direction != .context else { continue }
      let key = Key(therapy: index.therapies[match.ruleIndex], tumorType: match.tumorType)
      groups[key, default: []].append(place)
    }
    for places in groups.values where places.count > 1 {
      for place in places { flagOpponents(of: place, among: places, &matches) }
    }
  }

  /// A table that does not speak for the claim gives it another level.
  private func flagLevels(_ match: inout TherapyMatch) {
    for rule in match.supportingRules where rule.table != match.rule.table && rule.level != match.rule.level {
      match.cautions.append(.levelElsewhere(rule: rule.id, level: rule.level.rawValue))
    }
  }

  /// The first row of another table that says the opposite of the same finding.
  private func flagOpponents(of place: Int, among places: [Int], _ matches: inout [TherapyMatch]) {
    let match = matches[place]
    var tables: Set<Int> = [match.rule.table]
    for other in places.map({ matches[$0] }) {
      guard (other.rule.direction == .sensitivity) != (match.rule.direction == .sensitivity),
        other.isHistology == match.isHistology,
        match.isHistology || other.ownAlterations.sharesElement(with: match.ownAlterations)
          || other.rule.gene == match.rule.gene && other.ownAlterations.isEmpty && match.ownAlterations.isEmpty,
        tables.insert(other.rule.table).inserted
      else { continue }
      matches[place].cautions.append(.tableDisagrees(rule: other.rule.id))
    }
  }
}
