// SPDX-License-Identifier: Apache-2.0
import Alterations
import Testing

@Suite("Protein notation")
struct ProteinChangeTests {
  @Test(
    "one-letter and three-letter notation are equal",
    arguments: [
      ("p.V600E", "p.Val600Glu"), ("p.R213*", "p.Arg213Ter"), ("p.E23Vfs*17", "p.Glu23ValfsTer17"),
      ("p.E746_A750del", "p.Glu746_Ala750del"), ("p.A767_V769dup", "p.Ala767_Val769dup"),
      ("p.D770_N771insG", "p.Asp770_Asn771insGly"), ("p.D842_H845delinsV", "p.Asp842_His845delinsVal"),
      ("p.L10=", "p.Leu10="), ("p.*110Qext*17", "p.Ter110GlnextTer17"), ("p.M1?", "p.Met1?"),
      ("p.T315I", "p.Thr315Ile"),
      ("p.S2G", "p.Ser2Gly"), ("p.A10T", "p.Ala10Thr"), ("p.M1V", "p.Met1Val"),
    ])
  func letters(short: String, long: String) throws {
    let first = try #require(ProteinChange(short))
    let second = try #require(ProteinChange(long))
    #expect(first == second)
  }

  @Test(
    "what is written is read as the same, also where a tail is no notation or one residue takes the place of one",
    arguments: [
      ("p.P23fs\u{FFFD}('''(((", "p.P23fs"), ("p.E23Vfs*17''", "p.E23Vfs*17"), ("p.E23fs*17;junk", "p.E23fs*17"),
      ("p.*110Qext*17 ,'", "p.*110Qext*17"), ("p.M1ext-5", "p.*1ext-5"), ("E7delinse", "p.E7="),
      ("p.M1delinsV", "p.M1V"), ("p.E7delins*", "p.E7*"), ("p.V6delins5", "p.V6delins5"),
    ])
  func tails(written: String, canonical: String) throws {
    let change = try #require(ProteinChange(written))
    #expect(change.description == canonical)
    #expect(ProteinChange(canonical)?.description == canonical)
  }

  @Test(
    "all twenty residues are known by both names",
    arguments: zip(
      Array("ARNDCQEGHILKMFPSTWYV"),
      [
        "Ala", "Arg", "Asn", "Asp", "Cys", "Gln", "Glu", "Gly", "His", "Ile", "Leu", "Lys", "Met", "Phe", "Pro", "Ser",
        "Thr", "Trp", "Tyr", "Val",
      ]))
  func residue(letter: Character, name: String) throws {
    let target: (Character, String) = letter == "A" ? ("V", "Val") : ("A", "Ala")
    let short = try #require(ProteinChange("p.\(letter)100\(target.0)"))
    #expect(short == ProteinChange("p.\(name)100\(target.1)"))
    #expect(short.firstResidue == letter)
  }

  @Test(
    "the description reads back as the same change",
    arguments: [
      "p.V600E", "p.R213*", "p.E23Vfs*17", "p.E23fs", "p.E746_A750del", "p.V560del", "p.A767_V769dup", "p.H773dup",
      "p.D770_N771insG", "p.P772_H773insTPNP", "p.D842_H845delinsV", "p.E709_T710delinsD", "p.L10=", "p.=",
      "p.*110Qext*17", "p.M1?", "p.M1V", "p.X1010_splice", "p.V600_K601delinsE",
    ])
  func roundTrip(written: String) throws {
    let change = try #require(ProteinChange(written))
    #expect(change.description == written)
    #expect(ProteinChange(change.description) == change)
  }

  @Test(
    "parentheses of a prediction, accessions and genes are dropped",
    arguments: [
      "p.(Val600Glu)", "p.(V600E)", "Val600Glu", "V600E", "BRAF:V600E", "BRAF:p.V600E", "ENSP00000288602.6:p.Val600Glu",
      "NP_004324.2:p.(Val600Glu)", " p.V600E ", "\"p.V600E\"", "p.V600E,",
    ])
  func decoration(written: String) {
    #expect(ProteinChange(written)?.description == "p.V600E")
  }

  @Test("the short reading of a plain cell says what the parser says, for every pair of signs")
  func plainReading() {
    for from in "ABCDEFGHIJKLMNOPQRSTUVWXYZ*=ap1" {
      for to in "ABCDEFGHIJKLMNOPQRSTUVWXYZ*=?av" {
        for number in ["1", "2", "10", "0", "07", "600", "99999", "100000", "9999999", "12345678", ""] {
          // Parentheses are dropped by the parser alone.
          let plain = "p.\(from)\(number)\(to)"
          #expect(ProteinChange(plain) == ProteinChange("p.(\(from)\(number)\(to))"), "\(plain)")
        }
      }
    }
  }

