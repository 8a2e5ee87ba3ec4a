// SPDX-License-Identifier: Apache-2.0
import Alterations
import InputFormats
import Knowledge
import Normalization
import TestSupport
import Testing

@Suite("Alleles with star names are no stops")
struct StarNameTests {
  @Test(
    "a cell of a protein or coding change may hold a star name",
    arguments: [
      ("DPYD", "*2A", "", "*2A"), ("DPYD", "p.*2A", "", "*2A"), ("DPYD", "", "*2A", "*2A"),
      ("DPYD", "", "c.*2A", "*2A"),
      ("DPYD", "*1/*13", "", "*1/*13"), ("UGT1A1", "*28/*28", "", "*28/*28"), ("UGT1A1", "", "*6", "*6"),
      ("TPMT", "TPMT*3A", "", "*3A"), ("TPMT", "*3C (het)", "", "*3C"), ("NUDT15", "*3", "", "*3"),
      ("DPYD", "rs3918290", "", "*2A"), ("NUDT15", "rs116855232", "", "*3"), ("DPYD", "HapB3", "", "HapB3"),
      ("CYP2D6", "*4", "", "*4"), ("CYP2C19", "p.*17", "", "*17"),
    ])
  func cells(gene: String, protein: String, coding: String, expected: String) {
    let result = Vocabulary.sequences.normalize(gene: gene, protein: protein, coding: coding)
    #expect(result.change.namedClass == expected)
    #expect(result.change.proteinChange == nil && result.change.effect == .unknown)
  }

  @Test(
    "a real stop that is lost stays one, and so does a change of a gene without star names",
    arguments: [("NUDT15", "p.*165Qext*9"), ("TPMT", "p.*246Qext*3"), ("TP53", "p.*394Qext*5"), ("TP53", "p.R213*")])
  func stops(gene: String, protein: String) {
    let result = Vocabulary.sequences.normalize(gene: gene, protein: protein, coding: "")
    #expect(result.change.namedClass.isEmpty && result.change.proteinChange?.description == protein)
  }

  @Test(
    "an allele is known by its name, its number, its protein or its coding change",
    arguments: [
      ("DPYD", "", "c.1905+1G>A", "*2A"), ("DPYD", "p.I560S", "", "*13"), ("DPYD", "p.D949V", "", "c.2846A>T"),
      ("DPYD", "", "c.1129-5923C>G", "HapB3"), ("UGT1A1", "p.G71R", "", "*6"), ("UGT1A1", "", "c.-41_-40dup", "*28"),
      ("TPMT", "p.A80P", "", "*2"), ("TPMT", "p.A154T", "", "*3B"), ("TPMT", "p.Y240C", "", "*3C"),
      ("NUDT15", "p.R139C", "", "*3"), ("DPYD", "p.D949A", "", ""), ("TPMT", "p.Y240S", "", ""),
    ])
  func alleles(gene: String, protein: String, coding: String, expected: String) {
    let change = SequenceChange(effect: .unknown, proteinChange: ProteinChange(protein), codingChange: coding)
    let found = Clinic.table.reference.facts.doseAlleles.alleles(of: gene, change)
    #expect(found.map(\.name) == (expected.isEmpty ? [] : [expected]))
    #expect(found.allSatisfy { $0.reference.hasPrefix("PMID:") && !$0.guideline.isEmpty && !$0.drugs.isEmpty })
  }

  /// The first allele of each gene's number and both of its sites.
  struct Site: Sendable, CustomTestStringConvertible {
    let gene: String, chromosome: String, first: Int, second: Int, change: [String], number: String, allele: String
    var testDescription: String { gene + " " + allele }
    var place: MutationPlace {
      var place = MutationPlace()
      (place.chromosome, place.position, place.build) = (chromosome, first, .grch37)
      (place.reference, place.alternate) = (change[0], change[1])
      return place
    }
  }

  private static let places = [
    Site(
      gene: "DPYD", chromosome: "1", first: 97_915_614, second: 97_450_058, change: ["C", "T"], number: "rs3918290",
      allele: "*2A"),
    Site(
      gene: "DPYD", chromosome: "1", first: 97_981_343, second: 97_515_787, change: ["A", "C"], number: "rs55886062",
      allele: "*13"),
    Site(
      gene: "DPYD", chromosome: "1", first: 97_547_947, second: 97_082_391, change: ["T", "A"], number: "rs67376798",
      allele: "c.2846A>T"),
    Site(
      gene: "DPYD", chromosome: "1", first: 98_045_449, second: 97_579_893, change: ["G", "C"], number: "rs75017182",
      allele: "HapB3"),
    Site(
      gene: "DPYD", chromosome: "1", first: 98_039_419, second: 97_573_863, change: ["C", "T"], number: "rs56038477",
      allele: "HapB3"),
    Site(
      gene: "UGT1A1", chromosome: "2", first: 234_669_144, second: 233_760_498, change: ["G", "A"],
      number: "rs4148323", allele: "*6"),
    Site(
      gene: "UGT1A1", chromosome: "2", first: 234_668_879, second: 233_760_233, change: ["C", "CAT"],
      number: "rs3064744", allele: "*28"),
    Site(
      gene: "TPMT", chromosome: "6", first: 18_143_955, second: 18_143_724, change: ["C", "G"], number: "rs1800462",
      allele: "*2"),
    Site(
      gene: "TPMT", chromosome: "6", first: 18_139_228, second: 18_138_997, change: ["C", "T"], number: "rs1800460",
      allele: "*3B"),
    Site(
      gene: "TPMT", chromosome: "6", first: 18_130_918, second: 18_130_687, change: ["T", "C"], number: "rs1142345",
      allele: "*3C"),
    Site(
      gene: "NUDT15", chromosome: "13", first: 48_619_855, second: 48_045_719, change: ["C", "T"],
      number: "rs116855232", allele: "*3"),
  ]

