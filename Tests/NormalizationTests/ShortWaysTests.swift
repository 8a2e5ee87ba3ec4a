// SPDX-License-Identifier: Apache-2.0
import Alterations
import InputFormats
import Knowledge
import TestSupport
import Testing

@testable import Normalization

/// A short way past costly reading says what the long way says.
struct ShortWaysTests {
  @Test func `every phrase about the frame holds a word by which its sentence is looked at`() {
    #expect(RearrangementWords.framePhrases.count > 30)
    for phrase in RearrangementWords.framePhrases {
      let words = phrase.split(separator: " ").map(String.init)
      #expect(words.contains(where: RearrangementWords.frameMarks.contains), "\(phrase)")
    }
  }

  @Test(arguments: [
    ("out of frame", Fusion.Frame.outOfFrame), ("The fusion is out-of-frame.", .outOfFrame), ("In_frame", .inFrame),
    ("in-frame fusion", .inFrame), ("frameshift: no; in frame", .inFrame), ("Transcript fused antisense", .outOfFrame),
    ("3to3", .outOfFrame), ("5 to 5", .outOfFrame), ("head-to-head", .outOfFrame), ("opposite strands", .outOfFrame),
    ("a premature stop codon", .outOfFrame), ("FHIT-DLG2 fusion", .unknown), ("MIDFRAME", .unknown), ("", .unknown),
  ])
  func `a frame is read from words`(text: String, frame: Fusion.Frame) {
    #expect(RearrangementWords([text]).frame == frame)
  }

  @Test(arguments: [
    "EML4(13)-ALK(20)", "EML4-ALK E13;A20", "EML4-ALK E6bA20", "EML4 exon 13 - ALK exon 20", "EML4 e13 ALK e20",
    "EML4-ALK.E13A20", "EML4:exon13 ALK:exon20", "EML4-ALK ex13;ex20", "KIF5B-RET K15;R12", "KIF5B(15)-RET(12)",
    "CD74 exon 6 ROS1 exon 34", "EML4 ex.13 - ALK ex.20", "EML4 (exons 1-13) ALK (exons 20-29)", "ALK A20",
    "EML4-ALK", "FHIT-DLG2 fusion", "TMPRSS2-ERG", "NTRK3-ETV6", "PAX3-FOXO1", "EWSR1-FLI1 type 1", "t(2;5)(NPM1;ALK)",
    "KMT2A-MLLT3", "BCR-ABL1 e13a2", "BCR::ABL1 b3a2", "", "  ", "V3a",
  ])
  func `a text that may name no exons names none`(text: String) {
    let names = !FusionText(text).exons.isEmpty
    #expect(!names || FusionText.mayNameExons(text), "\(text)")
  }

  @Test(arguments: [
    "", "v600e", "NOT TESTED", "not tested for", "suspected", "unsuspected", "WT1 mutation", "KRAS wt", "wt", "wt1",
    "wt 1",
    "ALK: possible fusion", "impossible", "possibly", "r/o EGFR", "amp", "amplified", "AMP?", "vs", "v.a. BRAF", "2+",
    "either.or", "no call", "no calls", "n/a", "KIF5B-RET (not confirmed)", "low-level amplification", "low\r\nlevel",
    "L858R\u{2013}suspected", "\u{00FC}ber possible", "possible\u{0301} gain", "d\u{00E9}tected",
    "not excluded, pending",
  ])
  func `words are found in bytes where they are found among characters`(text: String) {
    let phrase = FindingPhrase(text)
    for part in [
      "suspected", "possible", "possibly", "not tested", "tested for", "wt", "vs", "amp", "amplified", "r/o", "v.a.",
      "2+",
      "n/a", "no call", "either", "low level", "low-level", "not confirmed", "pending", "not excluded", "a", "e",
    ] {
      #expect(phrase.has(part) == phrase.hasCharacters(part), "\(part) in \(text)")
    }
  }

