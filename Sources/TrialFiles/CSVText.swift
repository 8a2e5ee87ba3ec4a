// SPDX-License-Identifier: Apache-2.0

/// The rows of a table with commas, as RFC 4180 writes it: fields in quotes may hold commas, ends of line and doubled
/// quotes.
struct CSVText {
  /// A row and the line at which it begins, counted from 1.
  struct Row {
    let line: Int
    let cells: [String]
  }

  /// A quote that is not closed, or that is closed and something follows.
  struct Fault: Error {
    let line: Int
    let isOpen: Bool
  }

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next row that holds anything; `nil` at the end.
  mutating func next() throws(Fault) -> Row? {
    while place < bytes.count {
      let row = try row()
      if row.cells.count > 1 || !row.cells[0].isEmpty { return row }
    }
    return nil
  }

  private mutating func row() throws(Fault) -> Row {
    let first = line
    var cells: [String] = []
    while true {
      cells.append(try cell())
      guard place < bytes.count else { break }
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: ",") { continue }
      if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
      line += 1
      break
    }
    return Row(line: first, cells: cells)
  }

  private mutating func cell() throws(Fault) -> String {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return plainCell() }
    let first = line
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        if place < bytes.count, bytes[place] == byte {
          place += 1
        } else {
          guard place == bytes.count || Self.isEnd(bytes[place]) else { throw Fault(line: line, isOpen: false) }
          return String(decoding: text, as: UTF8.self)
        }
      }
      if byte == 0x0A { line += 1 }
      text.append(byte)
    }
    throw Fault(line: first, isOpen: true)
  }

  private mutating func plainCell() -> String {
    let start = place
    while place < bytes.count, !Self.isEnd(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D }
}
