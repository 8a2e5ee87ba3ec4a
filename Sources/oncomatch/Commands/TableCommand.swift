internal import ArgumentParser
internal import TargetTable

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Look into the target-to-agent table.", subcommands: [TableInfoCommand.self])
}

struct TableInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Count the rules of the tables in use.")

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    for (number, source) in table.sources.enumerated() {
      print("\(source.name)\tversion \(table.version(ofTable: number))\tdigest xxh64:\(source.digest)")
    }
    print("rules\t\(table.rules.count)")
    for direction in Rule.Direction.allCases {
      print("\(direction.rawValue)\t\(table.rules.count { $0.direction == direction })")
    }
    for level in Rule.Level.allCases { print("level \(level.rawValue)\t\(table.rules.count { $0.level == level })") }
  }
}
