// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import JSONText
internal import Knowledge
internal import Reports

extension RunCommand {
  /// Says how a run ended; throws its exit code unless all is well.
  func report(_ ending: BatchRun.Ending, _ settings: RunSettings) throws {
    switch ending {
    case .refused(let refusal, let faults):
      let code =
        switch refusal {
        case .misplaced: ExitCode(64)
        case .foreignOutput: ExitCode.cannotCreate
        }
      for fault in faults { RunLog.error(fault, code: code) }
      throw code
    case .missingInputs(let faults):
      for fault in faults { RunLog.error(fault, code: .noInput) }
      throw ExitCode.noInput
    case .locked:
      RunLog.error("\(output): another run holds this folder (try later)", code: .temporaryFailure)
      throw ExitCode.temporaryFailure
    case .planned(let reasons):
      for reason in reasons { try Console.write(Array("\(reason.what)\t\(reason.why)\n".utf8)) }
    case .interrupted:
      let code = ExitCode(128 + Interruption.signal)
      RunLog.error("interrupted: finished samples are complete, the next run does the rest", code: code)
      throw code
    case .idle(let summary):
      if dryRun { return }
      nameUnlisted(summary)
      nameKept(summary, isQuiet: settings.isQuiet)
      // What was said before is said again only where the exit code needs a reason.
      if settings.isStrict { nameStanding(summary) }
      conclude(summary, settings)
      if settings.isStrict, summary.leavesGaps { throw ExitCode.badInput }
      try judgeUnread(summary)
      try judgeList(summary)
      try judgeWaiting(summary, isStrict: settings.isStrict)
    case .finished(let summary):
      nameUnlisted(summary)
      nameSamples(summary, isQuiet: settings.isQuiet, isStrict: settings.isStrict)
      nameKept(summary, isQuiet: settings.isQuiet)
      conclude(summary, settings)
      try judge(summary, isStrict: settings.isStrict)
    }
  }

  /// The last line of a run that a person watches: what it came to, and what to open.
  private func conclude(_ summary: BatchRun.Summary, _ settings: RunSettings) {
    guard !settings.isQuiet, !RunLog.speaksJSON, Console.hasReader else { return }
    let counts = [
      (summary.reported - summary.unmatched, "reported"), (summary.unmatched, "no match"),
      (summary.notEvaluated.count + summary.stillNotEvaluated.count, "not evaluated"),
      (summary.failed.count, "failed"), (summary.deferred.count, "deferred"),
    ]
    let all = counts.reduce(0) { $0 + $1.0 }
    guard all > 0 else { return }
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let page = settings.formats.contains(.html) ? "index.html" : "options.tsv"
    Console.complain("\(all) \(all == 1 ? "sample" : "samples"): \(parts). Open \(output)/\(page)")
  }

  private func nameUnlisted(_ summary: BatchRun.Summary) {
    for id in summary.unlisted {
      RunLog.event(.unlisted, "\(part.list ?? ""): sample '\(id)' is in no input") { $0.value("sample_id", id) }
    }
  }

  /// Names what stays as it was: samples that wait with a file, and what --prune did not remove.
  private func nameKept(_ summary: BatchRun.Summary, isQuiet: Bool) {
    for item in summary.waiting where item.isFault || !isQuiet {
      let samples = item.samples.map { "\($0) sample\($0 == 1 ? "" : "s")" } ?? "all samples"
      RunLog.event(.waiting, "\(item.path): \(item.reason), \(samples) as the last run left them") { json in
        json.value("path", item.path)
        json.value("reason", item.reason)
        if let samples = item.samples { json.value("samples", samples) }
      }
    }
    for item in summary.strangers {
      RunLog.event(.kept, "\(item.path): \(item.reason)") { json in
        json.value("path", item.path)
        json.value("reason", item.reason)
      }
    }
    if summary.keptRemoved > 0 {
      let message =
        "--prune: \(summary.keptRemoved) reports of samples whose input is gone are more than half of all; none was "
        + "removed (--allow-empty if this is meant)"
      RunLog.event(.notPruned, message) { $0.value("reports", summary.keptRemoved) }
    }
  }

