// SPDX-License-Identifier: Apache-2.0
/// How the lines of a table lie, for whoever gives them back with more columns.
package struct TableLayout: Sendable {
  /// What a line of a table is.
  package enum RowKind: Sendable {
    /// States something of one sample.
    case statement
    /// Holds a cell for each of several samples.
    case cells
    /// Is a sample's, or a patient's, in a sheet.
    case sample
  }

  /// What a line is.
  package let kind: RowKind
  /// The line that names the columns, counted from 1; 0 where none does.
  package let headerLine: Int
  /// The byte between cells.
  package let separator: UInt8
  /// The byte that ends a line.
  package let terminator: UInt8

  /// A layout from its parts.
  package init(kind: RowKind, headerLine: Int, separator: UInt8, terminator: UInt8) {
    self.kind = kind
    self.headerLine = headerLine
    self.separator = separator
    self.terminator = terminator
  }
}

extension TableLayout {
  /// Whether readers pass over a line: it holds nothing, or is a comment.
  package func isPassedOver(_ line: Span<UInt8>) -> Bool { RowFields.isBlank(0..<line.count, line) }

  /// The number of cells of a line; between commas a quoted cell may hold commas.
  package func count(_ line: Span<UInt8>) -> Int {
    let mayQuote = separator != UInt8(ascii: "\t")
    var isQuoted = false
    var count = 1
    for index in line.indices {
      if mayQuote, line[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if line[index] == separator, !isQuoted { count += 1 }
    }
    return count
  }

  /// The cells of a line as texts, as written.
  package func texts(_ line: Span<UInt8>) -> [String] {
    var fields = RowFields(separator: separator)
    return fields.texts(0..<line.count, line)
  }
}

extension FileContent {
  /// The same without what the rows state, which may be much.
  package var withoutRows: FileContent {
    guard case .alterations = kind else { return self }
    var content = FileContent(path: path, format: format, .alterations(SampleRows()))
    content.rejected = rejected
    content.fault = fault
    content.layout = layout
    return content
  }
}
