// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// The tumors outside of which a therapy makes no sense.
///
/// Hormonal agents and backbones of chemotherapy bring their own (the table of agents); combinations and uses that make
/// sense in one tumor have it in the rule. Such a therapy is no evidence for other tumors: beside its lineage it is a
/// near miss.
struct TherapyLineage: Sendable {
  /// The lists of codes of all therapies, each once; a tumor type has to be covered by a code of every list.
  private let bounds: [[[Int32]]]
  /// By rule: the place of its lists; the first are those of therapies without any.
  let boundOfRule: [Int32]
  private let tree: TumorTypeTree
  private let items: [TumorTypeTree.Item]

  /// - Parameter items: What scopes and lineages of the table name.
  init(table: KnowledgeBase, items: [TumorTypeTree.Item]) {
    tree = table.reference.tumorTypes
    self.items = items
    bounds = table.columns.bounds
    boundOfRule = table.columns.boundOfRule
  }

  /// Whether the therapies of each bound may be carried over to a tumor type that a rule's own scope does not name.
  ///
  /// - Parameters:
  ///   - code: An OncoTree code; empty for an unknown type, which no lineage covers.
  ///   - orKindsOf: Whether it is enough that a kind of the tumor is of the lineage: what is coded by its organ may well be.
  func admitted(_ code: String, orKindsOf: Bool = false) -> [Bool] {
    // Many lists name the same few codes.
    var known = [Bool?](repeating: nil, count: items.count)
    func isOfLineage(_ item: Int32) -> Bool {
      if let known = known[Int(item)] { return known }
      let isOne = tree.covers(items[Int(item)], code, orKindsOf: orKindsOf)
      known[Int(item)] = isOne
      return isOne
    }
    return bounds.map { lists in lists.allSatisfy { $0.contains(where: isOfLineage) } }
  }
}
