// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import SystemIO

/// Does two things at once where there are two cores.
enum Concurrently {
  /// What both come to.
  static func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    let one = Locked<First?>(nil)
    let other = Locked<Second?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      if number == 0 {
        let made = first()
        one.withLock { $0 = made }
      } else {
        let made = second()
        other.withLock { $0 = made }
      }
    }
    guard let left = one.withLock({ $0 }), let right = other.withLock({ $0 }) else { fatalError("work was not done") }
    return (left, right)
  }
}
