// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// A place for each of many objects, each made when it is first asked for and kept.
@safe final class MadeInPlaces<Object: AnyObject & Sendable>: @unchecked Sendable {
  // Sendable since the places stay where they are from `init` to `deinit`, and each is atomic. Each holds the address of
  // an object that is kept alive until the end, or 0.
  let count: Int
  private let make: @Sendable (Int) -> Object
  private let made: UnsafeMutablePointer<Atomic<UInt>>

  /// Objects that are there already.
  init(_ objects: [Object]) {
    count = objects.count
    make = { objects[$0] }
    unsafe made = .allocate(capacity: count)
    for (place, object) in objects.enumerated() { unsafe (made + place).initialize(to: Atomic(Self.retained(object))) }
  }

  /// - Parameter make: Makes the object of a place; workers that ask at the same time may each make one, of which all
  ///   get the same.
  init(count: Int, _ make: @escaping @Sendable (Int) -> Object) {
    (self.count, self.make) = (count, make)
    unsafe made = .allocate(capacity: count)
    for place in 0..<count { unsafe (made + place).initialize(to: Atomic(0)) }
  }

  /// The object of a place.
  subscript(place: Int) -> Object {
    precondition(place >= 0 && place < count, "nothing stands there")
    let known = unsafe made[place].load(ordering: .acquiring)
    return known == 0 ? keep(make(place), at: place) : Self.object(known)
  }

  /// Keeps an object, unless another worker was faster.
  private func keep(_ object: Object, at place: Int) -> Object {
    let own = Self.retained(object)
    let (isKept, first) = unsafe made[place].compareExchange(
      expected: 0, desired: own, ordering: .acquiringAndReleasing)
    if isKept { return object }
    Self.release(own)
    return Self.object(first)
  }

  private static func retained(_ object: Object) -> UInt {
    UInt(bitPattern: unsafe Unmanaged.passRetained(object).toOpaque())
  }

  private static func unmanaged(_ address: UInt) -> Unmanaged<Object>? {
    unsafe UnsafeRawPointer(bitPattern: address).map { unsafe Unmanaged<Object>.fromOpaque($0) }
  }

  private static func object(_ address: UInt) -> Object {
    guard let object = unsafe unmanaged(address) else { fatalError("an object is missing") }
    return unsafe object.takeUnretainedValue()
  }

  private static func release(_ address: UInt) { unsafe unmanaged(address)?.release() }

  deinit {
    for place in 0..<count { Self.release(unsafe made[place].load(ordering: .relaxed)) }
    unsafe made.deinitialize(count: count)
    unsafe made.deallocate()
  }
}
