// SPDX-License-Identifier: Apache-2.0
import SystemIO
import Testing

@Suite("The order of bytes")
struct ByteOrderTests {
  @Test("texts stand in the order of their UTF-8, whatever their letters mean")
  func order() {
    let ordered = ["", "\u{0}", "-1", "A", "A-1", "A1", "AA", "B", "a", "z", "\u{C3}\u{84}", "Ä", "é", "€", "😀"]
    let sorted = ordered.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(ordered.shuffled().sorted { $0.isBefore($1) } == sorted)
    for one in ordered {
      #expect(!one.isBefore(one))
      for other in ordered { #expect(one.isBefore(other) == one.utf8.lexicographicallyPrecedes(other.utf8)) }
    }
  }

  @Test("letters that are one to a reader and two in bytes stay apart, in one order")
  func canonicalForms() {
    let (composed, decomposed) = ("\u{E9}", "e\u{301}")
    #expect(composed == decomposed)
    #expect(decomposed.isBefore(composed) && !composed.isBefore(decomposed))
  }

  @Test("a text of more than fifteen bytes is before one that goes on, and parts of texts are like texts")
  func long() {
    let long = String(repeating: "TCGA-", count: 20)
    #expect(long.isBefore(long + "A") && !(long + "A").isBefore(long))
    #expect(String(long.dropFirst(5)).isBefore(long))
  }
}
