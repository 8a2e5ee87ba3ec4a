// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A value of a settings file.
enum TOMLValue: Equatable {
  case text(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case list([TOMLValue])

  /// The value as a person would write it.
  var shown: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .flag(let flag): String(flag)
    case .list(let values): "[" + values.map(\.shown).joined(separator: ", ") + "]"
    }
  }
}

/// The part of TOML that settings need: tables, plain keys, strings, numbers, booleans, arrays over several lines and
/// comments.
///
/// Dates, inline tables, arrays of tables, dotted keys and strings of several lines are refused with their line.
struct TOMLText {
  /// One `key = value`.
  struct Entry: Equatable {
    let section: String
    let key: String
    let value: TOMLValue
    let line: Int
  }

  /// What was read, in order.
  private(set) var entries: [Entry] = []
  /// The sections in order, with their lines.
  private(set) var sections: [(name: String, line: Int)] = []

  private let path: String
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  /// Reads a text.
  ///
  /// - Throws: ``InputError`` with the line of the first fault.
  init(_ bytes: [UInt8], path: String) throws(InputError) {
    self.path = path
    self.bytes = bytes
    var section = ""
    skip(overLines: true)
    while let byte = peek {
      if byte == UInt8(ascii: "[") {
        section = try header()
        guard !sections.contains(where: { $0.name == section }) else { throw fault("[\(section)] is defined twice") }
        sections.append((section, line))
      } else {
        let start = line
        let key = try name()
        guard !entries.contains(where: { $0.section == section && $0.key == key }) else {
          throw fault("is defined twice (keep one)", value: key)
        }
        skip()
        guard take(UInt8(ascii: "=")) else { throw fault("is not followed by '='", value: key) }
        skip()
        entries.append(Entry(section: section, key: key, value: try value(depth: 0), line: start))
      }
      skip()
      guard peek == nil || peek == 0x0A else {
        throw fault("follows the value (one value per line is expected)", value: restOfLine)
      }
      skip(overLines: true)
    }
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private var restOfLine: String {
    String(decoding: bytes[offset...].prefix { $0 != 0x0A && $0 != 0x0D }.prefix(40), as: UTF8.self)
  }

  private func fault(_ problem: String, value: String = "") -> InputError {
    InputError(path: path, line: line, value: value, problem: problem)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  /// Passes over blanks and a comment.
  private mutating func skip(overLines: Bool = false) {
    while let byte = peek {
      switch byte {
      case 0x20, 0x09, 0x0D: offset += 1
      case UInt8(ascii: "#"): while peek != nil, peek != 0x0A { offset += 1 }
      case 0x0A where overLines:
        offset += 1
        line += 1
      default: return
      }
    }
  }

  private mutating func header() throws(InputError) -> String {
    offset += 1
    skip()
    if peek == UInt8(ascii: "[") { throw fault("arrays of tables are not used in settings (write [section])") }
    let section = try name()
    skip()
    guard take(UInt8(ascii: "]")) else { throw fault("section ends without ']'", value: section) }
    return section
  }

  private mutating func name() throws(InputError) -> String {
    let start = offset
    while let byte = peek,
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
        || byte == 0x2D
    { offset += 1 }
    guard offset > start else { throw fault("is not a key (letters, digits, _ and - are expected)", value: restOfLine) }
    if peek == UInt8(ascii: ".") { throw fault("dotted keys are not used in settings (write [section] and key)") }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func value(depth: Int) throws(InputError) -> TOMLValue {
    switch peek {
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "'"): return .text(try literal())
    case UInt8(ascii: "[") where depth == 0: return .list(try list())
    default: return try word()
    }
  }

  private mutating func list() throws(InputError) -> [TOMLValue] {
    offset += 1
    var values: [TOMLValue] = []
    while true {
      skip(overLines: true)
      if take(UInt8(ascii: "]")) { return values }
      guard peek != nil else { throw fault("list ends without ']'") }
      values.append(try value(depth: 1))
      skip(overLines: true)
      guard take(UInt8(ascii: ",")) || peek == UInt8(ascii: "]") else {
        throw fault("is not separated from the value before it by a comma", value: restOfLine)
      }
    }
  }

  private mutating func literal() throws(InputError) -> String {
    offset += 1
    let start = offset
    while let byte = peek, byte != UInt8(ascii: "'"), byte != 0x0A { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard take(UInt8(ascii: "'")) else { throw fault("text ends without a quote", value: text) }
    return text
  }

  private mutating func string() throws(InputError) -> String {
    offset += 1
    var text: [UInt8] = []
    while let byte = peek, byte != 0x0A {
      offset += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      switch peek {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): text.append(peek ?? 0)
      default: throw fault("is not an escape that settings use (\\n \\t \\\\ \\\")", value: "\\" + restOfLine)
      }
      offset += 1
    }
    throw fault("text ends without a quote", value: String(decoding: text, as: UTF8.self))
  }

  private mutating func word() throws(InputError) -> TOMLValue {
    let start = offset
    while let byte = peek, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x23].contains(byte) { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if text == "true" || text == "false" { return .flag(text == "true") }
    let digits = text.replacing("_", with: "")
    if let number = Int(digits) { return .integer(number) }
    if digits.first?.isLetter == false, let number = Double(digits), number.isFinite { return .number(number) }
    throw fault(
      text.isEmpty ? "has no value" : "is not a value (a text is written in quotes, a flag is true or false)",
      value: text)
  }
}
