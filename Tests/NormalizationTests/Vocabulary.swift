// SPDX-License-Identifier: Apache-2.0
import Alterations
import InputFormats
import Knowledge
import Normalization
import TestSupport

/// The normalizers with the names, numberings and exons of the built-in tables.
enum Vocabulary {
  static let genes = GeneNormalizer(
    genes: Clinic.table.reference.genes,
    clinicNames: Clinic.table.reference.clinicNames)
  static let sequences = SequenceNormalizer(legacyNumbering: Clinic.table.reference.legacyNumbering)
  static let fusions = FusionNormalizer(genes: genes)
  static let text = ClinicalText(table: Clinic.table)

  /// The column `kind` of alterations.tsv.
  static func kind(_ alteration: Alteration) -> String { Clinic.table.reference.facts.biomarkers.kind(of: alteration) }

  /// A sequence change from the cells of a row.
  static func change(
    _ gene: String, protein: String = "", coding: String = "", effect: String = ""
  ) -> SequenceNormalizer.Result {
    let cell = Array(effect.utf8)
    return sequences.normalize(
      gene: gene, protein: protein, coding: coding,
      consequence: Consequences.builtIn.read(0..<cell.count, in: cell.span).consequence, words: effect)
  }

  /// What a phrase of a clinician comes to, as `GENE canonical`.
  static func understood(_ phrase: String) -> [String] {
    text.understand(phrase).alterations.map { "\($0.gene) \($0)" }
  }
}
