// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Knowledge
internal import Query

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Look at the target-to-agent table.",
    subcommands: [
      TableInfoCommand.self, TableLintCommand.self, TableProbeCommand.self, TableShowCommand.self,
      TableSearchCommand.self,
      TableDiffCommand.self, TableExportCommand.self, TableImportCommand.self,
    ])
}

struct TableInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Name the tables with version and digest, and count the rules of those in use.")

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    for (number, source) in table.sources.enumerated() {
      let version = table.version(ofTable: number)
      let repeats = source.repeats > 0 ? "\trepeats \(source.repeats)" : ""
      try Console.print(
        "table\t\(source.name)\tversion \(version)\tdigest xxh64:\(source.digest)\tpriority \(source.priority)\(repeats)"
      )
      for change in source.changes { try Console.print("change\t\(source.name)\t\(change)") }
    }
    for table in ReferenceTable.all {
      try Console.print(
        "reference\t\(table.name)\tversion \(table.version)\tdigest xxh64:\(table.digest)\trows \(table.rowCount)")
    }
    try Console.print("rules\t\(table.rules.count)")
    try Console.print("statements\t\(table.statements?.rules.count ?? 0)")
    for count in TableCounts(table: table, today: Machine.today).lines { try Console.print(count) }
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

  @Flag(help: "Print only errors.")
  var errorsOnly = false

  @Flag(
    help: """
      Print the table with other spellings of known names, words, dates and references corrected; what was corrected \
      and what is left goes to standard error.
      """)
  var fix = false

  @Option(help: ArgumentHelp("Write the corrected table here.", valueName: "FILE"))
  var output: String?

  @OptionGroup var table: TableOptions

  func validate() throws {
    if fix, files.count != 1 { throw ValidationError("--fix corrects one FILE") }
    if output != nil, !fix { throw ValidationError("--output goes with --fix") }
  }

  func run() throws {
    if fix { return try mend(files[0]) }
    var options = table
    if !files.isEmpty {
      options.tables += files
      options.usesBuiltInTable = false
    }
    let table = try options.loadWithFaults()
    let lint = TableLint(table: table)
    let all = lint.findings(today: Machine.today)
    let findings = all.filter { !$0.isExplained }
    for finding in findings where finding.isError || !errorsOnly {
      try Console.print("\(finding.isError ? "error" : "warning"): \(finding.text)")
    }
    let errors = findings.count(where: \.isError)
    let examples = table.rules.count { !$0.exampleHit.isEmpty && !$0.exampleMiss.isEmpty }
    try Console.print(
      "\(table.rules.count) rules, \(examples) with both examples: \(errors) errors, \(findings.count - errors) warnings"
        + (all.count > findings.count ? ", \(all.count - findings.count) explained" : "")
        + (lint.countOfUnreadResults > 0 ? "; \(lint.countOfUnreadResults) of level B without numbers of patients" : "")
    )
    if errors > 0 { throw ExitCode.configuration }
  }

  private func mend(_ file: String) throws {
    let fix = TableFix(table: file, bytes: try TableFile.read(file))
    for mend in fix.mends { Console.complain(mend.description) }
    if let output {
      try TableFile.write(fix.lines, to: output)
    } else {
      try Console.write(Array((fix.lines.joined(separator: "\n") + "\n").utf8))
    }
    let text = Array((fix.lines.joined(separator: "\n") + "\n").utf8)
    let table = KnowledgeBase.load(includingBuiltIn: false, userTables: [(file, text)])
    let left = TableLint(table: table).findings(today: Machine.today).filter(\.isError)
    for finding in left { Console.complain("error: \(finding.text)") }
    Console.complain("\(fix.mends.count) cells corrected, \(left.count) errors left")
    if !left.isEmpty { throw ExitCode.configuration }
  }
}

struct TableShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print one rule, one line for each column.")

  @Argument(help: ArgumentHelp("A rule's identifier.", valueName: "RULE"))
  var rule: String

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    let found = table.rows.filter { $0.id.lowercased() == rule.lowercased() }
    guard !found.isEmpty else {
      Console.fail("no rule is called '\(rule)' (identifiers look like R0001; try: oncomatch table search TEXT)")
      throw ExitCode.badInput
    }
    for rule in found {
      for (name, value) in zip(Rule.columns, rule.cells) where !value.isEmpty { try Console.print("\(name)\t\(value)") }
      try Console.print("table_version\t\(table.version(of: rule))")
      try Console.print("claim_key\t\(rule.claimKey)")
    }
  }
}

struct TableSearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Print the rules that contain all the words, header first.")

  @Argument(help: ArgumentHelp("Words that must all occur in the row, in any letter case.", valueName: "TEXT"))
  var words: [String]

  @OptionGroup var table: TableOptions

  func run() throws {
    let table = try table.load()
    let wanted = words.flatMap { $0.lowercased().split(separator: " ").map(String.init) }
    try Console.print(Rule.columns.joined(separator: "\t"))
    for rule in table.rows {
      let row = rule.cells.joined(separator: "\t")
      let lowered = row.lowercased()
      if wanted.allSatisfy({ lowered.contains($0) }) { try Console.print(row) }
    }
  }
}

struct TableExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print all rules, or another of the built-in tables, header first.")

  @Option(
    help: ArgumentHelp(
      "Print a built-in table other than the rules as it stands: one of those that `table info` calls reference.",
      valueName: "NAME"))
  var reference: String?

  @OptionGroup var table: TableOptions

  func validate() throws {
    if let reference, !ReferenceTable.names.contains(reference) {
      throw ValidationError(
        "--reference '\(reference)' is not one of \(ReferenceTable.names.joined(separator: ", "))")
    }
  }

  func run() throws {
    if let reference = reference.flatMap(ReferenceTable.named) { return try Console.write(reference.bytes) }
    let table = try table.load()
    try Console.print(([Rule.columns] + table.exported.map(\.cells)).map { $0.joined(separator: "\t") })
  }
}
