// SPDX-License-Identifier: Apache-2.0
import Alterations
import TestSupport
import Testing
@testable import Knowledge
@testable import Matching

/// What leaves rules aside before they are looked at, against what asks them.
@Suite("Finding traits")
struct FindingTraitsTests {
  /// Every atom of every row of the built-in tables, each once.
  private static let specs = Set(KnowledgeBase.builtIn.rows.flatMap(\.alternatives))

  /// Changes at the codons that rules name, by themselves and as a part of a block, and one of each other kind.
  private static let events: [Alteration.Event] = {
    var events: [Alteration.Event] = [.wildType, .absent(.copyNumber(.amplification))]
    for call in [
      CopyNumberCall.amplification, .gain, .heterozygousLoss, .homozygousDeletion, .neutral, .lossOfHeterozygosity,
    ] {
      events.append(.copyNumber(call))
    }
    events.append(.fusion(Fusion(fivePrimeGene: "EML4", threePrimeGene: "ALK", isOrdered: true)))
    events.append(.measurement(Measurement(name: "HER2", word: "positive")))
    events.append(.measurement(Measurement(name: "TMB", number: 14)))
    for effect in VariantEffect.allCases {
      events.append(.sequence(SequenceChange(effect: effect)))
      events.append(.sequence(SequenceChange(effect: effect, region: 550...592)))
      events.append(.sequence(SequenceChange(effect: effect, namedClass: "ITD")))
      for text in ["p.V600E", "p.V600X", "p.=", "p.E746_A750del", "p.M1?", "p.V559_V560delinsDD", "p.R213*"] {
        events.append(.sequence(SequenceChange(effect: effect, proteinChange: ProteinChange(text))))
      }
    }
    var named: [ProteinChange] = []
    for case .exact(let change) in specs { named.append(change) }
    // Every fifth of them, the same in every run.
    for (place, change) in named.sorted(by: { $0.description < $1.description }).enumerated()
    where place % 5 == 0 {
      events.append(.sequence(SequenceChange(effect: VariantEffect(change), proteinChange: change)))
      guard change.consequence == .substitution, change.first > 0 else { continue }
      let block = ProteinChange(
        .deletionInsertion, first: change.first - 1, last: change.last, firstResidue: "A",
        lastResidue: change.lastResidue, replacement: "W" + change.replacement)
      events.append(.sequence(SequenceChange(effect: .missense, proteinChange: block)))
    }
    return events
  }()

  @Test("A finding that satisfies an atom has what the atom asks for at least", arguments: [true, false])
  func isNecessary(isOncogenic: Bool) {
    let table = KnowledgeBase.builtIn
    var satisfied = 0
    for event in Self.events {
      let annotated = AnnotatedAlteration(
        Alteration(gene: "ALK", event: event, asWritten: ""), Oncogenicity(isOncogenic ? .oncogenic : .uncertain))
      let outline = FindingOutline(annotated)
      let facts = EvaluationContext(
        profile: SampleProfile(sampleID: "S", tumorTypes: ["LUAD"]), alterations: [annotated],
        agents: table.reference.agents)
      for spec in Self.specs where AtomMatching.isSatisfied(spec, about: "ALK", by: annotated, in: facts) {
        satisfied += 1
        let atom = AtomTable.Atom(
          traits: FindingTraits(askedBy: spec), codons: Codons(askedBy: spec), rung: spec.rung)
        #expect(atom.mayBeSatisfied(by: outline), "\(spec) by \(annotated.description)")
      }
    }
    #expect(satisfied > Self.events.count / 2)
  }

  @Test("Numbers come in order, each once, and those of two sets are what both have")
  func numberSets() {
    let one = NumberSet(below: 200, [130, 3, 64, 3, 199])
    #expect(Array(one) == [3, 64, 130, 199])
    #expect(Array(one.intersection(NumberSet(below: 200, [64, 65, 199]))) == [64, 199])
    #expect(Array(NumberSet(below: 0)).isEmpty)
  }

  @Test("A place is found by its number and by what more is asked of it")
  func placesByNumber() {
    var places = PlacesByNumber(numbers: 3)
    for number: Int32 in [2, 0, 2] { places.append(number) }
    #expect(places.place(2) { _ in true } == 2)
    #expect(places.place(2) { $0 < 2 } == 0)
    #expect(places.place(0) { $0 == 2 } == nil)
    #expect(places.place(1) { _ in true } == nil)
  }
}
