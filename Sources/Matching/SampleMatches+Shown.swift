// SPDX-License-Identifier: Apache-2.0
package import Knowledge

extension SampleMatches {
  /// What is shown where rows below a level are not; ``options`` are made of those that are.
  ///
  /// Rows that an answer names against its therapy are shown whatever their level.
  package func shown(downTo lowestLevel: Rule.Level) -> SampleMatches {
    struct Row: Hashable {
      let rule: Int, tumorType: String
      init(_ match: TherapyMatch) { (rule, tumorType) = (Int(match.ruleIndex), match.tumorType) }
    }
    var named: Set<Row> = []
    for option in options { for row in option.rowsAgainst { named.insert(Row(row)) } }
    func isHidden(_ match: TherapyMatch) -> Bool { match.rule.level > lowestLevel && !named.contains(Row(match)) }
    var shown = self
    shown.therapies.removeAll(where: isHidden)
    shown.statements.removeAll { $0.rule.level > lowestLevel }
    // Derived pairs are of the weakest level.
    shown.combinations = []
    var hidden = [Int](repeating: 0, count: alterations.count)
    for match in therapies where isHidden(match) && match.rule.direction != .context {
      for place in match.alterations { hidden[place] += 1 }
    }
    for (place, count) in hidden.enumerated() where count > 0 {
      guard case .read(let rows) = alterations[place].fate else { continue }
      shown.alterations[place].fate = rows > count ? .read(rows: rows - count) : .belowLevel(rows: count)
    }
    return shown
  }
}
