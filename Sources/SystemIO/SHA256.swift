// SPDX-License-Identifier: Apache-2.0
/// SHA-256 of a page's own style sheet and script, by which its content security policy knows them (FIPS 180-4).
package enum SHA256 {
  /// The digest in the form `sha256-...` of a content security policy.
  package static func policySource(_ bytes: [UInt8]) -> String { "sha256-" + base64(hash(bytes)) }

  package static func hash(_ message: [UInt8]) -> [UInt8] {
    var padded = message
    padded.append(0x80)
    while padded.count % 64 != 56 { padded.append(0) }
    let bitCount = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) { padded.append(UInt8(truncatingIfNeeded: bitCount >> shift)) }
    var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    var words = [UInt32](repeating: 0, count: 64)
    for block in stride(from: 0, to: padded.count, by: 64) {
      for index in 0..<16 {
        words[index] = (0..<4).reduce(0) { $0 << 8 | UInt32(padded[block + index * 4 + $1]) }
      }
      for index in 16..<64 {
        let low = rotate(words[index - 15], 7) ^ rotate(words[index - 15], 18) ^ words[index - 15] >> 3
        let high = rotate(words[index - 2], 17) ^ rotate(words[index - 2], 19) ^ words[index - 2] >> 10
        words[index] = words[index - 16] &+ low &+ words[index - 7] &+ high
      }
      mix(words, into: &state)
    }
    return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
  }

  private static func mix(_ words: [UInt32], into state: inout [UInt32]) {
    var lane = state
    for index in 0..<64 {
      let sum1 = rotate(lane[4], 6) ^ rotate(lane[4], 11) ^ rotate(lane[4], 25)
      let choice = lane[4] & lane[5] ^ ~lane[4] & lane[6]
      let first = lane[7] &+ sum1 &+ choice &+ constants[index] &+ words[index]
      let sum0 = rotate(lane[0], 2) ^ rotate(lane[0], 13) ^ rotate(lane[0], 22)
      let majority = lane[0] & lane[1] ^ lane[0] & lane[2] ^ lane[1] & lane[2]
      lane = [
        first &+ sum0 &+ majority, lane[0], lane[1], lane[2], lane[3] &+ first, lane[4], lane[5], lane[6],
      ]
    }
    for index in 0..<8 { state[index] = state[index] &+ lane[index] }
  }

  private static func rotate(_ word: UInt32, _ by: UInt32) -> UInt32 { word >> by | word << (32 - by) }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = Array(bytes[start..<min(start + 3, bytes.count)])
      let bits = (0..<3).reduce(0) { $0 << 8 | Int($1 < part.count ? part[$1] : 0) }
      for place in 0..<4 {
        text.append(place <= part.count ? digits[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    var constants: [UInt32] = []
    var candidate: UInt64 = 2
    while constants.count < 64 {
      if (2..<candidate).allSatisfy({ $0 * $0 > candidate || candidate % $0 != 0 }) {
        constants.append(cubeRootFraction(candidate))
      }
      candidate += 1
    }
    return constants
  }()

  /// 32 bits after the point of a cube root, by bisection in whole numbers.
  private static func cubeRootFraction(_ number: UInt64) -> UInt32 {
    var low: UInt64 = 0
    var high: UInt64 = 8 << 32
    // The largest root with root^3 <= number * 2^96, compared in 128 bits of two halves.
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let cube = UInt128(middle) * UInt128(middle) * UInt128(middle)
      if cube <= UInt128(number) << 96 { low = middle } else { high = middle }
    }
    return UInt32(truncatingIfNeeded: low)
  }
}
