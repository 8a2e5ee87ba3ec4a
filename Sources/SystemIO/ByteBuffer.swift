// SPDX-License-Identifier: Apache-2.0
/// Bytes under construction, in memory that grows and that nothing else shares.
///
/// Reports are made of millions of pieces of a few bytes each. An array asks before each of them whether somebody else
/// holds it, and its code for appending stands out of line; here a piece costs a comparison and a copy.
@safe package struct ByteBuffer: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var length = 0

  /// An empty buffer with room for `capacity` bytes.
  package init(capacity: Int = 0) {
    self.capacity = max(capacity, 64)
    unsafe start = .allocate(capacity: self.capacity)
  }

  deinit { unsafe start.deallocate() }

  /// How many bytes there are.
  @inlinable package var count: Int { length }

  /// A copy of the bytes.
  package var bytes: [UInt8] {
    // Filling an empty array would write its count into the one empty array that all threads share.
    if length == 0 { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: length) { copy, count in
      unsafe copy.baseAddress?.initialize(from: start, count: length)
      count = length
    }
  }

  /// Appends a byte.
  @inlinable
  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    if length == capacity { grow(by: 1) }
    unsafe start[length] = byte
    length &+= 1
  }

  /// Appends bytes.
  @inlinable
  @inline(__always)
  package mutating func append(_ other: Span<UInt8>) {
    unsafe other.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends bytes.
  @inlinable
  @inline(__always)
  package mutating func append(_ other: [UInt8]) {
    unsafe other.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends a literal.
  @inlinable
  @inline(__always)
  package mutating func append(_ literal: StaticString) {
    literal.withUTF8Buffer { unsafe append($0) }
  }

  /// Appends a text as UTF-8.
  @inlinable
  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append($0) }
  }

  /// Appends a whole number in decimal digits.
  package mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let magnitude = number.magnitude
    if magnitude < 10 { return append(UInt8(0x30 + magnitude)) }
    var scale: UInt = 10
    while scale <= magnitude / 10 { scale *= 10 }
    while scale > 0 {
      append(UInt8(0x30 + magnitude / scale % 10))
      scale /= 10
    }
  }

  /// Forgets the bytes and keeps the memory.
  package mutating func removeAll() { length = 0 }

  @inlinable
  @inline(__always)
  @unsafe
  mutating func append(_ other: UnsafeBufferPointer<UInt8>) {
    guard let base = other.baseAddress else { return }
    let count = other.count
    if capacity &- length < count { grow(by: count) }
    unsafe (start + length).update(from: base, count: count)
    length &+= count
  }

  @usableFromInline
  @inline(never)
  mutating func grow(by count: Int) {
    let larger = max(2 * capacity, length + count)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe moved.update(from: start, count: length)
    unsafe start.deallocate()
    unsafe start = moved
    capacity = larger
  }
}
