// SPDX-License-Identifier: Apache-2.0
/// The two bases beside an exon, at which a change is taken to break splicing.
package enum SpliceSite {
  /// Whether a coding change names one of the two bases beside an exon: `c.3028+1G>A`, not `c.3028+12G>A`.
  package static func isNamed(by coding: Span<UInt8>) -> Bool {
    for index in coding.indices where coding[index] == UInt8(ascii: "+") || coding[index] == UInt8(ascii: "-") {
      // `c.-124C>T` counts from the start of the coding sequence and not from an exon.
      guard index > 0, isDigit(coding[index - 1]), index + 1 < coding.count else { continue }
      let offset = coding[index + 1]
      guard offset == UInt8(ascii: "1") || offset == UInt8(ascii: "2") else { continue }
      if index + 2 == coding.count || !isDigit(coding[index + 2]) { return true }
    }
    return false
  }

  /// Whether a coding change names bases of an intron.
  package static func isIntronic(_ coding: String) -> Bool {
    coding.utf8.dropFirst(3).contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
  }

  /// Whether a coding change takes bases away: `c.2888-35_2888-11del`.
  static func isDeletion(_ coding: Span<UInt8>) -> Bool {
    guard coding.count >= 4 else { return false }
    for index in 0...(coding.count - 3) where coding[index] == UInt8(ascii: "d") {
      if coding[index + 1] == UInt8(ascii: "e"), coding[index + 2] == UInt8(ascii: "l") { return true }
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
