// SPDX-License-Identifier: Apache-2.0
internal import JSONText
internal import Reports

/// The JSON Schema of run.json, beside the reader and the writer of it.
package enum RunSchema {
  /// The version of the layout.
  package static var version: Int { RunRecord.schemaVersion }

  /// The schema's text.
  package static func text() -> [UInt8] {
    JSONShape.schema(
      "run:\(version)", title: "run.json of oncomatch",
      "What was run on what, and what became of it. The version increases when a key changes its meaning or is removed; a new key does not change it.",
      JSONShape.object(head + body + tail).keywords)
  }

  private typealias Member = JSONShape.Member

  private static let statuses = SampleReport.Status.allCases.map(\.rawValue)

  private static let head: [JSONShape.Member] = [
    Member("program", .words(["oncomatch"]), "What wrote it."),
    Member("version", .string, "The version of the program."),
    Member("schema_version", .constant(RunRecord.schemaVersion), "The version of this layout."),
    Member(
      "tables", .array(.object([text("name"), text("version"), text("digest")])),
      "The rule tables matched against; `built-in facts` where the built-in rules are left out."),
    Member("part", .string, "The part of the cohort that was done.", isRequired: false),
    Member(
      "merged_from", .array(.object([text("folder"), text("part"), text("record")])),
      "The folders that were put together, each with the digest of its run.json.", isRequired: false),
    Member("started", .string, "When it began: ISO 8601, UTC."),
    Member("finished", .string, "When it ended."),
    Member("settings", .object(request), "What was typed."),
    Member("report_settings", .map(.string), "The settings that reports depend on, as texts."),
    Member("jobs", .integer, "Number of workers."),
    Member("samples", .object(statuses.map { Member($0, .integer, "") }), "Samples by what became of them."),
  ]

  private static let body: [JSONShape.Member] = [
    Member("inputs", .array(.object(input)), "The files that were found, with the fate of their rows."),
    Member("filtered", .map(.integer), "Rows not looked at, by reason."),
    Member("sample_states", .array(.object(sample)), "The samples; what the next run decides by."),
  ]

  private static let tail: [JSONShape.Member] = [
    Member("gone", .array(.string), "Samples of earlier runs whose input is gone."),
    Member(
      "of_other_parts", .array(.string), "Samples of earlier runs that another part of the cohort has.",
      isRequired: false),
    Member("gone_files", .map(.string), "The files of the reports of both.", isRequired: false),
    Member("rejected_by_reader", .array(.integer), "Rows of rejected.tsv that readers set aside.", isRequired: false),
    Member("settings_digest", .string, "The digest of the settings that reports depend on."),
    Member("sheet_digest", .string, "The digest of the sheet that was named; empty when none was."),
    Member("outputs", .array(.object([text("file"), text("digest")])), "The cohort's tables and pages."),
    Member(
      "panels", .map(.string), "Genes assayed in samples of patients' courses, by digest, joined by ';'.",
      isRequired: false),
    Member(
      "skipped",
      .array(
        .object([
          text("path"), text("reason"),
          Member("loss", .boolean, "Whether calls may be lost with it.", isRequired: false),
        ])), "Files and folders that were not read."),
    Member(
      "stages",
      .array(.object([text("stage"), Member("seconds", .number, ""), Member("rows", .integer, "")])),
      "Where the time went."),
  ]

  private static let request = [
    Member("inputs", .array(.string), "Files and folders."), Member("samples", .string, "The sheet that was named."),
    text("tumor_type"), Member("genome", .string, "GRCh37 or GRCh38.", isRequired: false),
    Member("quiet_time", .integer, "Seconds that a file must have been left alone."),
    Member("sample_files", .boolean, "Whether each sample gets its folder."),
    Member("timelines", .array(.string), "Timelines beside the sheet.", isRequired: false),
    Member("overrides", .string, "The file of what the lab states of alterations.", isRequired: false),
  ]

  private static let input =
    [
      Member("path", .string, "Path of the file."), Member("format", .string, "Its format."),
      Member("size", .integer, "Bytes."),
      Member(
        "modified", .string, "Nanoseconds since 1970, as text: a program that keeps numbers as doubles loses digits."),
      Member("inode", .integer, ""), Member("device", .integer, "", isRequired: false),
      Member("digest", .string, "xxh64 of the file as it lies there."),
      Member("problem", .string, "Why it could not be read.", isRequired: false),
    ]
    + ["read", "matched", "unmatched", "filtered", "rejected"].map { Member("rows_" + $0, .integer, "") }
    + [
      Member("filtered", .map(.integer), "Rows not looked at, by reason."),
      Member("filtered_by_reader", .map(.integer), "Those that the reader set aside.", isRequired: false),
    ]

  private static let sample = [
    text("id"), Member("status", .words(statuses), "What became of it."),
    Member("inputs", .array(.integer), "Places in the list of inputs, counted from 0."),
    Member("sheet", .string, "The digest of its row of the sheet."),
    Member("substance", .string, "The digest of its rows in the tables."),
    Member("files", .map(.integer), "Sizes of its report's files, by what follows its name.", isRequired: false),
    Member("report", .string, "The digest of these files.", isRequired: false),
    Member("input_ids", .array(.string), "Identifiers in its files that are others.", isRequired: false),
    Member("basis", .string, "What the report was made with, where it waits to be made anew.", isRequired: false),
    Member("course", .object(course), "Its place in its patient's course.", isRequired: false),
  ]

  private static let course = [
    Member("date", .string, "When it was taken: a date, or 'day N'; empty when only its place is stated."),
    Member("order", .string, "Its stated place."), Member("panel", .string, "The digest of the genes assayed."),
    Member("filtered_calls", .integer, "Calls of mutations that were not looked at."),
    Member("given", .array(.string), "Therapies given: agents, begin, end, source, divided by '|'."),
    Member("section", .string, "The digest of the section in its report."),
    Member("base", .string, "The digest of its report's files without the section."),
  ]

  private static func text(_ name: String) -> JSONShape.Member { Member(name, .string, "") }
}
