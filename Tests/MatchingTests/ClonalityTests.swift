// SPDX-License-Identifier: Apache-2.0
internal import Query
import Alterations
import Knowledge
import TestSupport
import Testing
@testable import Matching

@Suite("Clonality and origin")
struct ClonalityTests {
  private static let table = inventedTable([
    InventedRule("S1", "EGFR", "p.L858R", "gefitinib", level: "A1"),
    .resistance("X1", "EGFR", "p.T790M", "gefitinib", level: "B"),
    InventedRule("G1", "BRCA2", "LOF", "olaparib", level: "A1", ["origin": "germline"]),
  ])

  private func match(
    _ alterations: Alteration..., purity: Double? = nil, ploidy: Double? = nil, limit: Double? = nil
  ) -> SampleMatches {
    var sample = SampleProfile(
      sampleID: "S", tumorTypes: ["LMS"], alterations: alterations, purity: purity, ploidy: ploidy)
    sample.assayLimit = limit
    return Matcher(table: Self.table).match(sample)
  }

  private func flags(_ matches: SampleMatches) -> [Caution] { matches.alterations.first?.alteration.cautions ?? [] }

  @Test(
    "the expected clonal fraction is purity / (purity x copies + 2 x (1 - purity))",
    arguments: [
      (1.0, 2.0, 0.5), (0.8, 2.0, 0.4), (0.5, 2.0, 0.25), (0.5, 4.0, 1.0 / 6.0), (1.0, 1.0, 1.0), (0.6, 3.0, 0.6 / 2.6),
    ])
  func expected(purity: Double, copies: Double, fraction: Double) {
    #expect(abs(Clonality.expectedFraction(purity: purity, copies: copies) - fraction) < 1e-9)
  }

  @Test(
    "below 0.25 of the expected fraction is subclonal",
    arguments: [(0.09, true), (0.0999, true), (0.11, false), (0.4, false)])
  func fraction(fraction: Double, isSubclonal: Bool) {
    let found = flags(match(mutation("EGFR", "p.L858R", fraction: fraction), purity: 0.8))
    #expect(found.contains(.subclonal) == isSubclonal)
  }

  @Test(
    "the copies of the gene, else the ploidy, go into the expected fraction",
    arguments: [(nil, nil, false), (nil, 8.0, false), (8.0, nil, false)] as [(Double?, Double?, Bool)])
  func copies(copyNumber: Double?, ploidy: Double?, isSubclonal: Bool) {
    var change = mutation("EGFR", "p.L858R", fraction: 0.11)
    change.copyNumber = copyNumber
    #expect(flags(match(change, purity: 0.8, ploidy: ploidy)).contains(.subclonal) == isSubclonal)
    change.variantAlleleFraction = 0.05
    let expected = Clonality.expectedFraction(purity: 0.8, copies: copyNumber ?? ploidy ?? 2)
    #expect(flags(match(change, purity: 0.8, ploidy: ploidy)).contains(.subclonal) == (0.05 < 0.25 * expected))
  }

  @Test("without purity the allele fraction alone says nothing")
  func noPurity() {
    #expect(!flags(match(mutation("EGFR", "p.L858R", fraction: 0.01))).contains(.subclonal))
  }

  @Test(
    "a stated cancer cell fraction wins",
    arguments: [(0.4, 0.49, true), (0.4, 0.5, false), (0.01, 0.9, false), (0.4, 0.1, true)])
  func cellFraction(fraction: Double, cells: Double, isSubclonal: Bool) {
    let found = flags(match(mutation("EGFR", "p.L858R", fraction: fraction, cells: cells), purity: 0.8))
    #expect(found.contains(.subclonal) == isSubclonal)
  }

  @Test("a subclonal sensitising hit keeps its tier and gains the flag")
  func sensitising() throws {
    let found = try #require(match(mutation("EGFR", "p.L858R", cells: 0.2)).therapies.first)
    #expect(found.tier.name == "I-A")
    #expect(found.verdict == .supported)
    #expect(found.cautions.contains(.subclonal))
  }

