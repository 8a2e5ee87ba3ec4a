// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import InputFormats

struct RatioCopiesTests {
  @Test(arguments: [
    // Pure diploid tumors: two to the power of the ratio, times two.
    (1.0, 2.0, 0.0, 2.0), (1.0, 2.0, 1.0, 4.0), (1.0, 2.0, -1.0, 1.0),
    // Normal cells hide half of the loss of one allele and all of a small ratio.
    (0.5, 2.0, -0.415037, 1.0), (0.5, 2.0, -1.0, 0.0), (0.6, 2.1, 2.5, 18.0885),
    // A ratio of 0 is the mean of a tumor of any ploidy.
    (0.3, 3.4, 0.0, 3.4),
  ])
  func `a ratio becomes copies by purity and ploidy`(purity: Double, ploidy: Double, ratio: Double, copies: Double)
    throws
  {
    let fit = try #require(PurityAndPloidy(purity: purity, ploidy: ploidy))
    #expect(abs(fit.copies(log2: ratio) - copies) < 0.001)
  }

  @Test(arguments: [(nil, 2.0), (0.5, nil), (0.0, 2.0), (1.2, 2.0), (0.5, 0.0)] as [(Double?, Double?)])
  func `without both there is no fit`(purity: Double?, ploidy: Double?) {
    #expect(PurityAndPloidy(purity: purity, ploidy: ploidy) == nil)
  }
}
