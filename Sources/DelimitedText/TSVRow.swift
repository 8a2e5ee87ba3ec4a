// SPDX-License-Identifier: Apache-2.0
/// The row at hand of one of our own tables; its cells are found by the names of their columns.
///
/// ```swift
/// var row = TSVRow(table: bytes)
/// while row.next() { print(row["sample_id"]) }
/// ```
///
/// Where many rows are read, a column is looked up once: `let gene = row.header.column("gene")`, then `row[gene]`. A
/// column that the table lacks, and a cell that a short row lacks, are empty.
package struct TSVRow {
  /// The columns of the table.
  package let header: TSVHeader
  private let bytes: [UInt8]
  private var walker: LineWalker
  private var finder: FieldFinder
  private var line = 0..<0
  private var cellCount = 0

  /// Stands before the first row of a table, which begins with its header.
  package init(table bytes: [UInt8]) {
    var walker = LineWalker()
    let text = bytes.span
    let line = walker.next(in: text) ?? 0..<0
    self.init(bytes, header: TSVHeader(line: text.extracting(line)), walker: walker)
  }

  /// Stands before the first of some rows that were taken out of the table with this header.
  package init(_ rows: [UInt8], header: TSVHeader) { self.init(rows, header: header, walker: LineWalker()) }

  private init(_ bytes: [UInt8], header: TSVHeader, walker: LineWalker) {
    self.bytes = bytes
    self.header = header
    self.walker = walker
    finder = FieldFinder(columns: Array(header.names.indices))
  }

  /// Goes on to the next row.
  ///
  /// - Returns: Whether there is one.
  package mutating func next() -> Bool {
    let bytes = bytes
    let text = bytes.span
    guard let next = walker.next(in: text) else { return false }
    line = next
    cellCount = finder.find(in: text, line: next)
    return true
  }

  /// Whether the row has a cell for every column.
  package var isWhole: Bool { cellCount == header.names.count }

  /// The row as it stands in the table, without its end of line.
  package var text: ArraySlice<UInt8> { bytes[line] }

  /// A cell as it stands in the table.
  package subscript(name: String) -> String { self[header.column(name)] }

  /// A cell as it stands in the table.
  package subscript(column: TSVColumn) -> String { String(decoding: cell(column), as: UTF8.self) }

  /// The bytes of a cell.
  package func cell(_ column: TSVColumn) -> ArraySlice<UInt8> { bytes[range(column)] }

  /// A cell as it was before it was written: without the mark that keeps spreadsheets from running it.
  package func value(_ column: TSVColumn) -> String {
    var cell = cell(column)
    if cell.count > 1, cell.first == UInt8(ascii: "'"), TSVWriter.isMarked(cell[cell.startIndex + 1]) {
      cell = cell.dropFirst()
    }
    return String(decoding: cell, as: UTF8.self)
  }

  /// A cell as a whole number; `nil` where it is none.
  package func integer(_ column: TSVColumn) -> Int? { ByteText.integer(bytes.span.extracting(range(column))) }

  /// Whether a cell is exactly this word.
  package func equals(_ column: TSVColumn, _ word: StaticString) -> Bool {
    let range = range(column)
    guard range.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { buffer in
      for offset in 0..<range.count where bytes[range.lowerBound + offset] != (unsafe buffer[offset]) { return false }
      return true
    }
  }

  /// Appends cells with tabs between them, as they stand in the table.
  package func append(_ columns: [TSVColumn], to row: inout [UInt8]) {
    for (number, column) in columns.enumerated() {
      if number > 0 { row.append(0x09) }
      row += cell(column)
    }
  }

  /// Whether the rows of both, read or not, are the same bytes below the same header.
  package func isSameTable(as other: TSVRow) -> Bool { bytes == other.bytes && header == other.header }

  private func range(_ column: TSVColumn) -> Range<Int> {
    header.names.indices.contains(column.place) ? finder.field(column.place) : line.upperBound..<line.upperBound
  }
}