  @Test("a subclonal resistance hit still overrides")
  func resistance() throws {
    let matches = match(mutation("EGFR", "p.L858R"), mutation("EGFR", "p.T790M", fraction: 0.05, cells: 0.1))
    let pro = try #require(matches.therapies.first { $0.rule.id == "S1" })
    let contra = try #require(matches.therapies.first { $0.rule.id == "X1" })
    #expect(pro.verdict == .overridden)
    #expect(contra.cautions.contains(.subclonal))
  }

  @Test("a subclonal resistance hit carries its fraction of cells")
  func resistanceFraction() throws {
    let matches = match(mutation("EGFR", "p.L858R"), mutation("EGFR", "p.T790M", fraction: 0.05, cells: 0.1))
    let contra = try #require(matches.therapies.first { $0.rule.id == "X1" })
    #expect(contra.cautions.contains(.cellFraction(0.1)))
  }

  @Test("a fraction under the stated limit of the assay is low support and no tier I")
  func lowSupport() throws {
    let found = try #require(match(mutation("EGFR", "p.L858R", fraction: 0.03), limit: 0.05).therapies.first)
    #expect(found.cautions.contains(.lowSupport))
    #expect(found.tier.name == "II-C")
  }

  @Test(
    "a fraction at the limit, or a limit that is not stated, is no low support",
    arguments: [(0.05, 0.05), (0.03, nil), (0.3, 0.05)] as [(Double, Double?)])
  func support(fraction: Double, limit: Double?) throws {
    let found = try #require(match(mutation("EGFR", "p.L858R", fraction: fraction), limit: limit).therapies.first)
    #expect(!found.cautions.contains(.lowSupport))
    #expect(found.tier.name == "I-A")
  }

  @Test(
    "a fraction near 0.5 or 1.0 in a predisposition gene may be germline",
    arguments: [
      (0.5, true), (0.46, true), (0.54, true), (0.97, true), (1.0, true), (0.3, false), (0.7, false), (0.1, false),
    ])
  func possiblyGermline(fraction: Double, isPossible: Bool) {
    for gene in ["TP53", "BRCA2", "PTEN"] {
      #expect(flags(match(mutation(gene, "p.R10*", fraction: fraction))).contains(.possibleGermline) == isPossible)
    }
  }

  @Test(
    "no germline flag for other genes, nor where the origin is stated",
    arguments: [AlterationOrigin.somatic, .germline])
  func noGermlineFlag(origin: AlterationOrigin) {
    #expect(!flags(match(mutation("EGFR", "p.L858R", fraction: 0.5))).contains(.possibleGermline))
    #expect(!flags(match(mutation("TP53", "p.R10*", fraction: 0.5, origin: origin))).contains(.possibleGermline))
  }

  @Test("a germline change is never subclonal by its allele fraction")
  func germlineClonality() {
    #expect(
      !flags(match(mutation("EGFR", "p.L858R", fraction: 0.01, origin: .germline), purity: 0.9)).contains(.subclonal))
  }

  @Test(
    "a germline-only rule needs germline stated",
    arguments: [(AlterationOrigin.germline, Verdict.supported), (.unknown, .conditional)])
  func germlineRule(origin: AlterationOrigin, verdict: Verdict) throws {
    let found = try #require(match(mutation("BRCA2", "p.S1982fs", origin: origin)).therapies.first)
    #expect(found.verdict == verdict)
    #expect(found.openQuestions == (verdict == .conditional ? [.germlineOrigin] : []))
  }

  @Test("a germline-only rule is not met by a somatic change")
  func somatic() {
    #expect(match(mutation("BRCA2", "p.S1982fs", origin: .somatic)).therapies.isEmpty)
  }

  @Test("an allele fraction near 0.5 does not make a germline rule unconditional")
  func fractionIsNoTest() throws {
    let found = try #require(match(mutation("BRCA2", "p.S1982fs", fraction: 0.5)).therapies.first)
    #expect(found.verdict == .conditional)
    #expect(found.cautions.contains(.possibleGermline))
  }

  @Test("fractions may be written in words")
  func words() {
    let clinic = InventedClinic(table: Self.table)
    let answer = clinic.ask("LMS", "EGFR L858R (VAF 5%)") { $0.purity = 0.8 }
    #expect(answer.flags("S1").contains("subclonal"))
    #expect(!clinic.ask("LMS", "EGFR L858R (VAF 35%)") { $0.purity = 0.8 }.flags("S1").contains("subclonal"))
  }
}
