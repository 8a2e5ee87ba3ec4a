// SPDX-License-Identifier: Apache-2.0
/// Questions about the bytes of one cell.
package enum ByteText {
  /// The cell without white space and stray quotes at its ends.
  @inline(__always)
  package static func trimmed(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, isPadding(text[start]) { start += 1 }
    while end > start, isPadding(text[end - 1]) { end -= 1 }
    if start < end, text[start] >= 0xC2 || text[end - 1] >= 0x80 { return withoutWideBlanks(start..<end, in: text) }
    return start..<end
  }

  /// The cell without blanks that are no white space of ASCII at its ends, as copied from documents and pages: those that
  /// do not break, narrow and wide ones, and marks without width.
  private static func withoutWideBlanks(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end {
      let count = isPadding(text[start]) ? 1 : blank(at: start, upTo: end, in: text)
      if count == 0 { break }
      start += count
    }
    while end > start {
      if isPadding(text[end - 1]) {
        end -= 1
      } else if end - start > 1, blank(at: end - 2, upTo: end, in: text) == 2 {
        end -= 2
      } else if end - start > 2, blank(at: end - 3, upTo: end, in: text) == 3 {
        end -= 3
      } else {
        break
      }
    }
    return start..<end
  }

  /// How many bytes such a blank has; 0 where there is none.
  private static func blank(at place: Int, upTo end: Int, in text: Span<UInt8>) -> Int {
    guard place + 1 < end else { return 0 }
    if text[place] == 0xC2 { return text[place + 1] == 0xA0 ? 2 : 0 }
    guard place + 2 < end else { return 0 }
    switch (text[place], text[place + 1], text[place + 2]) {
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F...0xA0), (0xE3, 0x80, 0x80),
      (0xEF, 0xBB, 0xBF):
      return 3
    default: return 0
    }
  }

  @inline(__always)
  private static func isPadding(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: "\"") }

  /// Whether a trimmed cell means "missing": empty, `.`, `-`, `NA`, `N/A`, `NaN`, `NULL`, `None`, `\N`, `[Not Available]` and its kin.
  package static func isMissing(_ cell: Span<UInt8>) -> Bool {
    switch cell.count {
    case 0: return true
    case 1: return cell[0] == UInt8(ascii: ".") || cell[0] == UInt8(ascii: "-") || cell[0] == UInt8(ascii: "?")
    case 2: return equals(cell, "NA") || equals(cell, "\\N") || equals(cell, "--")
    case 3: return equals(cell, "N/A") || equals(cell, "NaN")
    case 4: return equals(cell, "NULL") || equals(cell, "None")
    default: return cell[0] == UInt8(ascii: "[") && cell[cell.count - 1] == UInt8(ascii: "]")
    }
  }

  /// Whether the cell is this word, letter case of ASCII aside.
  package static func equals(_ cell: Span<UInt8>, _ word: StaticString) -> Bool {
    guard cell.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { buffer in
      for index in cell.indices where lower(cell[index]) != lower(unsafe buffer[index]) { return false }
      return true
    }
  }

  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }

  /// The cell as text: UTF-8 where it is valid, else Latin-1.
  package static func string(_ cell: Span<UInt8>) -> String {
    var high: UInt8 = 0
    for index in cell.indices { high |= cell[index] }
    let isASCII = high < 0x80
    return unsafe cell.withUnsafeBufferPointer { bytes in
      if isASCII { return unsafe String(decoding: bytes, as: UTF8.self) }
      return unsafe String(validating: bytes, as: UTF8.self)
        ?? String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
    }
  }

  /// The cell as a decimal number; `nil` when it is none, or when it is unclear where its decimals begin.
  package static func number(_ cell: Span<UInt8>) -> Double? {
    guard cell.count > 0, cell.count < 40 else { return nil }
    var text = string(cell)
    if text.hasSuffix("%") { text.removeLast() }
    // A number of a table is decimal: `0x14` is none.
    let isHexadecimal = text.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") }
    if !isHexadecimal, let value = Double(text) { return value.isFinite ? value : nil }
    return WrittenNumber(text).value
  }

  /// The cell as a share of 1: `0.35`, `35`, `0,5 %`; with a percent sign, in a column of percentages and above 1 the number
  /// counts hundredths; `nil` when it is none, or outside 0 to 1.
  package static func share(_ cell: Span<UInt8>, isPercent: Bool = false) -> Double? {
    guard let number = number(cell) else { return nil }
    let share = isPercent || number > 1 || cell[cell.count - 1] == UInt8(ascii: "%") ? number / 100 : number
    return (0...1).contains(share) ? share : nil
  }

  /// The cell as a whole number of decimal digits; `nil` when it is none.
  package static func integer(_ cell: Span<UInt8>) -> Int? {
    let isNegative = cell.count > 0 && cell[0] == UInt8(ascii: "-")
    guard cell.count > (isNegative ? 1 : 0), cell.count < 19 else { return nil }
    var value = 0
    for index in (isNegative ? 1 : 0)..<cell.count {
      guard cell[index] >= 0x30, cell[index] <= 0x39 else { return nil }
      value = value * 10 + Int(cell[index] - 0x30)
    }
    return isNegative ? -value : value
  }

  /// The cell as a whole number that is not negative; `nil` when it is none.
  package static func count(_ cell: Span<UInt8>) -> Int? {
    guard cell.count > 0, cell.count < 12 else { return nil }
    var value = 0
    for index in cell.indices {
      let digit = cell[index]
      guard digit >= 0x30, digit <= 0x39 else {
        return WrittenNumber.whole(string(cell))
      }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}
