// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

internal import SystemIO

/// What `bgzip` makes: gzip members of at most 64 KiB that say how long they are, so that they can be unpacked apart.
package enum BGZF {
  /// The size of the smallest block, an empty one.
  static let smallest = 28
  static let headerSize = 18

  /// The size of the block that begins the bytes; `nil` when they are no block or hold less than its header.
  static func blockSize(_ bytes: Span<UInt8>) -> Int? {
    guard bytes.count >= headerSize, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8, bytes[3] == 4,
      bytes[10] == 6, bytes[11] == 0, bytes[12] == 0x42, bytes[13] == 0x43, bytes[14] == 2, bytes[15] == 0
    else { return nil }
    let size = Int(bytes[16]) | Int(bytes[17]) << 8
    return size + 1 >= smallest - 2 ? size + 1 : nil
  }
}

/// Reads the blocks of a file in groups, still packed.
package final class BlockReader {
  /// Some blocks that follow each other.
  package struct Group: Sendable {
    /// The packed bytes.
    package var packed: [UInt8] = []
    /// The size of their text, in bytes.
    package var textSize = 0
  }

  /// The file is not made of blocks alone; ``GzipStream`` reads it.
  package struct NotBlocks: Error {}

  private let file: ReadableFile
  private let expected: Int
  private var offset = 0
  private var rest: [UInt8] = []
  private var hash = XXH64.Stream()
  private var isLast = false
  private var endsWithMarker = false

  private let groupSize: Int
  private static let readSize = 1 << 19

  /// Opens a file; `nil` when it cannot be read or does not begin with a block.
  ///
  /// - Parameter groupSize: The text of a group, in bytes; the last block of it may go beyond.
  package init?(_ path: String, expecting size: Int, groupSize: Int = 1 << 20) {
    guard let file = ReadableFile(path) else { return nil }
    self.file = file
    self.groupSize = groupSize
    expected = size
    guard (try? load()) != nil, BGZF.blockSize(rest.span) != nil else { return nil }
  }

  /// The digest of the bytes on disk, once all are read.
  package var digest: String { hash.hex }

  private func load() throws(SystemError) {
    let before = rest.count
    try file.read(offset: offset, count: Self.readSize, into: &rest)
    hash.update(rest.span.extracting(before..<rest.count))
    offset += rest.count - before
    isLast = rest.count == before
  }

  /// The next group; `nil` at the end of the file.
  ///
  /// - Throws: ``StreamProblem``, or ``NotBlocks``.
  package func next() throws -> Group? {
    var used = 0
    var text = 0
    while text < groupSize {
      if used == rest.count || rest.count - used < 1 << 16, !isLast {
        try load()
        if !isLast { continue }
      }
      if used == rest.count { break }
      let (size, own) = try Self.block(rest, at: used)
      endsWithMarker = own == 0
      text += own
      used += size
    }
    if used == 0 {
      if offset != expected { throw StreamProblem.changed }
      if !endsWithMarker { throw StreamProblem.gunzip(.truncated) }
      return nil
    }
    let group = Group(packed: Array(rest[..<used]), textSize: text)
    rest.removeFirst(used)
    return group
  }

  /// The packed size and the text's size of the block at a place.
  private static func block(_ bytes: [UInt8], at start: Int) throws -> (size: Int, text: Int) {
    let block = bytes.span.extracting(start..<bytes.count)
    guard let size = BGZF.blockSize(block) else {
      if block.count < BGZF.smallest, block[0] == 0x1F { throw StreamProblem.gunzip(.truncated) }
      throw NotBlocks()
    }
    guard size <= block.count else { throw StreamProblem.gunzip(.truncated) }
    var text = 0
    for index in 0..<4 { text |= Int(block[size - 4 + index]) << (8 * index) }
    guard text <= 1 << 16 else { throw StreamProblem.gunzip(.corrupt) }
    return (size, text)
  }
}
