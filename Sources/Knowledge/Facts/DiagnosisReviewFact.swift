// SPDX-License-Identifier: Apache-2.0
/// A finding that contradicts a diagnosis.
package struct DiagnosisReviewFact: Sendable {
  /// What is found of the gene.
  package enum Finding: String, Sendable, CaseIterable {
    case fusion = "FUSION"
    case amplification = "AMP"
    case homozygousDeletion = "HOMDEL"
    /// A change of the sequence that is held to be oncogenic.
    case oncogenic = "ONCOGENIC"
  }

  /// The code or group of the diagnosis.
  package let tumor: String
  /// The gene.
  package let gene: String
  /// What is found of it.
  package let finding: Finding
  /// What it suggests: a code, or words where no code says it.
  package let suggestion: String

  init?(_ row: FactRow) {
    guard let finding = Finding(rawValue: row["finding"]) else { return nil }
    self.finding = finding
    tumor = row["tumor"]
    gene = row["gene"]
    suggestion = row["suggests_code"].isEmpty ? row["suggests_words"] : row["suggests_code"]
  }
}
