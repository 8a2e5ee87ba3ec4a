// SPDX-License-Identifier: Apache-2.0
/// The codon of a plain substitution of the coding sequence.
enum CodingPosition {
  /// Whether a cell such as `ENST00000288602.6:c.1799T>A` is a plain substitution in another codon than the protein's.
  static func disagrees(_ cell: Span<UInt8>, codon: Int) -> Bool {
    guard let position = substituted(cell) else { return false }
    return (position - 1) / 3 + 1 != codon
  }

  /// The position in `c.1799T>A`, counted from 1, behind an accession or not; `nil` for all other changes.
  ///
  /// Read from its end, since accessions are long.
  static func substituted(_ cell: Span<UInt8>) -> Int? {
    var end = cell.count
    while end > 0, cell[end - 1] == UInt8(ascii: ")") { end -= 1 }
    guard end >= 4, cell[end - 2] == UInt8(ascii: ">"), cell[end - 1] != UInt8(ascii: ":"),
      cell[end - 3] != UInt8(ascii: ":")
    else { return nil }
    var index = end - 4
    var position = 0
    var scale = 1
    while index >= 0, cell[index] >= 0x30, cell[index] <= 0x39 {
      // No coding sequence has so many bases.
      guard scale < 1_000_000_000 else { return nil }
      position += Int(cell[index] &- 0x30) * scale
      scale *= 10
      index -= 1
    }
    guard position > 0 else { return nil }
    if index >= 1, cell[index] == UInt8(ascii: "."), cell[index - 1] == UInt8(ascii: "c") { index -= 2 }
    while index >= 0, cell[index] == UInt8(ascii: "(") { index -= 1 }
    return index < 0 || cell[index] == UInt8(ascii: ":") ? position : nil
  }
}
