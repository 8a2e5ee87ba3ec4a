// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension [UInt8] {
  /// Above it, memory that is much larger than what is needed next is given back, in bytes.
  private static var keptAlways: Int { 1 << 24 }

  /// Forgets the bytes and keeps their memory for the next file, as far as that has a use for it.
  ///
  /// - Parameter room: Bytes that are expected next.
  package mutating func makeEmpty(room: Int) {
    if capacity > Swift.max(4 * room, Self.keptAlways) { self = [] }
    removeAll(keepingCapacity: true)
    reserveCapacity(room)
  }

  /// Appends what one call of `read` gives, without filling the memory with zeros before.
  ///
  /// - Returns: What the call returned; below 0 `errno` says why.
  mutating func append(atMost count: Int, from descriptor: Int32) -> Int {
    var got = 0
    append(addingCapacity: count) { output in
      unsafe output.withUnsafeMutableBufferPointer { buffer, filled in
        got = unsafe systemRead(descriptor, UnsafeMutableRawPointer(buffer.baseAddress), count)
        if got > 0 { filled = got }
      }
    }
    return got
  }
}
