// SPDX-License-Identifier: Apache-2.0
/// The columns of one of our own tables, in the order of its header.
///
/// ```swift
/// let header = TSVHeader(["sample_id", "gene"])
/// header.column("gene")  // the second column
/// ```
package struct TSVHeader: Hashable, Sendable {
  /// The names of the columns.
  package let names: [String]

  /// A header of these names.
  package init(_ names: [String]) { self.names = names }

  /// The header that a line holds; its end does not belong to it.
  package init(line: Span<UInt8>) {
    var names: [String] = []
    var start = 0
    while let end = LineWalker.firstIndex(of: 0x09, in: line, from: start) {
      names.append(ByteText.string(line.extracting(start..<end)))
      start = end + 1
    }
    names.append(ByteText.string(line.extracting(start..<line.count)))
    self.names = names
  }

  /// Where a column stands; one that the header lacks has empty cells.
  package func column(_ name: String) -> TSVColumn { TSVColumn(place: names.firstIndex(of: name) ?? -1) }

  /// Where columns stand.
  package func columns(_ names: [String]) -> [TSVColumn] { names.map(column) }

  /// Whether it has a column of this name.
  package func has(_ name: String) -> Bool { names.contains(name) }

  /// The line with its end.
  package var line: [UInt8] {
    var buffer = TSVWriter()
    buffer.row(names)
    return buffer.bytes
  }
}

/// Where a column of a table stands, found once by its name and used for every row.
package struct TSVColumn: Hashable, Sendable {
  /// The place counted from 0; -1 where the table lacks the column.
  package let place: Int
}
