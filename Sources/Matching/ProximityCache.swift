// SPDX-License-Identifier: Apache-2.0
internal import SystemIO
internal import Knowledge

/// The proximity of every rule to a tumor type, worked out once for each type that occurs.
final class ProximityCache: Sendable {
  /// A rule's proximity and whether the sample is coded by an ancestor of the rule's code; `nil` out of scope.
  struct Entry: Sendable {
    let proximity: Proximity
    let isLessSpecific: Bool
    /// Whether the rule's therapy makes sense in the tumor type, wherever the rule's own tumors are.
    let isAdmitted: Bool
  }

  private let tree: TumorTypeTree
  /// The scopes of the table, each once; many rules share one.
  private let scopes: [TumorScope]
  /// By rule: the place of its scope.
  private let scopeOfRule: [Int32]
  private let lineage: TherapyLineage
  private let byCode = Locked<[String: [Entry?]]>([:])

  init(table: KnowledgeBase, lineage: TherapyLineage) {
    self.lineage = lineage
    tree = table.reference.tumorTypes
    var places: [TumorScope: Int32] = [:]
    var scopes: [TumorScope] = []
    scopeOfRule = table.rules.map { rule in
      if let known = places[rule.scope] { return known }
      let place = Int32(scopes.count)
      places[rule.scope] = place
      scopes.append(rule.scope)
      return place
    }
    self.scopes = scopes
  }

  /// The entries of all rules for a code, empty for an unknown type.
  func entries(for code: String) -> [Entry?] {
    if let known = byCode.withLock({ $0[code] }) { return known }
    // Worked out by each worker that comes first: the same entries, and nobody waits.
    let found = tree.proximities(of: code, to: scopes)
    let admitted = lineage.admitted(code)
    // A tumor coded by an ancestor of the rule's code may be of the lineage that a therapy is bound to (BOWEL of COADREAD).
    let admittedKinds = lineage.admitted(code, orKindsOf: true)
    let entries = scopeOfRule.indices.map { rule in
      found[Int(scopeOfRule[rule])].map {
        Entry(
          proximity: $0.0, isLessSpecific: $0.isLessSpecific,
          isAdmitted: ($0.isLessSpecific ? admittedKinds : admitted)[Int(lineage.boundOfRule[rule])])
      }
    }
    byCode.withLock { $0[code] = entries }
    return entries
  }
}
