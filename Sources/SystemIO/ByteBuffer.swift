// SPDX-License-Identifier: Apache-2.0
/// Bytes under construction, in memory that grows and that nothing else shares.
///
/// Reports are made of millions of pieces of a few bytes each. An array asks before each of them whether somebody else
/// holds it, and its code for appending stands out of line; here a piece costs a comparison and a copy. It is public, and
/// no part of a product: only what is public is compiled into the modules that use it.
@safe public struct ByteBuffer: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var length = 0

  /// An empty buffer with room for `capacity` bytes.
  public init(capacity: Int = 0) {
    self.capacity = max(capacity, 64)
    unsafe start = .allocate(capacity: self.capacity)
  }

  deinit { unsafe start.deallocate() }

  /// How many bytes there are.
  @inlinable public var count: Int { length }

  /// A copy of the bytes.
  public var bytes: [UInt8] {
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
  public mutating func append(_ byte: UInt8) {
    if length == capacity { grow(by: 1) }
    unsafe start[length] = byte
    length &+= 1
  }

  /// Appends bytes.
  @inlinable
  @inline(__always)
  public mutating func append(_ other: Span<UInt8>) {
    unsafe other.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends bytes.
  @inlinable
  @inline(__always)
  public mutating func append(_ other: [UInt8]) {
    unsafe other.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends a literal.
  @inlinable
  @inline(__always)
  public mutating func append(_ literal: StaticString) {
    literal.withUTF8Buffer { unsafe append($0) }
  }

  /// Appends a text as UTF-8.
  @inlinable
  public mutating func append(_ text: String) {
    // Where the bytes lie in one piece, as they mostly do, nothing is retained.
    if unsafe text.utf8.withContiguousStorageIfAvailable({ unsafe append($0) }) != nil { return }
    for byte in text.utf8 { append(byte) }
  }

  /// Appends a whole number in decimal digits.
  public mutating func append(decimal number: Int) {
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

  /// Appends bytes unless one of them is a control character.
  ///
  /// Eight bytes at a time are looked at and copied; cells of tables are short.
  ///
  /// - Returns: Whether the bytes were appended.
  public mutating func appendIfPlain(_ text: Span<UInt8>) -> Bool {
    let count = text.count
    if capacity &- length < count { grow(by: count) }
    return unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return true }
      let from = unsafe UnsafeRawPointer(base)
      let to = unsafe UnsafeMutableRawPointer(start + length)
      var (place, controls) = (0, UInt64(0))
      while place &+ 8 <= count {
        let eight = unsafe from.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        controls |= Self.controls(in: eight)
        unsafe to.storeBytes(of: eight, toByteOffset: place, as: UInt64.self)
        place &+= 8
      }
      if count >= 8 {
        if place < count {
          // The last eight, some of them once more.
          let eight = unsafe from.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
          controls |= Self.controls(in: eight)
          unsafe to.storeBytes(of: eight, toByteOffset: count &- 8, as: UInt64.self)
        }
      } else if count >= 4 {
        let first = unsafe from.loadUnaligned(as: UInt32.self)
        let last = unsafe from.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
        controls = Self.controls(in: UInt64(first) | UInt64(last) << 32)
        unsafe to.storeBytes(of: first, as: UInt32.self)
        unsafe to.storeBytes(of: last, toByteOffset: count &- 4, as: UInt32.self)
      } else {
        while place < count {
          let byte = unsafe from.load(fromByteOffset: place, as: UInt8.self)
          if byte < 0x20 || byte == 0x7F { controls = 1 }
          unsafe to.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
          place &+= 1
        }
      }
      guard controls == 0 else { return false }
      length &+= count
      return true
    }
  }

  /// Not 0 where one of eight bytes is below 0x20 or 0x7F.
  @inline(__always)
  private static func controls(in bytes: UInt64) -> UInt64 {
    let (ones, highs) = (UInt64(0x0101_0101_0101_0101), UInt64(0x8080_8080_8080_8080))
    let low = (bytes &- ones &* 0x20) & ~bytes & highs
    let deleted = bytes ^ ones &* 0x7F
    return low | (deleted &- ones) & ~deleted & highs
  }

  /// Forgets the bytes and keeps the memory.
  public mutating func removeAll() { length = 0 }

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
