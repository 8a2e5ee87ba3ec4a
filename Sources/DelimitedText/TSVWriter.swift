// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// The bytes of a table under construction: UTF-8, TAB, LF, no quotes, empty for missing.
///
/// Tabs, ends of line and other control characters inside a value become spaces. A value that a spreadsheet would run
/// gets a leading `'` (guide: Runs, The output folder).
package struct TSVWriter: ~Copyable {
  private var buffer: ByteBuffer
  private var isFirstInRow = true

  /// An empty table with room for `capacity` bytes.
  package init(capacity: Int = 0) { buffer = ByteBuffer(capacity: capacity) }

  /// What has been written.
  package var bytes: [UInt8] { buffer.bytes }

  /// Forgets the content and keeps the memory.
  package mutating func removeAll() {
    buffer.removeAll()
    isFirstInRow = true
  }

  /// Writes one row of plain names, such as the header.
  package mutating func row(_ cells: [String]) {
    for value in cells { cell(value) }
    endRow()
  }

  /// A text as it stands in a cell.
  package static func text(_ text: String) -> String {
    var buffer = TSVWriter()
    buffer.cell(text)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  /// Appends a cell.
  package mutating func cell(_ text: String) {
    separate()
    // Where the bytes lie in one piece, as they mostly do, nothing is retained.
    if unsafe text.utf8.withContiguousStorageIfAvailable({ append(unsafe Span(_unsafeElements: $0)) }) != nil { return }
    var text = text
    text.withUTF8 { append(unsafe Span(_unsafeElements: $0)) }
  }

  /// Appends a cell of several texts with `;` between them.
  package mutating func list(_ texts: [String]) {
    guard texts.count > 1 else { return cell(texts.first ?? "") }
    // Whether a mark goes before it is decided by the whole cell.
    guard let start = texts[0].utf8.first, !Self.isMarked(start) else { return cell(texts.joined(separator: ";")) }
    cell(texts[0])
    for index in 1..<texts.count {
      buffer.append(UInt8(ascii: ";"))
      var text = texts[index]
      text.withUTF8 { appendPlain(unsafe Span(_unsafeElements: $0)) }
    }
  }

  /// Appends a cell of raw bytes.
  package mutating func cell(_ text: Span<UInt8>) {
    separate()
    append(text)
  }

  /// Appends one or several cells as they stand in a table.
  package mutating func cells(_ bytes: [UInt8]) {
    separate()
    buffer.append(bytes)
  }

  /// Appends a cell that holds a whole number.
  package mutating func cell(_ number: Int) {
    separate()
    buffer.append(decimal: number)
  }

  /// Appends a cell that is known to be harmless: a symbol, a code, a word of ours.
  package mutating func word(_ text: StaticString) {
    separate()
    buffer.append(text)
  }

  /// Appends several cells that are known to be harmless, with the tabs between them.
  package mutating func words(_ text: StaticString) { word(text) }

  /// Appends a number with at most `digits` decimals, trailing zeros dropped; empty for `nil`.
  package mutating func cell(_ number: Double?, digits: Int = 4) {
    separate()
    guard let number else { return }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (number * scale).rounded()
    guard abs(scaled) < 9e15 else { return buffer.append(String(number)) }
    var whole = Int(abs(scaled))
    if scaled < 0 { buffer.append(UInt8(ascii: "-")) }
    buffer.append(decimal: whole / Int(scale))
    whole %= Int(scale)
    guard whole > 0 else { return }
    buffer.append(UInt8(ascii: "."))
    var place = Int(scale) / 10
    while whole > 0 {
      buffer.append(UInt8(0x30 + whole / place))
      whole %= place
      place /= 10
    }
  }

  /// Ends the row.
  package mutating func endRow() {
    buffer.append(0x0A)
    isFirstInRow = true
  }

  /// Appends rows that were written elsewhere.
  package mutating func append(rows: [UInt8]) { buffer.append(rows) }

  private mutating func separate() {
    if isFirstInRow { isFirstInRow = false } else { buffer.append(0x09) }
  }

  /// Whether a value that begins with this byte may get a leading `'`.
  static func isMarked(_ first: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
    default: false
    }
  }

  private mutating func append(_ text: Span<UInt8>) {
    guard text.count > 0 else { return }
    switch text[0] {
    case UInt8(ascii: "="), UInt8(ascii: "@"): buffer.append(UInt8(ascii: "'"))
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      if text.count > 1, ByteText.number(text) == nil { buffer.append(UInt8(ascii: "'")) }
    default: break
    }
    appendPlain(text)
  }

  private mutating func appendPlain(_ text: Span<UInt8>) {
    if buffer.appendIfPlain(text) { return }
    for index in text.indices { buffer.append(Self.isControl(text[index]) ? 0x20 : text[index]) }
  }

  @inline(__always)
  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}
