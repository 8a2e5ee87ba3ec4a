// SPDX-License-Identifier: Apache-2.0
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
    if let start = firstBlank(in: text) {
      return InputError(path: path, line: firstLine + lines(before: start, text, terminator), problem: blank)
    }
    guard text.count > limit else { return nil }
    let terminator = terminator ?? LineWalker.terminator(of: text)
    guard let start = firstLongLine(in: text, limit: limit, terminator: terminator) else { return nil }
    return fault(path: path, line: firstLine + lines(before: start, text, terminator), limit: limit)
  }

  private static func lines(before end: Int, _ text: Span<UInt8>, _ terminator: UInt8?) -> Int {
    let terminator = terminator ?? LineWalker.terminator(of: text)
    var lines = 0
    for index in 0..<end where text[index] == terminator { lines += 1 }
    return lines
  }

  /// What is wrong with a file that says nothing for long.
  private static let blank = "begins \(longestBlank) bytes of blank lines, spaces or zeros (the file is damaged)"

  /// Bytes that may follow each other and say nothing.
  private static let longestBlank = 1_040_000

  /// Where a stretch begins that says nothing and is longer than that; `nil` when there is none.
  ///
  /// Few bytes are looked at: one in each quarter of such a stretch, and those around it where that one is blank.
  static func firstBlank(in text: Span<UInt8>) -> Int? {
    var place = longestBlank / 4
    while place < text.count {
      defer { place += longestBlank / 4 }
      guard text[place] <= 0x20 else { continue }
      var (start, end) = (place, place)
      while start > 0, place - start <= longestBlank, text[start - 1] <= 0x20 { start -= 1 }
      while end < text.count, end - start <= longestBlank, text[end] <= 0x20 { end += 1 }
      if end - start > longestBlank { return start }
    }
    return nil
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
