internal import Knowledge

extension RuleEvaluation {
  /// CDK4/6 inhibitors need RB1, MDM2 inhibitors TP53; not tested is a note there and no condition (guide: Matching, Wild type and not assayed).
  func isWildTypeDependence(_ test: String, _ rule: Rule) -> Bool {
    table.reference.facts.wildTypeDependence.contains { pair in
      test == "\(pair.needed) mutation testing"
        && rule.agents.contains { table.reference.agents.agent($0)?.targets.contains(pair.target) == true }
    }
  }
}
