// SPDX-License-Identifier: Apache-2.0
internal import JSONText
internal import Knowledge

/// The JSON Schema of a sample's report, beside the writer of it.
///
/// A test holds every report of the sample cohort against it, and every key of it against the reports.
package enum ReportSchema {
  /// The schema's text.
  package static func text() -> [UInt8] {
    JSONShape.schema(
      "sample-report:\(ReportJSON.schemaVersion)", title: "oncomatch sample report",
      "All that oncomatch reports about one sample. The version increases when a key changes its meaning or is removed; a new key does not change it."
    ) { json in
      JSONShape.object(report).keywords(&json)
      json.array("allOf") { json in
        json.object { json in
          json.object("if") { json in
            json.object("properties") { json in
              json.object("status") { $0.values("enum", ["reported", "no_match", "not_evaluated"]) }
            }
          }
          json.object("then") { json in
            json.values("required", found.map(\.name))
          }
        }
      }
    }
  }

  private typealias Member = JSONShape.Member

  private static let report: [JSONShape.Member] =
    [
      Member("schema", .words(["oncomatch.sample-report"]), "What this is."),
      Member("schema_version", .constant(ReportJSON.schemaVersion), "The version of this layout."),
      Member("sample_id", .string, "Identifier of the sample."),
      Member("patient_id", .string, "Identifier of the patient; empty when not given."),
      Member("status", words(.samples, "status"), "What happened to the sample."),
      Member("message", .string, "Remarks on the sample as a whole."),
      Member("program", .object([Member("name", .string, ""), Member("version", .string, "")]), "What wrote it."),
      Member(
        "tables",
        .array(.object([Member("name", .string, ""), Member("version", .string, ""), Member("digest", .string, "")])),
        "The rule tables matched against."),
      Member("tumor", .object(tumor), "The tumor and how its type was understood."),
      Member("summary", .object(summary), "The counts of samples.tsv."),
      Member(
        "assays",
        .object([
          Member("seen", .array(.string), "Kinds of test seen."),
          Member("missing", .array(.string), "Kinds of test that no file covers."),
          Member("panel_genes", .integer, "Genes that the assay covers, when stated.", isRequired: false),
        ]), "What was assayed."),
    ] + found + besides + [
      Member(
        "course", .object(course), "What changed from one sample of the patient to the next.", isRequired: false),
      Member(
        "trials", TrialMembers.shape, "What the studies of a registry come to, where one was given.", isRequired: false),
      Member("rows", .object(rows("")), "The fate of every row that was read."),
      Member(
        "inputs",
        .array(
          .object(
            [Member("path", .string, "Path of the file."), Member("format", .string, "Its format.")] + rows("rows_"))),
        "The sample's files, with the fate of its rows in each."),
      Member("filtered", .map(.integer), "Rows not looked at, by reason."),
      Member("rejected", .array(.object(rejected)), "Rows that cannot be read."),
      Member("input_ids", .array(.string), "Identifiers in the files that differ from sample_id."),
      Member("directory", .string, "The folder that the sample came from."),
      Member("statements", .array(.string), "What every report says about its use."),
    ]

  /// What stands in the report of a sample that did not fail.
  private static let found: [JSONShape.Member] = [
    Member("options", .array(.object(option)), "One answer for each therapy, as in options.tsv.", isRequired: false),
    Member("matches", .array(.object(match)), "The rules met, in the order of therapies.tsv.", isRequired: false),
    Member("combinations", .array(.object(combination)), "Pairs derived from single agents.", isRequired: false),
    Member(
      "tests_that_would_open_a_rule",
      .array(
        .object([
          Member("test", .string, "What would have to be tested."),
          Member("therapies", .array(.string), "Therapies that a result may open."),
        ])), "Tests not done that a rule asks for.", isRequired: false),
    Member("alterations", .array(.object(alteration)), "Every alteration kept, matched or not.", isRequired: false),
    Member("near_misses", .array(.object(nearMiss)), "Rules about altered genes that were not met.", isRequired: false),
  ]

  /// What stands there only where something is found.
  private static let besides: [JSONShape.Member] = [
    Member("context", .array(.object(statement)), "What the findings say beside therapies.", isRequired: false),
    Member("germline", .array(.object(germline)), "Changes that are, or may be, in the germline.", isRequired: false),
    Member("dose_safety", .array(.object(allele)), "Alleles that matter for the dose of drugs.", isRequired: false),
  ]

  private static let germline = [
    Member("alteration", .integer, "Place in `alterations`."), Member("gene", .string, "HGNC symbol."),
    Member("origin", .words(["stated", "likely"]), "Whether the input says so."),
    Member("classification", .string, "What the change is held to be, and why."),
    Member("predisposition", .string, "What the gene predisposes to."),
    Member("therapies", .array(.string), "Therapies that rest on it and are open or wait for a test."),
    Member("advice", .string, "What has to be done."),
  ]

  private static let allele = [
    Member("alteration", .integer, "Place in `alterations`."), Member("gene", .string, "HGNC symbol."),
    Member("allele", .string, "Star name or usual name."),
    Member("function", .words(DoseAllele.Function.allCases.map(\.rawValue)), "What its product does."),
    Member("origin", .words(["stated", "not_stated"]), "Whether the input says that it is in the germline."),
    Member("drugs", .string, "The drugs it matters for."), Member("guideline", .string, "Who says so, and when."),
    Member("reference", .string, "The paper of the guideline."), Member("advice", .string, "What has to be done."),
  ]

  private static let statement =
    [
      column(.context, "kind"), column(.context, "statement"),
      Member("words", .string, "The same for people."),
      Member("alterations", .array(.integer), "Places in `alterations`."),
      Member("genes", .array(.string), "HGNC symbols or biomarkers."), column(.context, "tumor_type"),
      Member("tumor_scope", .array(.string), "The tumors the row is about."),
    ] + ["proximity", "rung", "level"].map { column(.context, $0) }
    + [
      Member("condition", .array(.string), "What would have to be tested."),
      Member("flags", .array(.string), "Words of caution."), column(.context, "rule_id"),
      Member("more_support", .integer, "How many more rows say the same."),
      Member("references", .array(.string), "PMID, DOI, LABEL or NCT."), column(.context, "table_version"),
      column(.context, "note"),
    ]

  private static let tumor = [
    Member(
      "types",
      .array(
        .object([
          Member("oncotree_code", .string, ""), Member("name", .string, ""), Member("main_type", .string, ""),
        ])), "OncoTree codes used."),
    Member("understood_from", .string, "How the type was understood."),
    Member("site", .string, "uterine, extra-uterine or empty."),
    Member("purity", .number, "Fraction of tumor cells, 0 to 1.", isRequired: false),
    Member("ploidy", .number, "Mean copies of the genome.", isRequired: false),
    Member("prior_therapy", .array(.string), "Therapies given before, when stated.", isRequired: false),
    Member("diagnosis_reviews", .array(.string), "Findings that contradict the diagnosis."),
  ]

  private static let course = [
    Member(
      "samples",
      .array(
        .object([
          Member("sample_id", .string, ""), Member("when", .string, "Date, day or place of the sample."),
          Member("tumor_type", .string, ""), Member("this_sample", .boolean, "Whether the report is about it."),
        ])), "The patient's samples in their order."),
    Member(
      "not_placed", .array(.object([Member("sample_id", .string, ""), Member("reason", .string, "")])),
      "Samples of the patient without a place."),
    Member(
      "therapies_given",
      .array(
        .object([
          Member("agents", .array(.string), ""), Member("from", .string, "Empty when not stated."),
          Member("to", .string, "Empty when not stated."),
          Member("stated_by", .string, "Samples that name an agent without a date."),
        ])), "Therapies that were given."),
    Member("remarks", .array(.string), "Remarks on the course as a whole."),
    Member("changes", .array(.object(change)), "The patient's rows of patients.tsv."),
  ]

  private static let change =
    OutputTable.patients.fields.dropFirst().map { field in
      let shape: JSONShape = field.type == "number" ? .number : field.words.isEmpty ? .string : .words(field.words)
      return Member(field.name, shape, field.description, isRequired: field.type != "number")
    }

  private static let summary =
    ["highest_tier", "highest_sensitivity_level", "highest_resistance_level"].map { described($0, .string) }
    + ["n_alterations", "n_matched", "n_therapies", "n_conditional", "n_withdrawn"].map { described($0, .integer) }

  private static let option = [
    Member("rank", .integer, "Place in the order of the first page.", isRequired: false),
    answer("therapy"), Member("agents", .array(.string), "The agents of the therapy."), answer("tumor_type"),
    answer("group"), answer("verdict"), answer("tier"), answer("level"), answer("proximity"), answer("standing"),
    Member(
      "authority",
      .array(
        .object([
          Member("regulator", .string, "Who approved it."), Member("date", .string, "ISO date; empty when unknown."),
          Member("tumor_types", .array(.string), "OncoTree codes."),
        ])), "Labels in force."),
    Member("because", .array(.integer), "Places in the list of alterations, counted from 0."), answer("against"),
    Member("condition", .array(.string), "What would have to be tested."),
    Member("rows_for", .integer, "Matches for it."), Member("rows_against", .integer, "Matches against it."),
    Member("rule_ids", .array(.string), "Rules of the rows shown first, for and against."),
    Member("references", .array(.string), "Their references."),
    Member("folded", .string, "Why the first page folds it away; empty where it shows it."),
  ]

  private static let match = [
    Member("section", .words(ReportSection.allCases.map(\.rawValue)), "The section of the page that shows the row."),
    therapy("therapy"),
    Member("agents", .array(.string), "The agents of the therapy."),
    therapy("direction"),
    Member(
      "verdict", .words((field(.therapies, "verdict")?.words ?? []) + [""]),
      "The sum of all rules for and against; empty for context."),
    therapy("level"), therapy("tier"),
    Member("escat_derived", .string, "ESCAT class, derived; empty where there is none."),
    therapy("tumor_type"), therapy("proximity"), therapy("rung"),
    Member("alterations", .array(.integer), "Places in the list of alterations, counted from 0."),
    Member("gene", .string, "The rule's gene or biomarker; empty for histology rules."),
    Member("alteration_spec", .string, "What the rule asks of the gene."),
    Member("requires", .string, "What else the rule asks for."),
    Member("condition", .array(.string), "What would have to be tested."),
    Member("flags", .array(.string), "Words of caution."),
    therapy("body"), therapy("status"), therapy("status_date"),
    Member("withdrawn_date", .string, "ISO date of the withdrawal; empty where there is none."),
    Member("line", .words(Rule.Line.allCases.map(\.rawValue)), "Line of treatment of the indication."),
    therapy("rule_id"),
    Member("more_support", .array(.string), "Further rules that carry the same claim."),
    Member("opposed_by", .array(.string), "Rules that speak against this row."),
    Member("references", .array(.string), "PMID, DOI, LABEL or NCT."),
    therapy("note"), therapy("table_version"),
  ]

  private static let combination = [
    therapy("therapy"), Member("agents", .array(.string), "The agents of the pair."),
    therapy("level"), therapy("tier"), Member("escat_derived", .string, "ESCAT class, derived."), therapy("verdict"),
    Member("pathways", .array(.string), "The pathways that the parts reach."),
    Member(
      "parts",
      .array(
        .object([
          Member("match", .integer, "Place in the list of matches, counted from 0."), therapy("therapy"),
          therapy("rule_id"), therapy("level"), Member("references", .array(.string), ""),
        ])), "The rows that the pair is derived from."),
    Member("pair_rules", .array(.string), "Rules about the pair itself."),
    Member("pair_evidence", .string, "References of these, or that there is no study."),
  ]

  private static let alteration = [
    column(.alterations, "gene"), column(.alterations, "kind"), column(.alterations, "alteration"),
    Member("as_written", .string, "As in the input."), column(.alterations, "class"),
    column(.alterations, "oncogenicity"), column(.alterations, "oncogenicity_reason"),
    column(.alterations, "vaf", isRequired: false), column(.alterations, "ccf", isRequired: false),
    column(.alterations, "copy_number", isRequired: false), column(.alterations, "origin", isRequired: false),
    Member("flags", .array(.string), "Words of caution."),
    Member(
      "stated_by_lab",
      .array(
        .object([
          Member("classification", .string, ""), Member("call", .string, ""), Member("who", .string, ""),
          Member("when", .string, "ISO date."), Member("why", .string, ""),
        ])), "What the lab states in place of tables and callers.", isRequired: false),
    column(.alterations, "outcome"),
    column(.alterations, "reason"), column(.alterations, "file", isRequired: false),
    column(.alterations, "line", isRequired: false),
  ]

  private static let nearMiss = [
    Member("alteration", .integer, "Place in the list of alterations, counted from 0."),
    therapy("rule_id"), therapy("therapy"), therapy("direction"), therapy("level"),
    Member("reason", .string, "The first thing that failed, with both values."),
  ]

  private static let rejected = [
    Member("file", .string, "Path of the input."),
    Member("line", .integer, "Line, counted from 1.", isRequired: false),
    Member("column", .string, "Name of the column."), Member("value", .string, "The text found."),
    Member("problem", .string, "What is wrong, and the remedy."),
  ]

  private static func rows(_ prefix: String) -> [JSONShape.Member] {
    ["read", "matched", "unmatched", "filtered", "rejected"].map { name in
      Member(prefix + name, .integer, field(.samples, "rows_" + name)?.description ?? "")
    }
  }

  private static func described(_ name: String, _ shape: JSONShape) -> JSONShape.Member {
    Member(name, shape, field(.samples, name)?.description ?? "")
  }

  private static func therapy(_ name: String) -> JSONShape.Member { column(.therapies, name) }
  private static func answer(_ name: String) -> JSONShape.Member { column(.options, name) }

  /// A member that says the same as a column of a table.
  private static func column(_ table: OutputTable, _ name: String, isRequired: Bool = true) -> JSONShape.Member {
    let shape: JSONShape =
      switch field(table, name)?.type {
      case "integer": .integer
      case "number": .number
      default: words(table, name)
      }
    return Member(name, shape, field(table, name)?.description ?? "", isRequired: isRequired)
  }

  private static func words(_ table: OutputTable, _ name: String) -> JSONShape {
    guard let words = field(table, name)?.words, !words.isEmpty else { return .string }
    return .words(words)
  }

  private static func field(_ table: OutputTable, _ name: String) -> OutputTable.Field? {
    table.fields.first { $0.name == name }
  }
}
