// SPDX-License-Identifier: Apache-2.0

extension String {
  /// Whether the bytes of a part stand somewhere in it; the standard library's `contains` takes 12,000 instructions for
  /// twenty bytes.
  package func holds(_ part: String) -> Bool { Array(utf8).holds(Array(part.utf8)) }
}

extension [UInt8] {
  /// Whether the bytes hold others in a row.
  package func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= count else { return part.isEmpty }
    for start in 0...(count - part.count) where self[start] == first {
      var length = 1
      while length < part.count, self[start + length] == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }
}