  /// Says what was left alone without a loss: each reason once, with the first of the files.
  private func nameLeftAlone(_ summary: BatchRun.Summary) {
    let groups = Dictionary(grouping: summary.leftAlone, by: \.reason)
    for (reason, items) in groups.sorted(by: { $0.key < $1.key }) {
      let shown = items.prefix(3).map(\.path).joined(separator: ", ")
      let more = items.count > 3 ? " and \(items.count - 3) more (all in run.json)" : ""
      RunLog.event(.leftAlone, "left alone: \(shown)\(more): \(reason)") { json in
        json.value("reason", reason)
        json.value("count", items.count)
        json.values("paths", items.prefix(3).map(\.path))
      }
    }
  }

  /// Says in two lines what is not read and not evaluated as in the last run.
  private func nameStanding(_ summary: BatchRun.Summary) {
    func name(_ items: [String], _ one: String, _ many: String, _ reason: String) {
      guard !items.isEmpty else { return }
      let shown = items.prefix(3).joined(separator: ", ") + (items.count > 3 ? " and \(items.count - 3) more" : "")
      let line = "\(items.count) \(items.count == 1 ? one : many) \(reason), as in the last run: \(shown)"
      RunLog.event(.asBefore, line) { json in
        json.value("reason", reason)
        json.value("count", items.count)
        json.values("items", items.prefix(3).map { $0 })
      }
    }
    name(summary.stillUnread, "file", "files", "not read")
    name(summary.stillNotEvaluated, "sample", "samples", "not evaluated")
  }

  /// Names files that were left alone, and samples that failed or wait; a quiet run names what decides its exit code.
  private func nameSamples(_ summary: BatchRun.Summary, isQuiet: Bool, isStrict: Bool) {
    if !isQuiet { nameLeftAlone(summary) }
    let namesGaps = !isQuiet || isStrict
    if namesGaps { nameStanding(summary) }
    // A file of no known kind may be a mistake, or a sample's calls.
    for skipped in !namesGaps ? [] : summary.unrecognized {
      RunLog.event(.skipped, "\(skipped.path): \(skipped.reason), not read") { json in
        json.value("path", skipped.path)
        json.value("reason", skipped.reason)
      }
    }
    for (type, count) in isQuiet ? [] : summary.unknownTumorTypes.sorted(by: { $0.key < $1.key }) {
      RunLog.event(
        .unknownTumorType, "tumor type \(type) is not known: \(count) \(count == 1 ? "sample" : "samples")"
      ) {
        $0.value("tumor_type", type)
      }
    }
    for warning in isQuiet ? [] : summary.warnings { RunLog.event(.sheet, warning) { $0.value("reason", warning) } }
    for failed in summary.failed {
      RunLog.event(.failed, "sample \(failed.sampleID) failed: \(failed.reason)") { json in
        json.value("sample_id", failed.sampleID)
        json.value("reason", failed.reason)
      }
    }
    for item in !namesGaps ? [] : summary.notEvaluated {
      RunLog.event(.notEvaluated, "sample \(item.sampleID) was not evaluated: \(item.reason)") { json in
        json.value("sample_id", item.sampleID)
        json.value("reason", item.reason)
      }
    }
    for item in isQuiet ? [] : summary.deferred {
      RunLog.event(.deferred, "sample \(item.sampleID) is left for the next run: \(item.reason)") { json in
        json.value("sample_id", item.sampleID)
        json.value("reason", item.reason)
      }
    }
  }

  /// Throws where there are samples and nothing of any could be read.
  private func judgeUnread(_ summary: BatchRun.Summary) throws {
    guard summary.unread > 0, summary.reported == 0, summary.failed.isEmpty, summary.deferred.isEmpty, !allowEmpty
    else { return }
    RunLog.error("no sample could be read", code: .badInput)
    throw ExitCode.badInput
  }