  @Test(arguments: [
    "suspected", "KIF5B-RET (suspected)", "BRAF V600E testing", "ALK FISH analysis", "EGFR nd", "EGFR (n.d.)", "V600E?",
    "amp, low level", "ALK vs ROS1", "either ALK or ROS1", "mother with BRCA1", "r/o EGFR", "KRAS:pending",
    "EML4-ALK n/a",
    "MET amplification likely", "amplification, low-level", "EGFR;no result", "Verdacht auf ALK",
    "equivocal amplification",
  ])
  func `a text with a word that leaves something open is not taken for a plain one`(text: String) {
    #expect(Certainty.doubt(FindingPhrase(text)) != nil, "the text leaves something open")
    #expect(!Certainty.isPlain(text))
  }

  @Test func `most cells are plain`() {
    for text in ["EML4-ALK fusion", "EML4-ALK", "V600E", "V600E", "high", "MSI-H", "FHIT-DLG2 fusion", "Gain"] {
      #expect(Certainty.isPlain(text) && Certainty.doubt(FindingPhrase(text)) == nil, "\(text)")
    }
  }

  @Test func `most names of fusions are not taken apart for exons`() {
    for name in ["FHIT-DLG2 fusion", "NTRK1-LMNA", "ALK-EML4", "BRAF-KIAA1549", "ROS1-CD74"] {
      #expect(!FusionText.mayNameExons(name) || !FusionText(name).exons.isEmpty || name.contains("S1"), "\(name)")
    }
  }

  @Test(arguments: ["0", "1", "2", "-1", "-2", "-1.5", "2.0", "+2", " 2", "3", "x"])
  func `a call of one digit is the call that its number is`(text: String) {
    let long: CopyNumberCall? =
      switch Double(text.filter { $0 != " " && $0 != "+" }) {
      case 2: .amplification
      case 1: .gain
      case 0: .neutral
      case -1: .heterozygousLoss
      case -1.5, -2: .homozygousDeletion
      default: nil
      }
    #expect(CopyNumberNormalizer.call(text)?.call == long)
  }

  @Test(arguments: [
    ("ENST00000288602.11", "ENST00000288602"), ("NM_004333.6", "NM_004333"), ("NM_004333", "NM_004333"), ("", ""),
    ("ENST1.2.3", "ENST1"),
  ])
  func `an accession loses its version`(name: String, plain: String) {
    #expect(CodingGenes.withoutVersion(name) == plain)
  }
}

/// Exons of rearrangements inside a gene come from its coding exons.
struct ExonPositionsTests {
  private static func exons(_ gene: String) throws -> ExonPositions {
    try #require(ExonPositions(gene, genes: CodingGenes(), sites: Facts.builtIn.sites, isSuppressor: false))
  }

  @Test(arguments: [
    // A gene of either direction: behind exon 1 and behind exon 7 of EGFR, behind exon 8 of BRAF.
    ("EGFR", 55_150_000, GenomeBuild.grch37, ExonPositions.Place.intron(after: 1)),
    ("EGFR", 55_222_500, .grch37, .intron(after: 7)), ("EGFR", 55_154_900, .grch38, .intron(after: 7)),
    ("BRAF", 140_490_000, .grch37, .intron(after: 8)), ("BRAF", 140_789_000, .grch38, .intron(after: 8)),
    ("MET", 116_412_000, .grch37, .exon(14)), ("MET", 116_771_900, .grch38, .exon(14)),
  ])
  func `a position lies in an exon or behind one`(
    gene: String, position: Int, build: GenomeBuild, place: ExonPositions.Place
  ) throws {
    #expect(try Self.exons(gene).place(of: position, build: build) == place)
  }

  @Test func `positions outside of a gene have no place, and genes without names for lost exons no table`() throws {
    #expect(try Self.exons("EGFR").place(of: 1_000, build: .grch38) == nil)
    func isThere(_ gene: String, isSuppressor: Bool) -> Bool {
      ExonPositions(gene, genes: CodingGenes(), sites: Facts.builtIn.sites, isSuppressor: isSuppressor) != nil
    }
    #expect(!isThere("TP53", isSuppressor: false) && isThere("TP53", isSuppressor: true))
    #expect(!isThere("NOGENE", isSuppressor: true))
  }

  @Test func `ends of exons tell the build`() throws {
    #expect(try Self.exons("MET").build(ofEnds: [116_411_903, 116_412_043]) == .grch37)
    #expect(try Self.exons("MET").build(ofEnds: [1, 2]) == nil)
  }
}
