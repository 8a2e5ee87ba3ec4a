// SPDX-License-Identifier: Apache-2.0
internal import Normalization
import Alterations
import TestSupport
import Testing

@Suite("Protein changes")
struct SequenceTests {
  @Test(
    "all spellings of V600E are p.V600E",
    arguments: [
      "p.Val600Glu", "Val600Glu", "V600E", "p.(Val600Glu)", "BRAF:V600E", "p.V600E", "ENSP00000288602:p.V600E",
    ])
  func spelling(written: String) {
    #expect(Vocabulary.change("BRAF", protein: written).change.proteinChange?.description == "p.V600E")
  }

  @Test("stop is `*`, however written", arguments: ["p.R213*", "p.R213X", "p.Arg213Ter", "p.(Arg213*)"])
  func stop(written: String) {
    let change = Vocabulary.change("TP53", protein: written).change
    #expect(change.proteinChange?.description == "p.R213*")
    #expect(change.effect == .nonsense)
  }

  @Test("the X of X1010_splice is no stop")
  func spliceX() {
    let change = Vocabulary.change("MET", protein: "X1010_splice").change
    #expect(change.effect == .splice)
  }

  @Test("silent changes are synonymous", arguments: ["p.(=)", "p.=", "p.Leu10=", "p.L10L"])
  func silent(written: String) {
    #expect(Vocabulary.change("TP53", protein: written).change.effect == .synonymous)
  }

  @Test("a silent change wins over the class of the file")
  func silentWins() {
    #expect(Vocabulary.change("TP53", protein: "p.Leu10=", effect: "Missense_Mutation").change.effect == .synonymous)
  }

  @Test(
    "del, dup, ins and delins keep both ends",
    arguments: ["p.E746_A750del", "p.A767_V769dup", "p.D842_H845delinsV", "p.D770_N771insG"])
  func ends(written: String) {
    #expect(Vocabulary.change("EGFR", protein: written).change.proteinChange?.description == written)
  }

  @Test("a dup counts as an in-frame insertion")
  func dup() {
    #expect(Vocabulary.change("EGFR", protein: "p.A767_V769dup").change.effect == .inframeInsertion)
  }

  @Test("an extension is its own class")
  func stopLost() {
    #expect(Vocabulary.change("TP53", protein: "p.*110Qext*17").change.effect == .stopLost)
  }

  @Test(
    "MET exon 14 skipping, however written",
    arguments: [
      ("X1010_splice", "", ""), ("p.X1010_splice", "", "Splice_Site"), ("", "c.3028+1G>A", "Splice_Site"),
      ("", "c.3028+1G>A", ""), ("MET exon 14 skipping", "", ""), ("METex14", "", ""), ("exon 14 skipping", "", ""),
    ])
  func metExon14(protein: String, coding: String, effect: String) {
    let change = Vocabulary.change("MET", protein: protein, coding: coding, effect: effect).change
    #expect(change.namedClass == "EXON 14 skipping")
  }

  @Test(
    "a splice change of a suppressor is of class splice",
    arguments: [("X126_splice", ""), ("", "c.375+1G>A"), ("", "c.376-2A>G")])
  func suppressorSplice(protein: String, coding: String) {
    let change = Vocabulary.change("TP53", protein: protein, coding: coding).change
    #expect(change.effect == .splice)
    #expect(change.namedClass.isEmpty)
  }

  @Test(
    "canonical sites are +-1 and +-2, others are not splice",
    arguments: [
      ("c.375+1G>A", true), ("c.375+2T>C", true), ("c.376-1G>A", true), ("c.376-2A>G", true), ("c.375+3A>G", false),
      ("c.375+5G>A", false), ("c.376-10A>G", false), ("c.375+12C>T", false),
    ])
  func canonicalSite(coding: String, isSplice: Bool) {
    let change = Vocabulary.change("TP53", coding: coding, effect: "Splice_Region").change
    #expect((change.effect == .splice) == isSplice)
  }

  @Test("cDNA given with a protein change is kept")
  func codingKept() {
    let change = Vocabulary.change("BRAF", protein: "p.V600E", coding: "ENST00000288602.6:c.1799T>A").change
    #expect(change.codingChange == "c.1799T>A")
    #expect(change.proteinChange?.description == "p.V600E")
  }

