internal import DelimitedText

/// The cells of one row of a table that is read by column names, for formats whose files are small.
struct RowFields {
  private var ranges: [Range<Int>] = []

  /// Splits a line.
  mutating func split(_ line: Range<Int>, _ text: Span<UInt8>) {
    ranges.removeAll(keepingCapacity: true)
    var start = line.lowerBound
    for index in line.lowerBound...line.upperBound where index == line.upperBound || text[index] == 0x09 {
      ranges.append(ByteText.trimmed(start..<index, in: text))
      start = index + 1
    }
  }

  /// The number of cells.
  var count: Int { ranges.count }

  /// A cell, empty when the row is too short, the column is not there or the cell says "missing".
  func cell(_ column: Int?, _ text: Span<UInt8>) -> Range<Int> {
    guard let column, column >= 0, column < ranges.count else { return 0..<0 }
    let range = ranges[column]
    return ByteText.isMissing(text.extracting(range)) ? 0..<0 : range
  }

  /// Whether a row holds nothing or is a comment.
  static func isBlank(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    if line.isEmpty || text[line.lowerBound] == UInt8(ascii: "#") { return true }
    for index in line where text[index] > 0x20 { return false }
    return true
  }
}

/// Finds columns by any of their names, letter case aside.
struct HeaderLookup {
  private let lowered: [String]
  let header: [String]

  init(_ header: [String]) {
    self.header = header
    lowered = header.map { $0.lowercased() }
  }

  /// The first column with one of the names, tried in the order given.
  func column(_ names: String...) -> Int? {
    names.lazy.compactMap { lowered.firstIndex(of: $0) }.first
  }

  /// The header's own spelling of a column.
  func name(_ column: Int?) -> String { column.map { header[$0] } ?? "" }
}
