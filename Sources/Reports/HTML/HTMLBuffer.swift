// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// The bytes of an HTML page under construction.
///
/// Markup comes from literals of the program alone; every other text goes through ``text(_:)`` or an attribute, where
/// `&`, `<`, `>`, `"` and `'` are escaped and what cannot be shown (control characters, marks that turn the direction
/// of writing) becomes U+FFFD.
package struct HTMLBuffer: ~Copyable {
  private var buffer: ByteBuffer

  /// An attribute with a value that is not a literal; `nil` leaves the attribute out.
  typealias Attribute = (name: StaticString, value: String?)

  /// An empty page with room for `capacity` bytes.
  package init(capacity: Int = 0) { buffer = ByteBuffer(capacity: capacity) }

  /// What has been written.
  package var bytes: [UInt8] { buffer.bytes }

  /// Writes markup of the program.
  mutating func markup(_ literal: StaticString) {
    buffer.append(literal)
  }

  /// Writes bytes that are markup already, such as the style sheet.
  mutating func markup(bytes other: [UInt8]) { buffer.append(other) }

  /// Writes a text, escaped.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      escape(unsafe Span(_unsafeElements: bytes))
    }
  }

  /// Writes a whole number.
  mutating func text(_ number: Int) { buffer.append(decimal: number) }

  /// Writes an element; what the body writes stands inside.
  ///
  /// - Parameters:
  ///   - name: The element's name.
  ///   - literal: Attributes as they are written, such as `class="note"`.
  ///   - attributes: Attributes whose values are escaped.
  mutating func element(
    _ name: StaticString, _ literal: StaticString = "", _ attributes: Attribute..., body: (inout HTMLBuffer) -> Void
  ) {
    open(name, literal, attributes)
    body(&self)
    close(name)
  }

  /// Writes an element that holds one text.
  mutating func element(
    _ name: StaticString, _ literal: StaticString = "", _ attributes: Attribute..., text value: String
  ) {
    open(name, literal, attributes)
    text(value)
    close(name)
  }

  /// Writes an element without content and without an end, such as `meta`.
  mutating func void(_ name: StaticString, _ literal: StaticString = "", _ attributes: Attribute...) {
    open(name, literal, attributes)
  }

  /// Writes an element of a drawing that holds nothing.
  mutating func shape(_ name: StaticString, _ literal: StaticString = "", _ attributes: Attribute...) {
    open(name, literal, attributes)
    close(name)
  }

  /// Writes items with a mark between them.
  mutating func list<Item>(
    _ items: some Sequence<Item>, separator: StaticString = ", ", body: (inout HTMLBuffer, Item) -> Void
  ) {
    var isFirst = true
    for item in items {
      if isFirst { isFirst = false } else { markup(separator) }
      body(&self, item)
    }
  }

  /// Ends the line, for people who read the source.
  mutating func newline() { buffer.append(0x0A) }

  private mutating func open(_ name: StaticString, _ literal: StaticString, _ attributes: [Attribute]) {
    buffer.append(UInt8(ascii: "<"))
    buffer.append(name)
    if literal.utf8CodeUnitCount > 0 {
      buffer.append(UInt8(ascii: " "))
      buffer.append(literal)
    }
    for attribute in attributes {
      guard let value = attribute.value else { continue }
      buffer.append(UInt8(ascii: " "))
      buffer.append(attribute.name)
      buffer.append("=\"" as StaticString)
      text(value)
      buffer.append(UInt8(ascii: "\""))
    }
    buffer.append(UInt8(ascii: ">"))
  }

  private mutating func close(_ name: StaticString) {
    buffer.append("</" as StaticString)
    buffer.append(name)
    buffer.append(UInt8(ascii: ">"))
  }

  // MARK: Escaping

  private mutating func escape(_ text: Span<UInt8>) {
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
      if Self.isPlain(byte) {
        index &+= 1
        continue
      }
      guard let (replacement, length) = Self.replacement(byte, text, index) else {
        index &+= 1
        continue
      }
      buffer.append(text.extracting(start..<index))
      markup(replacement)
      index &+= length
      start = index
    }
    buffer.append(text.extracting(start..<text.count))
  }

  /// Letters, digits and what else may stand as it is, told by a bit for each byte below 64.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte < 0x40 ? plainBelow64 >> UInt64(byte) & 1 == 1 : byte < 0x7F || byte > 0x7F && byte < 0xC2
  }

  /// All from the space on but `"` 0x22, `&` 0x26, `'` 0x27, `<` 0x3C and `>` 0x3E.
  private static let plainBelow64: UInt64 = 0xAFFF_FF3B_0000_0000

  /// Whether eight bytes are ASCII that may stand as it is.
  @inline(__always)
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func has(_ byte: UInt64, mask: UInt64) -> UInt64 {
      let other = (word & (ones &* mask)) ^ (ones &* byte)
      return (other &- ones) & ~other
    }
    let control = (word &- (ones &* 0x20)) & ~word
    // 0x26 and 0x27; 0x3C and 0x3E; the quote; DEL.
    let found = has(0x26, mask: 0xFE) | has(0x3C, mask: 0xFD) | has(0x22, mask: 0xFF) | has(0x7F, mask: 0xFF)
    return (word | control | found) & (ones &* 0x80) == 0
  }

  /// What stands for the character that begins at a place, and how many bytes it replaces; `nil` for a plain one.
  private static func replacement(_ byte: UInt8, _ text: Span<UInt8>, _ index: Int) -> (StaticString, Int)? {
    switch byte {
    case UInt8(ascii: "&"): return ("&amp;", 1)
    case UInt8(ascii: "<"): return ("&lt;", 1)
    case UInt8(ascii: ">"): return ("&gt;", 1)
    case UInt8(ascii: "\""): return ("&quot;", 1)
    case UInt8(ascii: "'"): return ("&#39;", 1)
    case 0x09, 0x0A, 0x0D: return (" ", 1)
    case 0..<0x20, 0x7F: return ("\u{FFFD}", 1)
    case 0xC2, 0xE2, 0xEF, 0xF0...0xF4: return unshown(byte, text, index).map { ("\u{FFFD}", $0) }
    default: return nil
    }
  }

  /// The length of a character that no page may hold or that would turn the direction of writing.
  private static func unshown(_ byte: UInt8, _ text: Span<UInt8>, _ index: Int) -> Int? {
    func next(_ offset: Int) -> UInt8 { index + offset < text.count ? text[index + offset] : 0 }
    switch byte {
    case 0xC2: return (0x80...0x9F).contains(next(1)) ? 2 : nil
    case 0xE2:
      // U+200E, U+200F, U+2028...U+202E, U+2066...U+2069.
      if next(1) == 0x80 { return [0x8E, 0x8F].contains(next(2)) || (0xA8...0xAE).contains(next(2)) ? 3 : nil }
      return next(1) == 0x81 && (0xA6...0xA9).contains(next(2)) ? 3 : nil
    case 0xEF:
      // U+FDD0...U+FDEF, U+FFFE and U+FFFF.
      if next(1) == 0xB7 { return (0x90...0xAF).contains(next(2)) ? 3 : nil }
      return next(1) == 0xBF && next(2) >= 0xBE ? 3 : nil
    default:
      // The last two places of each further plane.
      return next(1) & 0x0F == 0x0F && next(2) == 0xBF && next(3) >= 0xBE ? 4 : nil
    }
  }
}