  @Test("a change is a few numbers, also of many residues")
  func size() {
    #expect(MemoryLayout<ProteinChange>.stride <= 24)
    #expect(MemoryLayout<Alteration>.stride <= 160)
    let long = ProteinChange("p.E746_A750delinsKLMNPQRST")
    #expect(long?.replacement == "KLMNPQRST" && long == ProteinChange("p.E746_A750delinsKLMNPQRST"))
    #expect(long != ProteinChange("p.E746_A750delinsKLMNPQRSV"))
    #expect(Set([long, long, ProteinChange("p.E746_A750delinsK")]).count == 2)
  }

  @Test("a stop is Ter, X or *", arguments: ["p.R213Ter", "p.R213X", "p.R213*", "R213X", "Arg213X"])
  func stop(written: String) throws {
    let change = try #require(ProteinChange(written))
    #expect(change.consequence == .nonsense)
    #expect(change.description == "p.R213*")
  }

  @Test(
    "the X of a splice site is no stop", arguments: ["X1010_splice", "p.X1010_splice", "1010_splice", "D1010_splice"])
  func splice(written: String) throws {
    let change = try #require(ProteinChange(written))
    #expect(change.consequence == .splice)
    #expect(change.first == 1010)
  }

  @Test("silent changes", arguments: ["p.(=)", "p.=", "p.Leu10=", "p.L10L", "p.Leu10Leu"])
  func silent(written: String) {
    #expect(ProteinChange(written)?.consequence == .synonymous)
  }

  @Test(
    "frameshifts compare on the first changed residue",
    arguments: ["p.E23Vfs*17", "p.Glu23ValfsTer17", "E23fs", "p.E23Gfs*4", "p.Glu23fs", "p.E23VfsX17"])
  func frameshift(written: String) throws {
    let change = try #require(ProteinChange(written))
    let other = try #require(ProteinChange("p.E23fs"))
    #expect(change.consequence == .frameshift)
    #expect(change.isEquivalent(to: other) && other.isEquivalent(to: change))
  }

  @Test("a frameshift elsewhere is another one", arguments: ["p.E24fs", "p.D23fs", "p.E23*", "p.E23del"])
  func otherFrameshift(written: String) throws {
    let change = try #require(ProteinChange(written))
    #expect(try !change.isEquivalent(to: #require(ProteinChange("p.E23fs"))))
  }

  @Test("an extension is its own class", arguments: ["p.*110Qext*17", "p.Ter110GlnextTer17", "p.*110Q"])
  func extending(written: String) {
    #expect(ProteinChange(written)?.consequence == .stopLost)
  }

  @Test(
    "del, dup, ins and delins keep both ends",
    arguments: [
      ("p.E746_A750del", 746, 750), ("p.A767_V769dup", 767, 769), ("p.D842_H845delinsV", 842, 845),
      ("p.D770_N771insG", 770, 771), ("p.V560del", 560, 560), ("p.W557_K558del", 557, 558),
    ])
  func ends(written: String, first: Int, last: Int) throws {
    let change = try #require(ProteinChange(written))
    #expect([change.first, change.last] == [first, last])
  }

  @Test("a deletion may say which residues go")
  func statedResidues() throws {
    let long = try #require(ProteinChange("p.E746_A750delELREA"))
    #expect(try long.isEquivalent(to: #require(ProteinChange("p.E746_A750del"))))
  }

  @Test("the position of a dup is the first duplicated residue, and it counts as an insertion")
  func duplication() throws {
    let change = try #require(ProteinChange("p.A767_V769dup"))
    #expect(change.first == 767)
    #expect(VariantEffect(change) == .inframeInsertion)
  }

  @Test(
    "a range is inclusive and any affected residue counts",
    arguments: [
      ("p.V550D", true), ("p.V592D", true), ("p.V549D", false), ("p.V593D", false), ("p.K545_K550del", true),
      ("p.K592_K600del", true), ("p.K540_K600del", true), ("p.K540_K549del", false), ("p.K593_K600dup", false),
      ("p.=", false),
    ])
  func overlap(written: String, isInside: Bool) throws {
    let change = try #require(ProteinChange(written))
    #expect(change.overlaps(550...592) == isInside)
  }

