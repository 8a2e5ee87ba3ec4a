// SPDX-License-Identifier: Apache-2.0

/// Numbers for values, in the order in which they are met.
package struct Numbering<Value: Hashable> {
  /// The values by their numbers.
  package private(set) var all: [Value] = []
  private var numbers: [Value: Int32] = [:]

  /// No values yet.
  package init() {}

  /// The number of a value, a new one where it has none.
  package mutating func number(_ value: Value) -> Int32 {
    if let known = numbers[value] { return known }
    let number = Int32(all.count)
    numbers[value] = number
    all.append(value)
    return number
  }
}
