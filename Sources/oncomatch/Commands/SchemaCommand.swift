// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import Knowledge
internal import Reports

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the schema of an output table, of all, or of what is written as JSON.",
    discussion: """
      Frictionless Table Schema for one table, Data Package for all; JSON Schema (2020-12) for `report`, a sample's JSON \
      report, for `run`, which is run.json, and for `log`, a line of --log-format json. JSON on standard output.
      """)

  /// What is written as JSON.
  private enum Document: String, CaseIterable {
    case report, run, log

    var schema: [UInt8] {
      switch self {
      case .report: ReportSchema.text()
      case .run: RunSchema.text()
      case .log: LogSchema.text()
      }
    }
  }

  private static var names: String {
    (OutputTable.allCases.map(\.rawValue) + Document.allCases.map(\.rawValue)).joined(separator: ", ")
  }

  @Argument(
    help: ArgumentHelp(
      "One of \(names).", valueName: "TABLE"))
  var table: String?

  func validate() throws {
    if let table, Document(rawValue: table) == nil, OutputTable(rawValue: Self.plain(table)) == nil {
      let names = Self.names.split(separator: ", ").map(String.init)
      let near = NearestName.find(Self.plain(table).lowercased(), among: names).map { " (did you mean \($0)?)" } ?? ""
      throw ValidationError("'\(table)' is not one of \(Self.names)\(near)")
    }
  }

  private static func plain(_ name: String) -> String { name.hasSuffix(".tsv") ? String(name.dropLast(4)) : name }

  func run() throws {
    if let document = table.flatMap(Document.init) {
      try Console.write(document.schema)
    } else if let table, let known = OutputTable(rawValue: Self.plain(table)) {
      try Console.write(DataPackage.schema(of: known))
    } else {
      try Console.write(DataPackage.text(tables: OutputTable.allCases))
    }
  }
}
