// SPDX-License-Identifier: Apache-2.0
internal import JSONText

/// Texts of YAML on one line.
enum YAMLScalar {
  /// The key that a line begins with, and what stands behind its colon; `nil` where it is no line of a mapping.
  static func key(_ text: Substring, line: Int) throws(YAMLText.Fault) -> (key: String, rest: Substring)? {
    if let quote = text.first, quote == "\"" || quote == "'" {
      guard let end = end(of: String(text)) else { return nil }
      let length = String(text)[..<end].count
      let rest = text.dropFirst(length).drop { $0 == " " }
      guard rest.hasPrefix(":"), rest.count == 1 || rest.dropFirst().hasPrefix(" ") else { return nil }
      var reader = YAMLFlow(text.prefix(length), line: line)
      guard case .string(let key) = try reader.whole(depth: 0) else { return nil }
      return (key, rest.dropFirst().drop { $0 == " " })
    }
    guard let first = text.first, !"[{#|>&*!%@`".contains(first) else { return nil }
    let bytes = text.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let next = bytes.index(after: index)
      if bytes[index] == UInt8(ascii: ":"), next == bytes.endIndex || bytes[next] == 0x20 {
        let key = text[..<index]
        return key.isEmpty ? nil : (String(key).trimmed, text[next...].drop { $0 == " " })
      }
      // A comment ends what may be a key.
      if bytes[index] == 0x20, next < bytes.endIndex, bytes[next] == UInt8(ascii: "#") { return nil }
      index = next
    }
    return nil
  }

  /// Where the quote or bracket that a text begins with is closed; `nil` where it is not.
  static func end(of text: String) -> String.Index? {
    var closing = YAMLClosing()
    return closing.end(in: text[...])
  }

  /// A text without a comment behind it.
  static func withoutComment(_ text: Substring) -> String {
    guard let mark = text.firstRange(of: " #") else { return String(text).trimmed }
    return String(text[..<mark.lowerBound]).trimmed
  }

  /// A text without quotes: nothing where YAML says so.
  static func plain(_ text: String) -> JSONValue {
    ["", "~", "null", "Null", "NULL"].contains(text) ? .null : .string(text)
  }
}

/// Looks for the end of a value in quotes or brackets, line by line.
struct YAMLClosing {
  private var depth = 0
  private var quote: UInt8?

  /// Whether the lines so far end inside of a quoted text.
  var isInQuote: Bool { quote != nil }
  /// Where a comment begins in the last line that was looked at.
  private(set) var comment: Substring.Index?

  /// Where the value is closed; `nil` where it goes on in the next line.
  mutating func end(in text: Substring) -> Substring.Index? {
    let bytes = text.utf8
    var index = bytes.startIndex
    var isBehindBlank = true
    comment = nil
    while index < bytes.endIndex {
      let (letter, next) = (bytes[index], bytes.index(after: index))
      defer { isBehindBlank = letter == 0x20 || letter == 0x09 }
      if let current = quote {
        if current == UInt8(ascii: "\""), letter == UInt8(ascii: "\\") {
          index = next < bytes.endIndex ? bytes.index(after: next) : next
          continue
        }
        if letter == current {
          if current == UInt8(ascii: "'"), next < bytes.endIndex, bytes[next] == current {
            index = bytes.index(after: next)
            continue
          }
          quote = nil
          if depth == 0 { return next }
        }
      } else {
        switch letter {
        case UInt8(ascii: "#") where isBehindBlank:
          comment = index
          return nil
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = letter
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          depth -= 1
          if depth <= 0 { return next }
        default: break
        }
      }
      index = next
    }
    return nil
  }
}

/// Reads a value in quotes or brackets.
struct YAMLFlow {
  private let text: [Character]
  private let line: Int
  private var place = 0

  init(_ text: Substring, line: Int) {
    self.text = Array(text)
    self.line = line
  }

  /// The value, with nothing behind it.
  mutating func whole(depth: Int) throws(YAMLText.Fault) -> JSONValue {
    let value = try value(depth: depth)
    skipSpace()
    guard place == text.count else { throw fault("has text behind a closing quote or bracket (quote the whole value)") }
    return value
  }

