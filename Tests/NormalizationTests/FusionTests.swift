// SPDX-License-Identifier: Apache-2.0
import Alterations
import Normalization
import TestSupport
import Testing

@Suite("Fusions")
struct FusionTests {
  @Test(
    "all separators name the same partners",
    arguments: ["EML4::ALK", "EML4--ALK", "EML4-ALK", "EML4/ALK", "EML4_ALK", "EML4;ALK", "EML4-ALK fusion"])
  func separator(written: String) throws {
    let fusion = try #require(Vocabulary.fusions.fusion(named: written))
    #expect(fusion.description == "EML4::ALK")
  }

  @Test(
    "a translocation with the genes named beside it is accepted",
    arguments: ["t(2;2) EML4-ALK", "t(2;2)(p21;p23) EML4::ALK"])
  func namedTranslocation(written: String) {
    #expect(Vocabulary.understood(written) == ["ALK EML4::ALK"])
  }

  @Test("partners in brackets are accepted", arguments: ["(EML4;ALK)", "(EML4;ALK) fusion"])
  func brackets(written: String) {
    #expect(Vocabulary.understood(written) == ["ALK EML4::ALK"])
  }

  @Test("words beside a fusion are no genes", arguments: ["rearrangement of ROS1", "fusion of ROS1"])
  func wordsAreNoGenes(written: String) {
    #expect(Vocabulary.understood(written) == ["ROS1 v::ROS1"])
  }

  @Test("a translocation t(17;22) with the genes named is the fusion")
  func translocation() {
    #expect(Vocabulary.understood("t(17;22) COL1A1-PDGFB") == ["PDGFB COL1A1::PDGFB"])
    #expect(Vocabulary.understood("t(17;22) translocation COL1A1 PDGFB") == ["PDGFB COL1A1::PDGFB"])
  }

  @Test(
    "only `::` and explicit columns are ordered",
    arguments: [
      ("EML4::ALK", true), ("EML4--ALK", false), ("EML4-ALK", false), ("EML4/ALK", false), ("EML4_ALK", false),
    ])
  func order(written: String, isOrdered: Bool) {
    #expect(Vocabulary.fusions.fusion(named: written)?.isOrdered == isOrdered)
  }

  @Test("5-prime and 3-prime columns are ordered")
  func columns() {
    let fusion = Vocabulary.fusions.fusion(fivePrime: "EML4", threePrime: "ALK", isOrdered: true)
    #expect(fusion == Fusion(fivePrimeGene: "EML4", threePrimeGene: "ALK", isOrdered: true))
  }

