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
    case .missingInputs(let faults):
      for fault in faults { RunLog.error(fault.description, code: .noInput) }
      throw ExitCode.noInput
    case .locked:
      RunLog.error("\(output): another run holds this folder (try later)", code: .temporaryFailure)
      throw ExitCode.temporaryFailure
    case .planned(let reasons):
      for reason in reasons { Console.write(Array("\(reason.what)\t\(reason.why)\n".utf8)) }
    case .interrupted:
      let code = ExitCode(128 + Interruption.signal)
      RunLog.error("interrupted: finished samples are complete, the next run does the rest", code: code)
      throw code
    case .idle(let summary):
      if dryRun { return }
      nameUnlisted(summary)
      conclude(summary, settings)
      if settings.isStrict, !summary.notEvaluated.isEmpty { throw ExitCode.badInput }
      if !summary.unlisted.isEmpty { throw ExitCode.someSamplesFailed }
    case .finished(let summary):
      nameUnlisted(summary)
      nameSamples(summary, isQuiet: settings.isQuiet)
      conclude(summary, settings)
      try judge(summary, isStrict: settings.isStrict)
    }
  }

  /// The last line of a run that a person watches: what it came to, and what to open.
  private func conclude(_ summary: BatchRun.Summary, _ settings: RunSettings) {
    guard !settings.isQuiet, !RunLog.speaksJSON, Console.hasReader else { return }
    let counts = [
      (summary.reported - summary.unmatched, "reported"), (summary.unmatched, "no match"),
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
      RunLog.event("unlisted", "\(part.list ?? ""): sample '\(id)' is in no input") { $0.value("sample_id", id) }
    }
  }

  /// Names files that were left alone, and samples that failed or wait; a quiet run names failures only.
  private func nameSamples(_ summary: BatchRun.Summary, isQuiet: Bool) {
    // Documents, hidden files and our own outputs are named in run.json; a file of no known kind may be a mistake.
    for skipped in isQuiet ? [] : summary.unrecognized {
      RunLog.event("skipped", "\(skipped.path): \(skipped.reason), not read") { json in
        json.value("path", skipped.path)
        json.value("reason", skipped.reason)
      }
    }
    for (type, count) in isQuiet ? [] : summary.unknownTumorTypes.sorted(by: { $0.key < $1.key }) {
      RunLog.event(
        "unknown_tumor_type", "tumor type \(type) is not known: \(count) \(count == 1 ? "sample" : "samples")"
      ) {
        $0.value("tumor_type", type)
      }
    }
    for warning in isQuiet ? [] : summary.warnings { RunLog.event("sheet", warning) { $0.value("reason", warning) } }
    for failed in summary.failed {
      RunLog.event("failed", "sample \(failed.sampleID) failed: \(failed.reason)") { json in
        json.value("sample_id", failed.sampleID)
        json.value("reason", failed.reason)
      }
    }
    for item in isQuiet ? [] : summary.notEvaluated {
      RunLog.event("not_evaluated", "sample \(item.sampleID) was not evaluated: \(item.reason)") { json in
        json.value("sample_id", item.sampleID)
        json.value("reason", item.reason)
      }
    }
    for item in isQuiet ? [] : summary.deferred {
      RunLog.event("deferred", "sample \(item.sampleID) is left for the next run: \(item.reason)") { json in
        json.value("sample_id", item.sampleID)
        json.value("reason", item.reason)
      }
    }
  }

  /// Throws the exit code of a run that came to its end, unless every sample has its report.
  private func judge(_ summary: BatchRun.Summary, isStrict: Bool) throws {
    // A shard of a small cohort may be empty.
    if summary.reported == 0, part.list == nil, part.shard == nil {
      let isNoneFound = summary.failed.isEmpty && summary.notEvaluated.isEmpty
      if summary.failed.isEmpty, !summary.deferred.isEmpty || !summary.notEvaluated.isEmpty && !isStrict { return }
      if isNoneFound {
        RunLog.error("no sample was found in \(inputs.joined(separator: " "))", code: .badInput)
      }
      throw ExitCode.badInput
    }
    if !summary.unlisted.isEmpty, summary.failed.isEmpty { throw ExitCode.someSamplesFailed }
    if isStrict, !summary.notEvaluated.isEmpty { throw ExitCode.badInput }
    if !summary.failed.isEmpty { throw isStrict ? ExitCode.badInput : ExitCode.someSamplesFailed }
  }

  /// The last event of a run.
  func summarize(_ metrics: RunMetrics, _ ending: BatchRun.Ending?) {
    RunLog.object("summary") { json in
      json.value("exit_code", Int(metrics.exitCode))
      json.value("duration_seconds", (metrics.duration * 1000).rounded() / 1000)
      json.value("output", output)
      json.value("dry_run", dryRun)
      if let summary = ending?.summary {
        json.value("idle", ending?.isIdle == true)
        json.object("samples") { json in
          json.value("reported", summary.reported - summary.unmatched)
          json.value("no_match", summary.unmatched)
          json.value("not_evaluated", summary.notEvaluated.count)
          json.value("failed", summary.failed.count)
          json.value("deferred", summary.deferred.count)
          json.value("gone", summary.gone.count)
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
    case .locked, .missingInputs, .interrupted: nil
    case .planned: BatchRun.Summary()
    case .idle(let summary), .finished(let summary): summary
    }
  }

  fileprivate var isIdle: Bool {
    if case .idle = self { return true }
    return false
  }
}
