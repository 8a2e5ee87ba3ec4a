// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import Knowledge
internal import Reports
internal import SystemIO

extension AnnotationNames: ExpressibleByArgument {}

/// How a matrix of calls comes back.
enum MatrixForm: String, CaseIterable, ExpressibleByArgument {
  case rows, long
}

struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate",
    abstract: "Give tables back row for row, with the answer of each row behind it.",
    discussion: """
      FILE is a MAF, a table of copy numbers (discrete matrix, or one call a row), of structural variants or fusions, or \
      a clinical file, plain or gzipped. Every row comes back, its bytes first and unchanged; a row that was not looked \
      at says why in the last column but one. All files are matched together, as in `oncomatch run`. One file goes to \
      standard output; of several each goes to the folder of --out under its own name, unpacked. \
      Levels are those of oncomatch under whatever names (guide: Annotate). For example:
      oncomatch annotate data_mutations.txt --clinical data_clinical_sample.txt --column-names oncokb --out annotated.
      Exit code 0: every file came back; 3: files or samples failed, the others are complete; 65: none could be read; \
      66: a file does not exist.
      """)

  @Argument(help: ArgumentHelp("Tables to give back.", valueName: "FILE"))
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "Clinical file: says what the samples are, and comes back with a roll-up of each; may be repeated.",
      valueName: "FILE"))
  var clinical: [String] = []

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp(
      "File to write, or a folder where several files come back; else standard output.", valueName: "PATH"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Names of the added columns: ours, or those that scripts for the OncoKB annotator read.",
      valueName: "oncomatch|oncokb"))
  var columnNames = AnnotationNames.oncomatch

  @Option(
    help: ArgumentHelp(
      "A matrix of copy numbers comes back with its rows (of several samples: S1=...|S2=...), or long, with a row for each sample and gene with a call.",
      valueName: "rows|long"))
  var matrix = MatrixForm.rows

  @Option(\.sheet) var sheet: StatedSetting?

  @Option(\.tumorType) var tumorType: StatedSetting?

  @Option(\.genome) var genome: StatedSetting?

  @Option(help: ArgumentHelp("Settings file, as for `oncomatch run`.", valueName: "FILE"))
  var settings: String?

  @Option(\.workers) var workers: StatedSetting?

  @Option(\.regulator) var regulator: StatedSetting?

  @Option(\.maxTextSize) var maxTextSize: StatedSetting?

  @Option(\.maxLineSize) var maxLineSize: StatedSetting?

  @OptionGroup var panel: PanelOption

  @OptionGroup var table: TableOptions

  /// Everything that comes back, as named.
  private var all: [String] { files + clinical }

  func validate() throws {
    if all.isEmpty { throw ValidationError("name at least one FILE") }
    for path in all where FileStamp(path: path)?.isDirectory == true {
      throw ValidationError("'\(path)' is a folder (name the files that are to come back)")
    }
    if let twice = all.indices.first(where: { all[..<$0].contains(all[$0]) }) {
      throw ValidationError("'\(all[twice])' is named twice")
    }
    if all.count > 1, output == nil {
      throw ValidationError("\(all.count) files come back: name a folder for them with --out")
    }
    let names = all.map(AnnotateCommand.name)
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw ValidationError("two files would be written as \(names[twice]) (write them into two folders)")
    }
    for (path, place) in zip(all, places) {
      if let place, let one = FileStamp(path: path), let other = FileStamp(path: place),
        one.identity == other.identity
      {
        throw ValidationError("'\(place)' is an input and would be replaced (name another place with --out)")
      }
    }
  }

  func run() throws {
    let settings = try effectiveSettings()
    try refuseToReplace(settings)
    var tables = table
    tables.tables = settings.tables
    tables.usesBuiltInTable = settings.usesBuiltInTable
    let table = try tables.load()
    try RunCommand.check(settings.stated(\.tumorType), table, in: tumorType == nil ? self.settings : nil)
    var panel = panel
    panel.panel = settings.stated(\.panelFile)
    var options = RunOptions(settings)
    options.jobs = settings.workers ?? Machine.coreCount
    options.panel = try panel.load(table)
    var request = Annotation.Request()
    request.files = files
    request.clinical = clinical
    request.names = columnNames
    request.dividesMatrices = matrix == .long
    Interruption.watch()
    options.isInterrupted = { Interruption.signal != 0 }
    let annotation = Annotation(request, options: options, table: table, programVersion: programVersion)
    switch annotation.read() {
    case .missingInputs(let faults):
      for fault in faults { Console.fail(fault.description) }
      throw ExitCode.noInput
    case .unusable(let faults):
      for fault in faults { Console.fail(fault.description) }
      throw ExitCode.badInput
    case .interrupted: throw interrupted
    case .read(let answers):
      for table in answers.tables { try write(table) }
      try conclude(answers)
    }
  }

  /// Ends the program where a table would be written over a file that is read beside the tables.
  private func refuseToReplace(_ settings: RunSettings) throws {
    let read =
      [settings.sheet, settings.stated(\.panelFile) ?? "", settings.overridesFile, self.settings ?? ""]
      + settings.tables + settings.timelines
    for path in read where !path.isEmpty {
      guard let own = FileStamp(path: path)?.identity,
        let place = places.lazy.compactMap({ $0 }).first(where: { FileStamp(path: $0)?.identity == own })
      else { continue }
      RunLog.error(
        "'\(place)' is an input (\(path)) and would be replaced (name another place with --out)", code: ExitCode(64))
      throw ExitCode(64)
    }
  }

  /// A wish to end: tables that are written are whole, the others are as they were.
  private var interrupted: ExitCode {
    let code = ExitCode(128 + Interruption.signal)
    RunLog.error("interrupted: files that were written are whole, the others are as they were", code: code)
    return code
  }

  private func effectiveSettings() throws -> RunSettings {
    var settings = try self.settings.map { try RunCommand.settings(in: $0) } ?? RunSettings()
    for stated in [sheet, tumorType, genome, workers, regulator, maxTextSize, maxLineSize] {
      stated?.apply(to: &settings)
    }
    settings.state(\.panelFile, panel.panel)
    settings.state(\.tables, table.tables.isEmpty ? nil : table.tables)
    settings.state(\.usesBuiltInTable, table.usesBuiltInTable)
    return settings
  }

  // MARK: Writing

  /// The name under which a file comes back in a folder.
  private static func name(_ path: String) -> String {
    let name = TableFile.name(path)
    return name.lowercased().hasSuffix(".gz") && name.count > 3 ? String(name.dropLast(3)) : name
  }

  /// Whether `--out` is a folder.
  private var isFolder: Bool {
    guard let output else { return false }
    return all.count > 1 || output.hasSuffix("/") || FileStamp(path: output)?.isDirectory == true
  }

  /// Where each file goes; `nil` for standard output.
  private var places: [String?] {
    all.map { path in
      output.map { isFolder ? ($0.hasSuffix("/") ? $0 : $0 + "/") + Self.name(path) : $0 }
    }
  }

  private func write(_ table: AnnotatedTable) throws {
    let outcome: AnnotatedTable.Outcome
    do {
      if let number = all.firstIndex(of: table.path), let place = places[number] {
        if isFolder, let output { try FileWriting.makeDirectory(output) }
        let file = try GrowingFile(place)
        outcome = try table.write { bytes in
          if Interruption.signal != 0 { throw interrupted }
          try file.append { (pending) throws(SystemError) in pending += bytes }
        }
        _ = try file.finish()
        try file.moveIntoPlace()
      } else {
        outcome = try table.write { try Console.write($0) }
      }
    } catch let error as SystemError {
      let isRefused = error.operation.isCreation && !error.isDiskFull
      let code = isRefused ? ExitCode.cannotCreate : ExitCode.inputOutputError
      RunLog.error(error.description, code: code)
      throw code
    } catch let code as ExitCode {
      throw code
    } catch {
      RunLog.error("\(table.path): \(error)", code: .inputOutputError)
      throw ExitCode.inputOutputError
    }
    if !outcome.sharedNames.isEmpty {
      Console.complain(
        "\(table.path): has columns of its own with names of ours (\(outcome.sharedNames.prefix(3).joined(separator: ", "))); ours are the last"
      )
    }
  }

  /// Says what is missing, and ends the program with what that comes to.
  private func conclude(_ answers: Annotation.Answers) throws {
    for error in answers.notReturned { Console.fail("\(error.description), does not come back") }
    for (name, reason) in answers.failed { Console.fail("\(name): \(reason)") }
    for (type, count) in answers.unknownTumorTypes.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      Console.complain("tumor type \(type) (\(count) \(count == 1 ? "sample" : "samples"))")
    }
    if answers.withoutTumorType > 0 {
      Console.complain(
        "\(answers.withoutTumorType) \(answers.withoutTumorType == 1 ? "sample has" : "samples have") no tumor type, so that levels hold for none (--clinical, --samples or --tumor-type)"
      )
    }
    let isWhole = answers.notReturned.isEmpty && answers.failed.isEmpty
    if isWhole { return }
    throw answers.evaluated > 0 && !answers.tables.isEmpty ? ExitCode.someSamplesFailed : ExitCode.badInput
  }
}
