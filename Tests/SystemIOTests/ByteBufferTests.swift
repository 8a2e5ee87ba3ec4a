// SPDX-License-Identifier: Apache-2.0
import SystemIO
import Testing

@Suite struct ByteBufferTests {
  @Test("pieces of every length stand one behind the other, however often the memory grows")
  func grows() {
    var buffer = ByteBuffer()
    var expected: [UInt8] = []
    for length in 0..<300 {
      let piece = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ length) }
      buffer.append(piece)
      buffer.append(piece.span)
      buffer.append(UInt8(truncatingIfNeeded: length))
      buffer.append("a literal, \u{B5}m" as StaticString)
      buffer.append("a text of \(length)")
      expected += piece + piece + [UInt8(truncatingIfNeeded: length)]
      expected += Array("a literal, \u{B5}m".utf8) + Array("a text of \(length)".utf8)
      #expect(buffer.count == expected.count)
    }
    #expect(buffer.bytes == expected)
  }

  @Test("a piece is appended where it holds no control character, whatever its length and wherever one stands")
  func appendsPlain() {
    /// What stands behind an `A` once the piece was appended; `nil` where it was not.
    func appended(_ piece: [UInt8]) -> [UInt8]? {
      var buffer = ByteBuffer()
      buffer.append(0x41)
      let isPlain = buffer.appendIfPlain(piece.span)
      #expect(isPlain || buffer.count == 1)
      return isPlain ? Array(buffer.bytes.dropFirst()) : nil
    }
    for length in 0..<40 {
      let plain = (0..<length).map { UInt8(0x20 + ($0 * 7) % 0x5F) }
      #expect(appended(plain) == plain)
      for place in plain.indices {
        for control in [0, 9, 10, 0x1F, 0x7F] as [UInt8] {
          var piece = plain
          piece[place] = control
          #expect(appended(piece) == nil, "\(control) at \(place) of \(length)")
        }
      }
      // Letters outside of ASCII are plain.
      let high = [UInt8](repeating: 0xC3, count: length)
      #expect(appended(high) == high)
    }
  }

  @Test("what was forgotten does not come back")
  func forgets() {
    var buffer = ByteBuffer(capacity: 4)
    buffer.append("first" as StaticString)
    buffer.removeAll()
    #expect(buffer.bytes.isEmpty)
    buffer.append("2nd" as StaticString)
    #expect(buffer.bytes == Array("2nd".utf8))
  }

  @Test(
    "whole numbers are written as their digits",
    arguments: [0, 7, 10, 99, 100, 101, 999_999, 1_000_000, -1, -10, -123_456, .max, .min])
  func writesNumbers(number: Int) {
    var buffer = ByteBuffer()
    buffer.append(decimal: number)
    #expect(String(decoding: buffer.bytes, as: UTF8.self) == String(number))
  }
}
