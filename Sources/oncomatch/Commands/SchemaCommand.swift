internal import ArgumentParser
internal import Reports

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the schema of an output table, of all, or of a sample's JSON report.",
    discussion: """
      Frictionless Table Schema for one table, Data Package for all, JSON Schema (2020-12) for `report`; JSON on standard
      output.
      """)

  private static let report = "report"
  private static var names: String {
    (OutputTable.allCases.map(\.rawValue) + [report]).joined(separator: ", ")
  }

  @Argument(
    help: ArgumentHelp(
      "One of \(names).", valueName: "TABLE"))
  var table: String?

  func validate() throws {
    if let table, table != Self.report, OutputTable(rawValue: Self.plain(table)) == nil {
      throw ValidationError("'\(table)' is not one of \(Self.names)")
    }
  }

  private static func plain(_ name: String) -> String { name.hasSuffix(".tsv") ? String(name.dropLast(4)) : name }

  func run() throws {
    if table == Self.report {
      try Console.write(ReportSchema.text())
    } else if let table, let known = OutputTable(rawValue: Self.plain(table)) {
      try Console.write(DataPackage.schema(of: known))
    } else {
      try Console.write(DataPackage.text(tables: OutputTable.allCases))
    }
  }
}
