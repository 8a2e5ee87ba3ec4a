// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

extension Gunzip {
  /// The text that a file begins with, gzip or plain, cut behind its last whole line.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - packedLimit: How many bytes of the file to look at.
  ///   - textLimit: How many bytes of text to make.
  /// - Returns: `nil` when the file cannot be read, its gzip data are damaged or no line ends within the limits.
  package static func beginning(of path: String, packedLimit: Int = 1 << 16, textLimit: Int = 1 << 18) -> [UInt8]? {
    guard let file = ReadableFile(path) else { return nil }
    var packed: [UInt8] = []
    guard (try? file.read(offset: 0, count: packedLimit, into: &packed)) != nil else { return nil }
    let isCut = packed.count == packedLimit
    guard isGzip(packed.span) else { return isCut ? wholeLines(packed) : packed }
    var stream = InflateStream()
    var text = [UInt8](repeating: 0, count: textLimit)
    var (offset, size) = (0, 0)
    while offset < packed.count, size < textLimit {
      switch stream.step(packed.span.extracting(offset...), into: &text, at: size) {
      case .progress(0, 0): return finished(text, size, isCut: true)
      case .progress(let consumed, let produced):
        offset += consumed
        size += produced
      case .end(let consumed, let produced):
        offset += consumed
        size += produced
        stream.reset()
      case .corrupt: return nil
      }
    }
    return finished(text, size, isCut: isCut || size == textLimit)
  }

  private static func finished(_ text: [UInt8], _ size: Int, isCut: Bool) -> [UInt8]? {
    let made = Array(text.prefix(size))
    return isCut ? wholeLines(made) : made
  }

  private static func wholeLines(_ text: [UInt8]) -> [UInt8]? {
    guard let end = text.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
    return Array(text[...end])
  }
}
