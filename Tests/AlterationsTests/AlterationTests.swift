// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import TestSupport
import Testing

@Suite("Kinds of alterations")
struct AlterationTests {
  private static let events: [(Alteration.Event, String, String)] = [
    (.sequence(SequenceChange(effect: .missense, proteinChange: ProteinChange("p.V600E"))), "MUT", "p.V600E"),
    (.sequence(SequenceChange(effect: .structural, namedClass: "vIII")), "MUT", "vIII"),
    (.sequence(SequenceChange(effect: .promoter, codingChange: "c.-124C>T")), "MUT", "c.-124C>T"),
    (.sequence(SequenceChange(effect: .nonsense)), "MUT", "nonsense"),
    (.copyNumber(.amplification), "CNA", "AMP"),
    (.copyNumber(.homozygousDeletion), "CNA", "HOMDEL"),
    (.fusion(Fusion(fivePrimeGene: "EML4", threePrimeGene: "ALK", isOrdered: true)), "FUSION", "EML4::ALK"),
    (.fusion(Fusion(fivePrimeGene: "", threePrimeGene: "ALK", isOrdered: false)), "FUSION", "v::ALK"),
    (.measurement(Measurement(name: "TMB", number: 14)), "BIOMARKER", "14"),
    (.measurement(Measurement(name: "MSI", word: "high")), "BIOMARKER", "high"),
    (.measurement(Measurement(name: "TLS", word: "present")), "BIOMARKER", "present"),
    (.measurement(Measurement(name: "PD-L1", scale: "TPS", number: 60)), "EXPR", "TPS 60"),
    (.measurement(Measurement(name: "ERBB2", scale: "IHC", number: 3)), "EXPR", "IHC 3+"),
    (.measurement(Measurement(name: "TMB", number: 9.6)), "BIOMARKER", "9.6"),
    (.wildType, "WT", "WT"),
  ]

  @Test("every event has its kind and its canonical words", arguments: events.indices)
  func event(index: Int) {
    let (event, kind, words) = Self.events[index]
    let alteration = Alteration(gene: "X", event: event, asWritten: "")
    #expect(Clinic.table.reference.facts.biomarkers.kind(of: alteration) == kind)
    #expect(alteration.description == words)
  }

  @Test(
    "the canonical copy-number calls",
    arguments: zip(CopyNumberCall.allCases, ["AMP", "GAIN", "LOSS_HET", "HOMDEL", "NEUTRAL", "LOH"]))
  func call(call: CopyNumberCall, name: String) {
    #expect(call.rawValue == name)
  }

  @Test("a gene counts as tested on its panel or in an exome")
  func assayed() {
    #expect(AssayedGenes(panel: ["KIT"]).covers("KIT", kind: .mutations))
    #expect(!AssayedGenes(panel: ["KIT"]).covers("BRAF", kind: .mutations))
    #expect(!AssayedGenes().covers("KIT", kind: .mutations))
    #expect(AssayedGenes(isWholeExome: true).covers("BRAF", kind: .mutations))
  }

  @Test("a fusion involves both of its partners and no other gene")
  func involves() {
    let fusion = Fusion(fivePrimeGene: "EML4", threePrimeGene: "ALK", isOrdered: true)
    #expect(fusion.involves("EML4") && fusion.involves("ALK"))
    #expect(!fusion.involves("ROS1"))
  }
}