  @Test(
    "the kinase is put 3-prime, and the assumption is said",
    arguments: ["ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "BRAF", "PDGFRB", "NRG1"])
  func kinaseThreePrime(kinase: String) {
    let written = Fusion(fivePrimeGene: kinase, threePrimeGene: "TPM3", isOrdered: false)
    let oriented = FusionOrientation(table: Clinic.table).orient(written)
    #expect(oriented.fusion.description == "TPM3::\(kinase)")
    #expect(oriented.isAssumed)
  }

  @Test("ABL1 and PDGFRA are put 3-prime, and the assumption is said", arguments: ["ABL1", "PDGFRA"])
  func kinaseWithoutRoleInTable(kinase: String) {
    let written = Fusion(fivePrimeGene: kinase, threePrimeGene: "TPM3", isOrdered: false)
    let oriented = FusionOrientation(table: Clinic.table).orient(written)
    #expect(oriented.fusion.description == "TPM3::\(kinase)")
    #expect(oriented.isAssumed)
  }

  @Test("FGFR1 is put 5-prime")
  func fgfr1() {
    let written = Fusion(fivePrimeGene: "TACC1", threePrimeGene: "FGFR1", isOrdered: false)
    let oriented = FusionOrientation(table: Clinic.table).orient(written)
    #expect(oriented.fusion.description == "FGFR1::TACC1")
  }

  @Test("FGFR2 and FGFR3 are put 5-prime", arguments: ["FGFR2", "FGFR3"])
  func kinaseFivePrime(kinase: String) {
    let written = Fusion(fivePrimeGene: "TACC2", threePrimeGene: kinase, isOrdered: false)
    let oriented = FusionOrientation(table: Clinic.table).orient(written)
    #expect(oriented.fusion.description == "\(kinase)::TACC2")
    #expect(oriented.isAssumed)
  }

  @Test("a stated order is not turned round")
  func statedOrder() {
    let written = Fusion(fivePrimeGene: "ALK", threePrimeGene: "EML4", isOrdered: true)
    let oriented = FusionOrientation(table: Clinic.table).orient(written)
    #expect(oriented.fusion == written)
    #expect(!oriented.isAssumed)
  }

  @Test(
    "hyphenated symbols: the longest symbols on both sides win",
    arguments: [
      ("NKX2-1-ALK", "NKX2-1", "ALK"), ("HLA-A-ROS1", "HLA-A", "ROS1"), ("CD74-HLA-A", "CD74", "HLA-A"),
      ("HLA-A-NKX2-1", "HLA-A", "NKX2-1"), ("NKX2-1--HLA-A", "NKX2-1", "HLA-A"),
    ])
  func hyphenated(written: String, left: String, right: String) throws {
    let fusion = try #require(Vocabulary.fusions.fusion(named: written))
    #expect([fusion.fivePrimeGene, fusion.threePrimeGene] == [left, right])
  }

  @Test("a hyphenated symbol alone is no fusion", arguments: ["NKX2-1", "HLA-A", "H3-3A"])
  func hyphenatedAlone(written: String) {
    #expect(Vocabulary.fusions.fusion(named: written) == nil)
  }

  @Test("clinic names of partners are resolved")
  func partnerNames() {
    #expect(Vocabulary.fusions.fusion(named: "LMNA::TRKA")?.description == "LMNA::NTRK1")
  }

  @Test("unknown and intergenic partners are accepted", arguments: ["intergenic", "unknown", "", "."])
  func unknownPartner(partner: String) {
    let fusion = Vocabulary.fusions.fusion(fivePrime: partner, threePrime: "NTRK3", isOrdered: true)
    #expect(fusion?.description == "v::NTRK3")
  }

  @Test(
    "intragenic events are changes of the sequence and no fusions",
    arguments: [
      ("EGFRvIII", "EGFR vIII"), ("MET exon 14 skipping", "MET EXON 14 skipping"), ("METex14", "MET EXON 14 skipping"),
    ])
  func intragenic(written: String, canonical: String) {
    let found = Vocabulary.text.understand(written).alterations
    #expect(found.map(Vocabulary.kind) == ["MUT"])
    #expect(found.map { "\($0.gene) \($0)" } == [canonical])
  }

  @Test(
    "an exon of a number that no exon can have is not understood",
    arguments: ["KIT exon 66666666666666666666 deletion", "KIT exon 11.5 deletion"])
  func impossibleExon(written: String) {
    #expect(Vocabulary.text.understand(written).alterations.isEmpty)
  }

  @Test("PDGFRA exon 8-9 deletion is a change of the sequence and no fusion")
  func pdgfraDeletion() {
    #expect(Vocabulary.text.understand("PDGFRA exon 8-9 deletion").alterations.map(Vocabulary.kind) == ["MUT"])
  }

  @Test("an out-of-frame report becomes `possible fusion`")
  func outOfFrame() throws {
    let found = try #require(Vocabulary.text.understand("EML4-ALK out of frame").alterations.first)
    #expect(found.cautions.contains(.possibleFusion))
  }

  @Test("a reciprocal-only report becomes `possible fusion`")
  func reciprocal() throws {
    let found = try #require(Vocabulary.text.understand("ALK::EML4 fusion, reciprocal only").alterations.first)
    #expect(found.cautions.contains(.possibleFusion))
  }
}