  private func fault(_ problem: String) -> YAMLText.Fault { YAMLText.Fault(line: line, problem: problem) }

  private mutating func skipSpace() { while place < text.count, text[place].isWhitespace { place += 1 } }

  private mutating func value(depth: Int) throws(YAMLText.Fault) -> JSONValue {
    guard depth < YAMLText.deepest else {
      throw fault("nests more than \(YAMLText.deepest) deep (write it with fewer levels)")
    }
    skipSpace()
    guard place < text.count else { return .null }
    switch text[place] {
    case "\"": return .string(try doubleQuoted())
    case "'": return .string(singleQuoted())
    case "[": return try list(depth)
    case "{": return try mapping(depth)
    case "&", "*": throw fault("has an anchor or an alias (write the value out)")
    case "!": throw fault("has a tag (put a value that begins with '!' in quotes)")
    default: return YAMLScalar.plain(plain(until: ",]}"))
    }
  }

  private mutating func plain(until ends: String) -> String {
    let start = place
    while place < text.count, !ends.contains(text[place]) {
      if text[place] == ":", ends.contains(":"), place + 1 < text.count, !text[place + 1].isWhitespace {
        place += 1
        continue
      }
      place += 1
    }
    return String(text[start..<place]).trimmed
  }

  private mutating func singleQuoted() -> String {
    place += 1
    var result = ""
    while place < text.count {
      let letter = text[place]
      place += 1
      if letter == "'" {
        guard place < text.count, text[place] == "'" else { break }
        place += 1
      }
      result.append(letter)
    }
    return result
  }

  private mutating func doubleQuoted() throws(YAMLText.Fault) -> String {
    place += 1
    var result = ""
    while place < text.count {
      let letter = text[place]
      place += 1
      if letter == "\"" { break }
      guard letter == "\\", place < text.count else {
        result.append(letter)
        continue
      }
      let escaped = text[place]
      place += 1
      switch escaped {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r", "b", "f", "0", "a", "v", "e": result.append(" ")
      case "x", "u", "U":
        let length = escaped == "x" ? 2 : escaped == "u" ? 4 : 8
        guard place + length <= text.count,
          let number = UInt32(String(text[place..<place + length]), radix: 16), let scalar = Unicode.Scalar(number)
        else { throw fault("has an escape that names no character") }
        result.unicodeScalars.append(scalar)
        place += length
      default: result.append(escaped)
      }
    }
    return result
  }

  private mutating func list(_ depth: Int) throws(YAMLText.Fault) -> JSONValue {
    place += 1
    var items: [JSONValue] = []
    while true {
      skipSpace()
      guard place < text.count else { throw fault("has a bracket that is not closed") }
      if text[place] == "]" {
        place += 1
        return .array(items)
      }
      items.append(try value(depth: depth + 1))
      skipSpace()
      guard place < text.count, text[place] == "," || text[place] == "]" else {
        throw fault("has a list without a comma between two values")
      }
      if text[place] == "," { place += 1 }
    }
  }

  private mutating func mapping(_ depth: Int) throws(YAMLText.Fault) -> JSONValue {
    place += 1
    var members: [String: JSONValue] = [:]
    while true {
      skipSpace()
      guard place < text.count else { throw fault("has a bracket that is not closed") }
      if text[place] == "}" {
        place += 1
        return .object(members)
      }
      let key =
        switch text[place] {
        case "\"": try doubleQuoted()
        case "'": singleQuoted()
        default: plain(until: ":,}")
        }
      skipSpace()
      guard place < text.count, text[place] == ":" else { throw fault("has a key without a value (write KEY: VALUE)") }
      place += 1
      guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
        throw fault("has the key '\(key)' for a second time (keep one of them)")
      }
      skipSpace()
      guard place < text.count, text[place] == "," || text[place] == "}" else {
        throw fault("has a mapping without a comma between two values")
      }
      if text[place] == "," { place += 1 }
    }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
