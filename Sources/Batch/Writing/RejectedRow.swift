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

  /// A row as it stands in a table, without its end of line.
  ///
  /// - Parameter numbers: The places of files, by path as it stands in a table.
  init(_ row: ArraySlice<UInt8>, numbers: [String: Int], isByReader: Bool = false) {
    let cells = row.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
    path = String(decoding: cells.first ?? [], as: UTF8.self)
    line = cells.count > 1 ? Int(String(decoding: cells[1], as: UTF8.self)) ?? 0 : 0
    file = numbers[path] ?? 0
    bytes = Array(row) + [0x0A]
    self.isByReader = isByReader
  }

  static func < (one: RejectedRow, other: RejectedRow) -> Bool {
    if (one.file, one.line) != (other.file, other.line) { return (one.file, one.line) < (other.file, other.line) }
    return one.bytes.lexicographicallyPrecedes(other.bytes)
  }
}
