// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
@testable import InputFormats
import Knowledge

@Suite("Genes whose promoter is read")
struct PromoterGeneTests {
  @Test("readers keep rows before the genes that the table of named sites gives a promoter")
  func table() {
    let sites = Clinic.table.reference.facts.sites
    let genes = ["TERT", "TER", "TERTX", "tert", "MET", ""]
    #expect(genes.filter { PromoterGenes.contains(Array($0.utf8).span) } == genes.filter(sites.hasPromoter))
    #expect(sites.hasPromoter("TERT"))
  }
}
