// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The cells of one row of a table that is read by column names, for formats whose files are small.
struct RowFields {
  private var ranges: [Range<Int>] = []
  private let separator: UInt8

  /// - Parameter separator: TAB, or a comma; between commas a quoted cell may hold commas.
  init(separator: UInt8 = UInt8(ascii: "\t")) { self.separator = separator }

  /// Splits a line.
  mutating func split(_ line: Range<Int>, _ text: Span<UInt8>) {
    ranges.removeAll(keepingCapacity: true)
    let mayQuote = separator != UInt8(ascii: "\t")
    var isQuoted = false
    var start = line.lowerBound
    for index in line {
      let byte = text[index]
      if mayQuote, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == separator, !isQuoted {
        ranges.append(ByteText.trimmed(start..<index, in: text))
        start = index + 1
      }
    }
    ranges.append(ByteText.trimmed(start..<line.upperBound, in: text))
  }

  /// A cell as written, by its column.
  subscript(column: Int) -> Range<Int> { ranges[column] }

  /// The number of cells.
  var count: Int { ranges.count }

  /// Whether the row ends before a column that it needs.
  func isCut(before columns: Int?...) -> Bool { columns.contains { ($0 ?? -1) >= ranges.count } }

  /// A cell, empty when the row is too short, the column is not there or the cell says "missing".
  func cell(_ column: Int?, _ text: Span<UInt8>) -> Range<Int> {
    guard let column, column >= 0, column < ranges.count else { return 0..<0 }
    let range = ranges[column]
    return ByteText.isMissing(text.extracting(range)) ? 0..<0 : range
  }

  /// A cell as written, also where it says "missing"; empty when the row is too short or the column is not there.
  func written(_ column: Int?) -> Range<Int> {
    guard let column, column >= 0, column < ranges.count else { return 0..<0 }
    return ranges[column]
  }

  /// A cell as text; empty when it is missing.
  func string(_ column: Int?, _ text: Span<UInt8>) -> String {
    ByteText.string(text.extracting(cell(column, text)))
  }

  /// A cell as written, also where it is a sign that elsewhere stands for a missing one.
  func written(_ column: Int?, _ text: Span<UInt8>) -> String {
    guard let column, column >= 0, column < ranges.count else { return "" }
    return ByteText.string(text.extracting(ranges[column]))
  }

  /// All cells of a line as texts, as written.
  mutating func texts(_ line: Range<Int>, _ text: Span<UInt8>) -> [String] {
    split(line, text)
    return ranges.map { ByteText.string(text.extracting($0)) }
  }

  /// Whether a row holds nothing or is a comment.
  static func isBlank(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    line.isEmpty || text[line.lowerBound] == UInt8(ascii: "#") || isEmpty(line, text)
  }

  /// Whether a line holds white space alone.
  static func isEmpty(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    for index in line where text[index] > 0x20 { return false }
    return true
  }
}
