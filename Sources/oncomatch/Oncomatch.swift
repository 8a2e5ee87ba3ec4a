internal import ArgumentParser
internal import BatchPipeline
internal import TargetTable

/// Version of the program, printed by `--version` and in every run.json.
let programVersion = "0.1.0"

@main
struct Oncomatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncomatch",
    abstract: "Match tumor alterations to therapies, offline, for one sample or thousands.",
    discussion: """
      Reads tumor alteration files, understands them, matches them against a target-to-agent table and writes a
      report per sample. For research use: it informs a discussion between specialists and does not choose treatment.
      """,
    version: "oncomatch \(programVersion)",
    subcommands: [
      RunCommand.self, QueryCommand.self, CheckCommand.self, TableCommand.self, MergeCommand.self, ChangesCommand.self,
      SchemaCommand.self,
    ])
}
