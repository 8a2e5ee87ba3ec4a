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
      "Name the pairs of this verdict too: supported, caution, conditional, conflicting, overridden.",
      valueName: "VERDICT"))
  var list: [String] = []

  @OptionGroup var table: TableOptions

  func validate() throws {
    if every < 1 { throw ValidationError("--every \(every) is not 1 or more") }
    if let unknown = list.first(where: { !TableProbe.verdicts.contains($0) }) {
      throw ValidationError("--list \(unknown): no verdict has this name")
    }
  }

  func run() throws {
    let report = TableProbe(table: try table.load()).run(every: every)
    let pairs = list.flatMap { verdict in (report.pairs[verdict] ?? []).map { "\(verdict)\t\($0)" } }
    try Console.print(report.lines + pairs)
    for failure in report.failures { Console.complain(failure) }
    if !report.failures.isEmpty { throw ExitCode.configuration }
  }
}
