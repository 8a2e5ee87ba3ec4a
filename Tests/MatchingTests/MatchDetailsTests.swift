// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import TestSupport
import Testing

@testable import Matching

@Suite("What a match tells beside its rows")
struct MatchDetailsTests {
  private static let matcher = Matcher(table: Clinic.table)

  private static func matches(_ type: String, _ details: MatchDetails) -> SampleMatches {
    let change = SequenceChange(effect: .missense, proteinChange: ProteinChange("V600E"))
    let profile = SampleProfile(
      sampleID: "S", tumorTypes: type.isEmpty ? [] : [type],
      alterations: [Alteration(gene: "BRAF", event: .sequence(change), asWritten: "p.V600E")])
    return matcher.match(profile, notEvaluated: [:], details: details)
  }

  @Test("Rows, options and combinations do not depend on what else is wanted", arguments: ["LUAD", "MEL", "LMS", ""])
  func rows(type: String) {
    func rows(_ matches: SampleMatches) -> [String] {
      matches.therapies.map { "\($0.rule.id) \($0.tumorType) \($0.tier.name) \($0.verdict) \($0.cautions)" }
        + matches.options.map { "\($0.therapy) \($0.rank ?? 0)" } + matches.combinations.map(\.therapy)
    }
    let plain = Self.matches(type, [])
    #expect(!plain.therapies.isEmpty && plain.nearMisses.isEmpty && plain.labelOpenings.isEmpty)
    for details in [MatchDetails.nearMisses, .labelOpenings, [.nearMisses, .labelOpenings]] {
      let more = Self.matches(type, details)
      #expect(rows(more) == rows(plain))
      #expect(more.labelOpenings.isEmpty != details.contains(.labelOpenings))
      #expect(more.nearMisses.isEmpty != details.contains(.nearMisses))
    }
  }
}
