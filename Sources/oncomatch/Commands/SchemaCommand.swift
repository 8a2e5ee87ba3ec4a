internal import ArgumentParser
internal import Reports

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the schema of an output table, or of all.",
    discussion: "Frictionless Table Schema for one table, Data Package for all; JSON on standard output.")

  @Argument(
    help: ArgumentHelp(
      "One of \(OutputTable.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "TABLE"))
  var table: String?

  func validate() throws {
    if let table, OutputTable(rawValue: Self.plain(table)) == nil {
      throw ValidationError(
        "'\(table)' is not one of \(OutputTable.allCases.map(\.rawValue).joined(separator: ", "))")
    }
  }

  private static func plain(_ name: String) -> String { name.hasSuffix(".tsv") ? String(name.dropLast(4)) : name }

  func run() {
    if let table, let known = OutputTable(rawValue: Self.plain(table)) {
      Console.write(DataPackage.schema(of: known))
    } else {
      Console.write(DataPackage.text(tables: OutputTable.allCases))
    }
  }
}
