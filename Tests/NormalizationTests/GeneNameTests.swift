// SPDX-License-Identifier: Apache-2.0
internal import Normalization
import Alterations
import TestSupport
import Testing

@Suite("Gene names")
struct GeneNameTests {
  @Test(
    "clinic names of receptors and their genes",
    arguments: [
      ("HER2", "ERBB2"), ("HER-2/neu", "ERBB2"), ("NEU", "ERBB2"), ("CD340", "ERBB2"), ("c-KIT", "KIT"),
      ("CD117", "KIT"), ("SCFR", "KIT"), ("HER1", "EGFR"), ("ERBB1", "EGFR"), ("FLK1", "KDR"), ("FLK-1", "KDR"),
      ("VEGFR2", "KDR"), ("CD309", "KDR"), ("HER3", "ERBB3"), ("HER4", "ERBB4"), ("VEGFR1", "FLT1"),
      ("VEGFR3", "FLT4"), ("PDGFR-alpha", "PDGFRA"), ("PDGFRa", "PDGFRA"), ("CD140a", "PDGFRA"),
      ("PDGFR-beta", "PDGFRB"), ("CD140b", "PDGFRB"), ("c-MET", "MET"), ("HGFR", "MET"), ("TRKA", "NTRK1"),
      ("TRKB", "NTRK2"), ("TRKC", "NTRK3"),
    ])
  func receptor(written: String, symbol: String) {
    #expect(Vocabulary.genes.normalize(written) == .gene(symbol))
  }

  @Test(
    "clinic names of suppressors, checkpoints and others",
    arguments: [
      ("p16", "CDKN2A"), ("INK4A", "CDKN2A"), ("MTS1", "CDKN2A"), ("PD-L1", "CD274"), ("B7-H1", "CD274"),
      ("PD-1", "PDCD1"), ("INI1", "SMARCB1"), ("SNF5", "SMARCB1"), ("BAF47", "SMARCB1"), ("BRG1", "SMARCA4"),
      ("p53", "TP53"), ("MLL", "KMT2A"), ("MLL1", "KMT2A"), ("H3F3A", "H3-3A"), ("H3-3A (K27M)", "H3-3A"),
      ("MRE11A", "MRE11"), ("mTOR", "MTOR"), ("FRAP1", "MTOR"), ("VEGF", "VEGFA"),
    ])
  func other(written: String, symbol: String) {
    #expect(Vocabulary.genes.normalize(written) == .gene(symbol))
  }

  @Test(
    "retired names follow the previous symbol of HGNC",
    arguments: [
      ("PARK2", "PRKN"), ("C-FOS", "FOS"), ("MYCL1", "MYCL"), ("WHSC1", "NSD2"), ("C11orf30", "EMSY"),
      ("FAM175A", "ABRAXAS1"), ("SEPT9", "SEPTIN9"), ("MARCH1", "MARCHF1"), ("FAM123B", "AMER1"),
    ])
  func retired(written: String, symbol: String) {
    #expect(Vocabulary.genes.normalize(written) == .gene(symbol))
  }

  @Test("PR is the receptor stain of PGR")
  func progesterone() {
    #expect(Vocabulary.genes.normalize("PR") == .protein("PGR"))
  }

  @Test("ER is the receptor stain of ESR1")
  func estrogen() {
    #expect(Vocabulary.genes.normalize("ER") == .protein("ESR1"))
    #expect(Vocabulary.understood("ER positive") == ["ESR1 positive"])
  }

  @Test("PgR is the receptor stain of PGR")
  func progesteroneReceptor() {
    #expect(Vocabulary.understood("PgR 90%") == ["PGR percent positive 90"])
  }

  @Test(
    "letter case, spaces and Greek letters do not matter",
    arguments: [
      ("kit", "KIT"), ("braf", "BRAF"), ("PD L1", "CD274"), ("HER 2", "ERBB2"), ("PDGFRα", "PDGFRA"),
      ("PDGFR β", "PDGFRB"), ("β-catenin", "CTNNB1"), ("her2/NEU", "ERBB2"),
    ])
  func spelling(written: String, symbol: String) {
    #expect(Vocabulary.genes.normalize(written) == .gene(symbol))
  }

  @Test("a current symbol wins over an alias", arguments: ["RET", "MET", "FAS", "AR", "NF1", "KIT", "PGR"])
  func currentSymbol(symbol: String) {
    #expect(Vocabulary.genes.normalize(symbol) == .gene(symbol))
  }

  @Test("a family name alone is no gene", arguments: ["PDGFR", "FGFR", "VEGFR", "NTRK", "BRCA", "RAS"])
  func family(written: String) {
    #expect(Vocabulary.genes.normalize(written) == .family(written))
    #expect(Vocabulary.genes.symbol(written) == nil)
  }

  @Test(
    "a family name is never guessed for a mutation",
    arguments: ["FGFR V565I", "PDGFR D842V", "VEGFR2/3 R10W"])
  func familyMutation(phrase: String) {
    #expect(Vocabulary.text.understand(phrase).alterations.isEmpty)
  }

  @Test("RAS is never guessed for a mutation")
  func rasMutation() {
    #expect(Vocabulary.understood("RAS G12V").isEmpty)
  }

