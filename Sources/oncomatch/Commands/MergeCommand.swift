// SPDX-License-Identifier: Apache-2.0
internal import SystemIO
internal import DelimitedText
internal import ArgumentParser
internal import Batch

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge the output folders of a cohort's shards.",
    discussion: """
      DIR is an output folder of `oncomatch run` with --shard or --samples-from. Tables, pages and reports have \
      the same bytes as those of a single run over the whole cohort. Shards of different program, table or settings, a \
      sample in two of them and a missing shard are refused (exit code 65). Merging the same shards again does nothing.
      """)

  @Argument(help: ArgumentHelp("Output folders to merge.", valueName: "DIR"))
  var folders: [String]

  @Option(name: .customLong("out"), help: ArgumentHelp("Folder to write.", valueName: "DIR"))
  var output: String

  @Flag(help: "Any failed sample makes the merge end with 65; its output is written anyway.")
  var strict = false

  @Flag(help: "Make files and folders that only the owner can read.")
  var `private` = false

  func run() throws {
    if `private` { Machine.keepFilesPrivate() }
    let summary: CohortMerge.Summary
    do {
      summary = try CohortMerge(folders: folders, output: output, programVersion: programVersion).run()
    } catch {
      switch error {
      case .refused(let faults):
        for fault in faults { Console.fail(fault.description) }
        throw ExitCode.badInput
      case .misplaced(let faults):
        for fault in faults { Console.fail(fault.description) }
        throw ExitCode(64)
      case .missing(let faults):
        for fault in faults { Console.fail(fault.description) }
        throw ExitCode.noInput
      case .foreignOutput(let fault):
        Console.fail(fault.description)
        throw ExitCode.cannotCreate
      case .held(let folder):
        Console.fail("\(folder): a run holds this folder (try later)")
        throw ExitCode.temporaryFailure
      case .system(let error):
        Console.fail(error.description)
        throw error.operation.isCreation ? ExitCode.cannotCreate : ExitCode.inputOutputError
      }
    }
    for failed in summary.failed { Console.fail("sample \(failed.sampleID) failed: \(failed.reason)") }
    if !summary.failed.isEmpty { throw strict ? ExitCode.badInput : ExitCode.someSamplesFailed }
  }
}
