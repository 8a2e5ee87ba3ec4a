// SPDX-License-Identifier: Apache-2.0
import Knowledge
import Matching
import Query
import Reports
import TestSupport
import Testing

@Suite("What findings say of diagnosis and prognosis")
struct StatementTests {
  private static let query = TumorQuery(table: Clinic.table)

  private func ask(_ type: String, _ finding: String) -> TumorQuery.Answer {
    var question = TumorQuery.Question()
    question.tumorType = type
    question.findings = [finding]
    return Self.query.answer(question)
  }

  /// `poor_outcome AML` and the like.
  private func statements(_ type: String, _ finding: String) -> Set<String> {
    Set(
      (ask(type, finding).report.matches?.statements ?? []).map {
        $0.statement.rawValue + " " + $0.rule.scope.include.joined(separator: ";")
      })
  }

  @Test(
    "a finding says what the table holds of it for this tumor",
    arguments: [
      ("ES", "EWSR1::FLI1", ["supports_diagnosis ES;ESST"]),
      ("SYNS", "SS18::SSX1", ["supports_diagnosis SYNS", "poor_outcome SYNS"]),
      ("SYNS", "SS18::SSX2", ["supports_diagnosis SYNS", "better_outcome SYNS"]),
      ("THPA", "BRAF V600E", ["supports_diagnosis THPA", "poor_outcome THPA", "no_effect_on_outcome THPA"]),
      ("AML", "NPM1 W288fs", ["supports_diagnosis AML", "better_outcome AML"]),
      ("AML", "FLT3-ITD", ["poor_outcome AML"]),
      ("AML", "TP53 R248Q", ["poor_outcome AML"]),
      ("GB", "TERT C228T", ["poor_outcome GB"]),
      ("LUAD", "KRAS G12C", ["poor_outcome LUAD", "poor_outcome NSCLC", "no_effect_on_outcome NSCLC"]),
      ("DES", "CTNNB1 S45F", ["supports_diagnosis DES", "poor_outcome DES"]),
    ])
  func found(type: String, finding: String, expected: [String]) {
    #expect(statements(type, finding) == Set(expected))
  }

  @Test(
    "prognosis stays in its tumor; a diagnosis reaches a wider code of it",
    arguments: [
      ("LMS", "BRAF V600E", []), ("COADREAD", "TP53 R248Q", []),
      ("AML", "PML::RARA", ["supports_diagnosis APLPMLRARA"]),
      ("AML", "RUNX1::RUNX1T1", ["supports_diagnosis AMLRUNX1RUNX1T1"]),
    ])
  func scope(type: String, finding: String, expected: [String]) {
    #expect(statements(type, finding) == Set(expected))
  }

  @Test(
    "what all but makes another diagnosis asks for a review",
    arguments: [
      ("LMS", "EWSR1::FLI1", "suggests ES or ESST"), ("SARCNOS", "SS18::SSX1", "suggests SYNS"),
      ("LUAD", "SS18::SSX4", "suggests SYNS"), ("LMS", "MDM2 amplification", "suggests DDLS"),
      ("MFH", "MDM2 amplification", "suggests DDLS"), ("GB", "IDH1 R132H", "suggests ASTR4"),
      ("GB", "H3-3A K28M", "suggests DMG"), ("CML", "PML::RARA", "suggests APLPMLRARA"),
      ("LMS", "COL1A1::PDGFB", "suggests DFSP"),
    ])
  func reviews(type: String, finding: String, words: String) {
    let reviews = ask(type, finding).report.matches?.diagnosisRemarks ?? []
    #expect(reviews.count == 1 && reviews[0].hasSuffix(words), "\(reviews)")
  }

  @Test(
    "what fits the diagnosis, a wider code or an unknown one asks for none",
    arguments: [
      ("ES", "EWSR1::FLI1"), ("ESST", "EWSR1::ERG"), ("SYNS", "SS18::SSX1"), ("AML", "PML::RARA"), ("", "EWSR1::FLI1"),
      ("DMG", "H3-3A K28M"), ("ASTR", "IDH1 R132H"), ("IFS", "ETV6::NTRK3"),
    ])
  func noReview(type: String, finding: String) {
    let reviews = ask(type, finding).report.matches?.diagnosisRemarks ?? []
    #expect(reviews.isEmpty, "\(reviews)")
  }

  @Test("no statement is a therapy, has a tier or stands in the tables of therapies")
  func neverTherapies() {
    for (type, finding) in [("ES", "EWSR1::FLI1"), ("AML", "FLT3-ITD"), ("THPA", "BRAF V600E"), ("GB", "IDH1 R132H")] {
      let answer = Clinic.ask(type, finding)
      #expect(!answer.therapies.rows.contains { $0["rule_id"]?.hasPrefix("S") == true })
      #expect(
        !answer.options.rows.contains { $0["rule_ids"]?.contains("S0") == true || $0["therapy"]?.isEmpty != false })
    }
    #expect(Clinic.table.rules.allSatisfy { $0.statement == nil })
    #expect(Clinic.table.statements?.rules.allSatisfy { $0.statement != nil && $0.agents.isEmpty } == true)
  }
}
