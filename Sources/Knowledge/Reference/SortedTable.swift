// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A built-in table whose rows are sorted by the bytes of their first cells and stay as they are compiled in.
///
/// A row is found by halving, so that the table costs nothing where nobody asks.
struct SortedTable: Sendable {
  private let table: BuiltInTable
  /// Where the first row begins.
  private let start: Int

  init(_ table: BuiltInTable) {
    self.table = table
    start = table.firstRow
  }

  /// The first cells of all rows, each once.
  var keys: [String] {
    table.withBytes { bytes in
      var keys: [String] = []
      var walker = LineWalker()
      let rows = bytes.extracting(start..<bytes.count)
      while let line = walker.next(in: rows) {
        let key = ByteText.string(
          rows.extracting(
            line.lowerBound..<(LineWalker.firstIndex(of: 0x09, in: rows, from: line.lowerBound) ?? line.upperBound)))
        if keys.last != key { keys.append(key) }
      }
      return keys
    }
  }

  /// The rows that begin with these cells, each as its cells.
  func rows(_ cells: String...) -> [[String]] {
    var key: [UInt8] = []
    key.reserveCapacity(64)
    for cell in cells {
      key.append(contentsOf: cell.utf8)
      key.append(UInt8(ascii: "\t"))
    }
    return table.withBytes { bytes in
      var low = start
      var high = bytes.count
      while low < high {
        var first = (low + high) / 2
        while first > low, bytes[first - 1] != UInt8(ascii: "\n") { first -= 1 }
        if Self.order(key, bytes, from: first) > 0 {
          low = (LineWalker.firstIndex(of: UInt8(ascii: "\n"), in: bytes, from: first) ?? bytes.count) + 1
        } else {
          high = first
        }
      }
      var found: [[String]] = []
      while low < bytes.count, Self.order(key, bytes, from: low) == 0 {
        let end = LineWalker.firstIndex(of: UInt8(ascii: "\n"), in: bytes, from: low) ?? bytes.count
        found.append(Self.cells(low..<end, bytes))
        low = end + 1
      }
      return found
    }
  }

  /// Below 0 where the key stands before the line, 0 where the line begins with it.
  private static func order(_ key: [UInt8], _ bytes: Span<UInt8>, from first: Int) -> Int {
    for index in key.indices {
      let place = first + index
      guard place < bytes.count, bytes[place] != UInt8(ascii: "\n") else { return 1 }
      if key[index] != bytes[place] { return key[index] < bytes[place] ? -1 : 1 }
    }
    return 0
  }

  private static func cells(_ line: Range<Int>, _ bytes: Span<UInt8>) -> [String] {
    var cells: [String] = []
    var start = line.lowerBound
    for index in line where bytes[index] == UInt8(ascii: "\t") {
      cells.append(ByteText.string(bytes.extracting(start..<index)))
      start = index + 1
    }
    cells.append(ByteText.string(bytes.extracting(start..<line.upperBound)))
    return cells
  }
}
