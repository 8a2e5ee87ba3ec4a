// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Folds rows that carry one claim and puts all in their order.
enum Consolidation {
  /// One row a claim, tumor type and set of alterations: the best rule of the table with the highest priority is shown,
  /// the others are counted.
  static func fold(_ matches: [TherapyMatch], index: RuleIndex) -> [TherapyMatch] {
    guard matches.count > 1 else { return matches }
    var places = PlacesByNumber(numbers: index.claimCount)
    var folded: [TherapyMatch] = []
    folded.reserveCapacity(matches.count)
    for match in matches {
      let claim = index.claims[match.ruleIndex]
      let known = places.place(claim) {
        folded[$0].alterations == match.alterations && folded[$0].tumorType == match.tumorType
      }
      guard let place = known else {
        places.append(claim)
        folded.append(match)
        continue
      }
      var kept = folded[place]
      if speaks(match, before: kept, index) {
        var better = match
        better.supportingRules = kept.supportingRules + [kept.rule]
        kept = better
      } else {
        kept.supportingRules.append(match.rule)
      }
      folded[place] = kept
    }
    return folded
  }

  /// Whether of two rows of one claim the first is shown: by the priority of its table, its level, the order of the
  /// tables, and its identifier, so that the order of rows in a table says nothing.
  private static func speaks(_ match: TherapyMatch, before kept: TherapyMatch, _ index: RuleIndex) -> Bool {
    let (own, other) = (index.priorities[match.ruleIndex], index.priorities[kept.ruleIndex])
    if own != other { return own > other }
    if match.rule.level != kept.rule.level { return match.rule.level < kept.rule.level }
    return match.rule.table == kept.rule.table && match.rule.id < kept.rule.id
  }

  /// The matches in the documented order of therapies.tsv: section, tier, proximity, rung, direction, level, therapy,
  /// rule.
  static func sorted(_ matches: [TherapyMatch], index: RuleIndex) -> [TherapyMatch] {
    let keys = matches.map { match in
      // Section, tier, proximity, rung, direction, level and text in one number, the first weighing most.
      var key = section(match)
      key = key << 4 | match.tier.order
      key = key << 4 | match.proximity.place
      key = key << 4 | match.rung.step
      key = key << 2 | place(of: match.rule.direction)
      key = key << 3 | match.rule.level.place
      return key << 24 | Int(index.ranks[match.ruleIndex])
    }
    let order = matches.indices.sorted { one, other in
      if keys[one] != keys[other] { return keys[one] < keys[other] }
      if matches[one].tumorType != matches[other].tumorType {
        return matches[one].tumorType < matches[other].tumorType
      }
      return matches[one].alterations.lexicographicallyPrecedes(matches[other].alterations)
    }
    return order.map { matches[$0] }
  }

  private static func section(_ match: TherapyMatch) -> Int {
    if match.rule.direction == .context { return 3 }
    if match.verdict == .withdrawn { return 4 }
    if match.isHistology { return 2 }
    return match.rule.direction == .noBenefit ? 1 : 0
  }

  private static func place(of direction: Rule.Direction) -> Int {
    switch direction {
    case .sensitivity: 0
    case .resistance: 1
    case .noBenefit: 2
    case .context: 3
    }
  }
}
