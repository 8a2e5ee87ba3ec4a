// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
import Alterations
import TestSupport
import Testing
@testable import Knowledge

@Suite("Reference tables")
struct ReferenceTests {
  private let reference = Clinic.table.reference

  @Test(
    "exon ranges with a public source",
    arguments: [
      ("KIT", 9, 449...514), ("KIT", 11, 550...592), ("KIT", 13, 627...664), ("KIT", 14, 664...714),
      ("KIT", 17, 788...828), ("PDGFRA", 12, 552...596), ("PDGFRA", 14, 631...668), ("PDGFRA", 18, 814...854),
      ("EGFR", 19, 729...761), ("EGFR", 20, 762...823),
    ])
  func exon(gene: String, exon: Int, codons: ClosedRange<Int>) {
    #expect(reference.exons.codons(gene: gene, exon: exon) == codons)
  }

  @Test("KIT exon 18 is 829 to 860")
  func kitExon18() {
    #expect(reference.exons.codons(gene: "KIT", exon: 18) == 829...860)
  }

  @Test("an exon range names its transcript")
  func transcript() {
    for gene in ["KIT", "PDGFRA", "EGFR", "FLT3", "MET"] {
      #expect(reference.exons.transcript(of: gene)?.hasPrefix("ENST") == true)
    }
  }

  @Test("known common polymorphisms", arguments: ["TP53 p.P72R", "BRCA2 p.N372H"])
  func polymorphism(name: String) {
    #expect(reference.polymorphisms[name] != nil)
  }

  @Test(
    "every row of the curated changes is found by halving, and stands once, in order, in the notation of the program")
  func curatedChanges() throws {
    var before: [UInt8] = []
    for record in BuiltInTable.pathogenicity.text.records(["gene", "protein_change", "classification", "sources"]) {
      let key = Array("\(record[0])\t\(record[1])\t".utf8)
      #expect(before.lexicographicallyPrecedes(key), "\(record)")
      before = key
      let change = try #require(ProteinChange(record[1]), "\(record)")
      #expect(change.description == record[1])
      let entry = try #require(reference.pathogenicity.entry(gene: record[0], change: change), "\(record)")
      #expect(entry.classification.rawValue == record[2])
      #expect(entry.sources == record[3].listItems)
      #expect(!entry.sources.isEmpty)
    }
    for (gene, change) in [("A", "p.A1C"), ("TP53", "p.R175"), ("ZZZ", "p.A1C"), ("TP53", "p.R175HH")] {
      let written = try #require(
        ProteinChange(change + (change.hasSuffix("5") ? "Y" : "")) ?? ProteinChange("p.A9999C"))
      #expect(reference.pathogenicity.entry(gene: gene, change: written) == nil)
    }
  }

  @Test("what curated sources disagree about names each with what it says")
  func disagreement() {
    for record in BuiltInTable.pathogenicity.text.records(["gene", "classification", "sources"])
    where record[1] == "conflicting" {
      for source in record[2].listItems { #expect(source.contains(": "), "\(record)") }
    }
  }

  @Test("a hotspot has the samples of each change, no more than those at its residue")
  func hotspotSamples() throws {
    for record in BuiltInTable.hotspots.text.records(["gene", "variants", "samples", "counts"]) {
      let samples = try #require(Int(record[2]), "\(record)")
      let counts = record[3].listItems.compactMap { Int($0) }
      #expect(counts.count == record[1].listItems.count, "\(record)")
      #expect(counts.allSatisfy { $0 > 0 && $0 <= samples }, "\(record)")
    }
  }

  @Test("legacy numbers name their transcript and shift to the current one")
  func legacy() {
    #expect(reference.legacyNumbering["EZH2 Y641"] == "Y646")
    #expect(reference.legacyNumbering["H3-3A K27"] == "K28")
    #expect(reference.legacyNumbering["FGFR2 V564"] == "V565")
    for record in BuiltInTable.legacyNumbering.text.records(["gene", "transcript"]) {
      #expect(!record[1].isEmpty, "\(record[0])")
    }
  }

  @Test(
    "every table speaks of current gene symbols",
    arguments: [
      BuiltInTable.exons, .hotspots, .geneRoles, .polymorphisms, .pathogenicity, .legacyNumbering, .pathways,
      .predispositionGenes,
    ])
  func symbols(table: BuiltInTable) {
    let names = Set(table.text.records(["gene"]).map { $0[0] })
    let strange = names.filter { name in
      if case .symbol = reference.genes.resolve(name) { return false }
      return true
    }
    #expect(strange.isEmpty)
  }

  @Test("every alias and retired code leads to a current code")
  func tumorNames() {
    let tree = reference.tumorTypes
    for record in BuiltInTable.tumorAliases.text.records(["alias", "code"]) {
      for code in record[1].listItems { #expect(tree.node(code) != nil, "\(record[0])") }
    }
    for record in BuiltInTable.oncotreeRetired.text.records(["old_code", "current_codes"]) {
      for code in record[1].listItems { #expect(tree.node(code) != nil, "\(record[0])") }
    }
  }

  @Test(
    "an agent is found by any of its names",
    arguments: [
      ("Gleevec", "imatinib"), ("IMATINIB", "imatinib"), ("Votrient", "pazopanib"), ("AZD9291", "osimertinib"),
    ])
  func synonym(written: String, name: String) {
    #expect(reference.agents.find(written)?.name == name)
  }

  @Test("targets of agents are current gene symbols")
  func targets() {
    for name in reference.agents.names {
      for target in reference.agents.agent(name)?.targets ?? [] {
        #expect(reference.genes.gene(target) != nil, "\(name): \(target)")
      }
    }
  }

  @Test(
    "a class token covers the agents of its class",
    arguments: [
      ("parp inhibitor (class)", "olaparib", true), ("cdk4/6 inhibitor (class)", "palbociclib", true),
      ("egfr tki (class)", "gefitinib", true), ("braf inhibitor (class)", "vemurafenib", true),
      ("mtor inhibitor (class)", "everolimus", true), ("parp inhibitor (class)", "palbociclib", false),
      ("egfr tki (class)", "cetuximab", false), ("braf inhibitor (class)", "trametinib", false),
    ])
  func classToken(token: String, agent: String, isCovered: Bool) {
    #expect(reference.agents.covers(classToken: token, agent: agent) == isCovered)
  }

  @Test("withdrawn agents carry it", arguments: ["olaratumab", "tazemetostat", "infigratinib", "mobocertinib"])
  func withdrawn(agent: String) {
    #expect(reference.agents.agent(agent)?.withdrawn.isEmpty == false)
  }

  @Test("a misspelled agent has a nearest name; a strange word has none")
  func nearest() {
    #expect(reference.agents.nearest(to: "imatinb") == "imatinib")
    #expect(reference.agents.nearest(to: "qqqqqqqqqqqq") == nil)
  }
}
