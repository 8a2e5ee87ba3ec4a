/// The forms in which a sample's report is written.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// The sample's rows of therapies.tsv and alterations.tsv.
  case tsv
  /// All of the report for programs.
  case json
  /// A page for people.
  case html
}
