// SPDX-License-Identifier: Apache-2.0
internal import JSONText
internal import Knowledge
internal import Matching

/// The studies of a sample's JSON report.
enum TrialMembers {
  static func write(_ trials: SampleTrials, _ json: inout JSONWriter) {
    json.object("trials") { json in
      json.array("files") { json in
        for file in trials.registry.files {
          json.object { json in
            json.value("file", file.name)
            json.value("file_date", file.date)
            json.value("digest", "xxh64:" + file.digest)
            json.value("trials", file.trials.count)
            json.value("not_read", file.lost)
          }
        }
      }
      json.values("asked_countries", trials.registry.countries)
      json.value("not_met", trials.notMetCount)
      json.value("closed", trials.registry.closedCount)
      json.value("elsewhere", trials.registry.elsewhereCount)
      json.value("limits", SampleTrials.limits)
      json.array("rows") { json in for match in trials.matches { row(match, trials, &json) } }
    }
  }

  private static func row(_ match: TrialMatch, _ trials: SampleTrials, _ json: inout JSONWriter) {
    let trial = trials.trial(match)
    json.object { json in
      json.value("trial_id", trial.id)
      json.value("title", trial.title)
      json.value("arm", trials.arm(match).name)
      json.value("phase", trial.phase)
      json.value("status", trial.status.words)
      json.values("countries", trial.countries ?? [])
      json.value("verdict", match.verdict.rawValue)
      json.values("met", match.met.map(\.words))
      json.values("unknown", match.unknown.map(\.words))
      json.values("not_met", match.verdict == .notMet ? match.failed.map(\.words) : [])
      json.array("alterations") { json in for place in match.alterations { json.value(nil, place) } }
      json.array("not_read") { json in
        for item in trial.unread {
          json.object { json in
            json.value("what", item.words)
            if case .criteria(let text) = item { json.value("text", text) }
          }
        }
      }
      json.value("updated", trial.updated)
      json.value("file_date", trials.file(match).date)
      json.value("file", trials.file(match).name)
    }
  }

  typealias Member = JSONShape.Member

  /// The form of what ``write(_:_:)`` writes.
  static let shape: JSONShape = .object([
    Member(
      "files",
      .array(
        .object([
          Member("file", .string, "Name of the registry file."), Member("file_date", .string, "Its date."),
          Member("digest", .string, "Its digest."), Member("trials", .integer, "Studies read from it."),
          Member("not_read", .integer, "Studies of it that could not be read."),
        ])), "The registry files."),
    Member("asked_countries", .array(.string), "Countries in which a study has to have a site."),
    Member("not_met", .integer, "Open studies that are not met."),
    Member("closed", .integer, "Studies left out since they are closed."),
    Member("elsewhere", .integer, "Studies left out since they have no site in the countries asked for."),
    Member("limits", .string, "What was not read."),
    Member("rows", .array(.object(rowMembers)), "The studies, as in trials.tsv."),
  ])

  private static let rowMembers: [Member] = [
    text("trial_id"), text("title"), text("arm"), text("phase"), text("status"), list("countries"),
    Member(
      "verdict", .words(TrialMatch.Verdict.allCases.map(\.rawValue)), description("verdict")),
    list("met"), list("unknown"), list("not_met"),
    Member("alterations", .array(.integer), "Places in the list of alterations, counted from 0."),
    Member(
      "not_read",
      .array(
        .object([
          Member("what", .string, "What was not read."),
          Member("text", .string, "The prose as it stands in the file.", isRequired: false),
        ])), description("not_read")),
    text("updated"), text("file_date"), text("file"),
  ]

  private static func description(_ name: String) -> String {
    OutputTable.trialFields.first { $0.name == name }?.description ?? ""
  }

  private static func text(_ name: String) -> Member { Member(name, .string, description(name)) }
  private static func list(_ name: String) -> Member { Member(name, .array(.string), description(name)) }
}
