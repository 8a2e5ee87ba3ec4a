// SPDX-License-Identifier: Apache-2.0
import SystemIO
import Testing

@Suite("XXH64")
struct XXH64Tests {
  @Test(
    "the digest is that of the reference implementation",
    arguments: [
      ("", "ef46db3751d8e999"), ("a", "d24ec4f1a98c6e5b"), ("abc", "44bc2cf5ad770999"),
      ("The quick brown fox jumps over the lazy dog, and runs on.", "ab9ec1c8b7feac19"),
    ])
  func reference(text: String, expected: String) {
    let digest = XXH64.hex(Array(text.utf8).span)
    #expect(digest == expected)
  }

  @Test("bytes that come in parts have the digest of the whole, wherever they are cut")
  func parts() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let whole = XXH64.hex(bytes.span)
    #expect(whole == "bfba0b19df72611c")
    for step in [1, 7, 31, 32, 33, 64, 999] {
      var stream = XXH64.Stream()
      for start in stride(from: 0, to: bytes.count, by: step) {
        stream.update(Array(bytes[start..<min(start + step, bytes.count)]).span)
      }
      #expect(stream.hex == whole, "cut every \(step) bytes")
    }
  }
}
