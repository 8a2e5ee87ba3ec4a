internal import Alterations
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import Knowledge
internal import Reports
internal import SystemIO

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
    help: ArgumentHelp(
      "OncoTree code, name or alias for samples whose type is not stated elsewhere.", valueName: "TYPE"))
  var tumorType: String?

  @Option(help: ArgumentHelp("Genome build of inputs that do not state one: GRCh37 or GRCh38.", valueName: "BUILD"))
  var genome: GenomeBuild?

  @Option(
    help: ArgumentHelp(
      "Settings file (see Pipelines/); options given here replace those in it. Exit code 78 when it is invalid.",
      valueName: "FILE"))
  var settings: String?

  @Option(help: ArgumentHelp("Number of workers; the machine's cores unless given.", valueName: "N"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Leave files younger than this for the next run.", valueName: "SECONDS"))
  var quietTime: Int?

  @Option(
    help: ArgumentHelp(
      "Forms of the reports, joined by commas: tsv, json, html (all three unless given), fhir, multiqc, cbioportal.",
      valueName: "LIST"))
  var formats: String?

  @Flag(inversion: .prefixedNo, help: "Write reports for each sample, or only the cohort's tables.")
  var sampleFiles: Bool?

  @Option(
    help: ArgumentHelp(
      "Address under which DIR is served; cbioportal links to the reports there (without it, it has no links).",
      valueName: "URL"))
  var reportURL: String?

  @Flag(help: "Do everything again, changed or not.")
  var force = false

  @Flag(help: "Print what would be done and why, and write nothing.")
  var dryRun = false

  @Flag(inversion: .prefixedNo, help: "Compare the content of files, not only size and time.")
  var verify: Bool?

  @Flag(inversion: .prefixedNo, help: "Remove reports of samples whose input is gone.")
  var prune: Bool?

  @Flag(inversion: .prefixedNo, help: "Make files and folders that only the owner can read.")
  var `private`: Bool?

  @Flag(inversion: .prefixedNo, help: "Any failed sample makes the run fail (exit code 65).")
  var strict: Bool?

  @Option(help: ArgumentHelp("Largest unpacked size of one file.", valueName: "BYTES"))
  var maxTextSize: Int?

  @Option(help: ArgumentHelp("Longest line of a file.", valueName: "BYTES"))
  var maxLineSize: Int?

  @Flag(inversion: .prefixedNo, help: "Print only errors.")
  var quiet: Bool?

  @Option(
    help: ArgumentHelp(
      "text or json: the form of standard error; json is one object per line, with a summary at the end.",
      valueName: "FORMAT"))
  var logFormat = LogFormat.text

  @Option(
    help: ArgumentHelp(
      "Write the run's figures for the node exporter of Prometheus; the name ends in .prom.", valueName: "FILE"))
  var metricsFile: String?

  @Flag(
    inversion: .prefixedNo, help: "Also write near_misses.tsv: rules about altered genes that were not met, and why.")
  var explain: Bool?

  @OptionGroup var part: PartOptions

  @OptionGroup var panel: PanelOption

  @OptionGroup var table: TableOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs \(jobs) is not a number of workers (1 or more)") }
    if let formats { _ = try Self.formats(formats) }
    if let reportURL,
      !["https://", "http://"].contains(where: reportURL.hasPrefix) || reportURL.contains(where: \.isWhitespace)
    {
      throw ValidationError("--report-url '\(reportURL)' is not an address (it begins with https:// or http://)")
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
    let settings = try effectiveSettings()
    var metrics = RunMetrics(programVersion: programVersion)
    var ending: BatchRun.Ending?
    let started = Machine.seconds
    var code = ExitCode.success
    do {
      try perform(settings, &metrics, &ending)
    } catch let stated as ExitCode {
      code = stated
    }
    metrics.summary = ending?.summary
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
    if RunLog.speaksJSON, !(settings.isQuiet == true && code == .success) { summarize(metrics, ending) }
    if code != .success { throw code }
  }

  private func perform(
    _ settings: RunSettings, _ metrics: inout RunMetrics, _ ending: inout BatchRun.Ending?
  ) throws {
    var tables = table
    tables.tables = settings.tables ?? []
    tables.usesBuiltInTable = settings.usesBuiltInTable
    let table = try tables.load()
    metrics.table = table
    let options = try options(settings, for: table)
    if let tumorType = settings.tumorType, table.reference.tumorTypes.understand(tumorType) == nil {
      RunLog.error(
        "--tumor-type '\(tumorType)' is not an OncoTree code, name or alias (for example LMS or 'leiomyosarcoma')",
        code: ExitCode(64))
      throw ExitCode(64)
    }
    if settings.isPrivate == true { Machine.keepFilesPrivate() }
    Interruption.watch()
    let ended = try batch(options, table, settings)
    ending = ended
    try report(ended, settings)
  }

  private func batch(
    _ options: RunOptions, _ table: KnowledgeBase, _ settings: RunSettings
  ) throws -> BatchRun.Ending {
    var options = options
    let bar = settings.isQuiet == true || dryRun || logFormat == .json ? nil : ProgressBar.onTerminal()
    if let bar { options.onProgress = { bar.show($0) } }
    defer { bar?.finish() }
    do {
      return try BatchRun(options: options, table: table, programVersion: programVersion).run()
    } catch {
      let isRefused = error.operation.isCreation && !error.isDiskFull
      let code = isRefused ? ExitCode.cannotCreate : ExitCode.inputOutputError
      RunLog.error(error.description, code: code)
      throw code
    }
  }

  private func options(_ settings: RunSettings, for table: KnowledgeBase) throws -> RunOptions {
    var options = RunOptions(settings)
    options.inputs = inputs
    options.output = output
    options.jobs = settings.jobs ?? Machine.coreCount
    options.forces = force
    options.isDryRun = dryRun
    options.isInterrupted = { Interruption.signal != 0 }
    var panel = panel
    panel.panel = settings.panel
    options.panel = try panel.load(table)
    options.part = try part.load()
    return options
  }

  /// What the settings file says, and what was given on the command line in its place.
  private func effectiveSettings() throws -> RunSettings {
    var settings = RunSettings()
    if let path = self.settings {
      do throws(InputError) {
        settings = try RunSettings(path: path)
      } catch {
        let code = FileStamp(path: path) == nil ? ExitCode.noInput : ExitCode.configuration
        RunLog.error(error.description, code: code)
        throw code
      }
    }
    settings.sheet = samples ?? settings.sheet
    settings.tumorType = tumorType ?? settings.tumorType
    settings.genome = genome ?? settings.genome
    settings.panel = panel.panel ?? settings.panel
    settings.quietTime = quietTime ?? settings.quietTime
    settings.maxTextSize = maxTextSize ?? settings.maxTextSize
    settings.maxLineSize = maxLineSize ?? settings.maxLineSize
    if !table.tables.isEmpty { settings.tables = table.tables }
    settings.usesBuiltInTable = table.usesBuiltInTable ?? settings.usesBuiltInTable
    if let formats { settings.formats = try Self.formats(formats) }
    settings.reportAddress = reportURL ?? settings.reportAddress
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
}
