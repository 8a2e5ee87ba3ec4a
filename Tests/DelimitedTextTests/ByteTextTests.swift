// SPDX-License-Identifier: Apache-2.0
import Testing
@testable import DelimitedText

@Suite("cells as numbers")
struct ByteTextTests {
  @Test(
    "a whole number is read where it can be one, and what no position can be is none",
    arguments: [
      ("0", 0), ("00042", 42), ("99999999999", 99_999_999_999), ("5e3", 5000), ("12.0", 12),
      ("547365e9", 547_365_000_000_000),
      ("547365e99", nil), ("1e15", nil), ("-1", nil), ("", nil), ("x", nil), ("nan", nil), ("inf", nil),
    ] as [(String, Int?)])
  func count(text: String, expected: Int?) {
    #expect(ByteText.count(Array(text.utf8).span) == expected)
  }
}
