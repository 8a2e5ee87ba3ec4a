// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

extension RuleEvaluation {
  /// CDK4/6 inhibitors need RB1, MDM2 inhibitors TP53; not tested is a note there and no condition.
  ///
  /// Guide: Matching, Wild type and not assayed.
  func isWildTypeDependence(_ gene: String, _ rule: Rule) -> Bool {
    table.reference.facts.wildTypeDependence.contains { pair in
      pair.needed == gene
        && rule.agents.contains { table.reference.agents.agent($0)?.targets.contains(pair.target) == true }
    }
  }
}
