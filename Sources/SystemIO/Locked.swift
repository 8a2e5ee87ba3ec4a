// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A value that one thread at a time may look at or change.
///
/// It does what the standard library's `Mutex` does, by way of the system's own lock, which the thread sanitizer knows:
/// of values in a `Mutex` it reports races that are none, and so would drown those that are.
@safe package final class Locked<Value>: @unchecked Sendable {
  // Sendable since `value` is touched while `lock` is held and at no other time.
  private var value: Value
  private let lock: UnsafeMutablePointer<pthread_mutex_t>

  /// Guards a value.
  package init(_ value: sending Value) {
    self.value = value
    unsafe lock = .allocate(capacity: 1)
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
  }

  /// Calls `body` while no other thread may touch the value.
  package func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return try body(&value)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }
}