  @Test("cDNA that disagrees with the protein change is a warning")
  func codingDisagrees() {
    let result = Vocabulary.change("BRAF", protein: "p.V600E", coding: "c.35G>A")
    #expect(result.cautions == [.codingChangeDisagrees])
  }

  @Test("cDNA alone stays unmapped")
  func codingAlone() {
    let change = Vocabulary.change("BRAF", coding: "c.1799T>A").change
    #expect(change.proteinChange == nil)
    #expect(change.effect == .unknown)
  }

  @Test("TERT promoter changes", arguments: ["c.-124C>T", "c.-146C>T"])
  func promoter(coding: String) {
    let change = Vocabulary.change("TERT", coding: coding, effect: "5'Flank").change
    #expect(change.effect == .promoter)
    #expect(change.codingChange == coding)
    #expect(Vocabulary.understood("TERT \(coding)") == ["TERT \(coding)"])
  }

  @Test(
    "C228T and C250T are names of the TERT promoter changes",
    arguments: [("C228T", "c.-124C>T"), ("C250T", "c.-146C>T")])
  func promoterName(written: String, coding: String) {
    let change = Vocabulary.change("TERT", protein: written, effect: "5'Flank").change
    #expect(change.effect == .promoter)
    #expect(Vocabulary.understood("TERT \(written)") == ["TERT \(coding)"])
    #expect(Vocabulary.understood("TERT promoter \(written)") == ["TERT \(coding)"])
  }

  @Test(
    "named classes, not residues",
    arguments: [
      ("FLT3-ITD", "FLT3 ITD"), ("FLT3 ITD", "FLT3 ITD"), ("EGFRvIII", "EGFR vIII"), ("EGFR KDD", "EGFR KDD"),
      ("EGFR kinase domain duplication", "EGFR KDD"), ("EGFR CTD", "EGFR CTD"),
    ])
  func namedClass(written: String, canonical: String) {
    #expect(Vocabulary.understood(written) == [canonical])
  }

  @Test("a C-terminal deletion in words is CTD")
  func terminalDeletion() {
    #expect(Vocabulary.understood("EGFR C-terminal deletion") == ["EGFR CTD"])
  }

  @Test(
    "legacy numbering goes through a table",
    arguments: [
      ("EZH2", "p.Y641F", "p.Y646F"), ("H3-3A", "p.K27M", "p.K28M"), ("FGFR2", "p.V564I", "p.V565I"),
      ("H3-3A", "p.G34R", "p.G35R"), ("BRAF", "p.V599E", "p.V600E"),
    ])
  func legacy(gene: String, written: String, current: String) {
    let result = Vocabulary.change(gene, protein: written)
    #expect(result.change.proteinChange?.description == current)
    #expect(result.cautions.contains(.legacyNumbering))
  }

  @Test(
    "a residue of the current numbering is left alone",
    arguments: [("EZH2", "p.Y646F"), ("H3-3A", "p.K28M"), ("FGFR2", "p.V565I"), ("KIT", "p.V559D")])
  func currentNumbering(gene: String, written: String) {
    let result = Vocabulary.change(gene, protein: written)
    #expect(result.change.proteinChange?.description == written)
    #expect(result.cautions.isEmpty)
  }

  @Test("a protein cell that cannot be read is said to be unreadable")
  func unreadable() {
    #expect(Vocabulary.change("BRAF", protein: "p.V600Q!").unreadableProtein)
    #expect(!Vocabulary.change("BRAF", protein: "p.?").unreadableProtein)
  }

  @Test(
    "the effect that a file names",
    arguments: [
      ("Missense_Mutation", VariantEffect.missense), ("Nonsense_Mutation", .nonsense), ("Frame_Shift_Del", .frameshift),
      ("In_Frame_Del", .inframeDeletion), ("In_Frame_Ins", .inframeInsertion), ("Splice_Site", .splice),
      ("Translation_Start_Site", .startLost), ("Nonstop_Mutation", .stopLost), ("Silent", .synonymous),
      ("Intron", .noncoding), ("stop_gained&splice_region_variant", .nonsense),
    ])
  func effect(term: String, effect: VariantEffect) {
    #expect(Vocabulary.change("TP53", effect: term).change.effect == effect)
  }
}
