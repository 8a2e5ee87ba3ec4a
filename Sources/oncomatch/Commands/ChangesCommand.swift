// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText

struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Print what changed for whom between two output folders.",
    discussion: """
      Prints changes.tsv for the samples that both folders report. The cause is `program` or `table` where their versions \
      differ, else `input`.
      """)

  @Argument(help: ArgumentHelp("The earlier output folder.", valueName: "OLD_DIR"))
  var old: String

  @Argument(help: ArgumentHelp("The later output folder.", valueName: "NEW_DIR"))
  var new: String

  func run() throws {
    let changes: [UInt8]
    do throws(InputError) {
      changes = try OutputComparison.changes(from: old, to: new)
    } catch {
      Console.fail(error.description)
      throw ExitCode.noInput
    }
    try Console.write(changes)
  }
}
