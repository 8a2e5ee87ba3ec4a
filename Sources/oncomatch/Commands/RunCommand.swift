internal import ArgumentParser
internal import BatchPipeline
internal import DelimitedText
internal import Reports
internal import TargetTable

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Read samples, match them and write reports.",
    discussion: """
      INPUT is a file, a sample directory or a directory of sample directories, plain or gzipped. What a file is, is
      decided by its content. Exit code 0: every sample reported; 3: some samples failed, the others are complete.
      """)

  @Argument(help: ArgumentHelp("Files or folders to read.", valueName: "INPUT"))
  var inputs: [String]

  @Option(name: .customLong("out"), help: ArgumentHelp("Folder to write.", valueName: "DIR"))
  var output: String

  @Option(
    help: ArgumentHelp("Sample sheet (TSV, plain or gzip); else one found among the inputs is used.", valueName: "FILE")
  )
  var samples: String?

  @Option(
    help: ArgumentHelp("OncoTree code, name or alias for samples whose type nothing else gives.", valueName: "TYPE"))
  var tumorType: String?

  @Option(help: ArgumentHelp("Number of workers; the machine's cores unless given.", valueName: "N"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Leave files younger than this for the next run.", valueName: "SECONDS"))
  var quietTime = 0

  @Option(
    help: ArgumentHelp(
      "Forms of the reports, joined by commas: tsv, json, html (all three unless given), fhir, multiqc, cbioportal.",
      valueName: "LIST"))
  var formats: String?

  @Option(
    help: ArgumentHelp(
      "Address under which DIR is served; cbioportal links to the reports there (without it, it has no links).",
      valueName: "URL"))
  var reportURL: String?

  @Flag(help: "Write the cohort's tables alone.")
  var noSampleFiles = false

  @Flag(help: "Do everything again, changed or not.")
  var force = false

  @Flag(help: "Say what would be done and why, and write nothing.")
  var dryRun = false

  @Flag(help: "Compare the content of files, not size and time alone.")
  var verify = false

  @Flag(help: "Remove reports of samples whose input is gone.")
  var prune = false

  @Flag(help: "Make files and folders that the owner alone can read.")
  var `private` = false

  @Flag(help: "Any failed sample makes the run fail (exit code 65).")
  var strict = false

  @Option(help: ArgumentHelp("Largest unpacked size of one file.", valueName: "BYTES"))
  var maxTextSize = 16 << 30

  @Option(help: ArgumentHelp("Longest line of a file.", valueName: "BYTES"))
  var maxLineSize = RunOptions.usualLineSize

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "text or json: what is said on standard error; json is one object a line, a summary last.", valueName: "FORMAT"))
  var logFormat = LogFormat.text

  @Option(
    help: ArgumentHelp(
      "Write the run's figures for the node exporter of Prometheus; the name ends in .prom.", valueName: "FILE"))
  var metricsFile: String?

  @Flag(help: "Also write near_misses.tsv: rules about altered genes that were not met, and why.")
  var explain = false

  @OptionGroup var panel: PanelOption

  @OptionGroup var table: TableOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs \(jobs) is not a number of workers (1 or more)") }
    if let formats { _ = try Self.formats(formats) }
    if let reportURL,
      !["https://", "http://"].contains(where: reportURL.hasPrefix) || reportURL.contains(where: \.isWhitespace)
    {
      throw ValidationError("--report-url '\(reportURL)' is no address (it begins with https:// or http://)")
    }
    if let metricsFile, !metricsFile.hasSuffix(".prom") {
      throw ValidationError("--metrics-file '\(metricsFile)' does not end in .prom (the collector reads no other file)")
    }
    if inputs.isEmpty { throw ValidationError("name at least one INPUT") }
  }

  private static func formats(_ list: String) throws -> Set<ReportFormat> {
    var formats: Set<ReportFormat> = []
    for word in list.split(separator: ",") {
      guard let format = ReportFormat(rawValue: word.lowercased()) else {
        throw ValidationError(
          "--formats '\(word)' is not one of \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      formats.insert(format)
    }
    return formats
  }

  func run() throws {
    RunLog.use(logFormat)
    var metrics = RunMetrics(programVersion: programVersion)
    let started = Machine.seconds
    var code = ExitCode.success
    do {
      try perform(&metrics)
    } catch let stated as ExitCode {
      code = stated
    }
    metrics.duration = Machine.seconds - started
    metrics.exitCode = code.rawValue
    // A run that was refused or wrote nothing leaves the figures of the last one.
    if let metricsFile, !dryRun, code != .temporaryFailure {
      do throws(SystemError) {
        try metrics.write(to: metricsFile)
      } catch {
        Console.complain("\(error.description) (the run itself is not affected)")
      }
    }
    if RunLog.speaksJSON, !(quiet && code == .success) { summarize(metrics) }
    if code != .success { throw code }
  }

  /// The last event of a run.
  private func summarize(_ metrics: RunMetrics) {
    RunLog.object("summary") { json in
      json.value("exit_code", Int(metrics.exitCode))
      json.value("duration_seconds", (metrics.duration * 1000).rounded() / 1000)
      json.value("output", output)
      json.value("dry_run", dryRun)
      if let summary = metrics.summary {
        json.value("idle", summary.isIdle)
        json.object("samples") { json in
          json.value("reported", summary.reported - summary.unmatched)
          json.value("no_match", summary.unmatched)
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

  private func perform(_ metrics: inout RunMetrics) throws {
    let table = try table.load()
    metrics.table = table
    var options = try options(for: table)
    if let tumorType, table.reference.tumorTypes.understand(tumorType) == nil {
      RunLog.error(
        "--tumor-type '\(tumorType)' is not an OncoTree code, name or alias (for example LMS or 'leiomyosarcoma')",
        code: ExitCode(64))
      throw ExitCode(64)
    }
    let bar = quiet || dryRun || logFormat == .json ? nil : ProgressBar.onTerminal()
    if let bar { options.onProgress = { bar.show($0) } }
    if `private` { Machine.keepFilesPrivate() }
    Interruption.watch()
    let summary: BatchRun.Summary
    do {
      defer { bar?.finish() }
      summary = try BatchRun(options: options, table: table, programVersion: programVersion).run()
    } catch {
      let isRefused = error.action.hasPrefix("create") && !error.isDiskFull
      let code = isRefused ? ExitCode.cannotCreate : ExitCode.inputOutputError
      RunLog.error(error.description, code: code)
      throw code
    }
    if summary.missingInputs.isEmpty, !summary.isLocked, !summary.wasInterrupted { metrics.summary = summary }
    try report(summary)
  }

  private func options(for table: TargetTable) throws -> RunOptions {
    var options = RunOptions()
    options.inputs = inputs
    options.output = output
    options.sheet = samples ?? ""
    options.tumorType = tumorType ?? ""
    options.jobs = jobs ?? Machine.coreCount
    options.quietTime = quietTime
    options.writesSampleFiles = !noSampleFiles
    options.isStrict = strict
    options.maxTextSize = maxTextSize
    options.maxLineSize = maxLineSize
    options.isPrivate = `private`
    options.explains = explain
    options.forces = force
    options.verifies = verify
    options.isDryRun = dryRun
    options.prunes = prune
    options.isInterrupted = { Interruption.signal != 0 }
    options.reportAddress = reportURL ?? ""
    if let formats { options.formats = try Self.formats(formats) }
    options.panel = try panel.load(table)
    return options
  }

  private func report(_ summary: BatchRun.Summary) throws {
    for fault in summary.missingInputs { RunLog.error(fault.description, code: .noInput) }
    if !summary.missingInputs.isEmpty { throw ExitCode.noInput }
    if summary.isLocked {
      RunLog.error("\(output): another run holds this folder (try later)", code: .temporaryFailure)
      throw ExitCode.temporaryFailure
    }
    if dryRun {
      for reason in summary.reasons { Console.write(Array("\(reason.what)\t\(reason.why)\n".utf8)) }
      return
    }
    if summary.wasInterrupted {
      let code = ExitCode(128 + Interruption.signal)
      RunLog.error("interrupted: finished samples are complete, the next run does the rest", code: code)
      throw code
    }
    if summary.isIdle { return }
    if !quiet {
      // Documents, hidden files and our own outputs are named in run.json; a file of no known kind may be a mistake.
      for skipped in summary.unrecognized {
        RunLog.event("skipped", "\(skipped.path): \(skipped.reason), not read") { json in
          json.value("path", skipped.path)
          json.value("reason", skipped.reason)
        }
      }
    }
    for failed in summary.failed {
      RunLog.event("failed", "sample \(failed.sampleID) failed: \(failed.reason)") { json in
        json.value("sample_id", failed.sampleID)
        json.value("reason", failed.reason)
      }
    }
    if !quiet {
      for item in summary.deferred {
        RunLog.event("deferred", "sample \(item.sampleID) is left for the next run: \(item.reason)") { json in
          json.value("sample_id", item.sampleID)
          json.value("reason", item.reason)
        }
      }
    }
    if summary.reported == 0 {
      if summary.failed.isEmpty, !summary.deferred.isEmpty { return }
      if summary.failed.isEmpty {
        RunLog.error("no sample was found in \(inputs.joined(separator: " "))", code: .badInput)
      }
      throw ExitCode.badInput
    }
    if !summary.failed.isEmpty { throw strict ? ExitCode.badInput : ExitCode.someSamplesFailed }
  }
}
