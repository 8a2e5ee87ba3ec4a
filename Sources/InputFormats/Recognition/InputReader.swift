// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Tells by its header what a file is, and reads it.
protocol InputReader: Sendable {
  /// Whether a file that begins like this is for this reader; decided by content, never by the name of the file.
  static func recognizes(_ header: InputHeader) -> Bool
  /// A reader for a file with this header.
  ///
  /// - Throws: ``InputError`` when the file is of this kind but lacks what the kind needs.
  init(_ header: InputHeader) throws(InputError)
  /// Name and dialect for people: `MAF (vcf2maf)`.
  var formatName: String { get }
  /// Whether its rows may be of several samples, so that a column that seems to name them must not be passed over.
  var mayHoldSamples: Bool { get }
  /// Whether the header has a column of samples.
  var namesSamples: Bool { get }
  /// Whether the line taken for the header holds data already.
  var headerIsData: Bool { get }
  /// What a line of the file is; `nil` where lines are no rows of a table that more columns could be added to.
  var rowKind: TableLayout.RowKind? { get }
  /// The reader of its rows, where parts of the file may be read apart; else `nil`.
  var partReader: (any RecordReader)? { get }
  /// The same reader for another file with the same header line; `nil` when more than that line decides.
  func reading(_ path: String) -> Self?
  /// Reads all lines of data of a file.
  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent
}

extension InputReader {
  var mayHoldSamples: Bool { false }
  var namesSamples: Bool { true }
  var headerIsData: Bool { false }
  var rowKind: TableLayout.RowKind? { .statement }
  var partReader: (any RecordReader)? { nil }
  func reading(_ path: String) -> Self? { nil }
}

/// Reads the rows of a file that states alterations.
///
/// A reader is a value that is made once a file; parts of the file may be read by several threads.
protocol RecordReader: InputReader {
  /// What kinds of alteration such a file can report.
  var assays: [AssayKind] { get }
  /// Whether every line can be read without those around it, so that parts of a file may be read apart; what lines say
  /// together is left to ``finish(_:)``.
  var readsInParts: Bool { get }
  /// Whether rows of one sample say nothing of another one, so that a sample can be taken before all rows are read.
  var readsSamplesApart: Bool { get }
  /// Reads lines of data into `content`.
  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows)
  /// Settles what lines far apart say together, when all have been read.
  func finish(_ content: inout ReadRows)
}

extension RecordReader {
  var readsInParts: Bool { false }
  var readsSamplesApart: Bool { false }
  func finish(_ content: inout ReadRows) {}

  var partReader: (any RecordReader)? { readsInParts ? self : nil }

  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent {
    readAll(text, walker: &walker, path: path, tracesRows: false)
  }

  /// Reads all lines of data of a file.
  ///
  /// - Parameter tracesRows: Whether rows that are not looked at are kept with their lines.
  func readAll(
    _ text: Span<UInt8>, walker: inout LineWalker, path: String, tracesRows: Bool
  ) -> FileContent {
    var rows = ReadRows(tracesRows: tracesRows)
    read(text, walker: &walker, into: &rows)
    return content(of: rows, path: path)
  }

  /// The content of a file whose rows have all been read.
  func content(of rows: consuming ReadRows, path: String) -> FileContent {
    finish(&rows)
    return rows.content(path: path, format: formatName, assays: assays)
  }
}
