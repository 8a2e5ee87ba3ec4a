// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import ArgumentParser
internal import Alterations
internal import Batch

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read and normalize inputs; print what each file is and what is wrong with it.",
    discussion: """
      Prints a table with one row for each file to standard output; faults go to standard error, one line each with file, line, \
      column and value. Nothing is written. Exit code 0: every file was read; 3: some are damaged; 65: none is known.
      """)

  @Argument(help: ArgumentHelp("Files or folders to read.", valueName: "INPUT"))
  var inputs: [String]

  @Option(help: ArgumentHelp("Number of workers; the machine's cores unless given.", valueName: "N"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Most faults printed for one file; 0 for all.", valueName: "N"))
  var maxFaults = 20

  @Option(help: ArgumentHelp("Largest unpacked size of one file.", valueName: "BYTES"))
  var maxTextSize = 16 << 30

  @Option(help: ArgumentHelp("Genome build of inputs that do not state one: GRCh37 or GRCh38.", valueName: "BUILD"))
  var genome: GenomeBuild?

  @Option(help: ArgumentHelp("Settings file, for the names of a lab's own columns.", valueName: "FILE"))
  var settings: String?

  @OptionGroup var table: TableOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    try StandardInput.refuse(in: inputs)
    if let jobs, !Machine.workerCounts.contains(jobs) {
      throw ValidationError("--jobs \(jobs) is not a number of workers (1 to \(Machine.workerCounts.upperBound))")
    }
  }

  func run() throws {
    RunLog.use(log.format)
    let table = try table.load()
    let settings = try self.settings.map { try RunCommand.settings(in: $0) } ?? RunSettings()
    let check = InputCheck(
      inputs: inputs, table: table, jobs: jobs ?? Machine.coreCount, maxTextSize: maxTextSize, genome: genome,
      settings: settings)
    let (findings, missing) = check.run()
    for fault in missing { RunLog.error(fault, code: .noInput) }
    if !missing.isEmpty { throw ExitCode.noInput }
    try Console.write(InputCheck.table(findings))
    for finding in findings {
      let shown = maxFaults > 0 ? finding.faults.prefix(maxFaults) : finding.faults[...]
      for fault in shown { RunLog.fault(fault) }
      if shown.count < finding.faults.count {
        Console.complain(
          "\(finding.path): \(finding.faults.count - shown.count) more faults (--max-faults 0 shows all)")
      }
    }
    let known = findings.filter { !$0.isUnknown && !$0.isSkipped }
    if known.isEmpty { throw ExitCode.badInput }
    if findings.contains(where: \.hasFailed) { throw ExitCode.someSamplesFailed }
  }
}
