// SPDX-License-Identifier: Apache-2.0
/// A JSON text that was read.
package enum JSONValue: Sendable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  /// A whole number that fits; it is kept exactly, as numbers of files need it.
  case integer(Int)
  /// Any other number.
  case number(Double)
  case bool(Bool)
  case null

  /// Where and why a text is no JSON.
  package struct Fault: Error, Hashable, Sendable {
    /// The place of the byte, counted from 0.
    package let offset: Int
  }

  /// Reads a text.
  package init(_ bytes: Span<UInt8>) throws(Fault) {
    self = try Self.whole(bytes, JSONParser(offset: 0))
  }

  /// Reads the text of an object with long arrays, whose elements are handed on and not kept: a value takes ten times the
  /// memory of its text.
  ///
  /// - Parameters:
  ///   - names: The object's own members whose elements are handed on; the members stay as empty arrays.
  ///   - take: Gets the member's name and an element, in the order of the text.
  package init(
    _ bytes: Span<UInt8>, handingOn names: Set<String>, to take: (String, JSONValue) -> Void
  ) throws(Fault) {
    self = try withoutActuallyEscaping(take) { (take) throws(Fault) in
      try Self.whole(bytes, JSONParser(offset: 0, handedOn: names, take: take))
    }
  }

  /// The value that a text is, with nothing behind it.
  private static func whole(_ bytes: Span<UInt8>, _ start: JSONParser) throws(Fault) -> JSONValue {
    var parser = start
    let value = try parser.value(bytes, depth: 0)
    parser.skipSpace(bytes)
    if parser.offset < bytes.count { throw Fault(offset: parser.offset) }
    return value
  }

  /// A member of an object; `nil` for everything else.
  package subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  /// The elements of an array; empty for everything else.
  package var elements: [JSONValue] {
    if case .array(let elements) = self { return elements }
    return []
  }

  /// A text.
  package var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// A whole number.
  package var integer: Int? {
    switch self {
    case .integer(let number): number
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }

  /// A number.
  package var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  /// A truth value.
  package var flag: Bool? {
    if case .bool(let flag) = self { return flag }
    return nil
  }
}

/// Reads JSON from bytes, by descent.
private struct JSONParser {
  package var offset: Int
  /// Members of the outermost object whose elements go to ``take``.
  var handedOn: Set<String> = []
  var take: (String, JSONValue) -> Void = { _, _ in }

  package mutating func skipSpace(_ bytes: Span<UInt8>) {
    while offset < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset]) { offset += 1 }
  }

  private mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONValue.Fault) {
    guard offset < bytes.count, bytes[offset] == byte else { throw JSONValue.Fault(offset: offset) }
    offset += 1
  }

  package mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(JSONValue.Fault) -> JSONValue {
    skipSpace(bytes)
    guard offset < bytes.count, depth < 64 else { throw JSONValue.Fault(offset: offset) }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return try object(bytes, depth: depth)
    case UInt8(ascii: "["): return try array(bytes, depth: depth)
    case UInt8(ascii: "\""): return .string(try string(bytes))
    case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
    case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
    case UInt8(ascii: "n"): return try word("null", .null, bytes)
    default: return try number(bytes)
    }
  }

  private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(JSONValue.Fault) -> JSONValue {
    offset += 1
    var members: [String: JSONValue] = [:]
    skipSpace(bytes)
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "}") {
      offset += 1
      return .object(members)
    }
    while true {
      skipSpace(bytes)
      let key = try string(bytes)
      skipSpace(bytes)
      try expect(UInt8(ascii: ":"), bytes)
      skipSpace(bytes)
      if depth == 0, handedOn.contains(key), offset < bytes.count, bytes[offset] == UInt8(ascii: "[") {
        let take = take
        try elements(bytes, depth: 1) { take(key, $0) }
        members[key] = .array([])
      } else {
        members[key] = try value(bytes, depth: depth + 1)
      }
      skipSpace(bytes)
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: ",") else { break }
      offset += 1
    }
    try expect(UInt8(ascii: "}"), bytes)
    return .object(members)
  }

  private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(JSONValue.Fault) -> JSONValue {
    var kept: [JSONValue] = []
    try elements(bytes, depth: depth) { kept.append($0) }
    return .array(kept)
  }

  private mutating func elements(
    _ bytes: Span<UInt8>, depth: Int, _ use: (JSONValue) -> Void
  ) throws(JSONValue.Fault) {
    offset += 1
    skipSpace(bytes)
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") {
      offset += 1
      return
    }
    while true {
      use(try value(bytes, depth: depth + 1))
      skipSpace(bytes)
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: ",") else { break }
      offset += 1
    }
    try expect(UInt8(ascii: "]"), bytes)
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue, _ bytes: Span<UInt8>
  ) throws(JSONValue.Fault) -> JSONValue {
    for byte in "\(word)".utf8 { try expect(byte, bytes) }
    return value
  }

  private mutating func number(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> JSONValue {
    let start = offset
    var isWhole = true
    while offset < bytes.count {
      let byte = bytes[offset]
      let isDigit = byte >= 0x30 && byte <= 0x39
      guard isDigit || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte) else { break }
      if !isDigit, offset > start || byte != UInt8(ascii: "-") { isWhole = false }
      offset += 1
    }
    if isWhole, offset - start < 16, offset > start {
      var value = 0
      let isNegative = bytes[start] == UInt8(ascii: "-")
      for index in (isNegative ? start + 1 : start)..<offset { value = value * 10 + Int(bytes[index] - 0x30) }
      return .integer(isNegative ? -value : value)
    }
    var text = ""
    for index in start..<offset { text.unicodeScalars.append(UnicodeScalar(bytes[index])) }
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text) else { throw JSONValue.Fault(offset: start) }
    return .number(value)
  }

  private mutating func string(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> String {
    try expect(UInt8(ascii: "\""), bytes)
    var text: [UInt8] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard offset < bytes.count else { break }
      let escaped = bytes[offset]
      offset += 1
      switch escaped {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "u"):
        var scalar = try hexadecimal(bytes)
        if scalar >= 0xD800, scalar < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\") {
          offset += 2
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (try hexadecimal(bytes) & 0x3FF)
        }
        text.append(contentsOf: String(UnicodeScalar(scalar).map(Character.init) ?? "\u{FFFD}").utf8)
      default: text.append(escaped)
      }
    }
    throw JSONValue.Fault(offset: offset)
  }

  private mutating func hexadecimal(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> UInt32 {
    guard offset + 4 <= bytes.count else { throw JSONValue.Fault(offset: offset) }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(bytes[offset])).hexDigitValue else {
        throw JSONValue.Fault(offset: offset)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }
}
