// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Ways in which a packed file arrives broken.
///
/// Each makes its sample fail. A file that is whole and of an unknown kind does not: it is named and left alone.
enum Damage: String, CaseIterable {
  case cutInTheMiddle = "cut in the middle"
  case cutEarly = "cut in the gzip header"
  case cutLate = "cut before the end"
  case cutTrailer = "cut in the gzip trailer"
  case lastByte = "last byte missing"
  case checksum = "wrong checksum"
  case length = "wrong length"
  case changedByte = "one byte changed"
  case method = "unknown packing method"
  case blockType = "unknown block type"
  case secondMember = "second gzip member cut"
  case trailingText = "text after the gzip member"
  case zeroTail = "zeros for the second half, as space kept for a download"
  case zeroBlock = "zeros in the middle, as a disk's lost block"
  case lostBlock = "bytes missing in the middle"
  case doubledBlock = "bytes doubled in the middle"
  case lineEnds = "line ends changed, as a transfer of text does"
  case sevenBits = "eighth bit taken away behind the gzip header"

  /// The damaged content of a file.
  func apply(to packed: Data) -> Data {
    var data = packed
    let middle = data.count / 2
    let block = middle..<min(middle + 64, data.count - 8)
    switch self {
    case .cutInTheMiddle: return data.prefix(middle)
    case .cutEarly: return data.prefix(6)
    case .cutLate: return data.prefix(data.count * 9 / 10)
    case .cutTrailer: return data.dropLast(4)
    case .lastByte: return data.dropLast()
    case .checksum: data[data.count - 8] ^= 0xff
    case .length: data[data.count - 4] ^= 1
    case .changedByte: data[middle] ^= 0x55
    case .method: data[2] = 7
    case .blockType: data[data[3] == 0 ? 10 : 18] |= 0b110
    case .secondMember: return data + data.prefix(middle)
    case .trailingText: return data + Data("and some text\n".utf8)
    case .zeroTail: data.replaceSubrange(middle..., with: Data(count: data.count - middle))
    case .zeroBlock: data.replaceSubrange(block, with: Data(count: block.count))
    case .lostBlock: data.removeSubrange(block)
    case .doubledBlock: data.insert(contentsOf: data[block], at: block.upperBound)
    case .lineEnds: return Data(data.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }) + Data([0x0d, 0x0a])
    case .sevenBits: for place in data.indices.dropFirst(10) { data[place] &= 0x7f }
    }
    return data
  }
}
