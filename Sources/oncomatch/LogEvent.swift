// SPDX-License-Identifier: Apache-2.0
internal import JSONText

/// The events of the JSON log; each line of it is one.
enum LogEvent: String, CaseIterable {
  case error, failed, fault
  case message, unlisted, waiting, skipped, sheet
  case notPruned = "not_pruned"
  case unknownTumorType = "unknown_tumor_type"
  case notEvaluated = "not_evaluated"
  case kept, deferred, summary
  case leftAlone = "left_alone"
  case asBefore = "as_before"

  /// How much an event matters.
  enum Level: String, CaseIterable {
    /// Something was not done that was asked for.
    case error
    /// Something to look at.
    case warning
    /// As it should be.
    case info
  }

  /// The level of the event, always the same for one type.
  var level: Level {
    switch self {
    case .error, .failed: .error
    case .message, .fault, .unlisted, .waiting, .notPruned, .skipped, .sheet, .unknownTumorType, .notEvaluated: .warning
    case .kept, .deferred, .summary, .leftAlone, .asBefore: .info
    }
  }

  /// What the event says, in the schema.
  var about: String {
    switch self {
    case .error: "The run or a part of it cannot be done; the exit code that this leads to."
    case .failed: "A sample whose input cannot be read; it has no report."
    case .fault: "A row or a file that `check` cannot read."
    case .message: "Any other remark, as the text log words it."
    case .unlisted: "A sample of --samples-from that is in no input."
    case .waiting: "A file that cannot be read now; its samples stay as the last run left them."
    case .skipped: "A file of no known kind, which was not read."
    case .sheet: "A remark on the sample sheet."
    case .notPruned: "Reports that --prune left in place, being more than half of all."
    case .unknownTumorType: "A tumor type that is no code, name or alias."
    case .notEvaluated: "A sample in which nothing could be evaluated."
    case .kept: "A file in the output folder that is none of ours and stays."
    case .deferred: "A sample whose files are younger than the quiet time."
    case .summary: "The last line of a run: what it came to."
    case .leftAlone: "Files that are no input, by reason."
    case .asBefore: "Files or samples of which the last run said the same."
    }
  }

  /// What an event of the type holds beside `type`, `level` and `time`.
  var members: [JSONShape.Member] {
    typealias Member = JSONShape.Member
    let reason = Member("reason", .string, "Why, in words.")
    let sample = Member("sample_id", .string, "Identifier of the sample.")
    let path = Member("path", .string, "Path of the file.")
    switch self {
    case .error:
      return [
        Member("message", .string, "What is wrong, in words."),
        Member("exit_code", .integer, "The exit code; not stated where the run ends at once.", isRequired: false),
      ] + Self.place
    case .fault: return Self.place
    case .message: return [Member("message", .string, "The remark.")]
    case .failed, .notEvaluated, .deferred: return [sample, reason]
    case .unlisted: return [sample]
    case .skipped, .kept: return [path, reason]
    case .waiting: return [path, reason, Member("samples", .integer, "How many wait with it.", isRequired: false)]
    case .sheet: return [reason]
    case .notPruned: return [Member("reports", .integer, "How many.")]
    case .unknownTumorType: return [Member("tumor_type", .string, "As it was written.")]
    case .leftAlone:
      return [
        reason, Member("count", .integer, "How many files."), Member("paths", .array(.string), "The first of them."),
      ]
    case .asBefore:
      return [reason, Member("count", .integer, "How many."), Member("items", .array(.string), "The first of them.")]
    case .summary: return Self.summaryMembers
    }
  }

  /// Where a fault is.
  private static let place = [
    JSONShape.Member("file", .string, "The file at fault.", isRequired: false),
    JSONShape.Member("line", .integer, "The line, counted from 1.", isRequired: false),
    JSONShape.Member("column", .string, "The column.", isRequired: false),
    JSONShape.Member("value", .string, "The text found.", isRequired: false),
    JSONShape.Member("problem", .string, "What is wrong, and the remedy.", isRequired: false),
  ]

  /// What the last line holds; a run that could not begin has the exit code alone.
  private static var summaryMembers: [JSONShape.Member] {
    typealias Member = JSONShape.Member
    func later(_ name: String, _ shape: JSONShape, _ about: String) -> Member {
      Member(name, shape, about, isRequired: false)
    }
    let counts = ["reported", "no_match", "not_evaluated", "failed", "deferred", "gone"]
    return [
      Member("exit_code", .integer, "The exit code of the program."),
      later("duration_seconds", .number, "Seconds from start to end."),
      later("output", .string, "The output folder."),
      later("dry_run", .boolean, "Whether nothing was to be written."),
      later("idle", .boolean, "Whether there was nothing to do."),
      later("samples", .object(counts.map { Member($0, .integer, "") }), "Samples by what became of them."),
      later("reports_written", .integer, "Reports made anew."),
      later("rows_read", .integer, "Rows of all inputs."),
      later("rows_rejected", .integer, "Rows that cannot be read."),
      later("program_version", .string, "The version of the program."),
      later("table_versions", .array(.string), "Name and version of each rule table."),
    ]
  }
}

/// The JSON Schema of one line of the JSON log.
enum LogSchema {
  /// The version of the log's layout; grows when a type or a member changes its meaning or goes.
  static let version = 1

  /// The schema's text.
  static func text() -> [UInt8] {
    JSONShape.schema(
      "log:\(version)", title: "A line of the log of oncomatch run --log-format json",
      "Readers ignore types and members that they do not know: new ones do not change the version."
    ) { json in
      json.array("oneOf") { json in
        for event in LogEvent.allCases {
          json.object { json in
            json.value("title", event.rawValue)
            json.value("description", event.about)
            JSONShape.object(head(event) + event.members).keywords(&json)
          }
        }
      }
    }
  }

  private static func head(_ event: LogEvent) -> [JSONShape.Member] {
    [
      JSONShape.Member("type", .words([event.rawValue]), "The type of the event."),
      JSONShape.Member("level", .words([event.level.rawValue]), "How much it matters."),
      // A signal handler, which says that a run ends at once, has no calendar.
      JSONShape.Member("time", .string, "When it was said: ISO 8601, UTC.", isRequired: event != .error),
    ]
  }
}
