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
      "Forms of each sample's report, joined by commas: tsv, json, html; all unless given.", valueName: "LIST"))
  var formats: String?

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

  @Flag(help: "Also write near_misses.tsv: rules about altered genes that were not met, and why.")
  var explain = false

  @OptionGroup var panel: PanelOption

  @OptionGroup var table: TableOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs \(jobs) is not a number of workers (1 or more)") }
    if let formats { _ = try Self.formats(formats) }
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
    let table = try table.load()
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
    if `private` { Machine.keepFilesPrivate() }
    Interruption.watch()
    if let formats { options.formats = try Self.formats(formats) }
    options.panel = try panel.load(table)
    if let tumorType, table.reference.tumorTypes.understand(tumorType) == nil {
      Console.complain(
        "--tumor-type '\(tumorType)' is not an OncoTree code, name or alias (for example LMS or 'leiomyosarcoma')")
      throw ExitCode(64)
    }
    let summary: BatchRun.Summary
    do {
      summary = try BatchRun(options: options, table: table, programVersion: programVersion).run()
    } catch {
      Console.complain(error.description)
      let isRefused = error.action.hasPrefix("create") && !error.isDiskFull
      throw isRefused ? ExitCode.cannotCreate : ExitCode.inputOutputError
    }
    try report(summary)
  }

  private func report(_ summary: BatchRun.Summary) throws {
    for fault in summary.missingInputs { Console.complain(fault.description) }
    if !summary.missingInputs.isEmpty { throw ExitCode.noInput }
    if summary.isLocked {
      Console.complain("\(output): another run holds this folder (try later)")
      throw ExitCode.temporaryFailure
    }
    if dryRun {
      for reason in summary.reasons { Console.write(Array("\(reason.what)\t\(reason.why)\n".utf8)) }
      return
    }
    if summary.wasInterrupted {
      Console.complain("interrupted: finished samples are complete, the next run does the rest")
      throw ExitCode(128 + Interruption.signal)
    }
    if summary.isIdle { return }
    if !quiet {
      // Documents, hidden files and our own outputs are named in run.json; a file of no known kind may be a mistake.
      for skipped in summary.unrecognized { Console.complain("\(skipped.path): \(skipped.reason), not read") }
    }
    for failed in summary.failed { Console.complain("sample \(failed.sampleID) failed: \(failed.reason)") }
    if !quiet {
      for item in summary.deferred {
        Console.complain("sample \(item.sampleID) is left for the next run: \(item.reason)")
      }
    }
    if summary.reported == 0 {
      if summary.failed.isEmpty, !summary.deferred.isEmpty { return }
      if summary.failed.isEmpty { Console.complain("no sample was found in \(inputs.joined(separator: " "))") }
      throw ExitCode.badInput
    }
    if !summary.failed.isEmpty { throw strict ? ExitCode.badInput : ExitCode.someSamplesFailed }
  }
}
