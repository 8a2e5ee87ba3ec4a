// SPDX-License-Identifier: Apache-2.0
import Alterations
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
}
