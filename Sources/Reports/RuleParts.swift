// SPDX-License-Identifier: Apache-2.0
internal import SystemIO
internal import Knowledge

/// What a rule alone decides in reports of one form, made when first shown and kept for all samples of a run.
final class RuleParts<Parts: Sendable>: Sendable {
  private let rules: [Rule]
  private let places: [ObjectIdentifier: Int]
  private let make: @Sendable (Rule) -> Parts
  private let known: Locked<[Parts?]>

  /// The parts of the rules of a table, each made by `make` at most a few times.
  init(_ table: KnowledgeBase, make: @escaping @Sendable (Rule) -> Parts) {
    rules = table.rules
    var places: [ObjectIdentifier: Int] = [:]
    places.reserveCapacity(rules.count)
    for (place, rule) in rules.enumerated() { places[ObjectIdentifier(rule)] = place }
    self.places = places
    self.make = make
    known = Locked([Parts?](repeating: nil, count: rules.count))
  }

  /// The parts of the rule at a place of the table.
  subscript(place: Int) -> Parts {
    if let parts = known.withLock({ $0[place] }) { return parts }
    let parts = make(rules[place])
    known.withLock { $0[place] = parts }
    return parts
  }

  /// The parts of a rule of the table.
  subscript(rule: Rule) -> Parts {
    if let place = places[ObjectIdentifier(rule)] { self[place] } else { make(rule) }
  }
}
