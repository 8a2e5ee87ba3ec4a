// SPDX-License-Identifier: Apache-2.0
/// The 64-bit xxHash of some bytes: tells quickly whether content changed.
///
/// It guards against mistakes, not against forgery. Algorithm: XXH64 by Yann Collet, seed 0.
package enum XXH64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The digest as 16 hexadecimal digits.
  package static func hex(_ bytes: Span<UInt8>) -> String {
    digits(hash(bytes))
  }

  /// The digest of the bytes.
  package static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var lanes = Lanes()
    let whole = bytes.count / 32 * 32
    unsafe lanes.take(bytes.bytes, upTo: whole)
    return lanes.finish(bytes, from: whole, total: bytes.count)
  }

  /// The digest of bytes that come in parts.
  package struct Stream: Sendable {
    private var lanes = Lanes()
    private var rest: [UInt8] = []
    private var total = 0

    /// A digest of no bytes yet.
    package init() {}

    /// Takes the next part.
    package mutating func update(_ bytes: Span<UInt8>) {
      total += bytes.count
      var start = 0
      if !rest.isEmpty {
        while rest.count < 32, start < bytes.count {
          rest.append(bytes[start])
          start += 1
        }
        guard rest.count == 32 else { return }
        var sums = lanes
        unsafe sums.take(rest.span.bytes, upTo: 32)
        lanes = sums
        rest.removeAll(keepingCapacity: true)
      }
      let part = bytes.extracting(start..<bytes.count)
      let whole = part.count / 32 * 32
      unsafe lanes.take(part.bytes, upTo: whole)
      for index in whole..<part.count { rest.append(part[index]) }
    }

    /// The digest as 16 hexadecimal digits.
    package var hex: String { XXH64.digits(value) }
    /// The digest as a number.
    package var value: UInt64 { lanes.finish(rest.span, from: 0, total: total) }
  }

  /// A digest as 16 hexadecimal digits.
  package static func digits(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// The four sums that blocks of 32 bytes go into.
  private struct Lanes: Sendable {
    var lane1 = prime1 &+ prime2
    var lane2 = prime2
    var lane3: UInt64 = 0
    var lane4 = 0 &- prime1

    /// - Precondition: `end` is a multiple of 32 and at most the count of bytes.
    mutating func take(_ raw: RawSpan, upTo end: Int) {
      precondition(end <= raw.byteCount)
      var (first, second, third, fourth) = (lane1, lane2, lane3, lane4)
      unsafe raw.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        var offset = 0
        while offset < end {
          first = unsafe round(first, base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          second = unsafe round(second, base.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
          third = unsafe round(third, base.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self))
          fourth = unsafe round(fourth, base.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self))
          offset &+= 32
        }
      }
      (lane1, lane2, lane3, lane4) = (first, second, third, fourth)
    }

    func finish(_ bytes: Span<UInt8>, from start: Int, total: Int) -> UInt64 {
      let raw = unsafe bytes.bytes
      var offset = start
      var result: UInt64
      if total >= 32 {
        result = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
        for lane in [lane1, lane2, lane3, lane4] { result = (result ^ round(0, lane)) &* prime1 &+ prime4 }
      } else {
        result = prime5
      }
      result = result &+ UInt64(total)
      while offset + 8 <= bytes.count {
        result = rotate(result ^ round(0, word(raw, offset)), 27) &* prime1 &+ prime4
        offset += 8
      }
      if offset + 4 <= bytes.count {
        let half = UInt64(raw.halfWord(offset))
        result = rotate(result ^ (half &* prime1), 23) &* prime2 &+ prime3
        offset += 4
      }
      while offset < bytes.count {
        result = rotate(result ^ (UInt64(bytes[offset]) &* prime5), 11) &* prime1
        offset += 1
      }
      result = (result ^ (result >> 33)) &* prime2
      result = (result ^ (result >> 29)) &* prime3
      return result ^ (result >> 32)
    }
  }

  @inline(__always)
  private static func word(_ raw: RawSpan, _ offset: Int) -> UInt64 {
    unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }
}

extension RawSpan {
  @inline(__always)
  fileprivate func halfWord(_ offset: Int) -> UInt32 {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
  }
}