  /// Throws where samples that are listed were not found; where none was, nothing could be read.
  private func judgeList(_ summary: BatchRun.Summary) throws {
    guard !summary.unlisted.isEmpty else { return }
    let isNoneFound =
      summary.reported == 0 && summary.failed.isEmpty && summary.deferred.isEmpty && summary.notEvaluated.isEmpty
      && summary.stillNotEvaluated.isEmpty
    guard isNoneFound, !allowEmpty else { throw ExitCode.someSamplesFailed }
    RunLog.error("none of the listed samples was found in \(inputs.joined(separator: " "))", code: .badInput)
    throw ExitCode.badInput
  }

  /// Throws where samples stay as they were for a file that cannot be read now, also where there is no other sample.
  private func judgeWaiting(_ summary: BatchRun.Summary, isStrict: Bool) throws {
    guard summary.waiting.contains(where: \.isFault) else { return }
    throw isStrict ? ExitCode.badInput : ExitCode.someSamplesFailed
  }

  /// Throws the exit code of a run that came to its end, unless every sample has its report.
  private func judge(_ summary: BatchRun.Summary, isStrict: Bool) throws {
    // A shard of a small cohort may be empty.
    if summary.reported == 0, part.list == nil, part.shard == nil {
      try judgeUnread(summary)
      let hasNotEvaluated = !summary.notEvaluated.isEmpty || !summary.stillNotEvaluated.isEmpty
      let isNoneFound = summary.failed.isEmpty && !hasNotEvaluated
      if summary.failed.isEmpty, !summary.deferred.isEmpty || allowEmpty || hasNotEvaluated && !isStrict {
        return try judgeWaiting(summary, isStrict: isStrict)
      }
      if isNoneFound {
        RunLog.error("no sample was found in \(inputs.joined(separator: " "))", code: .badInput)
      }
      throw ExitCode.badInput
    }
    if summary.failed.isEmpty { try judgeList(summary) }
    if !summary.failed.isEmpty { throw isStrict ? ExitCode.badInput : ExitCode.someSamplesFailed }
    try judgeWaiting(summary, isStrict: isStrict)
    if isStrict, summary.leavesGaps { throw ExitCode.badInput }
  }

  /// The last event of a run.
  func summarize(_ metrics: RunMetrics, _ ending: BatchRun.Ending?) {
    RunLog.object(.summary) { json in
      json.value("exit_code", Int(metrics.exitCode))
      json.value("duration_seconds", (metrics.duration * 1000).rounded() / 1000)
      json.value("output", output)
      json.value("dry_run", dryRun)
      if let summary = ending?.summary {
        json.value("idle", ending?.isIdle == true)
        json.object("samples") { json in
          json.value("reported", summary.reported - summary.unmatched)
          json.value("no_match", summary.unmatched)
          json.value("not_evaluated", summary.notEvaluated.count + summary.stillNotEvaluated.count)
          json.value("failed", summary.failed.count)
          json.value("deferred", summary.deferred.count)
          json.value("gone", summary.removed.count)
        }
        json.value("reports_written", summary.written)
        json.value("rows_read", summary.rowsRead)
        json.value("rows_rejected", summary.rejectedRows)
      }
      json.value("program_version", programVersion)
      json.values("table_versions", metrics.table?.sources.map { $0.name + " " + $0.version } ?? [])
    }
  }
}

extension BatchRun.Ending {
  /// What the run came to; a dry run comes to nothing, and `nil` stands for one that did not get that far.
  var summary: BatchRun.Summary? {
    switch self {
    case .locked, .refused, .missingInputs, .interrupted: nil
    case .planned: BatchRun.Summary()
    case .idle(let summary), .finished(let summary): summary
    }
  }

  fileprivate var isIdle: Bool {
    if case .idle = self { return true }
    return false
  }
}
