// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import SystemIO

/// What applies in the tumor types of a sample, whatever was found in it.
final class TumorTables: Sendable {
  /// The types of the sample, an empty text where none is known.
  let codes: [String]
  /// By type: the rules of therapies.
  let rules: [ProximityCache.TumorRules]
  /// The labels and guidelines in force in one of the types, by the kind of assay that they ask for.
  ///
  /// Worked out when a page asks for them.
  let labels: MadeOnce<[(kind: AssayKind, rules: [LabelRules.Label])]>
  /// Findings that count as the result they stand in for in every type.
  let surrogates: [Surrogate]
  /// Findings that contradict one of the types.
  let reviews: [DiagnosisReviewFact]

  fileprivate init(
    _ types: [String], _ table: KnowledgeBase, _ proximities: ProximityCache, _ labelRules: LabelRules
  ) {
    codes = types.isEmpty ? [""] : types
    let rules = codes.map(proximities.rules)
    self.rules = rules
    labels = MadeOnce { labelRules.inForce(in: rules) }
    let tree = table.reference.tumorTypes
    surrogates =
      types.isEmpty
      ? []
      : table.reference.facts.surrogates.filter { surrogate in
        !surrogate.meetsIn.isEmpty && types.allSatisfy { surrogate.isMet(in: $0, tree) }
      }
    var isSuspect: [String: Bool] = [:]
    reviews = table.reference.facts.diagnosisReviews.filter { review in
      if let known = isSuspect[review.tumor] { return known }
      let covers = types.contains { tree.covers(review.tumor, $0) }
      isSuspect[review.tumor] = covers
      return covers
    }
  }

}

extension [ProximityCache.TumorRules] {
  /// Whether a rule holds in one of the types as such, and not by way of a related tumor.
  func isInScope(_ rule: Int) -> Bool { contains { $0.entries[rule]?.isOfTumor == true } }

  /// Whether a rule names one of the types.
  func isOwn(_ rule: Int) -> Bool { contains { $0.entries[rule]?.proximity == .same } }
}

/// The tables of each set of tumor types that occurs, each worked out once.
final class TumorTablesCache: Sendable {
  private let table: KnowledgeBase
  private let proximities: ProximityCache
  private let labelRules: LabelRules
  private let byTypes = Locked<[[String]: TumorTables]>([:])

  init(_ table: KnowledgeBase, _ proximities: ProximityCache, _ labelRules: LabelRules) {
    (self.table, self.proximities, self.labelRules) = (table, proximities, labelRules)
  }

  /// What applies in the types of a sample; of none where its type is unknown.
  func tables(of types: [String]) -> TumorTables {
    if let known = byTypes.withLock({ $0[types] }) { return known }
    // Worked out by each worker that comes first: the same tables, and nobody waits.
    let found = TumorTables(types, table, proximities, labelRules)
    byTypes.withLock { $0[types] = found }
    return found
  }
}
