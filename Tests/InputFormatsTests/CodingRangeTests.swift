// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import Testing

@testable import InputFormats

struct CodingRangeTests {
  @Test(
    arguments: [
      ("600V>600E", false, "p.V600E"),
      ("213R>213*", false, "p.R213*"),
      ("746ELREA>746E", false, "p.L747_A750del"),
      ("1982SFIKR>1982RFIKRYTK*", true, "p.S1982fs"),
      ("767AS>767ASVAS", false, "p.S768delinsSVAS"),
      ("600VK>600EE", false, "p.V600_K601delinsEE"),
      ("12G>12G", false, nil),
      ("145E", false, nil),
      ("12G>13C", false, nil),
      ("", false, nil),
    ] as [(String, Bool, String?)])
  func `a stretch of residues becomes a change in the notation of proteins`(
    text: String, shiftsFrame: Bool, change: String?
  ) {
    #expect(CodingRange.proteinChange(Array(text.utf8).span, shiftsFrame: shiftsFrame) == change)
  }
}
