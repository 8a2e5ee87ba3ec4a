internal import Knowledge

/// Agents that act only where another gene is intact.
enum WildTypeDependence {
  /// The agent's target and the gene that must be intact.
  static let pairs = [("CDK4", "RB1"), ("CDK6", "RB1"), ("MDM2", "TP53")]
}

extension RuleEvaluation {
  /// CDK4/6 inhibitors need RB1, MDM2 inhibitors TP53; not tested is a note there and no condition (guide: Matching, Wild type and not assayed).
  func isWildTypeDependence(_ test: String, _ rule: Rule) -> Bool {
    WildTypeDependence.pairs.contains { target, gene in
      test == "\(gene) mutation testing"
        && rule.agents.contains { table.reference.agents.agent($0)?.targets.contains(target) == true }
    }
  }
}
