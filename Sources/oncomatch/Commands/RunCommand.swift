// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import Knowledge
internal import Query
internal import Reports
internal import SystemIO

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", _superCommandName: "oncomatch",
    abstract: "Read samples, match them and write reports.",
    discussion: """
      INPUT is a file, a sample directory or a directory of sample directories, plain or gzipped. What a file is, is \
      decided by its content.
      """)

  @Argument(help: ArgumentHelp("Files or folders to read.", valueName: "INPUT"))
  var inputs: [String]

  @Option(name: .customLong("out"), help: ArgumentHelp("Folder to write.", valueName: "DIR"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Settings file (see Pipelines/); options given here replace those in it. Exit code 78 when it is invalid.",
      valueName: "FILE"))
  var settings: String?

  @Option(\.workers) var workers: StatedSetting?

  @OptionGroup(title: "What is read") var reading: ReadingOptions

  @OptionGroup(title: "Genes that were assayed") var panel: PanelOption

  @OptionGroup(title: "Trials of a registry") var trials: TrialOptions

  @OptionGroup(title: "What is written") var writing: WritingOptions

  @OptionGroup(title: "One run after another") var repeating: RepeatingOptions

  @OptionGroup(title: "What it says") var saying: SayingOptions

  @OptionGroup(title: "A part of a cohort") var part: PartOptions

  @OptionGroup(title: "Rules") var table: TableOptions

  private var force: Bool { repeating.force }
  var dryRun: Bool { repeating.dryRun }
  var allowEmpty: Bool { repeating.allowEmpty }
  private var logFormat: LogFormat { saying.logFormat }

  func validate() throws {
    try StandardInput.refuse(in: inputs)
    if inputs.isEmpty { throw ValidationError("name at least one INPUT") }
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
    if let metricsFile = saying.metricsFile, !dryRun, code != .temporaryFailure {
      do throws(SystemError) {
        try metrics.write(to: metricsFile)
      } catch {
        Console.fail("\(error.description) (the run itself is not affected)")
      }
    }
    if RunLog.speaksJSON, !(settings.isQuiet && code == .success) { summarize(metrics, ending) }
    if code != .success { throw code }
  }

  private func perform(
    _ settings: RunSettings, _ metrics: inout RunMetrics, _ ending: inout BatchRun.Ending?
  ) throws {
    var tables = table
    tables.tables = settings.tables
    tables.usesBuiltInTable = settings.usesBuiltInTable
    let table = try tables.load()
    metrics.table = table
    let options = try options(settings, for: table)
    try Self.check(settings.stated(\.tumorType), table, in: reading.tumorType == nil ? self.settings : nil)
    if settings.isPrivate { Machine.keepFilesPrivate() }
    Interruption.watch()
    let ended = try batch(options, table, settings)
    ending = ended
    try report(ended, settings)
  }

  /// Ends the program where a tumor type was stated that is none.
  ///
  /// - Parameter file: The settings file that states it; `nil` where the command line does.
  static func check(_ tumorType: String?, _ table: KnowledgeBase, in file: String?) throws {
    guard let tumorType, !TumorQuery.isTumorType(tumorType, table) else { return }
    if let file {
      let key = SettingTable.shared.tumorType.key
      let fault = InputError(
        path: file, line: RunSettings.line(of: key, in: file), column: key, value: tumorType,
        problem: "is not an OncoTree code, name or alias (\(table.reference.tumorTypes.advice(tumorType)))")
      RunLog.error(fault, code: .configuration)
      throw ExitCode.configuration
    }
    RunLog.error(
      "--tumor-type '\(tumorType)' is not an OncoTree code, name or alias (\(table.reference.tumorTypes.advice(tumorType)))",
      code: ExitCode(64))
    throw ExitCode(64)
  }

  private func batch(
    _ options: RunOptions, _ table: KnowledgeBase, _ settings: RunSettings
  ) throws -> BatchRun.Ending {
    var options = options
    let bar = settings.isQuiet || dryRun || logFormat == .json ? nil : ProgressBar.onTerminal()
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
    // Beside a stated sheet they are read with it; else they are found among the inputs as a sheet is.
    options.inputs = inputs + (settings.sheet.isEmpty ? settings.timelines : [])
    options.output = output
    options.jobs = settings.workers ?? Machine.coreCount
    options.forces = force
    options.isDryRun = dryRun
    options.allowsEmpty = allowEmpty
    options.isInterrupted = { Interruption.signal != 0 }
    var panel = panel
    panel.panel = settings.stated(\.panelFile)
    let reading = try panel.reading(table)
    options.panel = reading?.genes
    options.panelMegabases = reading?.megabases
    options.part = try part.load()
    if !settings.overridesFile.isEmpty { options.overrides = try Self.overrides(settings.overridesFile, table) }
    var trials = trials
    trials.files = settings.trialFiles
    trials.countries = settings.trialCountries
    options.trials = try trials.load(table, isQuiet: settings.isQuiet)
    return options
  }

  /// What the lab states of alterations.
  private static func overrides(_ path: String, _ table: KnowledgeBase) throws -> LabOverrides {
    let query = TumorQuery(table: table)
    do throws(LabOverrides.Faults) {
      return try LabOverrides(path: path) { query.findings($0) }
    } catch {
      let code = error.isUnreadable && FileStamp(path: path) == nil ? ExitCode.noInput : ExitCode.configuration
      for fault in error.errors { RunLog.error(fault, code: code) }
      throw code
    }
  }

  /// What the settings file says, and what was given on the command line in its place.
  func effectiveSettings() throws -> RunSettings {
    var settings = RunSettings()
    if let path = self.settings { settings = try Self.settings(in: path) }
    apply(to: &settings)
    return settings
  }

  /// What a settings file says.
  static func settings(in path: String) throws -> RunSettings {
    do throws(InputError) {
      return try RunSettings(path: path)
    } catch {
      let code = FileStamp(path: path) == nil ? ExitCode.noInput : ExitCode.configuration
      RunLog.error(error, code: code)
      throw code
    }
  }

  /// States what was given on the command line.
  private func apply(to settings: inout RunSettings) {
    for stated in [
      reading.sheet, reading.overrides, reading.tumorType, reading.genome, workers, repeating.quietTime,
      writing.regulator, writing.formats, writing.reportAddress, reading.maxTextSize, reading.maxLineSize,
    ] {
      stated?.apply(to: &settings)
    }
    settings.state(\.timelines, reading.timelines.isEmpty ? nil : reading.timelines)
    settings.state(\.writesSampleFiles, writing.writesSampleFiles)
    settings.state(\.verifies, repeating.verifies)
    settings.state(\.prunes, repeating.prunes)
    settings.state(\.isPrivate, writing.isPrivate)
    settings.state(\.isStrict, repeating.isStrict)
    settings.state(\.isQuiet, saying.isQuiet)
    settings.state(\.explains, writing.explains)
    settings.state(\.reportsGermline, writing.reportsGermline)
    // These options are shared with other commands.
    settings.state(\.panelFile, panel.panel)
    settings.state(\.trialFiles, trials.files.isEmpty ? nil : trials.files)
    settings.state(\.trialCountries, trials.countries.isEmpty ? nil : trials.countries)
    settings.state(\.tables, table.tables.isEmpty ? nil : table.tables)
    settings.state(\.usesBuiltInTable, table.usesBuiltInTable)
  }
}
