// SPDX-License-Identifier: Apache-2.0
internal import SystemIO
internal import Knowledge

/// Which rules reach a tumor type and how close they are, worked out once for each type that occurs.
final class ProximityCache: Sendable {
  /// A rule's proximity and whether the sample is coded by an ancestor of the rule's code.
  struct Entry: Sendable {
    let proximity: Proximity
    let isLessSpecific: Bool
    /// Why the rule does not reach the tumor type in spite of its scope; `nil` where it does.
    let barrier: MissReason.Barrier?

    /// Whether the rule names the tumor type or holds in any.
    var isOfTumor: Bool { proximity == .same || proximity == .agnostic }
  }

  /// The rules of a table in one tumor type.
  final class TumorRules: Sendable {
    /// By rule; `nil` out of scope.
    let entries: [Entry?]
    /// The rules that reach it.
    let inReach: NumberSet

    init(_ entries: [Entry?]) {
      self.entries = entries
      var inReach = NumberSet(below: entries.count)
      for (rule, entry) in entries.enumerated() {
        if let entry, entry.barrier == nil { inReach.insert(rule) }
      }
      self.inReach = inReach
    }
  }

  private let tree: TumorTypeTree
  /// What scopes and lineages of the table name.
  private let items: [TumorTypeTree.Item]
  private let table: KnowledgeBase
  private let columns: RuleColumns
  /// By rule: the place of its scope.
  private let scopeOfRule: [Int32]
  private let lineage: TherapyLineage
  /// By rule: whether it holds in its own tumors only.
  private let isBoundToItsTumor: [Bool]
  private let byCode = Locked<[String: TumorRules]>([:])

  init(table: KnowledgeBase, index: RuleIndex) {
    self.table = table
    tree = table.reference.tumorTypes
    columns = table.columns
    items = columns.scopeItems.map(tree.item)
    lineage = TherapyLineage(table: table, items: items)
    isBoundToItsTumor = index.outlines.isBoundToItsTumor
    scopeOfRule = table.columns.scopeOfRule
  }

  /// The rules in the tumor type of a code, empty for an unknown type.
  func rules(in code: String) -> TumorRules {
    if let known = byCode.withLock({ $0[code] }) { return known }
    // Worked out by each worker that comes first: the same entries, and nobody waits.
    let fits = tree.fits(of: code, to: items)
    let found = zip(columns.included, columns.excluded).map { fits.fit($0, $1) }
    let admitted = lineage.admitted(code)
    // A tumor coded by an ancestor of the rule's code may be of the lineage that a therapy is bound to (BOWEL of COADREAD).
    let admittedKinds = lineage.admitted(code, orKindsOf: true)
    let rules = TumorRules(
      scopeOfRule.indices.map { rule in
        guard let fit = found[Int(scopeOfRule[rule])] else {
          return code.isEmpty && isOnTarget(rule) ? Entry(proximity: .other, isLessSpecific: false, barrier: nil) : nil
        }
        let isAdmitted = (fit.isLessSpecific ? admittedKinds : admitted)[Int(lineage.boundOfRule[rule])]
        return Entry(
          proximity: fit.proximity, isLessSpecific: fit.isLessSpecific,
          barrier: barrier(rule, fit.proximity, code, isAdmitted: isAdmitted))
      })
    byCode.withLock { $0[code] = rules }
    return rules
  }

  /// Whether a rule is a resistance by a change of the gene that its agent acts on: what closes a therapy of some tumor so
  /// closes it in one that nobody knows.
  private func isOnTarget(_ place: Int) -> Bool {
    guard columns.directions[place] == .resistance, columns.eventClasses[place] == .mutation else { return false }
    let rule = table.rules[place]
    return rule.level <= .d
      && rule.agents.contains { table.reference.agents.find($0)?.targets.contains(rule.gene) ?? false }
  }

  /// Why a rule does not reach a tumor type in spite of its scope.
  ///
  /// - Parameter isAdmitted: Whether the rule's therapy makes sense in the tumor type, wherever the rule's own tumors are.
  private func barrier(
    _ rule: Int, _ proximity: Proximity, _ code: String, isAdmitted: Bool
  ) -> MissReason.Barrier? {
    let backbone: MissReason.Barrier? = isAdmitted ? nil : .backboneOfAnotherTumor
    // A backbone of one tumor is none of a tumor that nobody knows.
    if code.isEmpty { return backbone }
    switch proximity {
    case .same, .bridge, .agnostic: return nil
    case .lineage, .other, .crossing: return isBoundToItsTumor[rule] ? .boundToItsTumor : backbone
    }
  }
}
