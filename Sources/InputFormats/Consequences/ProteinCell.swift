// SPDX-License-Identifier: Apache-2.0

/// The cell of a change of the protein, told by its bytes before anything is made of it.
enum ProteinCell {
  /// Whether the cell tells a change of whole residues, a shift of the frame or a stop: such a change is none of an intron,
  /// whatever its leftmost base is.
  static func tellsResidues(_ protein: Span<UInt8>) -> Bool {
    guard protein.count >= 4 else { return false }
    var hasDigit = false
    for index in protein.indices {
      if protein[index] >= 0x30, protein[index] <= 0x39 { hasDigit = true }
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
}
