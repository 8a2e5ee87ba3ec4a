// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import ArgumentParser
internal import Batch
internal import Knowledge
internal import SystemIO

/// The options that say which rules to use.
struct TableOptions: ParsableArguments {
  @Option(
    name: .customLong("table"),
    help: ArgumentHelp("Add a rule table to the built-in one; may be repeated; - is standard input.", valueName: "FILE")
  )
  var tables: [String] = []

  @Flag(name: .customLong("builtin-table"), inversion: .prefixedNo, help: "Use the built-in rules or leave them out.")
  var usesBuiltInTable: Bool?

  @Option(
    name: .customLong("table-version"),
    help: ArgumentHelp(
      "Go on only with the built-in table of this version or digest (as `table info` prints them), the one that was "
        + "validated; else exit 78.", valueName: "WANTED"))
  var wantedVersion: String?

  /// Loads the tables; a bad row ends the program with its place.
  func load() throws -> KnowledgeBase {
    let table = try loadWithFaults()
    try refuse(anotherThan: wantedVersion, table)
    guard table.faults.isEmpty else {
      for fault in table.faults { RunLog.error(fault, code: .configuration) }
      throw ExitCode.configuration
    }
    if table.rules.isEmpty {
      // Every sample would read as one for which there is no therapy.
      Console.fail("no rule is in use (give a table with --table, or leave out --no-builtin-table)")
      throw ExitCode.configuration
    }
    return table
  }

  /// Ends the program where its built-in table is not the one that a lab validated.
  private func refuse(anotherThan wanted: String?, _ table: KnowledgeBase) throws {
    guard let wanted else { return }
    let own = table.recorded.filter { $0.name == "built-in" || $0.name == KnowledgeBase.factsName }
    if own.contains(where: { $0.version == wanted || "xxh64:" + $0.digest == wanted }) { return }
    let present = own.map { "\($0.version), xxh64:\($0.digest)" }.joined(separator: "; ")
    Console.fail(
      "--table-version '\(wanted)': the built-in table of this program is \(present) (use the program that holds the "
        + "validated table, or validate this one)")
    throw ExitCode.configuration
  }

  /// Loads the tables and leaves bad rows out.
  func loadWithFaults() throws -> KnowledgeBase {
    var userTables: [(name: String, bytes: [UInt8])] = []
    for path in tables {
      userTables.append((path, try TableFile.read(path)))
    }
    return KnowledgeBase.load(includingBuiltIn: usesBuiltInTable ?? true, userTables: userTables)
  }
}

/// The option that says which genes were assayed.
struct PanelOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Genes assayed: cBioPortal panel file, list, or BED with names; - is standard input.", valueName: "FILE"))
  var panel: String?

  /// The current symbols of the panel, or nil when none was given.
  ///
  /// Names that are no gene are said on standard error.
  func load(_ table: KnowledgeBase) throws -> Set<String>? { try reading(table)?.genes }

  /// The same, with the size of the assay where the file states it.
  func reading(_ table: KnowledgeBase) throws -> PanelFile.Reading? {
    guard let named = panel else { return nil }
    let panel = StandardInput.path(named)
    let reading: PanelFile.Reading
    do {
      reading = try PanelFile.read(panel, table: table)
    } catch {
      let code = FileStamp(path: panel) == nil ? ExitCode.noInput : ExitCode.configuration
      RunLog.error(error, code: code)
      throw code
    }
    for name in reading.unknown { Console.complain("\(panel): '\(name)' is not a gene symbol, left out of the panel") }
    return reading
  }
}
