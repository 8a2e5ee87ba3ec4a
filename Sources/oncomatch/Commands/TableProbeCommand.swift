// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Query

struct TableProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Try each label beside changes that speak against its agents, and each second site beside its first.",
    discussion: """
      Prints counts of verdicts, one line each. A label that single patients, cell lines or small studies of another tumor \
      close, and a second site that does not close its agent, go to standard error; exit code 78 when there is one.
      """)

  @Option(help: ArgumentHelp("Only each n-th label and second site.", valueName: "N"))
  var every = 1

  @Option(
    help: ArgumentHelp(
      "Name what a line of the counts is of: pairs of a verdict (overridden), second sites of a reason (no_row).",
      valueName: "NAME"))
  var list: [String] = []

  @OptionGroup var table: TableOptions

  func validate() throws {
    if every < 1 { throw ValidationError("--every \(every) is not 1 or more") }
    if let unknown = list.first(where: { !TableProbe.listed.contains($0) }) {
      throw ValidationError("--list \(unknown): no verdict and no reason has this name")
    }
  }

  func run() throws {
    let report = TableProbe(table: try table.load()).run(every: every)
    let listed = list.flatMap { name in
      ((report.pairs[name] ?? []) + (report.namedSites[name] ?? [])).map { "\(name)\t\($0)" }
    }
    try Console.print(report.lines + listed)
    for failure in report.failures { Console.complain(failure) }
    if !report.failures.isEmpty { throw ExitCode.configuration }
  }
}
