// SPDX-License-Identifier: Apache-2.0
internal import Matching

extension OutputTable {
  /// The columns of trials.tsv.
  static let trialFields = [
    Field("sample_id", "Identifier of the sample."),
    Field("trial_id", "Identifier of the study in its registry."),
    Field("title", "Its title."),
    Field("arm", "Step, arm or dose level that a patient may enter; empty for the study as a whole."),
    Field("phase", "Its phase as written."),
    Field("status", "Its recruiting status as written; empty where the registry states none. Closed ones have no row."),
    Field("countries", "Countries with a site that is not closed, joined by ';'; empty where none are stated."),
    Field(
      "verdict", "Whether its structured conditions are met; not_met with --explain only.",
      words: TrialMatch.Verdict.allCases.map(\.rawValue)),
    Field("met", "Conditions that are met, joined by ';'."),
    Field("unknown", "Conditions that cannot be answered, each with what is missing, joined by ';'."),
    Field("not_met", "Conditions that are not met, joined by ';'."),
    Field("alteration", "What meets a condition as 'GENE change', joined by ';'."),
    Field("not_read", "What decides on entry and was not read, such as eligibility in prose, joined by ';'."),
    Field("updated", "When the registry last changed its entry, as written."),
    Field("file_date", "Date of the registry file."),
    Field("file", "Name of the registry file."),
  ]
}
