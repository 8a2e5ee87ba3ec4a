// SPDX-License-Identifier: Apache-2.0
package import DelimitedText

/// The tables we write and their columns, in order (guide: Runs, The output folder).
package enum OutputTable: String, CaseIterable, Sendable {
  case options, therapies, alterations, samples, agents, rejected, changes, patients
  case nearMisses = "near_misses"
  case trials
  case context

  /// One column.
  package struct Field: Sendable {
    /// The name in the header.
    package let name: String
    /// The type of Frictionless Table Schema.
    package let type: String
    /// What stands in it.
    package let description: String
    /// The words that may stand in it; empty when it is open.
    package let words: [String]

    init(_ name: String, _ description: String, type: String = "string", words: [String] = []) {
      self.name = name
      self.type = type
      self.description = description
      self.words = words
    }
  }

  /// The columns.
  package var fields: [Field] {
    switch self {
    case .options: Self.optionFields
    case .trials: Self.trialFields
    case .therapies: Self.therapyFields
    case .alterations: Self.alterationFields
    case .samples: Self.sampleFields
    case .agents:
      [
        Field("agent", "One drug."), Self.sampleID,
        Field("tumor_type", "OncoTree code of the match."),
        Field("tier", "Tier of the best therapy that the agent is in."), Self.direction, Self.verdict,
        Field("rule_id", "The rule of the row shown first."),
        Field("new", "Whether the last run had no such row.", words: ["yes", "no"]),
      ]
    case .rejected:
      [
        Field("file", "Path of the input."), Field("line", "Line, counted from 1.", type: "integer"),
        Field("column", "Name of the column."), Field("value", "The text found."),
        Field("problem", "What is wrong, and the remedy."),
      ]
    case .changes:
      [
        Self.sampleID, Field("therapy", "Agents joined by ' + '."), Self.direction,
        Field(
          "change", "What changed since the last run.", words: ["gained", "lost", "tier_up", "tier_down", "verdict"]),
        Field("before", "Tier, or level where there is none, verdict and standing; empty where it was not there."),
        Field("after", "The same for this run."),
        Field("cause", "Why the report was made again.", words: ChangeCause.allCases.map(\.rawValue)),
        Field("rule_id", "The rules of the rows shown first."),
        Field("alteration", "What the therapy rests on, or what closes it."),
      ]
    case .context: Self.contextFields
    case .patients: Self.patientFields
    case .nearMisses:
      [
        Self.sampleID, Field("gene", "HGNC symbol or biomarker."), Field("alteration", "Canonical form."),
        Field("rule_id", "The rule that was not met."), Field("therapy", "Agents joined by ' + '."), Self.direction,
        Field("reason", "The first thing that failed, with both values."),
      ]
    }
  }

  private static let sampleID = Field("sample_id", "Identifier of the sample.")
  private static let direction = Field(
    "direction", "What the evidence says about the therapy.",
    words: ["sensitivity", "resistance", "no_benefit", "context"]
  )
  private static let verdict = Field(
    "verdict", "The sum of all rules for and against; empty for context.",
    words: ["supported", "conditional", "conflicting", "overridden", "caution", "withdrawn", "hypothesis"])

  private static let therapyFields = [
    sampleID,
    Field("tumor_type", "OncoTree code used; empty if none."),
    Field("gene", "HGNC symbols or biomarkers joined by ';'; empty for histology rules."),
    Field("alteration", "Canonical form; several joined by ';'."),
    Field("alteration_as_written", "As in the input."),
    Field("therapy", "Agents joined by ' + '."),
    direction,
    Field("level", "Evidence level.", words: ["A1", "A2", "B", "C", "D", "E"]),
    Field("tier", "AMP/ASCO/CAP tier; R: in front for resistance, H: for histology rules; empty where there is none."),
    Field("escat", "ESCAT class, derived; empty where there is none."),
    Field(
      "proximity", "How close the tumor type is to the rule's.",
      words: ["same", "bridge", "lineage", "other", "crossing", "agnostic"]),
    Field(
      "rung", "Step of the match ladder.",
      words: ["exact", "codon", "range", "class", "oncogenic", "gene", "biomarker", "histology", "inferred"]),
    Field("body", "Who says it.", words: ["FDA", "EMA", "guideline", "literature"]),
    Field(
      "status", "Its status with that body.",
      words: ["approved", "accelerated", "withdrawn", "off-label", "investigational", "conventional", "n/a"]),
    Field("status_date", "ISO date of the status; empty means unknown."),
    verdict,
    Field("condition", "What would have to be tested; empty unless conditional."),
    Field(
      "flags",
      "Words of caution joined by ';'; table_disagrees and level_elsewhere name the rule of another table."),
    Field("rule_id", "The rule shown."),
    Field("more_support", "How many more rows carry the same claim.", type: "integer"),
    Field("references", "PMID, DOI, LABEL or NCT, joined by ';'."),
    Field("table_version", "Version of the table that holds the rule."),
    Field("line", "Line of treatment of the indication."),
    Field("note", "Limits of the evidence."),
  ]

  private static let alterationFields = [
    sampleID,
    Field("gene", "HGNC symbol or biomarker."),
    Field("kind", "Kind of alteration.", words: ["MUT", "CNA", "FUSION", "EXPR", "BIOMARKER", "WT"]),
    Field("alteration", "Canonical form."),
    Field("alteration_as_written", "As in the input."),
    Field("class", "What the change does."),
    Field("oncogenicity", "How likely it drives the tumor."),
    Field("oncogenicity_reason", "Why."),
    Field("vaf", "Variant allele fraction, 0 to 1.", type: "number"),
    Field("ccf", "Cancer cell fraction, 0 to 1.", type: "number"),
    Field("copy_number", "Total copies.", type: "number"),
    Field("origin", "Somatic or germline, when the input says so.", words: ["somatic", "germline"]),
    Field(
      "outcome", "What happened to it.", words: ["matched", "no_rule", "vus", "benign", "silent", "not_evaluated"]),
    Field("reason", "Why."),
    Field("file", "Path of the input."),
    Field("line", "Line in the input, counted from 1.", type: "integer"),
    Field("flags", "Words of caution joined by ';'."),
    Field("partner_gene", "The other gene of a fusion."),
  ]

  private static let sampleFields =
    [
      sampleID,
      Field("patient_id", "Identifier of the patient."),
      Field("tumor_type", "OncoTree codes used, joined by ';'."),
      Field("tumor_type_source", "How the type was understood."),
      Field("status", "What happened to the sample.", words: SampleReport.Status.allCases.map(\.rawValue)),
      Field("highest_tier", "Highest tier of an alteration's row."),
      Field("highest_sensitivity_level", "Strongest level of a sensitivity row."),
      Field("highest_resistance_level", "Strongest level of a resistance row."),
    ]
    + [
      ("n_alterations", "Alterations kept."), ("n_matched", "Alterations that a rule reads."),
      ("n_therapies", "Therapies with a sensitivity row of an alteration."),
      ("n_conditional", "Rows with a condition."),
      ("n_withdrawn", "Rows of withdrawn therapies."),
    ].map { Field($0.0, $0.1, type: "integer") }
    + [
      Field("assays_seen", "Kinds of test seen, joined by ';'."), Field("assays_missing", "Kinds that no file covers."),
    ]
    + [
      ("rows_read", "Rows about the sample."), ("rows_matched", "Rows that a rule reads."),
      ("rows_unmatched", "Rows kept that no rule reads."), ("rows_filtered", "Rows not looked at for a stated reason."),
      ("rows_rejected", "Rows that cannot be read."),
    ].map { Field($0.0, $0.1, type: "integer") }
    + [
      Field("message", "Remarks on the sample."),
      Field("input_ids", "Identifiers in the files that differ from sample_id."),
      Field("directory", "The folder it came from."),
      Field("best_option", "The therapy of rank 1 in options.tsv."),
      Field("best_because", "What it rests on; empty where it stands for the tumor type."),
      Field("n_options", "Therapies with a rank in options.tsv.", type: "integer"),
      Field("n_closed", "Therapies that what was found closes.", type: "integer"),
    ]

  /// The names of the columns.
  package var columns: [String] { header.names }

  /// The header that is written now; an older program may have written another one.
  package var header: TSVHeader { Self.headers[self] ?? TSVHeader([]) }

  private static let headers = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, TSVHeader($0.fields.map(\.name))) })

  /// The name of the cohort's file.
  package var fileName: String { rawValue + ".tsv" }
}
