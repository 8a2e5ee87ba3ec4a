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
    for length in 0..<40 {
      let plain = (0..<length).map { UInt8(0x20 + ($0 &* 7) % 0x5F) } as [UInt8]
      var buffer = ByteBuffer()
      buffer.append(0x41)
      #expect(buffer.appendIfPlain(plain.span))
      #expect(buffer.bytes == [0x41] + plain)
      for (place, control) in plain.indices.flatMap({ place in [0, 9, 10, 0x1F, 0x7F].map { (place, $0) } }) {
        var piece = plain
        piece[place] = control
        var buffer = ByteBuffer()
        buffer.append(0x41)
        #expect(!buffer.appendIfPlain(piece.span), "\(control) at \(place) of \(length)")
        #expect(buffer.bytes == [0x41])
      }
      // Letters outside of ASCII are plain.
      let high = [UInt8](repeating: 0xC3, count: length)
      #expect(buffer.appendIfPlain(high.span))
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
