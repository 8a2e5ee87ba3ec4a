internal import DelimitedText

/// The rows of a knowledge table: comment lines first, then a header, then data.
package struct TableText {
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
  package struct Row {
    package let line: Int
    package let cells: [String]
  }

  /// Reads the lines of a text.
  package init(_ bytes: Span<UInt8>) {
    var walker = LineWalker(terminator: LineWalker.terminator(of: bytes))
    while let range = walker.next(in: bytes) {
      let line = ByteText.string(bytes.extracting(range))
      if header.isEmpty, line.hasPrefix("#") || line.isEmpty {
        note(line)
        continue
      }
      if line.isEmpty { continue }
      let cells = Self.split(line)
      if header.isEmpty {
        headerLine = walker.lineNumber
        header = cells.map { Self.trimmed($0.first == "\u{FEFF}" ? String($0.dropFirst()) : $0) }
      } else {
        rows.append(Row(line: walker.lineNumber, cells: cells.map(Self.trimmed)))
      }
    }
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
    let body = line.drop(while: { $0 == "#" || $0 == " " })
    guard let colon = body.firstIndex(of: ":") else { return }
    if body.hasPrefix("change ") { changes.append(body.dropFirst(7).trimmingSpaces) }
    comments[body[..<colon].lowercased()] = Self.trimmed(String(body[body.index(after: colon)...]))
  }

  private static func split(_ line: String) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    for byte in line.utf8 {
      if byte == 0x09 {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
      } else {
        cell.append(byte)
      }
    }
    cells.append(String(decoding: cell, as: UTF8.self))
    return cells
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
    split(separator: ";").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
  }
}

extension StringProtocol {
  /// Without spaces and tabs at its ends.
  package var trimmingSpaces: String {
    var view = self[...]
    while let first = view.first, first == " " || first == "\t" { view = view.dropFirst() }
    while let last = view.last, last == " " || last == "\t" { view = view.dropLast() }
    return String(view)
  }
}
