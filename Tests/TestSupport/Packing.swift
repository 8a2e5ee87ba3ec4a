// SPDX-License-Identifier: Apache-2.0
import CZlib
package import Foundation

/// Packs bytes as one gzip member through zlib, in any of the ways that zlib knows.
///
/// - Parameters:
///   - level: 0 stores, 1 to 9 pack better and better.
///   - strategy: How matches are looked for and codes are chosen.
package func gzip(_ bytes: [UInt8], level: Int = 6, strategy: PackingStrategy = .usual) -> [UInt8] {
  var stream = unsafe z_stream()
  let begun = unsafe deflateInit2_(
    &stream, Int32(level), Z_DEFLATED, 31, 8, strategy.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  precondition(begun == Z_OK, "zlib cannot start")
  var packed = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(bytes.count))) + 64)
  var input = bytes
  let size = unsafe input.withUnsafeMutableBufferPointer { source in
    unsafe packed.withUnsafeMutableBufferPointer { target in
      unsafe stream.next_in = source.baseAddress
      unsafe stream.avail_in = UInt32(source.count)
      unsafe stream.next_out = target.baseAddress
      unsafe stream.avail_out = UInt32(target.count)
      let status = unsafe deflate(&stream, Z_FINISH)
      precondition(status == Z_STREAM_END, "zlib cannot pack")
      return target.count - Int(unsafe stream.avail_out)
    }
  }
  unsafe deflateEnd(&stream)
  return Array(packed[..<size])
}

/// Packs bytes as `bgzip` does: members that say how long they are, and an empty one at the end.
///
/// - Parameters:
///   - block: The text of a member, in bytes.
///   - isWhole: Whether the empty member is written.
package func bgzip(_ bytes: [UInt8], block: Int = 65_280, isWhole: Bool = true) -> [UInt8] {
  var file: [UInt8] = []
  var starts = Array(stride(from: 0, to: bytes.count, by: block))
  if isWhole { starts.append(bytes.count) }
  for start in starts {
    let member = gzip(Array(bytes[start..<min(start + block, bytes.count)]))
    let size = member.count + 8 - 1
    file += [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, UInt8(size & 255), UInt8(size >> 8)]
    file += member[10...]
  }
  return file
}

/// zlib's strategies.
package enum PackingStrategy: Int32, CaseIterable, Sendable {
  case usual = 0
  case filtered, huffmanOnly, runs, fixedCodes
}

/// Unpacks a gzip file of one member through zlib.
package func unpacked(_ file: URL) throws -> [UInt8] {
  var input = [UInt8](try Data(contentsOf: file))
  var stream = unsafe z_stream()
  let begun = unsafe inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  precondition(begun == Z_OK, "zlib cannot start")
  var text = [UInt8](repeating: 0, count: input.count * 30 + 65_536)
  let size = unsafe input.withUnsafeMutableBufferPointer { source in
    unsafe text.withUnsafeMutableBufferPointer { target in
      unsafe stream.next_in = source.baseAddress
      unsafe stream.avail_in = UInt32(source.count)
      unsafe stream.next_out = target.baseAddress
      unsafe stream.avail_out = UInt32(target.count)
      let status = unsafe inflate(&stream, Z_FINISH)
      precondition(status == Z_STREAM_END, "zlib cannot unpack")
      return target.count - Int(unsafe stream.avail_out)
    }
  }
  unsafe inflateEnd(&stream)
  return Array(text[..<size])
}
