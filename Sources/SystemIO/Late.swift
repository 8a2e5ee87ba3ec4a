// SPDX-License-Identifier: Apache-2.0
/// A value that is made when it is first asked for, once, whatever thread asks.
package final class Late<Value: Sendable>: Sendable {
  private let made = Locked<Value?>(nil)
  private let make: @Sendable () -> Value

  /// A value that `make` makes.
  package init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  /// The value.
  package var value: Value {
    made.withLock { made in
      if let made { return made }
      let value = make()
      made = value
      return value
    }
  }
}
