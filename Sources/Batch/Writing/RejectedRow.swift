// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports

/// A row of rejected.tsv, which is sorted by file, line and then by the row's bytes.
struct RejectedRow: Comparable {
  let file: Int
  let line: Int
  let bytes: [UInt8]
  /// The file's path as it stands in the row.
  let path: String
  /// Whether a reader set the row aside, before it was known whose it is.
  var isByReader = false

  /// A fault in an input file.
  init(_ error: InputError, file: Int, isByReader: Bool) {
    var buffer = TSVWriter()
    TableRows.rejected(error, into: &buffer)
    (self.file, line, bytes, path) = (file, error.line ?? 0, buffer.bytes, error.path)
    self.isByReader = isByReader
  }

  /// The row at hand of rejected.tsv.
  ///
  /// - Parameter files: The places of files, by path as it stands in a table.
  private init(_ row: TSVRow, files: [String: Int], isByReader: Bool) {
    path = row["file"]
    line = Int(row["line"]) ?? 0
    file = files[path] ?? 0
    var bytes: [UInt8] = []
    row.append(row.header.columns(OutputTable.rejected.columns), to: &bytes)
    self.bytes = bytes + [0x0A]
    self.isByReader = isByReader
  }

  /// The rows of a rejected.tsv.
  ///
  /// - Parameters:
  ///   - byReader: Which of them the readers set aside, counted from 0.
  ///   - files: The places of files, by path as it stands in a table.
  static func rows(of table: [UInt8], byReader: Set<Int>, files: [String: Int]) -> [RejectedRow] {
    var rows: [RejectedRow] = []
    var row = TSVRow(table: table)
    while row.next() { rows.append(RejectedRow(row, files: files, isByReader: byReader.contains(rows.count))) }
    return rows
  }

  static func < (one: RejectedRow, other: RejectedRow) -> Bool {
    if (one.file, one.line) != (other.file, other.line) { return (one.file, one.line) < (other.file, other.line) }
    return one.bytes.lexicographicallyPrecedes(other.bytes)
  }
}
