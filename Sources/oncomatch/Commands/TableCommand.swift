internal import ArgumentParser
internal import BatchPipeline
internal import TargetTable

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Look into the target-to-agent table.",
    subcommands: [
      TableInfoCommand.self, TableLintCommand.self, TableShowCommand.self, TableSearchCommand.self,
      TableExportCommand.self,
    ])
}

struct TableInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Count the rules of the tables in use.")

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    for (number, source) in table.sources.enumerated() {
      print("table\t\(source.name)\tversion \(table.version(ofTable: number))\tdigest xxh64:\(source.digest)")
    }
    print("rules\t\(table.rules.count)")
    func count(_ title: String, _ key: (Rule) -> [String]) {
      var counts: [String: Int] = [:]
      for rule in table.rules { for word in key(rule) { counts[word, default: 0] += 1 } }
      for word in counts.keys.sorted() { print("\(title)\t\(word)\t\(counts[word] ?? 0)") }
    }
    count("direction") { [$0.direction.rawValue] }
    count("level") { [$0.level.rawValue] }
    count("status") { [$0.status.rawValue] }
    count("body") { [$0.body.rawValue] }
    count("source") { [$0.source.split(separator: " ").first.map(String.init) ?? "not stated"] }
    count("source_year") { [$0.sourceDate.isEmpty ? "unknown" : String($0.sourceDate.prefix(4))] }
    count("tumor") { $0.scope.include }
    count("gene") { [$0.gene] }
  }
}

struct TableLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check tables: faults, failing examples, contradictions, duplicates, unreachable rules, overdue reviews.",
    discussion:
      "FILE is a rule table to check; without one the tables in use are checked. Exit code 78 when there is an error.")

  @Argument(help: ArgumentHelp("Rule tables to check.", valueName: "FILE"))
  var files: [String] = []

  @Flag(help: "Print errors alone.")
  var errorsOnly = false

  @OptionGroup var table: TableOptions

  func run() throws {
    var options = table
    if !files.isEmpty {
      options.tables += files
      options.usesBuiltInTable = false
    }
    let table = try options.loadWithFaults()
    let findings = TableLint(table: table).findings(today: Machine.today)
    for finding in findings where finding.isError || !errorsOnly {
      print("\(finding.isError ? "error" : "warning"): \(finding.text)")
    }
    let errors = findings.count(where: \.isError)
    let examples = table.rules.count { !$0.exampleHit.isEmpty && !$0.exampleMiss.isEmpty }
    print(
      "\(table.rules.count) rules, \(examples) with both examples: \(errors) errors, \(findings.count - errors) warnings"
    )
    if errors > 0 { throw ExitCode.configuration }
  }
}

struct TableShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Print one rule, a line a column.")

  @Argument(help: ArgumentHelp("A rule's identifier.", valueName: "RULE"))
  var rule: String

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    let found = table.rules.filter { $0.id.lowercased() == rule.lowercased() }
    guard !found.isEmpty else {
      Console.complain("no rule is called '\(rule)' (identifiers look like R0001; try: oncomatch table search TEXT)")
      throw ExitCode.badInput
    }
    for rule in found {
      for (name, value) in zip(Rule.columns, rule.cells) where !value.isEmpty { print("\(name)\t\(value)") }
      print("table_version\t\(table.version(of: rule))")
      print("claim_key\t\(rule.claimKey)")
    }
  }
}

struct TableSearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Print the rules that hold all the words, header first.")

  @Argument(help: ArgumentHelp("Words that must all occur in the row, letter case aside.", valueName: "TEXT"))
  var words: [String]

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    let wanted = words.flatMap { $0.lowercased().split(separator: " ").map(String.init) }
    print(Rule.columns.joined(separator: "\t"))
    for rule in table.rules {
      let row = rule.cells.joined(separator: "\t")
      let lowered = row.lowercased()
      if wanted.allSatisfy({ lowered.contains($0) }) { print(row) }
    }
  }
}

struct TableExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "export", abstract: "Print all rules, header first.")

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    print(Rule.columns.joined(separator: "\t"))
    for rule in table.rules { print(rule.cells.joined(separator: "\t")) }
  }
}
