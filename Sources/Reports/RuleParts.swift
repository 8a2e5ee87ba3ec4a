// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Synchronization

/// What a rule alone decides in reports of one form, made when first shown and kept for all samples of a run.
///
/// Workers ask for parts thousands of times a sample, so nobody waits: each rule has a place of its own, filled once.
@safe final class RuleParts<Parts: Sendable>: @unchecked Sendable {
  // Sendable since the places stay where they are from `init` to `deinit`, and each is atomic. Each holds the address of
  // what was made, or 0: the library's own `AtomicLazyReference` costs 750 instructions a look in a generic class.
  private let rules: RuleList
  private let make: @Sendable (Rule) -> Parts
  private let places: UnsafeMutablePointer<Atomic<UInt>>

  /// The parts of the rules of a table, each made by `make` once, or a few times where workers ask at one time.
  init(_ table: KnowledgeBase, make: @escaping @Sendable (Rule) -> Parts) {
    rules = table.rules
    self.make = make
    unsafe places = .allocate(capacity: rules.count)
    for place in rules.indices { unsafe (places + place).initialize(to: Atomic(0)) }
  }

  /// The parts of the rule at a place of the table.
  subscript(place: Int) -> Parts {
    precondition(rules.indices.contains(place), "no rule stands there")
    let known = unsafe places[place].load(ordering: .acquiring)
    if let known = unsafe UnsafePointer<Parts>(bitPattern: known) { return unsafe known.pointee }
    return add(make(rules[place]), at: place)
  }

  /// Keeps what was made, unless another worker was faster.
  private func add(_ parts: Parts, at place: Int) -> Parts {
    let made = UnsafeMutablePointer<Parts>.allocate(capacity: 1)
    unsafe made.initialize(to: parts)
    let isKept = unsafe places[place].compareExchange(
      expected: 0, desired: UInt(bitPattern: made), ordering: .acquiringAndReleasing
    ).exchanged
    if !isKept { unsafe Self.free(made) }
    return parts
  }

  private static func free(_ made: UnsafeMutablePointer<Parts>) {
    unsafe made.deinitialize(count: 1)
    unsafe made.deallocate()
  }

  deinit {
    for place in rules.indices {
      let known = unsafe places[place].load(ordering: .relaxed)
      if let made = unsafe UnsafeMutablePointer<Parts>(bitPattern: known) { unsafe Self.free(made) }
    }
    unsafe places.deinitialize(count: rules.count)
    unsafe places.deallocate()
  }
}
