// SPDX-License-Identifier: Apache-2.0

/// A value that is made when it is first asked for, by whichever thread asks first, and kept.
package final class MadeOnce<Value: Sendable>: Sendable {
  private let kept = Locked<Value?>(nil)
  private let make: @Sendable () -> Value

  /// - Parameter make: Makes the value.
  package init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  /// The value.
  package var value: Value {
    kept.withLock { known in
      if let known { return known }
      let made = make()
      known = made
      return made
    }
  }
}
