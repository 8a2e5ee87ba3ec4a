// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import TestSupport
import Testing
@testable import Knowledge

/// The table of exons by codons and that of exons by positions count alike, so that an exon named in words, a change at a
/// position and a break in an intron speak of the same exon.
struct ExonAgreementTests {
  /// Genes whose exons are counted otherwise in the two tables, with the reason.
  private static let apart: [String: String] = [
    "KIT": "exon 18 ends where its public source has it, at 860",
    "MYD88": "residues are those of the longer isoform, whose first 13 codons MANE Select does not have",
    "CASP8": "residues are those of the longer isoform, whose first 59 codons MANE Select does not have",
    "DNMT1": "residues are those of NM_001379, which lacks an exon of MANE Select",
    "ROS1": "residues and exons of fusions are those of NM_002944, which lacks an exon of MANE Select",
  ]

  private static let genes: [String] = {
    Set(BuiltInTable.codingExons.text.records(["gene"]).map { $0[0] })
      .intersection(BuiltInTable.exons.text.records(["gene"]).map { $0[0] }).sorted()
  }()

  @Test func `there are genes to compare`() {
    #expect(Self.genes.count > 200)
    #expect(Self.apart.keys.allSatisfy(Self.genes.contains))
  }

  @Test(arguments: genes) func `both tables put the same codons into an exon`(symbol: String) throws {
    let gene = try #require(CodingGenes().gene(symbol))
    let table = Clinic.table.reference.exons
    let last = gene.length / 3
    var isSame = true
    for exon in gene.exons {
      let first = (exon.bases.lowerBound - 1) / 3 + 1
      // The stop is no codon of the protein.
      let end = min((exon.bases.upperBound - 1) / 3 + 1, last - 1)
      guard first <= end else { continue }
      let codons = first + exon.shift...end + exon.shift
      if table.codons(gene: symbol, exon: exon.number) != codons { isSame = false }
    }
    #expect(isSame == (Self.apart[symbol] == nil))
  }

  /// Exons as boards write them.
  @Test(arguments: [
    ("BRAF", 15, 600), ("KIT", 11, 559), ("KIT", 9, 502), ("EGFR", 19, 746), ("EGFR", 21, 858), ("EGFR", 20, 790),
    ("MET", 14, 1003), ("PDGFRA", 18, 842), ("FGFR3", 7, 249), ("ERBB2", 20, 776), ("KRAS", 2, 12), ("IDH1", 4, 132),
    ("CTNNB1", 3, 45), ("JAK2", 14, 617), ("CALR", 9, 367), ("NPM1", 11, 288), ("WT1", 7, 386), ("RET", 16, 918),
    ("FGFR1", 12, 546), ("FLT3", 20, 835), ("ROS1", 38, 2032), ("PIK3CA", 21, 1047), ("ESR1", 8, 537),
  ])
  func `an exon holds the codon that reports put there`(gene: String, exon: Int, codon: Int) {
    #expect(Clinic.table.reference.exons.exon(of: codon, gene: gene) == exon)
  }
}
