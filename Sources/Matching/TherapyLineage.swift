internal import Knowledge

/// The tumors outside of which a therapy makes no sense.
///
/// Hormonal agents and backbones of chemotherapy bring their own (the table of agents); combinations and uses that make
/// sense in one tumor have it in the rule. Such a therapy is no evidence for other tumors: beside its lineage it is a
/// near miss.
struct TherapyLineage: Sendable {
  /// By rule: lists of codes, each of which must cover the tumor type; most rules have none.
  private let bounds: [[[String]]]
  private let tree: TumorTypeTree

  init(table: KnowledgeBase) {
    tree = table.reference.tumorTypes
    let agents = table.reference.agents
    bounds = table.rules.map { rule in
      var lists = rule.agents.compactMap { agents.agent($0)?.lineage }.filter { !$0.isEmpty }
      if !rule.support.lineage.isEmpty { lists.append(rule.support.lineage) }
      return lists
    }
  }

  /// Whether a rule's therapy may be carried over to a tumor type that its own scope does not name.
  ///
  /// - Parameters:
  ///   - code: An OncoTree code; empty for an unknown type, which no lineage covers.
  ///   - orKindsOf: Whether it is enough that a kind of the tumor is of the lineage.
  func admits(_ rule: Int, _ code: String, orKindsOf: Bool = false) -> Bool {
    bounds[rule].allSatisfy { codes in
      codes.contains { tree.covers($0, code) || orKindsOf && tree.covers(code, $0) }
    }
  }
}
