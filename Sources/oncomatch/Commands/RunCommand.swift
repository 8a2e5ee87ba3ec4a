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

  @Option(
    help: ArgumentHelp(
      "Settings file (see Pipelines/); options given here go before what it says. Exit code 78 when it is invalid.",
      valueName: "FILE"))
  var settings: String?

  @Option(help: ArgumentHelp("Number of workers; the machine's cores unless given.", valueName: "N"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Leave files younger than this for the next run.", valueName: "SECONDS"))
  var quietTime: Int?

  @Option(
    help: ArgumentHelp(
      "Forms of each sample's report, joined by commas: tsv, json, html; all unless given.", valueName: "LIST"))
  var formats: String?

  @Flag(inversion: .prefixedNo, help: "Write reports for each sample, or the cohort's tables alone.")
  var sampleFiles: Bool?

  @Flag(help: "Do everything again, changed or not.")
  var force = false

  @Flag(help: "Say what would be done and why, and write nothing.")
  var dryRun = false

  @Flag(inversion: .prefixedNo, help: "Compare the content of files, not size and time alone.")
  var verify: Bool?

  @Flag(inversion: .prefixedNo, help: "Remove reports of samples whose input is gone.")
  var prune: Bool?

  @Flag(inversion: .prefixedNo, help: "Make files and folders that the owner alone can read.")
  var `private`: Bool?

  @Flag(inversion: .prefixedNo, help: "Any failed sample makes the run fail (exit code 65).")
  var strict: Bool?

  @Option(help: ArgumentHelp("Largest unpacked size of one file.", valueName: "BYTES"))
  var maxTextSize: Int?

  @Flag(inversion: .prefixedNo, help: "Say nothing but errors.")
  var quiet: Bool?

  @Flag(
    inversion: .prefixedNo, help: "Also write near_misses.tsv: rules about altered genes that were not met, and why.")
  var explain: Bool?

  @OptionGroup var part: PartOptions

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
    let settings = try effectiveSettings()
    var tables = table
    tables.tables = settings.tables ?? []
    tables.usesBuiltInTable = settings.usesBuiltInTable
    let table = try tables.load()
    var options = RunOptions(settings)
    options.inputs = inputs
    options.output = output
    options.jobs = settings.jobs ?? Machine.coreCount
    options.forces = force
    options.isDryRun = dryRun
    options.isInterrupted = { Interruption.signal != 0 }
    if settings.isPrivate == true { Machine.keepFilesPrivate() }
    Interruption.watch()
    var panel = panel
    panel.panel = settings.panel
    options.panel = try panel.load(table)
    options.part = try part.load()
    if let tumorType = settings.tumorType, table.reference.tumorTypes.understand(tumorType) == nil {
      Console.complain(
        "--tumor-type '\(tumorType)' is not an OncoTree code, name or alias (for example LMS or 'leiomyosarcoma')")
      throw ExitCode(64)
    }
    let summary: BatchRun.Summary
    do {
      summary = try BatchRun(options: options, table: table, programVersion: programVersion).run()
    } catch {
      Console.complain(error.description)
      throw error.action.hasPrefix("create") ? ExitCode.cannotCreate : ExitCode.inputOutputError
    }
    try report(summary, settings)
  }

  /// What the settings file says, and what was given on the command line in its place.
  private func effectiveSettings() throws -> RunSettings {
    var settings = RunSettings()
    if let path = self.settings {
      do throws(InputError) {
        settings = try RunSettings(path: path)
      } catch {
        Console.complain(error.description)
        throw FileStamp(path: path) == nil ? ExitCode.noInput : ExitCode.configuration
      }
    }
    settings.sheet = samples ?? settings.sheet
    settings.tumorType = tumorType ?? settings.tumorType
    settings.panel = panel.panel ?? settings.panel
    settings.quietTime = quietTime ?? settings.quietTime
    settings.maxTextSize = maxTextSize ?? settings.maxTextSize
    if !table.tables.isEmpty { settings.tables = table.tables }
    settings.usesBuiltInTable = table.usesBuiltInTable ?? settings.usesBuiltInTable
    if let formats { settings.formats = try Self.formats(formats) }
    settings.writesSampleFiles = sampleFiles ?? settings.writesSampleFiles
    settings.explains = explain ?? settings.explains
    settings.isPrivate = `private` ?? settings.isPrivate
    settings.prunes = prune ?? settings.prunes
    settings.jobs = jobs ?? settings.jobs
    settings.isStrict = strict ?? settings.isStrict
    settings.verifies = verify ?? settings.verifies
    settings.isQuiet = quiet ?? settings.isQuiet
    return settings
  }

  private func report(_ summary: BatchRun.Summary, _ settings: RunSettings) throws {
    let quiet = settings.isQuiet ?? false
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
    for id in summary.unlisted { Console.complain("\(part.list ?? ""): sample '\(id)' is in no input") }
    if summary.isIdle {
      if !summary.unlisted.isEmpty { throw ExitCode.someSamplesFailed }
      return
    }
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
    // A shard of a small cohort may be empty.
    if summary.reported == 0, part.list == nil, part.shard == nil {
      if summary.failed.isEmpty, !summary.deferred.isEmpty { return }
      if summary.failed.isEmpty { Console.complain("no sample was found in \(inputs.joined(separator: " "))") }
      throw ExitCode.badInput
    }
    if !summary.unlisted.isEmpty, summary.failed.isEmpty { throw ExitCode.someSamplesFailed }
    if !summary.failed.isEmpty { throw settings.isStrict == true ? ExitCode.badInput : ExitCode.someSamplesFailed }
  }
}