  @Test(
    "different changes are not equivalent",
    arguments: [
      ("p.L858R", "p.L858M"), ("p.L858R", "p.L861R"), ("p.E746_A750del", "p.E746_A751del"),
      ("p.D770_N771insG", "p.D770_N771insGL"), ("p.V560del", "p.V560dup"), ("p.D842V", "p.D842_H845delinsV"),
    ])
  func different(left: String, right: String) throws {
    let first = try #require(ProteinChange(left))
    #expect(try !first.isEquivalent(to: #require(ProteinChange(right))))
  }

  @Test(
    "what is no protein change is refused",
    arguments: [
      "", "p.", "p.?", "p.0", "hello", "V600", "600E", "p.V600Q!", "c.1799T>A", "p.Val600", "p.A750_E746del", "p.B10Z",
      "p.V0E", "AMP", "EML4-ALK", "12", "TMB", "p.*3_Y4delins*",
    ])
  func refused(written: String) {
    #expect(ProteinChange(written) == nil)
  }

  @Test("any pair of residues and any codon read back", arguments: [1, 2, 12, 600, 1010, 34_350])
  func everySubstitution(codon: Int) throws {
    let letters = Array("ACDEFGHIKLMNPQRSTVWY")
    for from in letters {
      for to in letters where from != to && !(codon == 1 && from == "M") {
        let change = try #require(ProteinChange("\(from)\(codon)\(to)"))
        #expect(change.description == "p.\(from)\(codon)\(to)")
        #expect(VariantEffect(change) == .missense)
      }
    }
  }

  @Test(
    "runs of residues before the number, as some callers write them",
    arguments: [("VK600EN", 600, 601), ("600_601VK>E", 600, 601)])
  func runs(written: String, first: Int, last: Int) throws {
    let change = try #require(ProteinChange(written))
    #expect([change.first, change.last] == [first, last])
    #expect(change.consequence == .deletionInsertion)
  }

  @Test(
    "a block of two residues of which one stays is the change of the other",
    arguments: [
      ("VK600EK", "p.V600E"), ("p.T599_V600delinsTE", "p.V600E"), ("p.G60_Q61delinsGK", "p.Q61K"),
      ("p.GlyGln60GlyLys", "p.Q61K"), ("p.Q61_E62delinsKE", "p.Q61K"), ("p.G12_G13delinsDS", "p.G12_G13delinsDS"),
      ("p.V600_K601delinsE", "p.V600_K601delinsE"), ("p.A11_G12delinsA*", "p.G12*"),
    ])
  func unchangedEnds(written: String, change: String) {
    #expect(ProteinChange(written)?.description == change)
  }

  @Test(
    "what was deleted may be named before what was inserted",
    arguments: [
      ("p.D842_H845delDIMHinsV", "p.D842_H845delinsV"), ("p.L747_P753del insS", "p.L747_P753delinsS"),
      ("p.E746_A750delELREA", "p.E746_A750del"), ("p.Leu747_Pro753delLeuArgGluAlainsSer", "p.L747_P753delinsS"),
      ("p.E7delEinsE", "p.E7="), ("p.V600delVinsE", "p.V600E"), ("p.E7del.X135fspinse", "p.E7del"),
    ])
  func deletedThenInserted(written: String, change: String) {
    #expect(ProteinChange(written)?.description == change)
  }

  @Test(
    "the effect that a notation states",
    arguments: [
      ("p.V600E", VariantEffect.missense), ("p.R213*", .nonsense), ("p.E23fs", .frameshift),
      ("p.E746_A750del", .inframeDeletion), ("p.A767_V769dup", .inframeInsertion),
      ("p.D770_N771insG", .inframeInsertion),
      ("p.D842_H845delinsV", .inframeDeletion), ("p.V600_K601delinsEE", .missense),
      ("p.V600delinsEE", .inframeInsertion),
      ("p.V600_K601delins*", .nonsense), ("p.L10=", .synonymous), ("p.*110Qext*17", .stopLost), ("p.M1?", .startLost),
      ("X1010_splice", .splice),
    ])
  func effect(written: String, effect: VariantEffect) throws {
    let change = try #require(ProteinChange(written))
    #expect(VariantEffect(change) == effect)
  }

  @Test(
    "truncating are nonsense, frameshift, splice and a lost start",
    arguments: VariantEffect.allCases)
  func truncating(effect: VariantEffect) {
    #expect(effect.isTruncating == [.nonsense, .frameshift, .splice, .startLost].contains(effect))
  }
}
