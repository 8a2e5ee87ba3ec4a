// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
import TestSupport
import Testing

struct ScarScoreTests {
  private static let header = "\"\"\t\"HRD\"\t\"Telomeric AI\"\t\"LST\"\t\"HRD-sum\"\n"

  @Test("the sum is the score of the sample that the row names")
  func sum() throws {
    let content = try readInput(Self.header + "\"S1\"\t10\t20\t15\t45\n")
    #expect(content.format == "genomic scars (scarHRD)")
    #expect(content.statements == ["S1: HRD||45||scarHRD"])
  }

  @Test("a sum that is no number is rejected with its line")
  func noNumber() throws {
    let content = try readInput(Self.header + "\"S1\"\t10\t20\t15\tInf?\n")
    #expect(content.rejected.map(\.line) == [2])
    #expect(content.rejected.map(\.column) == ["HRD-sum"])
  }
}
