/// The tables we write and their columns, in order (CONTRACT, "Output directory").
public enum OutputTable: String, CaseIterable, Sendable {
  case therapies, alterations, samples, rejected
  case nearMisses = "near_misses"

  /// The names of the columns.
  public var columns: [String] {
    switch self {
    case .therapies:
      [
        "sample_id", "tumor_type", "gene", "alteration", "alteration_as_written", "therapy", "direction", "level",
        "tier",
        "escat", "proximity", "rung", "body", "status", "status_date", "verdict", "condition", "flags", "rule_id",
        "more_support", "references", "table_version", "line", "note",
      ]
    case .alterations:
      [
        "sample_id", "gene", "kind", "alteration", "alteration_as_written", "class", "oncogenicity",
        "oncogenicity_reason",
        "vaf", "ccf", "copy_number", "origin", "outcome", "reason", "file", "line",
      ]
    case .samples:
      [
        "sample_id", "patient_id", "tumor_type", "tumor_type_source", "status", "highest_tier",
        "highest_sensitivity_level", "highest_resistance_level", "n_alterations", "n_matched", "n_therapies",
        "n_conditional", "n_withdrawn", "assays_seen", "assays_missing", "rows_read", "rows_matched", "rows_unmatched",
        "rows_filtered", "rows_rejected", "message", "input_ids", "directory",
      ]
    case .nearMisses:
      ["sample_id", "gene", "alteration", "rule_id", "therapy", "direction", "reason"]
    case .rejected:
      ["file", "line", "column", "value", "problem"]
    }
  }

  /// The name of the cohort's file.
  public var fileName: String { rawValue + ".tsv" }
}
