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

  /// Whether a coding change takes bases away: `c.2888-35_2888-11del`.
  static func isDeletion(_ coding: Span<UInt8>) -> Bool {
    guard coding.count >= 4 else { return false }
    for index in 0...(coding.count - 3) where coding[index] == UInt8(ascii: "d") {
      if coding[index + 1] == UInt8(ascii: "e"), coding[index + 2] == UInt8(ascii: "l") { return true }
    }
    return false
  }

  /// Whether the cell of a protein's change tells one of whole residues, a shift of the frame or a stop: such a change is
  /// none of an intron, whatever its leftmost base is.
  static func isRuledOut(by protein: Span<UInt8>) -> Bool {
    guard protein.count >= 4 else { return false }
    var hasDigit = false
    for index in protein.indices {
      if isDigit(protein[index]) { hasDigit = true }
      if protein[index] == UInt8(ascii: "*") { return hasDigit }
      guard hasDigit, index + 1 < protein.count else { continue }
      switch (protein[index], protein[index + 1]) {
      case (UInt8(ascii: "d"), UInt8(ascii: "e")), (UInt8(ascii: "d"), UInt8(ascii: "u")),
        (UInt8(ascii: "i"), UInt8(ascii: "n")), (UInt8(ascii: "f"), UInt8(ascii: "s")),
        (UInt8(ascii: "T"), UInt8(ascii: "e")):
        return true
      default: continue
      }
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
