/// The bytes of a table under construction: UTF-8, TAB, LF, no quotes, empty for missing.
///
/// Tabs, ends of line and other control characters inside a value become spaces. A value that a spreadsheet would run
/// gets a leading `'` (CONTRACT, "Output directory").
public struct TSVBuffer: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8] = []
  private var isFirstInRow = true

  /// An empty table with room for `capacity` bytes.
  public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Forgets the content and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    isFirstInRow = true
  }

  /// Writes one row of plain names, such as the header.
  public mutating func row(_ cells: [String]) {
    for value in cells { cell(value) }
    endRow()
  }

  /// A text as it stands in a cell.
  public static func text(_ text: String) -> String {
    var buffer = TSVBuffer()
    buffer.cell(text)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  /// Appends a cell.
  public mutating func cell(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { buffer in
      append(unsafe Span(_unsafeElements: buffer))
    }
  }

  /// Appends a cell of raw bytes.
  public mutating func cell(_ text: Span<UInt8>) {
    separate()
    append(text)
  }

  /// Appends one or several cells as they stand in a table.
  public mutating func cells(_ bytes: [UInt8]) {
    separate()
    self.bytes.append(contentsOf: bytes)
  }

  /// Appends a cell that holds a whole number.
  public mutating func cell(_ number: Int) {
    separate()
    appendDigits(number)
  }

  /// Appends a cell that is known to be harmless: a symbol, a code, a word of ours.
  public mutating func word(_ text: StaticString) {
    separate()
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends several cells that are known to be harmless, with the tabs between them.
  public mutating func words(_ text: StaticString) { word(text) }

  /// Appends a number with at most `digits` decimals, trailing zeros dropped; empty for `nil`.
  public mutating func cell(_ number: Double?, digits: Int = 4) {
    separate()
    guard let number else { return }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (number * scale).rounded()
    guard abs(scaled) < 9e15 else { return bytes.append(contentsOf: String(number).utf8) }
    var whole = Int(abs(scaled))
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(whole / Int(scale))
    whole %= Int(scale)
    guard whole > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var place = Int(scale) / 10
    while whole > 0 {
      bytes.append(UInt8(0x30 + whole / place))
      whole %= place
      place /= 10
    }
  }

  /// Ends the row.
  public mutating func endRow() {
    bytes.append(0x0A)
    isFirstInRow = true
  }

  /// Appends rows that were written elsewhere.
  public mutating func append(rows: [UInt8]) { bytes.append(contentsOf: rows) }

  private mutating func separate() {
    if isFirstInRow { isFirstInRow = false } else { bytes.append(0x09) }
  }

  private mutating func appendDigits(_ number: Int) {
    guard number >= 0 else { return bytes.append(contentsOf: String(number).utf8) }
    if number < 10 { return bytes.append(UInt8(0x30 + number)) }
    var scale = 10
    while scale <= number / 10 { scale *= 10 }
    while scale > 0 {
      bytes.append(UInt8(0x30 + number / scale % 10))
      scale /= 10
    }
  }

  private mutating func append(_ text: Span<UInt8>) {
    guard text.count > 0 else { return }
    switch text[0] {
    case UInt8(ascii: "="), UInt8(ascii: "@"): bytes.append(UInt8(ascii: "'"))
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      if text.count > 1, ByteText.number(text) == nil { bytes.append(UInt8(ascii: "'")) }
    default: break
    }
    var isPlain = true
    for index in text.indices where Self.isControl(text[index]) { isPlain = false }
    if isPlain { return unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) } }
    for index in text.indices { bytes.append(Self.isControl(text[index]) ? 0x20 : text[index]) }
  }

  @inline(__always)
  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}
