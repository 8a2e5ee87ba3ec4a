internal import Knowledge

/// Agents that act only where another gene is intact.
enum WildTypeDependence {
  /// The agent's target and the gene that must be intact.
  static let pairs = [("CDK4", "RB1"), ("CDK6", "RB1"), ("MDM2", "TP53")]
}

extension RuleEvaluation {
  /// CDK4/6 inhibitors need RB1, MDM2 inhibitors TP53; not tested is a note there and no condition.
  ///
  /// Guide: Matching, Wild type and not assayed.
  func isWildTypeDependence(_ gene: String, _ rule: Rule) -> Bool {
    WildTypeDependence.pairs.contains { target, needed in
      needed == gene
        && rule.agents.contains { table.reference.agents.agent($0)?.targets.contains(target) == true }
    }
  }
}
