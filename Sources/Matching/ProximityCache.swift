internal import Guarding
internal import TargetTable

/// The proximity of every rule to a tumor type, worked out once for each type that occurs.
final class ProximityCache: Sendable {
  /// A rule's proximity and whether the sample is coded by an ancestor of the rule's code; `nil` out of scope.
  struct Entry: Sendable {
    let proximity: Proximity
    let isLessSpecific: Bool
  }

  private let table: TargetTable
  private let byCode = Guarded<[String: [Entry?]]>([:])

  init(table: TargetTable) { self.table = table }

  /// The entries of all rules for a code, empty for an unknown type.
  func entries(for code: String) -> [Entry?] {
    byCode.withLock { cache in
      if let known = cache[code] { return known }
      let entries = table.rules.map { rule in
        table.reference.tumorTypes.proximity(of: code, to: rule.scope).map {
          Entry(proximity: $0.0, isLessSpecific: $0.isLessSpecific)
        }
      }
      cache[code] = entries
      return entries
    }
  }
}
