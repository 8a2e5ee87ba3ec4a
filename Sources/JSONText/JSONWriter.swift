// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// The bytes of a JSON text under construction, indented by two spaces.
///
/// Keys are literals of the program, written as they are; a key that is data goes through the functions with `named:`.
package struct JSONWriter: ~Copyable {
  private var buffer: ByteBuffer
  private var depth = 0
  private var isFirst = true
  private let indentedDepth: Int

  /// An empty text.
  ///
  /// - Parameters:
  ///   - indentedDepth: How many levels stand on lines of their own; deeper ones are written in one line.
  ///   - capacity: Bytes to make room for.
  package init(indentedDepth: Int = .max, capacity: Int = 0) {
    self.indentedDepth = indentedDepth
    buffer = ByteBuffer(capacity: capacity)
  }

  /// What has been written and not been taken.
  package var bytes: [UInt8] { buffer.bytes }

  /// Members of an object in one line, without its brackets, to be written with ``members(_:)`` any number of times.
  package static func members(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(indentedDepth: 0)
    json.depth = 1
    body(&json)
    return json.bytes
  }

  /// Writes members that were made before, into an object that stands in one line.
  package mutating func members(_ bytes: [UInt8]) {
    start()
    buffer.append(bytes)
  }

  /// Writes an object.
  package mutating func object<E: Error>(
    _ key: StaticString? = nil, _ body: (inout JSONWriter) throws(E) -> Void
  ) throws(E) {
    start(key)
    open(UInt8(ascii: "{"))
    try body(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an object as a member whose name is data.
  package mutating func object<E: Error>(
    named name: String, _ body: (inout JSONWriter) throws(E) -> Void
  ) throws(E) {
    start(named: name)
    open(UInt8(ascii: "{"))
    try body(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an array.
  package mutating func array<E: Error>(
    _ key: StaticString? = nil, _ body: (inout JSONWriter) throws(E) -> Void
  ) throws(E) {
    start(key)
    open(UInt8(ascii: "["))
    try body(&self)
    close(UInt8(ascii: "]"))
  }

  /// Hands on what has been written, once it is long enough; the text goes on behind it.
  ///
  /// A text of megabytes need not be in memory as a whole then.
  package mutating func take<E: Error>(
    ifOver limit: Int, _ body: (borrowing [UInt8]) throws(E) -> Void
  ) throws(E) {
    guard buffer.count > limit else { return }
    try body(buffer.bytes)
    buffer.removeAll()
  }

  /// Writes a text.
  package mutating func value(_ key: StaticString? = nil, _ text: String) {
    start(key)
    quote(text)
  }

  /// Writes a text as a member whose name is data.
  package mutating func value(named name: String, _ text: String) {
    start(named: name)
    quote(text)
  }

  /// Writes a whole number.
  package mutating func value(_ key: StaticString? = nil, _ number: Int) {
    start(key)
    buffer.append(decimal: number)
  }

  /// Writes a whole number as a member whose name is data.
  package mutating func value(named name: String, _ number: Int) {
    start(named: name)
    buffer.append(decimal: number)
  }

  /// Writes a number.
  package mutating func value(_ key: StaticString? = nil, _ number: Double) {
    start(key)
    buffer.append(String(number))
  }

  /// Writes a truth value.
  package mutating func value(_ key: StaticString? = nil, _ flag: Bool) {
    start(key)
    buffer.append(flag ? "true" : "false" as StaticString)
  }

  /// Writes an array of texts.
  package mutating func values(_ key: StaticString, _ texts: [String]) {
    array(key) { json in
      for text in texts { json.value(text) }
    }
  }

  /// Writes a text of an array.
  package mutating func value(_ text: String) {
    start()
    quote(text)
  }

  /// Ends the text with a line end.
  package mutating func finish() { buffer.append(0x0A) }

  private mutating func open(_ bracket: UInt8) {
    buffer.append(bracket)
    depth += 1
    isFirst = true
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    if !isFirst, depth < indentedDepth { newLine() }
    buffer.append(bracket)
    isFirst = false
  }

  @inline(__always)
  private mutating func start(_ key: StaticString?) {
    start()
    guard let key else { return }
    buffer.append(UInt8(ascii: "\""))
    buffer.append(key)
    buffer.append("\": " as StaticString)
  }

  private mutating func start(named name: String) {
    start()
    quote(name)
    buffer.append(": " as StaticString)
  }

  @inline(__always)
  private mutating func start() {
    if depth > 0 {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      if depth <= indentedDepth { newLine() }
    }
    isFirst = false
  }

  private mutating func newLine() {
    buffer.append(0x0A)
    for _ in 0..<depth { buffer.append("  " as StaticString) }
  }

  private mutating func quote(_ text: String) {
    buffer.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      append(unsafe Span(_unsafeElements: bytes))
    }
    buffer.append(UInt8(ascii: "\""))
  }

  /// Appends a text, escaped; what needs no escape goes in one piece.
  private mutating func append(_ text: Span<UInt8>) {
    var start = 0
    var index = 0
    while index < text.count {
      if index &+ 8 <= text.count {
        let word = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        if Self.isPlain(word) {
          index &+= 8
          continue
        }
      }
      let byte = text[index]
      index &+= 1
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      buffer.append(text.extracting(start..<index - 1))
      start = index
      escape(byte)
    }
    buffer.append(text.extracting(start..<text.count))
  }

  /// Whether none of eight bytes is a control character, a quote or a backslash.
  @inline(__always)
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- (ones &* 0x20)) & ~word
    let found = control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
    return found & (ones &* 0x80) == 0
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x0A: buffer.append("\\n" as StaticString)
    case 0x09: buffer.append("\\t" as StaticString)
    case 0..<0x20:
      let digits = String(byte, radix: 16)
      buffer.append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
    default:
      buffer.append(UInt8(ascii: "\\"))
      buffer.append(byte)
    }
  }
}
