// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The rows of a knowledge table: comment lines first, then a header, then data.
package struct NamedTable: Sendable {
  /// The words after `# name:` in the comment lines, by lower-case name.
  package private(set) var comments: [String: String] = [:]
  /// The comment lines `# change VERSION: what changed`, without `# change `.
  package private(set) var changes: [String] = []
  /// The names of the columns.
  package private(set) var header: [String] = []
  /// The lines of data.
  package private(set) var rows: [Row] = []
  /// The line of the header, counted from 1.
  package private(set) var headerLine = 1

  /// One line of data.
  package struct Row: Sendable {
    /// Its number, counted from 1.
    package let line: Int
    /// Its cells without white space at their ends.
    package let cells: [String]
  }

  /// Reads the lines of a text.
  ///
  /// - Parameter skipped: Columns that nobody asks for: their cells are left empty.
  package init(_ bytes: Span<UInt8>, without skipped: [String] = []) {
    var isSkipped: [Bool] = []
    var walker = LineWalker(terminator: LineWalker.terminator(of: bytes))
    var places: [Range<Int>] = []
    while let range = walker.next(in: bytes) {
      if range.isEmpty { continue }
      if !header.isEmpty {
        let cells = Self.split(
          range, bytes, count: header.count, after: rows.last?.cells ?? [], &places, without: isSkipped)
        rows.append(Row(line: walker.lineNumber, cells: cells))
      } else if bytes[range.lowerBound] == UInt8(ascii: "#") {
        note(ByteText.string(bytes.extracting(range)))
      } else {
        headerLine = walker.lineNumber
        header = Self.split(range, bytes, count: 24, after: [], &places)
        if header[0].first == "\u{FEFF}" { header[0] = Self.trimmed(String(header[0].dropFirst())) }
        if !skipped.isEmpty { isSkipped = header.map { skipped.contains($0) } }
      }
    }
  }

  /// Hands each line of data to `body` by the cells of some columns, of which no others are made.
  ///
  /// - Parameter names: The columns, in the order of the cells; those that are not there are empty.
  package static func forEachRecord(_ names: [String], of bytes: Span<UInt8>, _ body: ([String]) -> Void) {
    var walker = LineWalker(terminator: LineWalker.terminator(of: bytes))
    var places: [Range<Int>] = []
    // By column: its place among the cells.
    var wanted: [Int] = []
    var cells = [String](repeating: "", count: names.count)
    while let range = walker.next(in: bytes) {
      if range.isEmpty || bytes[range.lowerBound] == UInt8(ascii: "#") && wanted.isEmpty { continue }
      if wanted.isEmpty {
        let header = split(range, bytes, count: 24, after: [], &places).map { $0.lowercased() }
        wanted = header.map { names.firstIndex(of: $0) ?? -1 }
        continue
      }
      var (start, column) = (range.lowerBound, 0)
      for place in cells.indices { cells[place] = "" }
      while start <= range.upperBound, column < wanted.count {
        let end = min(LineWalker.firstIndex(of: 0x09, in: bytes, from: start) ?? range.upperBound, range.upperBound)
        if wanted[column] >= 0 {
          cells[wanted[column]] = ByteText.string(bytes.extracting(trimmed(start..<end, bytes)))
        }
        (start, column) = (end + 1, column + 1)
      }
      body(cells)
    }
  }

  private static func trimmed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Range<Int> {
    var (first, last) = (range.lowerBound, range.upperBound)
    while first < last, bytes[first] <= 0x20 { first += 1 }
    while last > first, bytes[last - 1] <= 0x20 { last -= 1 }
    return first..<last
  }

  /// The line of data that begins at a place of a text of which the rest was read before.
  ///
  /// - Parameter line: Its number.
  package static func row(at start: Int, line: Int, of bytes: Span<UInt8>) -> Row {
    // A walk over all of the text would look for a CR to its end.
    let end = LineWalker.firstIndex(of: 0x0A, in: bytes, from: start) ?? bytes.count
    let rest = bytes.extracting(min(start, end)..<end)
    var walker = LineWalker()
    var places: [Range<Int>] = []
    guard let range = walker.next(in: rest) else { return Row(line: line, cells: []) }
    return Row(line: line, cells: split(range, rest, count: 40, after: [], &places))
  }

  /// The positions of columns by name; -1 for those that are not there.
  package func columns(_ names: [String]) -> [Int] {
    let lowered = header.map { $0.lowercased() }
    return names.map { name in lowered.firstIndex(of: name) ?? -1 }
  }

  /// The rows as arrays in the order of `names`.
  package func records(_ names: [String]) -> [[String]] {
    let positions = columns(names)
    return rows.map { row in
      positions.map { $0 >= 0 && $0 < row.cells.count ? row.cells[$0] : "" }
    }
  }

  private mutating func note(_ line: String) {
    let body = line.utf8.drop(while: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: " ") })
    guard let colon = body.firstIndex(of: UInt8(ascii: ":")) else { return }
    if body.starts(with: "change ".utf8) { changes.append(Substring(body.dropFirst(7)).trimmingSpaces) }
    comments[Substring(body[..<colon]).lowercased()] = Self.trimmed(String(Substring(body[colon...].dropFirst())))
  }

  /// The cells of a line, trimmed.
  ///
  /// Rows often repeat what stands above: such a cell is taken from there in place of being made again.
  ///
  /// - Parameters:
  ///   - above: The cells of the line before.
  ///   - places: Where those stand; where the cells of this line stand, afterwards.
  ///   - isSkipped: By column: whether its cells are left empty.
  private static func split(
    _ line: Range<Int>, _ bytes: Span<UInt8>, count: Int, after above: [String], _ places: inout [Range<Int>],
    without isSkipped: [Bool] = []
  ) -> [String] {
    var cells: [String] = []
    cells.reserveCapacity(count)
    var start = line.lowerBound
    while true {
      let end = min(LineWalker.firstIndex(of: 0x09, in: bytes, from: start) ?? line.upperBound, line.upperBound)
      let (place, column) = (trimmed(start..<end, bytes), cells.count)
      if place.isEmpty || column < isSkipped.count && isSkipped[column] {
        cells.append("")
      } else if column < above.count, isSame(place, places[column], bytes) {
        cells.append(above[column])
      } else {
        cells.append(ByteText.string(bytes.extracting(place)))
      }
      if column < places.count { places[column] = place } else { places.append(place) }
      if end == line.upperBound { return cells }
      start = end + 1
    }
  }

  private static func isSame(_ one: Range<Int>, _ other: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return true }
      return unsafe memcmp(base + one.lowerBound, base + other.lowerBound, one.count) == 0
    }
  }

  private static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last else { return text }
    if first > 0x20, last > 0x20 { return text }
    let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
    let end = bytes.lastIndex { $0 > 0x20 } ?? -1
    return end < start ? "" : String(decoding: bytes[start...end], as: UTF8.self)
  }
}

