// SPDX-License-Identifier: Apache-2.0
internal import Matching

/// JSON that may stand inside a page: nothing in it can end the element.
struct DataBlock {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func text(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "<"): raw("\\u003c")
      case UInt8(ascii: ">"): raw("\\u003e")
      case UInt8(ascii: "&"): raw("\\u0026")
      case 0..<0x20, 0x7F: raw(" ")
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func list<Item>(_ items: some Sequence<Item>, body: (inout DataBlock, Item) -> Void) {
    raw("[")
    var isFirst = true
    for item in items {
      if isFirst { isFirst = false } else { raw(",") }
      body(&self, item)
    }
    raw("]")
  }
}
