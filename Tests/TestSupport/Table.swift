// SPDX-License-Identifier: Apache-2.0
/// A table as downstream programs read it.
package struct Table: Sendable {
  /// The names of the columns.
  package let header: [String]
  /// The rows; cells by column.
  package let rows: [[String: String]]

  /// Reads a text with a header; rows that begin with `#` are left out.
  package init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let header = lines.first?.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) ?? []
    self.header = header
    rows = lines.dropFirst().filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
    }
  }

  /// The rows that have all these cells; a value that ends in `*` is a beginning.
  package func rows(where cells: KeyValuePairs<String, String>) -> [[String: String]] {
    rows.filter { row in
      cells.allSatisfy { column, wanted in
        let value = row[column] ?? ""
        return wanted.hasSuffix("*") ? value.hasPrefix(wanted.dropLast()) : value == wanted
      }
    }
  }
}

extension Table {
  /// A table with its columns in the opposite order, as a program of another version might write it.
  package static func withColumnsReversed(_ text: [UInt8]) -> [UInt8] {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    return lines.flatMap { line in
      let cells = line.split(separator: 0x09, omittingEmptySubsequences: false).reversed()
      return Array(cells.joined(separator: [0x09])) + [0x0A]
    }
  }
}