extension String {
  /// The parts between `;`, trimmed, empty ones dropped.
  package var listItems: [String] {
    var text = self
    return text.withUTF8 { Self.items(unsafe Span(_unsafeElements: $0)) }
  }

  private static func items(_ bytes: Span<UInt8>) -> [String] {
    var items: [String] = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: ";") { end += 1 }
      var (first, last) = (start, end)
      while first < last, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
      while last > first, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
      if first < last { items.append(ByteText.string(bytes.extracting(first..<last))) }
      start = end + 1
    }
    return items
  }
}

extension StringProtocol {
  /// The parts between a character of ASCII, given by its byte, without empty ones; the standard library's `split` takes
  /// five times as long, since it looks for the bounds of characters.
  package func parts(at separator: UInt8) -> [Substring] {
    let text = Substring(self)
    guard text.utf8.contains(separator) else { return text.isEmpty ? [] : [text] }
    return text.utf8.split(separator: separator).map { Substring($0) }
  }
}

extension StringProtocol {
  /// Without spaces and tabs at its ends.
  package var trimmingSpaces: String {
    let text = String(self)
    guard Self.isSpace(text.utf8.first) || Self.isSpace(text.utf8.last) else { return text }
    var view = text.utf8[...]
    while Self.isSpace(view.first) { view = view.dropFirst() }
    while Self.isSpace(view.last) { view = view.dropLast() }
    return String(Substring(view))
  }

  private static func isSpace(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }
}
