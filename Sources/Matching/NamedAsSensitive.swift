// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Changes that a row against an agent would take by their kind, and that a row for the agent names.
extension RuleEvaluation {
  /// Takes out what a row against an agent, of level C or below, has to leave alone: changes that it reads by codon, range
  /// or class, and that a row for the same agent or its class, as strong or stronger, names more closely.
  ///
  /// PDGFRA D842_H845del lies in the range of rows against imatinib, and its own source names it as sensitive.
  ///
  /// - Returns: A change that was taken out, where none is left.
  func spareSensitive(_ places: inout [Int], _ index: Int, _ rung: Rung) -> Int? {
    guard (2...4).contains(rung.step), let first = places.first else { return nil }
    let rule = table.rules[index]
    guard rule.direction == .resistance || rule.direction == .noBenefit, rule.level >= .c else { return nil }
    places.removeAll { isNamedAsSensitive($0, rule, index, rung) }
    return places.isEmpty ? first : nil
  }

  private func isNamedAsSensitive(_ place: Int, _ rule: Rule, _ index: Int, _ rung: Rung) -> Bool {
    guard facts.alterations[place].alteration.isSequence else { return false }
    guard let own = proximities[index]?.proximity else { return false }
    let columns = table.columns
    return table.rules(about: rule.gene).lazy.map { Int($0) }.contains { other in
      // A label of another tumor is no answer to a study of this one.
      guard columns.directions[other] == .sensitivity, !columns.withdrawals[other],
        let proximity = proximities[other]?.proximity, proximity <= own, speaksOfAgent(of: index, other)
      else { return false }
      let row = table.rules[other]
      return row.level <= rule.level
        && row.alternatives.contains { spec in
          spec.rung.step <= 2 && spec.rung < rung
            && AtomMatching.isSatisfied(spec, about: rule.gene, by: facts.alterations[place], in: facts)
        }
    }
  }

  /// Whether a row for a therapy speaks of the agent of a row against it: the same therapy, or the agent's class.
  private func speaksOfAgent(of opponent: Int, _ row: Int) -> Bool {
    if index.therapies[opponent] == index.therapies[row] { return true }
    return index.agents.count(of: opponent) == 1 && index.reaches(row, opponent)
  }
}
