internal import TargetTable

/// Folds rows that carry one claim and puts all in their order.
enum Consolidation {
  /// One row a claim, tumor type and set of alterations: the best rule is shown, the others are counted.
  static func fold(_ matches: [TherapyMatch]) -> [TherapyMatch] {
    var places: [String: Int] = [:]
    var folded: [TherapyMatch] = []
    for match in matches {
      let key =
        match.rule.claimKey + "\u{1}" + match.tumorType + "\u{1}"
        + match.alterations.map(String.init).joined(separator: ",")
      guard let place = places[key] else {
        places[key] = folded.count
        folded.append(match)
        continue
      }
      var kept = folded[place]
      if match.rule.level < kept.rule.level {
        var better = match
        better.supportingRules = kept.supportingRules + [kept.rule]
        better.moreSupport = kept.moreSupport + 1
        kept = better
      } else {
        kept.supportingRules.append(match.rule)
        kept.moreSupport += 1
      }
      folded[place] = kept
    }
    return folded
  }

  /// The documented order of therapies.tsv: tumor type as given, tier, proximity, rung, direction, level, therapy, rule.
  static func precedes(_ left: TherapyMatch, _ right: TherapyMatch) -> Bool {
    let leftKey = (section(left), left.tier.order, left.proximity, left.rung)
    let rightKey = (section(right), right.tier.order, right.proximity, right.rung)
    if leftKey.0 != rightKey.0 { return leftKey.0 < rightKey.0 }
    if leftKey.1 != rightKey.1 { return leftKey.1 < rightKey.1 }
    if leftKey.2 != rightKey.2 { return leftKey.2 < rightKey.2 }
    if leftKey.3 != rightKey.3 { return leftKey.3 < rightKey.3 }
    if left.rule.direction != right.rule.direction { return order(left.rule.direction) < order(right.rule.direction) }
    if left.rule.level != right.rule.level { return left.rule.level < right.rule.level }
    if left.rule.therapy != right.rule.therapy { return left.rule.therapy < right.rule.therapy }
    if left.rule.id != right.rule.id { return left.rule.id < right.rule.id }
    if left.tumorType != right.tumorType { return left.tumorType < right.tumorType }
    return left.alterations.lexicographicallyPrecedes(right.alterations)
  }

  private static func section(_ match: TherapyMatch) -> Int {
    if match.rule.direction == .context { return 3 }
    if match.verdict == .withdrawn { return 4 }
    if match.isHistology { return 2 }
    return match.rule.direction == .noBenefit ? 1 : 0
  }

  private static func order(_ direction: Rule.Direction) -> Int {
    switch direction {
    case .sensitivity: 0
    case .resistance: 1
    case .noBenefit: 2
    case .context: 3
    }
  }
}
