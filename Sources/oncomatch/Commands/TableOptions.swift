internal import ArgumentParser
internal import BatchPipeline
internal import DelimitedText
internal import TargetTable

/// The options that say which rules to use.
struct TableOptions: ParsableArguments {
  @Option(
    name: .customLong("table"),
    help: ArgumentHelp("Add a rule table to the built-in one; may be repeated.", valueName: "FILE"))
  var tables: [String] = []

  @Flag(name: .customLong("no-builtin-table"), help: "Leave the built-in rules out.")
  var leavesBuiltInOut = false

  /// Loads the tables; a bad row ends the program with its place.
  func load() throws -> TargetTable {
    var userTables: [(name: String, bytes: [UInt8])] = []
    for path in tables {
      var bytes: [UInt8] = []
      do {
        try FileReading.read(path, into: &bytes)
      } catch {
        Console.complain(error.description)
        throw ExitCode.noInput
      }
      userTables.append((path, bytes))
    }
    let table = TargetTable.load(includingBuiltIn: !leavesBuiltInOut, userTables: userTables)
    guard table.faults.isEmpty else {
      for fault in table.faults { Console.complain(fault.description) }
      throw ExitCode.configuration
    }
    return table
  }
}
