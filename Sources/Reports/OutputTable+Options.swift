// SPDX-License-Identifier: Apache-2.0
internal import Matching

extension OutputTable {
  /// The columns of options.tsv.
  static let optionFields = [
    Field("sample_id", "Identifier of the sample."),
    Field("patient_id", "Identifier of the patient."),
    Field("tumor_type", "OncoTree code used; empty if none."),
    Field(
      "rank", "Place in the order of the report's first page; empty for what is closed, did not help or was withdrawn.",
      type: "integer"),
    Field("therapy", "Agents joined by ' + '."),
    Field("group", "Part of the first page.", words: TherapyOption.Group.allCases.map(\.rawValue)),
    Field(
      "verdict", "Verdict of the best row for it; of the best row against it where it is closed.",
      words: Verdict.allCases.map(\.rawValue)),
    Field("tier", "Tier of that row."),
    Field("level", "Evidence level of that row.", words: ["A1", "A2", "B", "C", "D", "E"]),
    Field(
      "proximity", "How close the tumor type is to that row's.",
      words: ["same", "bridge", "lineage", "other", "crossing", "agnostic"]),
    Field(
      "standing", "How far the therapy has come for this sample.",
      words: TherapyOption.Standing.allCases.map(\.rawValue)),
    Field("authority", "Labels in force as 'REGULATOR date: tumor types', joined by ';'."),
    Field("because", "What it rests on as 'GENE change', joined by ';'."),
    Field("against", "What speaks against it as 'GENE change (level, rule)', joined by ';'."),
    Field("condition", "What would have to be tested."),
    Field("rows_for", "Rows of therapies.tsv for it.", type: "integer"),
    Field("rows_against", "Rows of therapies.tsv against it.", type: "integer"),
    Field("rule_ids", "Rules of the rows shown first, for and against, joined by ';'."),
    Field("references", "Their references, joined by ';'."),
  ]

  /// The columns that tell rows apart; none where rows stand for themselves.
  package var primaryKey: [String] {
    switch self {
    case .options: ["sample_id", "tumor_type", "therapy"]
    case .samples: ["sample_id"]
    case .trials: ["sample_id", "trial_id", "arm"]
    case .agents: ["agent", "sample_id", "tumor_type"]
    case .therapies, .alterations, .rejected, .changes, .patients, .nearMisses, .context: []
    }
  }

  /// Columns whose cells are found in other tables.
  package var foreignKeys: [(fields: [String], table: OutputTable, referenced: [String])] {
    let ofSample = (["sample_id"], OutputTable.samples, ["sample_id"])
    let ofTherapy = ["sample_id", "tumor_type", "therapy"]
    switch self {
    case .options: return [ofSample, (ofTherapy, .therapies, ofTherapy)]
    case .therapies, .alterations, .agents, .changes, .nearMisses, .trials, .context: return [ofSample]
    case .samples, .rejected, .patients: return []
    }
  }
}
