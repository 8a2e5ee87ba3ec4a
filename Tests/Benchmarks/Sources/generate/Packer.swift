// SPDX-License-Identifier: Apache-2.0
import CLibdeflate
import Foundation

/// Packs texts as gzip at the level that gzip uses.
///
/// Not shared between threads: each has its own.
final class Packer {
  /// How a packed file is framed.
  enum Framing {
    /// One member for the whole text, as gzip writes it.
    case gzip
    /// Members of at most 64 KiB, each with its packed size in the extra field `BC`, and an empty one last, as bgzip
    /// writes them.
    case bgzip
  }

  private let compressor = libdeflate_alloc_compressor(6)
  private let framing: Framing

  init(_ framing: Framing) { self.framing = framing }

  deinit { libdeflate_free_compressor(compressor) }

  /// The text, packed.
  func pack(_ text: some Sequence<UInt8>) -> Data {
    let bytes = Array(text)
    switch framing {
    case .gzip:
      var packed = [UInt8](repeating: 0, count: libdeflate_gzip_compress_bound(compressor, bytes.count))
      let size = libdeflate_gzip_compress(compressor, bytes, bytes.count, &packed, packed.count)
      return Data(packed.prefix(size))
    case .bgzip:
      var packed = Data()
      var start = 0
      while start < bytes.count {
        let end = min(start + Self.memberText, bytes.count)
        packed.append(member(Array(bytes[start..<end])))
        start = end
      }
      return packed + Self.endOfFile
    }
  }

  /// Plain bytes of a member: what bgzip takes, so that the packed member stays below 64 KiB whatever it holds.
  private static let memberText = 0xff00

  /// The empty member that marks the end, byte for byte as the SAM specification gives it (section 4.1.2).
  private static let endOfFile = Data([
    0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0, 0x1b, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ])

  private func member(_ bytes: [UInt8]) -> Data {
    var body = [UInt8](repeating: 0, count: libdeflate_deflate_compress_bound(compressor, bytes.count))
    let size = libdeflate_deflate_compress(compressor, bytes, bytes.count, &body, body.count)
    let total = 18 + size + 8
    precondition(total <= 0x10000, "a member holds at most 64 KiB")
    var data = Data([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0])
    data.append(littleEndian: UInt16(total - 1))
    data.append(contentsOf: body.prefix(size))
    data.append(littleEndian: libdeflate_crc32(0, bytes, bytes.count))
    data.append(littleEndian: UInt32(bytes.count))
    return data
  }
}

extension Data {
  fileprivate mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