  @Test("a family name in a report names the remedy")
  func familyRemedy() throws {
    let missed = try #require(Vocabulary.text.understand("FGFR V565I").notUnderstood.first)
    #expect(missed.reason.contains("family"))
  }

  @Test(
    "clone and locus names of exomes are unknown, not errors",
    arguments: ["RP11-206L10.9", "AC093642.5", "KIAA9999999", "CTD-2541M15.1"])
  func locusName(written: String) {
    #expect(Vocabulary.genes.normalize(written) == .unknown)
  }

  @Test(
    "names that spreadsheets turn into dates are refused",
    arguments: ["1-Mar", "Sep-2", "2-Sep", "Mar-01", "1-Dec", "02-SEP-24", "3/Sep"])
  func spreadsheetDate(written: String) {
    #expect(Vocabulary.genes.normalize(written) == .dateLike)
  }

  @Test("a name that two genes claim is ambiguous", arguments: ["MLL2", "TRAD", "p150"])
  func ambiguous(written: String) {
    #expect(Vocabulary.genes.normalize(written) == .ambiguous)
  }

  @Test("identifiers that callers hang onto a symbol are cut off", arguments: ["EML4^ENSG00000143924.18", "EML4|chr2"])
  func hungIdentifier(written: String) {
    #expect(Vocabulary.genes.normalize(written) == .gene("EML4"))
  }

  @Test(
    "clinic names work where a clinician writes a finding",
    arguments: [
      ("HER2 amp", "ERBB2 AMP"), ("HER-2/neu amplified", "ERBB2 AMP"), ("HER-2 neu amplification", "ERBB2 AMP"),
      ("NEU amplification", "ERBB2 AMP"), ("CD340 amplification", "ERBB2 AMP"), ("c-KIT V559D", "KIT p.V559D"),
      ("CD117 V559D", "KIT p.V559D"), ("SCFR V559D", "KIT p.V559D"), ("HER1 L858R", "EGFR p.L858R"),
      ("ERBB1 L858R", "EGFR p.L858R"), ("FLK-1 amplification", "KDR AMP"), ("VEGFR2 gain", "KDR GAIN"),
      ("CD309 gain", "KDR GAIN"), ("HER3 V104M", "ERBB3 p.V104M"), ("HER4 amplification", "ERBB4 AMP"),
      ("VEGFR1 amplification", "FLT1 AMP"), ("VEGFR3 amplification", "FLT4 AMP"),
      ("PDGFR-alpha D842V", "PDGFRA p.D842V"), ("PDGFRa D842V", "PDGFRA p.D842V"), ("PDGFRα D842V", "PDGFRA p.D842V"),
      ("CD140a D842V", "PDGFRA p.D842V"), ("PDGFR-beta amplification", "PDGFRB AMP"),
      ("c-MET amplification", "MET AMP"),
      ("HGFR amplification", "MET AMP"), ("p16 homozygous deletion", "CDKN2A HOMDEL"),
      ("INK4A deep deletion", "CDKN2A HOMDEL"), ("PD-L1 amplification", "CD274 AMP"),
      ("B7-H1 amplification", "CD274 AMP"),
      ("PD-1 deep deletion", "PDCD1 HOMDEL"), ("INI1 homozygous deletion", "SMARCB1 HOMDEL"),
      ("SNF5 homozygous deletion", "SMARCB1 HOMDEL"), ("BRG1 R1192C", "SMARCA4 p.R1192C"),
      ("TRKA G595R", "NTRK1 p.G595R"),
      ("p53 R175H", "TP53 p.R175H"), ("MLL amplification", "KMT2A AMP"), ("H3F3A K27M", "H3-3A p.K28M"),
      ("MRE11A R10*", "MRE11 p.R10*"), ("mTOR F2108L", "MTOR p.F2108L"), ("FRAP1 F2108L", "MTOR p.F2108L"),
      ("PARK2 deep deletion", "PRKN HOMDEL"), ("ER positive", "ESR1 positive"), ("PgR positive", "PGR positive"),
      ("PR positive", "PGR positive"), ("ER 95%, PgR 90%", "ESR1 percent positive 95;PGR percent positive 90"),
      ("VEGF amplification", "VEGFA AMP"),
    ])
  func inPhrase(phrase: String, canonical: String) {
    #expect(Vocabulary.understood(phrase).joined(separator: ";") == canonical)
  }

  @Test(
    "a family name is accepted for a stain of the family or not understood, never guessed for one member",
    arguments: [
      "VEGFR amplification", "NTRK amplification", "FGFR amplification", "PDGFR amplification", "BRCA deep deletion",
    ])
  func familyCopyNumber(phrase: String) {
    #expect(Vocabulary.understood(phrase).isEmpty)
  }

  @Test(
    "words of the language are no genes",
    arguments: [
      "loss of PTEN", "deep deletion of PTEN", "amplification in the KIT gene", "mutation of KIT",
      "PTEN is lost in the tumor", "KIT not mutated", "no KIT mutation",
    ])
  func wordsAreNoGenes(phrase: String) {
    let genes = Set(Vocabulary.text.understand(phrase).alterations.map(\.gene))
    #expect(genes.isSubset(of: ["PTEN", "KIT"]))
  }
}
