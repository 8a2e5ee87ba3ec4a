/// The bytes of a JSON text under construction, indented by two spaces.
public struct JSONBuffer: Sendable {
  /// What has been written and not been taken.
  public private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true
  private let indentedDepth: Int

  /// An empty text.
  ///
  /// - Parameters:
  ///   - indentedDepth: How many levels stand on lines of their own; deeper ones are written in one line.
  ///   - capacity: Bytes to make room for.
  public init(indentedDepth: Int = .max, capacity: Int = 0) {
    self.indentedDepth = indentedDepth
    bytes.reserveCapacity(capacity)
  }

  /// Writes an object.
  public mutating func object<E: Error>(
    _ key: String? = nil, _ body: (inout JSONBuffer) throws(E) -> Void
  ) throws(E) {
    open(key, UInt8(ascii: "{"))
    try body(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an array.
  public mutating func array<E: Error>(
    _ key: String? = nil, _ body: (inout JSONBuffer) throws(E) -> Void
  ) throws(E) {
    open(key, UInt8(ascii: "["))
    try body(&self)
    close(UInt8(ascii: "]"))
  }

  /// Hands on what has been written, once it is long enough; the text goes on behind it.
  ///
  /// A text of megabytes need not be in memory as a whole then.
  public mutating func take<E: Error>(
    ifOver limit: Int, _ body: (borrowing [UInt8]) throws(E) -> Void
  ) throws(E) {
    guard bytes.count > limit else { return }
    try body(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes a text.
  public mutating func value(_ key: String? = nil, _ text: String) {
    start(key)
    quote(text)
  }

  /// Writes a whole number.
  public mutating func value(_ key: String? = nil, _ number: Int) {
    start(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes a number.
  public mutating func value(_ key: String? = nil, _ number: Double) {
    start(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes a truth value.
  public mutating func value(_ key: String? = nil, _ flag: Bool) {
    start(key)
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  /// Writes an array of texts.
  public mutating func values(_ key: String, _ texts: [String]) {
    array(key) { json in
      for text in texts { json.value(text) }
    }
  }

  /// Writes a text of an array.
  public mutating func value(_ text: String) {
    start(nil)
    quote(text)
  }

  /// Ends the text with a line end.
  public mutating func finish() { bytes.append(0x0A) }

  private mutating func open(_ key: String?, _ bracket: UInt8) {
    start(key)
    bytes.append(bracket)
    depth += 1
    isFirst = true
  }

  private mutating func close(_ bracket: UInt8) {
    if !isFirst, depth <= indentedDepth {
      depth -= 1
      newLine()
    } else {
      depth -= 1
    }
    bytes.append(bracket)
    isFirst = false
  }

  private mutating func start(_ key: String?) {
    if depth > 0 {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      newLine()
    }
    isFirst = false
    guard let key else { return }
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(0x20)
  }

  private mutating func newLine() {
    guard depth <= indentedDepth else { return }
    bytes.append(0x0A)
    for _ in 0..<depth {
      bytes.append(0x20)
      bytes.append(0x20)
    }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { buffer in
      append(unsafe Span(_unsafeElements: buffer))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends a text, escaped; what needs no escape goes in one piece.
  private mutating func append(_ text: Span<UInt8>) {
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      append(text, start..<index)
      start = index + 1
      escape(byte)
    }
    append(text, start..<text.count)
  }

  @inline(__always)
  private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x0A: bytes.append(contentsOf: "\\n".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    case 0..<0x20:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    default:
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    }
  }
}
