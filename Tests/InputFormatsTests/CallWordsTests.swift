// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import InputFormats

/// Words that cells use of a call, looked up by the byte that they begin with.
struct CallWordsTests {
  private static func contains(_ words: CallWords, _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return words.contain(bytes.span)
  }

  @Test(arguments: [
    (CallWords.noCall, "Wild-Type", true), (.noCall, " not_detected", true), (.noCall, "WT", true),
    (.noCall, "Somatic", false), (.noCall, "Uncalled", false), (.open, "Uncalled", true), (.open, "Untested", false),
    (.noCall, "failure", false), (.noCall, "", false),
    (.noCall, "--", false), (.pass, "PASS", true), (.pass, "pass;pass", true), (.pass, "passive", false),
    (.pass, "0ass", false), (.no, "FALSE", true), (.no, "0", true), (.no, "p", false), (.yes, "True", true),
    (.yes, "1", true), (.empty, "None", true), (.referenceGenotype, "0/0", true), (.referenceGenotype, ".|.", true),
    (.referenceGenotype, "0/1", false), (.referenceGenotype, "Hom-Ref", true),
  ])
  func `a cell is one of the words or none`(words: CallWords, text: String, isOne: Bool) {
    #expect(Self.contains(words, text) == isOne)
  }
}
