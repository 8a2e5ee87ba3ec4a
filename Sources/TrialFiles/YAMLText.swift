// SPDX-License-Identifier: Apache-2.0
internal import JSONText

/// Reads the part of YAML that registries write: block mappings and lists, flow lists and mappings on one value, texts
/// plain, quoted or in blocks, comments, several documents.
///
/// Anchors, aliases, tags and keys of more than a text are refused by line: what refers to itself cannot be written.
/// All values are texts, as no condition needs a number of YAML's own.
struct YAMLText {
  /// Why and where a text cannot be read.
  struct Fault: Error {
    let line: Int
    /// What is wrong, the remedy in brackets.
    let problem: String
  }

  /// A document and the line at which it begins.
  struct Document {
    let line: Int
    let value: JSONValue
  }

  /// How deep values may nest.
  static let deepest = 64

  private struct Line {
    var indent: Int
    var text: Substring
    let number: Int
    /// Whether nothing, or a comment, stands in it.
    var isBlank: Bool { text.isEmpty || text.hasPrefix("#") }
  }

  private var lines: [Line] = []
  private var place = 0

  private init() {}

  /// The documents of a text.
  static func documents(_ text: String) throws(Fault) -> [Document] {
    var documents: [Document] = []
    var parser = YAMLText()
    func finish() throws(Fault) {
      guard let first = parser.lines.first(where: { !$0.isBlank }) else { return }
      documents.append(Document(line: first.number, value: try parser.document()))
    }
    for (index, bytes) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let raw = Substring(bytes.last == 0x0D ? bytes.dropLast() : bytes)
      if raw.hasPrefix("%") { continue }
      if raw == "..." || raw == "---" || raw.hasPrefix("--- ") {
        try finish()
        parser = YAMLText()
        continue
      }
      let indent = raw.utf8.prefix { $0 == 0x20 }.count
      let rest = raw.dropFirst(indent)
      if rest.hasPrefix("\t"), !rest.allSatisfy(\.isWhitespace) {
        throw Fault(line: index + 1, problem: "is indented by a tab (indent by spaces)")
      }
      parser.lines.append(Line(indent: indent, text: rest, number: index + 1))
    }
    try finish()
    return documents
  }

  private mutating func document() throws(Fault) -> JSONValue {
    let value = try node(from: 0, depth: 0)
    if let rest = peek() {
      throw Fault(line: rest.number, problem: "does not belong to what stands above (indentation)")
    }
    return value
  }

  /// The next line that holds something.
  private mutating func peek() -> Line? {
    while place < lines.count, lines[place].isBlank { place += 1 }
    return place < lines.count ? lines[place] : nil
  }

  /// A value that is indented by at least so much; nothing where the next line is not.
  private mutating func node(from indent: Int, depth: Int) throws(Fault) -> JSONValue {
    guard let line = peek(), line.indent >= indent else { return .null }
    guard depth < Self.deepest else {
      throw Fault(line: line.number, problem: "nests more than \(Self.deepest) deep (write it with fewer levels)")
    }
    if Self.isItem(line.text) { return try list(at: line.indent, depth: depth) }
    if try YAMLScalar.key(line.text, line: line.number) != nil { return try mapping(at: line.indent, depth: depth) }
    place += 1
    return try scalar(line.text, from: line.indent, line.number, depth)
  }

  private static func isItem(_ text: Substring) -> Bool { text == "-" || text.hasPrefix("- ") }

  private mutating func list(at indent: Int, depth: Int) throws(Fault) -> JSONValue {
    var items: [JSONValue] = []
    while let line = peek(), line.indent == indent, Self.isItem(line.text) {
      let rest = line.text.dropFirst().drop { $0 == " " }
      if rest.isEmpty || rest.hasPrefix("#") {
        place += 1
        items.append(try node(from: indent + 1, depth: depth + 1))
      } else {
        // What stands behind the dash is a line of its own, indented by where it begins.
        lines[place].indent = indent + line.text.count - rest.count
        lines[place].text = rest
        items.append(try node(from: indent + 1, depth: depth + 1))
      }
    }
    if let line = peek(), line.indent > indent {
      throw Fault(line: line.number, problem: "does not belong to what stands above (indentation)")
    }
    return .array(items)
  }

  private mutating func mapping(at indent: Int, depth: Int) throws(Fault) -> JSONValue {
    var members: [String: JSONValue] = [:]
    while let line = peek(), line.indent == indent, !Self.isItem(line.text) {
      guard let (key, rest) = try YAMLScalar.key(line.text, line: line.number) else {
        throw Fault(line: line.number, problem: "'\(line.text.prefix(40))' has no key (write KEY: VALUE)")
      }
      guard members[key] == nil else {
        throw Fault(line: line.number, problem: "has the key '\(key)' for a second time (keep one of them)")
      }
      place += 1
      members[key] = try value(rest, of: line, depth)
    }
    if let line = peek(), line.indent > indent {
      throw Fault(line: line.number, problem: "does not belong to what stands above (indentation)")
    }
    return .object(members)
  }

  /// What stands behind a key, or below it.
  private mutating func value(_ rest: Substring, of line: Line, _ depth: Int) throws(Fault) -> JSONValue {
    guard rest.isEmpty || rest.hasPrefix("#") else {
      return try scalar(rest, from: line.indent + 1, line.number, depth)
    }
    guard let next = peek() else { return .null }
    if next.indent > line.indent { return try node(from: line.indent + 1, depth: depth + 1) }
    // A list may stand below its key without being indented.
    if next.indent == line.indent, Self.isItem(next.text) { return try list(at: next.indent, depth: depth + 1) }
    return .null
  }

  /// A text that begins on a line, with the lines below that go on with it.
  private mutating func scalar(
    _ first: Substring, from indent: Int, _ line: Int, _ depth: Int
  ) throws(Fault) -> JSONValue {
    switch first.first {
    case "|", ">": return .string(block(first, from: indent))
    case "&", "*": throw Fault(line: line, problem: "has an anchor or an alias (write the value out)")
    case "!": throw Fault(line: line, problem: "has a tag (put a value that begins with '!' in quotes)")
    case "@", "`", "%": throw Fault(line: line, problem: "begins with a reserved mark (put the value in quotes)")
    case "?" where first.hasPrefix("? "):
      throw Fault(line: line, problem: "has a key of several lines (write KEY: VALUE)")
    case "\"", "'", "[", "{":
      return try flow(first, line, depth)
    default:
      var text = YAMLScalar.withoutComment(first)
      while let next = peek(), next.indent >= indent, !Self.isItem(next.text),
        try YAMLScalar.key(next.text, line: next.number) == nil
      {
        text += " " + YAMLScalar.withoutComment(next.text)
        place += 1
      }
      return YAMLScalar.plain(text)
    }
  }

  /// A value in quotes or brackets, with the lines below until they are closed.
  private mutating func flow(_ first: Substring, _ line: Int, _ depth: Int) throws(Fault) -> JSONValue {
    var (text, closing) = ("", YAMLClosing())
    var piece = first
    while true {
      if let end = closing.end(in: piece) {
        text += piece[..<end]
        let after = piece[end...].drop { $0 == " " }
        guard after.isEmpty || after.hasPrefix("#") else {
          throw Fault(line: line, problem: "has text behind a closing quote or bracket (quote the whole value)")
        }
        var reader = YAMLFlow(text[...], line: line)
        return try reader.whole(depth: depth + 1)
      }
      text += piece[..<(closing.comment ?? piece.endIndex)] + " "
      // A comment between the lines of a list or mapping is none of its values.
      while place < lines.count, !closing.isInQuote, lines[place].isBlank { place += 1 }
      guard place < lines.count else { throw Fault(line: line, problem: "has a quote or bracket that is not closed") }
      piece = lines[place].text
      place += 1
    }
  }

  /// A text in lines of its own: as they stand (`|`) or joined (`>`).
  private mutating func block(_ mark: Substring, from indent: Int) -> String {
    var taken: [Line] = []
    while place < lines.count, lines[place].text.isEmpty || lines[place].indent >= indent {
      taken.append(lines[place])
      place += 1
    }
    let least = taken.filter { !$0.text.isEmpty }.map(\.indent).min() ?? 0
    let texts = taken.map { String(repeating: " ", count: max(0, $0.indent - least)) + $0.text }
    var text = texts.joined(separator: mark.hasPrefix(">") ? " " : "\n")
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