  private func named(_ gene: String, _ place: MutationPlace) -> Substring {
    let change = Vocabulary.sequences.normalize(gene: gene, protein: "", coding: "", place: place).change
    return change.namedClass[...]
  }

  @Test("an allele is known by its site in either build, and by its number", arguments: places)
  func told(site: Site) {
    var place = site.place
    #expect(named(site.gene, place) == site.allele)
    place.chromosome = "chr" + site.chromosome
    #expect(named(site.gene, place) == site.allele)
    (place.position, place.build) = (site.second, .grch38)
    #expect(named(site.gene, place) == site.allele)
    // One build alone has it there.
    place.build = nil
    let assumed = Vocabulary.sequences.normalize(gene: site.gene, protein: "", coding: "", place: place)
    #expect(assumed.change.namedClass == site.allele && assumed.cautions.contains(.buildAssumed))
    // The other build, another base, another gene.
    place.build = .grch37
    #expect(named(site.gene, place).isEmpty)
    (place.position, place.alternate) = (site.first, site.change[0] + "G")
    #expect(named(site.gene, place).isEmpty)
    #expect(named("CYP2D6", site.place).isEmpty)
    var numbered = MutationPlace()
    numbered.numbers = "COSV1;" + site.number
    #expect(named(site.gene, numbered) == site.allele)
    // A number stands for other alleles of its site, too.
    (numbered.reference, numbered.alternate) = (site.change[0], "G" + site.change[1])
    #expect(named(site.gene, numbered).isEmpty)
    (numbered.reference, numbered.alternate, numbered.numbers) = (site.change[0], site.change[1], "novel")
    #expect(named(site.gene, numbered).isEmpty)
  }

  @Test(
    "genotypes and words say what the other copy of the gene is",
    arguments: [
      ("0/1", Caution.heterozygous), ("1|0", .heterozygous), ("1/2", .heterozygous), ("1/1", .homozygous),
      ("0/0", nil), ("./.", nil), ("1", nil), ("./1", nil), ("", nil),
    ] as [(String, Caution?)])
  func genotypes(genotype: String, expected: Caution?) {
    #expect(DoseAlleles.copies(genotype: genotype) == expected)
  }

  @Test(
    "words of a cell, too",
    arguments: [
      ("*28/*28", Caution.homozygous), ("*1/*28", .heterozygous), ("*3C (het)", .heterozygous),
      ("*2A homozygous", .homozygous), ("*2A", nil), ("*1/*1", nil), ("*2A/*13", nil),
      ("HapB3 heterozygous carrier", .heterozygous), ("*3C heterocigoto", .heterozygous),
      ("*28 reinerbig", .homozygous),
      ("*6 (mischerbig)", .heterozygous), ("*28 homozygot", .homozygous), ("*2A en heterocigosis", .heterozygous),
      ("*28 omozigote", .homozygous), ("*3 h\u{E9}t\u{E9}rozygote", .heterozygous), ("*2A hot", nil),
    ] as [(String, Caution?)])
  func words(words: String, expected: Caution?) {
    #expect(DoseAlleles.copies(words) == expected)
  }

  @Test(
    "what is said of both copies stays with an allele that is told by its change",
    arguments: [
      ("DPYD", "", "c.1679T>G het", "c.1679T>G", Caution.heterozygous),
      ("DPYD", "", "c.1905+1G>A (heterocigoto)", "c.1905+1G>A", .heterozygous),
      ("TPMT", "p.Y240C homozygot", "", "p.Y240C", .homozygous), ("NUDT15", "p.R139C", "", "p.R139C", nil),
    ] as [(String, String, String, String, Caution?)])
  func besides(gene: String, protein: String, coding: String, change: String, copies: Caution?) {
    let result = Vocabulary.sequences.normalize(gene: gene, protein: protein, coding: coding)
    let read = result.change.proteinChange.map { $0.description } ?? result.change.codingChange
    #expect(read == change)
    #expect(result.cautions.first { $0 == .homozygous || $0 == .heterozygous } == copies)
  }

  @Test(
    "a question may name both alleles",
    arguments: [
      ("DPYD *2A/*2A", "DPYD *2A/*2A", Caution.homozygous), ("TPMT *3A het", "TPMT *3A", .heterozygous),
      ("UGT1A1 *28/*28 homozygous", "UGT1A1 *28/*28", .homozygous), ("TPMT *3A / *3A", "TPMT *3A/*3A", .homozygous),
      ("NUDT15 *3 heterocigoto", "NUDT15 *3", .heterozygous), ("DPYD *2A/*13", "DPYD *2A/*13", nil),
      ("DPYD c.1905+1G>A het", "DPYD c.1905+1G>A", .heterozygous),
      ("TPMT Y240C homozygous", "TPMT p.Y240C", .homozygous),
    ] as [(String, String, Caution?)])
  func questions(words: String, name: String, copies: Caution?) {
    let found = Vocabulary.text.understand(words).alterations
    #expect(found.map { "\($0.gene) \($0)" } == [name])
    #expect(found.first?.cautions.first { $0 == .homozygous || $0 == .heterozygous } == copies)
  }
}
