// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Gzip
internal import SystemIO

/// The text of a file in pieces of whole lines, unpacked where it is gzip, in constant memory.
enum TextPieces {
  private static let pieceSize = 1 << 20

  /// Calls the body with each piece and the number of its first line.
  ///
  /// - Parameters:
  ///   - terminator: The byte that ends a line.
  ///   - limit: The largest text, in bytes.
  static func forEach(
    of path: String, terminator: UInt8, limit: Int,
    _ body: (Span<UInt8>, _ firstLine: Int) throws -> Void
  ) throws {
    let stream = try GzipStream(path, expecting: FileStamp(path: path)?.size, limit: limit)
    var buffer = [UInt8](repeating: 0, count: GzipStream.history + pieceSize)
    var start = GzipStream.history
    var line = 1
    var (end, isEnd) = try stream.fill(&buffer, from: start)
    while true {
      guard let cut = isEnd ? end : lastLineEnd(buffer, in: start..<end, terminator) else {
        buffer += repeatElement(0, count: buffer.count)
        (end, isEnd) = try stream.fill(&buffer, from: end)
        continue
      }
      if cut > start { try body(buffer.span.extracting(start..<cut), line) }
      if isEnd { return }
      for index in start..<cut where buffer[index] == terminator { line += 1 }
      let kept = max(end - cut, GzipStream.history)
      buffer.replaceSubrange(0..<kept, with: Array(buffer[end - kept..<end]))
      start = kept - (end - cut)
      if buffer.count < kept + pieceSize { buffer += repeatElement(0, count: kept + pieceSize - buffer.count) }
      (end, isEnd) = try stream.fill(&buffer, from: kept)
    }
  }

  private static func lastLineEnd(_ bytes: [UInt8], in range: Range<Int>, _ terminator: UInt8) -> Int? {
    var place = range.upperBound
    while place > range.lowerBound {
      if bytes[place - 1] == terminator { return place }
      place -= 1
    }
    return nil
  }
}
