// SPDX-License-Identifier: Apache-2.0
import Knowledge
import TableImport
import TestSupport
import Testing

/// Items that speak of no therapy, in the shape of CIViC's export.
@Suite("CIViC: what items on diagnosis, prognosis and function become")
struct CivicStatementTests {
  private static let columns = [
    "molecular_profile", "disease", "doid", "therapies", "therapy_interaction_type", "evidence_type",
    "evidence_direction", "evidence_level", "significance", "citation_id", "source_type", "rating", "evidence_status",
    "evidence_id", "variant_origin", "last_review_date", "is_flagged", "nct_ids", "citation",
  ]

  private func imported(_ cells: [String: String]) throws -> ImportedRules {
    let plain = [
      "molecular_profile": "BRAF V600E", "disease": "Melanoma", "doid": "1909", "evidence_direction": "Supports",
      "evidence_level": "B", "citation_id": "1", "source_type": "PubMed", "rating": "3", "evidence_status": "accepted",
      "evidence_id": "900002", "variant_origin": "Somatic", "is_flagged": "false",
    ]
    return try ImportedRules("civic", columns: Self.columns, rows: [plain.merging(cells) { $1 }])
  }

  @Test(
    "every kind of item has directions of its own",
    arguments: [
      ("Diagnostic", "Supports", "Positive", "supports_diagnosis"),
      ("Diagnostic", "Supports", "Negative", "opposes_diagnosis"),
      ("Diagnostic", "Does Not Support", "Positive", "no_diagnostic_value"),
      ("Prognostic", "Supports", "Better Outcome", "better_outcome"),
      ("Prognostic", "Supports", "Poor Outcome", "poor_outcome"),
      ("Prognostic", "Does Not Support", "Poor Outcome", "no_effect_on_outcome"),
      ("Prognostic", "Does Not Support", "N/A", "no_effect_on_outcome"),
      ("Predisposing", "Supports", "Predisposition", "predisposing"),
      ("Predisposing", "Supports", "Uncertain Significance", "uncertain_predisposition"),
      ("Oncogenic", "Supports", "Oncogenicity", "oncogenic"),
      ("Oncogenic", "Does Not Support", "Oncogenicity", "not_oncogenic"),
      ("Functional", "Supports", "Dominant Negative", "dominant_negative"),
      ("Functional", "Does Not Support", "Dominant Negative", "not_dominant_negative"),
      ("Functional", "Supports", "Gain of Function", "gain_of_function"),
    ])
  func directions(type: String, supports: String, significance: String, word: String) throws {
    let result = try imported([
      "evidence_type": type, "evidence_direction": supports, "significance": significance,
    ])
    let row = try #require(result.rules.first, "\(result.unused)")
    #expect(row["direction"] == word)
    #expect(row["agents"] == "-")
    #expect(row["reference"] == "PMID:1")
    #expect(row["source"] == "CIViC EID900002")
    #expect(row["oncotree_include"] == (type == "Predisposing" ? "ANY" : "MEL"))
  }

  @Test("what states no direction is refused, a flag of the curators is said")
  func remarks() throws {
    let open = try imported(["evidence_type": "Predisposing", "evidence_direction": "N/A", "significance": "N/A"])
    #expect(open.unused.map(\.reason) == ["item states no direction"])
    let flagged = try imported(["evidence_type": "Oncogenic", "significance": "Oncogenicity", "is_flagged": "true"])
    #expect(flagged.rules.first?["note"]?.contains("flagged for review") == true)
  }

  @Test("the function of a change that names no disease holds in any tumor; a predisposition names its disease")
  func scopes() throws {
    let function = try imported([
      "evidence_type": "Functional", "significance": "Loss of Function", "disease": "", "doid": "",
    ])
    #expect(function.rules.first?["oncotree_include"] == "ANY")
    let syndrome = try imported([
      "molecular_profile": "VHL R167Q (c.500G>A)", "disease": "Von Hippel-Lindau Disease", "doid": "14175",
      "evidence_type": "Predisposing", "significance": "Predisposition", "variant_origin": "Rare Germline",
    ])
    let row = try #require(syndrome.rules.first, "\(syndrome.unused)")
    #expect(row["origin"] == "germline")
    #expect(row["note"] == "concerns Von Hippel-Lindau Disease")
  }
}
