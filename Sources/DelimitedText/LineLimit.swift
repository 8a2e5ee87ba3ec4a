/// Finds lines that are longer than anyone writes on purpose.
package enum LineLimit {
  /// The fault of a text that has a line of more than `limit` bytes; `nil` when it has none.
  ///
  /// Few bytes are looked at: from each end of line the last one within reach is sought, from behind.
  ///
  /// - Parameters:
  ///   - terminator: The byte that ends a line, when it is known.
  ///   - firstLine: The number of the first line of the text.
  package static func fault(
    in text: Span<UInt8>, path: String, limit: Int, terminator: UInt8? = nil, firstLine: Int = 1
  ) -> InputError? {
    guard text.count > limit else { return nil }
    let terminator = terminator ?? LineWalker.terminator(of: text)
    guard let start = firstLongLine(in: text, limit: limit, terminator: terminator) else { return nil }
    var line = firstLine
    for index in 0..<start where text[index] == terminator { line += 1 }
    return fault(path: path, line: line, limit: limit)
  }

  /// The fault of a file that has such a line.
  package static func fault(path: String, line: Int, limit: Int) -> InputError {
    InputError(
      path: path, line: line, problem: "is longer than \(limit) bytes (raise --max-line-size if this is right)")
  }

  /// Where the first line begins that is longer than `limit` bytes; `nil` when there is none.
  static func firstLongLine(in text: Span<UInt8>, limit: Int, terminator: UInt8) -> Int? {
    var start = 0
    while text.count - start > limit {
      var end = start + limit
      while end > start, text[end] != terminator { end -= 1 }
      guard text[end] == terminator else { return start }
      start = end + 1
    }
    return nil
  }
}
