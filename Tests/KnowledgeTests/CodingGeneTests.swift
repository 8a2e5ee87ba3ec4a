// SPDX-License-Identifier: Apache-2.0
import Alterations
import Foundation
import TestSupport
import Testing
@testable import Knowledge

/// Changes by position become changes of the protein.
struct CodingGeneTests {
  private let genes = CodingGenes()

  /// Gene, build, position, reference, alternate, protein change, coding change.
  @Test(arguments: [
    ("BRAF", 38, 140_753_336, "A", "T", "p.V600E", "c.1799T>A"),
    ("BRAF", 37, 140_453_136, "A", "T", "p.V600E", "c.1799T>A"),
    ("BRAF", 38, 140_753_335, "CA", "TT", "p.V600E", ""),
    ("EGFR", 37, 55_259_515, "T", "G", "p.L858R", "c.2573T>G"),
    ("EGFR", 38, 55_174_772, "GGAATTAAGAGAAGC", "-", "p.E746_A750del", "c.2235_2249del"),
    ("EGFR", 38, 55_174_771, "AGGAATTAAGAGAAGC", "A", "p.E746_A750del", "c.2235_2249del"),
    ("ROS1", 37, 117_638_347, "C", "T", "p.G2032R", "c.6076G>A"),
    ("MYD88", 37, 38_182_641, "T", "C", "p.L265P", "c.755T>C"),
    ("KRAS", 38, 25_245_351, "C", "A", "p.G12C", "c.34G>T"),
    ("KRAS", 38, 25_245_350, "CC", "AA", "p.G12F", "c.34_35delinsTT"),
    ("PTEN", 37, 89_692_905, "G", "A", "p.R130Q", "c.389G>A"),
    ("MET", 38, 116_771_989, "G", "A", "p.D1010N", "c.3028G>A"),
    ("AR", 38, 67_711_621, "T", "A", "p.L702H", "c.2105T>A"),
    ("FGFR2", 37, 123_258_034, "A", "T", "p.N550K", "c.1647T>A"),
  ])
  func translated(
    gene: String, number: UInt8, position: Int, reference: String, alternate: String, protein: String, coding: String
  ) throws {
    let build = try #require(GenomeBuild(rawValue: number))
    let found = try #require(
      genes.gene(gene)?.consequence(
        at: position, reference: reference, alternate: alternate, in: build))
    #expect(found.proteinChange?.description == protein)
    if !coding.isEmpty { #expect(found.codingChange == coding) }
  }

  @Test(arguments: [
    ("BRAF", "c.1799T>A", "p.V600E"), ("BRAF", "c.T1799A", "p.V600E"), ("BRAF", "c.1799_1800delTGinsAA", "p.V600E"),
    ("BRAF", "c.1799_1800delinsAT", "p.V600D"), ("EGFR", "c.2235_2249del15", "p.E746_A750del"),
    ("EGFR", "c.2236_2250del", "p.E746_A750del"), ("EGFR", "c.2303_2311dup", "p.S768_D770dup"),
    ("EGFR", "c.2310_2311insGGT", "p.D770_N771insG"), ("BRCA2", "c.5946delT", "p.S1982Rfs*22"),
    ("BRCA1", "c.68_69del", "p.E23Vfs*17"), ("TP53", "c.817C>T", "p.R273C"), ("TP53", "c.637C>T", "p.R213*"),
    ("KIT", "c.1679_1681del", "p.V560del"), ("TP53", "c.375+1G>A", "p.X125_splice"),
    ("MET", "c.3024_3028+3delinsTG", "p.X1008_splice"), ("KIT", "c.1A>G", "p.M1V"),
    ("BRCA1", "c.4186-?_4357+?del", "p.X1453_splice"),
    ("BRCA1", "c.(4185+1_4186-1)_(4357+1_4358-1)del", "p.X1453_splice"),
  ])
  func codingNotation(gene: String, coding: String, protein: String) throws {
    let edit = try #require(CodingEdit(notation: coding))
    #expect(genes.gene(gene)?.consequence(of: edit)?.proteinChange?.description == protein)
  }

  @Test(arguments: [
    ("c.(?_-232)_(80+1_81-1)del", VariantEffect.startLost), ("c.-19-?_80+?del", .startLost), ("c.-4_3del", .startLost),
    ("c.-4_2del", nil), ("c.-124C>T", nil), ("c.-19_80+?dup", .splice), ("c.(4185+1_4186-1)_4357del", nil),
    ("c.()_()del", nil), (")_(", nil), ("c.80+?_", nil),
  ])
  func `bases before the start codon are read where the codon goes along`(coding: String, effect: VariantEffect?) {
    let edit = CodingEdit(notation: coding)
    #expect(edit.flatMap { genes.gene("BRCA1")?.consequence(of: $0) }?.effect == effect)
  }

