// SPDX-License-Identifier: Apache-2.0
internal import CLibdeflate
internal import SystemIO

/// Why compressed bytes could not be unpacked.
package enum GunzipProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The data end in the middle of a member.
  case truncated
  /// The data are not valid, or a check sum does not hold.
  case corrupt
  /// Something that is not gzip follows the last member.
  case trailingBytes(offset: Int)
  /// The text would be larger than the limit, in bytes.
  case tooLarge(limit: Int)

  /// What to tell a person.
  package var description: String {
    switch self {
    case .truncated: "gzip data end too early (the file is truncated; copy it again)"
    case .corrupt: "gzip data are damaged (a check fails; copy or make the file again)"
    case .trailingBytes(let offset): "bytes that are not gzip follow the data at byte \(offset) (make the file again)"
    case .tooLarge(let limit): "unpacks to more than \(limit) bytes (raise --max-text-size if this is right)"
    }
  }
}

/// Unpacks gzip data that lie in memory: one member or many, as `bgzip` and `cat a.gz b.gz` make them.
///
/// One value serves one thread at a time and keeps its working memory between calls.
@safe package final class Gunzip {
  private let decompressor: OpaquePointer

  /// Working memory for one thread.
  package init() {
    guard let made = unsafe libdeflate_alloc_decompressor() else { fatalError("out of memory") }
    unsafe decompressor = made
  }

  deinit { unsafe libdeflate_free_decompressor(decompressor) }

  /// Whether the bytes begin like gzip.
  package static func isGzip(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// Unpacks all members.
  ///
  /// - Parameters:
  ///   - packed: The whole file. Zero bytes after the last member are allowed, as tapes and some file systems add them.
  ///   - text: Receives the text in place of what it held; its memory is kept.
  ///   - limit: The largest text to make, in bytes.
  package func unpack(_ packed: Span<UInt8>, into text: inout [UInt8], limit: Int) throws(GunzipProblem) {
    var room = min(Self.guess(packed), limit)
    text.makeEmpty(room: room)
    var offset = 0
    var isOpen = packed.count == 0
    while offset < packed.count {
      if !Self.isGzip(packed.extracting(offset...)) {
        if offset > 0, Self.isZero(packed.extracting(offset...)) { break }
        throw offset == 0 ? .corrupt : .trailingBytes(offset: offset)
      }
      let (status, consumed, produced) = unpackMember(
        packed.extracting(offset...), appendingAtMost: room - text.count, to: &text)
      switch status {
      case LIBDEFLATE_SUCCESS:
        // Blocks end with an empty one; where it is missing others may be missing, too.
        isOpen = produced > 0 && BGZF.blockSize(packed.extracting(offset...)) != nil
        offset += consumed
      case LIBDEFLATE_INSUFFICIENT_SPACE:
        guard room < limit else { throw .tooLarge(limit: limit) }
        room = min(limit, max(room * 2, 1 << 16))
      default:
        throw Self.looksTruncated(packed.extracting(offset...)) ? .truncated : .corrupt
      }
    }
    if isOpen { throw .truncated }
  }

  /// Unpacks the blocks of a group into `text` from `start` on, where there must be room for them.
  package func unpack(_ group: BlockReader.Group, into text: inout [UInt8], at start: Int) throws(GunzipProblem) {
    var offset = 0
    var place = start
    while offset < group.packed.count {
      let (status, consumed, produced) = unpackMember(
        group.packed.span.extracting(offset...), into: &text, at: place)
      guard status == LIBDEFLATE_SUCCESS else { throw .corrupt }
      offset += consumed
      place += produced
    }
    if place != start + group.textSize { throw .corrupt }
  }

  private func unpackMember(
    _ packed: Span<UInt8>, appendingAtMost room: Int, to text: inout [UInt8]
  ) -> (libdeflate_result, Int, Int) {
    var (consumed, produced) = (0, 0)
    var status = LIBDEFLATE_INSUFFICIENT_SPACE
    text.append(addingCapacity: room) { output in
      unsafe output.withUnsafeMutableBufferPointer { output, count in
        status = unsafe packed.withUnsafeBufferPointer { input in
          unsafe libdeflate_gzip_decompress_ex(
            decompressor, input.baseAddress, input.count, output.baseAddress, room, &consumed, &produced)
        }
        if status == LIBDEFLATE_SUCCESS { count = produced }
      }
    }
    return (status, consumed, produced)
  }

  private func unpackMember(
    _ packed: Span<UInt8>, into text: inout [UInt8], at start: Int
  ) -> (libdeflate_result, Int, Int) {
    var consumed = 0
    var produced = 0
    let status = unsafe packed.withUnsafeBufferPointer { input in
      unsafe text.withUnsafeMutableBufferPointer { output in
        guard let base = output.baseAddress else { return LIBDEFLATE_INSUFFICIENT_SPACE }
        return unsafe libdeflate_gzip_decompress_ex(
          decompressor, input.baseAddress, input.count, base + start, output.count - start, &consumed, &produced)
      }
    }
    return (status, consumed, produced)
  }

  /// The size that the last member's trailer states, which is the whole size where there is one member.
  private static func guess(_ packed: Span<UInt8>) -> Int {
    guard packed.count >= 18 else { return 1 << 12 }
    var stated = 0
    for index in 0..<4 { stated |= Int(packed[packed.count - 4 + index]) << (8 * index) }
    // A trailer that claims more than deflate can pack is wrong or belongs to a damaged file.
    return stated <= packed.count * 1032 ? max(stated, packed.count) : packed.count * 4
  }

  /// libdeflate does not tell truncation from damage; zlib does, and speed does not matter here.
  private static func looksTruncated(_ packed: Span<UInt8>) -> Bool {
    var stream = InflateStream()
    var sink = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while true {
      switch stream.step(packed.extracting(offset...), into: &sink) {
      case .progress(let consumed, let produced):
        offset += consumed
        if consumed == 0 && produced == 0 { return offset >= packed.count }
      case .end: return false
      case .corrupt: return false
      }
    }
  }

  private static func isZero(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] != 0 { return false }
    return true
  }
}