  @Test(arguments: [
    (2...2, true, VariantEffect.startLost), (1...3, true, .startLost), (1...1, true, nil), (2...2, false, nil),
    (12...12, true, .frameshift), (12...12, false, .frameshift), (10...10, true, nil), (12...13, true, .frameshift),
    (22...23, true, nil), (1...23, true, .startLost), (15...23, true, .nonsense), (15...23, false, nil),
    (24...30, true, nil), (60...70, false, nil),
  ])
  func `the loss and the repeat of whole exons shift the frame by their bases`(
    exons: ClosedRange<Int>, areLost: Bool, effect: VariantEffect?
  ) throws {
    #expect(try #require(genes.gene("BRCA1")).effect(ofExons: exons, areLost: areLost) == effect)
  }

  @Test func `a base beside an exon is counted from its edge`() throws {
    let met = try #require(genes.gene("MET"))
    #expect(met.point(at: 116_771_990, in: .grch38)?.description == "3028+1")
    #expect(met.point(at: 116_771_847, in: .grch38)?.description == "2888-2")
    #expect(met.consequence(at: 116_771_990, reference: "G", alternate: "A", in: .grch38)?.effect == .splice)
    #expect(met.consequence(at: 116_771_993, reference: "G", alternate: "A", in: .grch38)?.effect == .spliceRegion)
    #expect(met.consequence(at: 116_771_989, reference: "G", alternate: "A", in: .grch38)?.exonEnd == 14)
  }

  @Test func `a reference that is not the gene's is no change of it`() {
    #expect(
      genes.gene("BRAF")?.consequence(at: 140_753_336, reference: "G", alternate: "T", in: .grch38) == nil)
  }

  @Test func `what other transcripts count otherwise is known`() throws {
    let cases = [
      ("BRAF", "ENST00000644969.2", 640, 40), ("KIT", "NM_001093772", 555, -4), ("BRAF", "NM_004333.6", 600, 0),
    ]
    for (name, transcript, residue, shift) in cases {
      let gene = try #require(genes.gene(name))
      #expect(genes.shift(of: gene, transcript: transcript, residue: residue) == shift)
    }
    let numbers = [
      ("ERBB2", "L", 725, 755), ("ERBB2", "L", 740, 755), ("NTRK1", "G", 589, 595), ("ROS1", "G", 2026, 2032),
    ]
    for (name, letter, other, residue) in numbers {
      #expect(
        genes.otherNumbers(gene: name, letter: Character(letter), residue: other).map(\.residue) == [residue], "\(name)"
      )
    }
  }

  @Test func `a gene lies where its exons lie`() {
    #expect(genes.genes(at: 140_753_336, chromosome: "7", in: .grch38).map(\.symbol) == ["BRAF"])
    #expect(genes.genes(at: 1_000, chromosome: "7", in: .grch38).isEmpty)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "the list of hotspots lies beside the project"), arguments: ["GRCh37", "GRCh38"])
  func hotspots(name: String) throws {
    let folder = try #require(SharedData.folder)
    let file = folder.appending(path: "../reference/cancerhotspots_v2_\(name).tsv.gz").standardizedFileURL
    let build = try #require(GenomeBuild(name))
    let text = String(decoding: try unpacked(file), as: UTF8.self)
    var equal = 0
    var otherNumber: [String] = []
    var contradicting: [String] = []
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count > 6, cells[2].utf8.count == 1, cells[3].utf8.count == 1, cells[2] != "-", cells[3] != "-",
        let gene = genes.gene(cells[4]), !gene.sequence.isEmpty, let position = Int(cells[1]),
        let stated = ProteinChange("p." + cells[6])
      else { continue }
      let found = gene.consequence(at: position, reference: cells[2], alternate: cells[3], in: build)?.proteinChange
      if found == stated {
        equal += 1
      } else if let found, found.firstResidue == stated.firstResidue, found.replacement == stated.replacement {
        otherNumber.append("\(cells[4]) \(stated) \(found)")
      } else if let found {
        contradicting.append("\(cells[4]) \(stated) \(found)")
      } else {
        otherNumber.append("\(cells[4]) \(stated) none")
      }
    }
    #expect(contradicting.isEmpty, "\(contradicting)")
    #expect(Double(equal) / Double(equal + otherNumber.count) > 0.98, "\(equal) equal, \(otherNumber)")
  }
}
