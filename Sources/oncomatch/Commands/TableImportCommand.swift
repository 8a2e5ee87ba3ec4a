// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import DelimitedText
internal import Knowledge
internal import SystemIO
internal import TableImport

struct TableImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn the file of a knowledge base into rules.",
    discussion: """
      Prints rules, header first, to standard output and the balance of items to standard error. Every item is imported, \
      refused (it cannot be read or names what is not known) or deferred (the rule table has no words for it yet). A rule \
      is printed only when the loader accepts it and its own example meets it. Sources: civic (accepted evidence, \
      layout of 2026), cgi (biomarkers per variant), moalmanac (flat lists of assertions or of label statements), oncokb \
      (the table of actionable genes that a licensed lab holds), ckb and jax (evidence of the Jackson Laboratory's \
      knowledgebase, table or JSON), tsv (any table, with --columns). Of a row with lists what can be read becomes rules; \
      each word that cannot is an item of its own with the reason.
      """)

  @Option(help: ArgumentHelp("civic, cgi, moalmanac, oncokb, ckb, jax or tsv.", valueName: "SOURCE"))
  var from: String

  @Option(
    help: ArgumentHelp("Which column holds what, one `name = Column` per line; for --from tsv.", valueName: "FILE"))
  var columns: String?

  @Option(help: ArgumentHelp("Write items that became no rule, with the reason.", valueName: "FILE"))
  var refused: String?

  @Option(
    help: ArgumentHelp("Write the rules here, with a version and where they come from.", valueName: "FILE"))
  var output: String?

  @Argument(help: ArgumentHelp("The file, plain or gzipped.", valueName: "FILE"))
  var file: String

  func validate() throws {
    guard ImportSources.names.contains(from) else {
      throw ValidationError("--from '\(from)' is not one of \(ImportSources.names.joined(separator: ", "))")
    }
    if from == "tsv", columns == nil { throw ValidationError("--from tsv needs --columns FILE") }
  }

  func run() throws {
    let bytes = try TableFile.read(file)
    let balance: RuleImport.Balance
    do throws(InputError) {
      var mapping = ColumnMapping()
      if let columns {
        mapping = try ColumnMapping(String(decoding: TableFile.bytes(columns), as: UTF8.self), path: columns)
      }
      balance = try RuleImport(source: from, path: file, columns: mapping).run(bytes.span)
    } catch {
      Console.fail(error.description)
      throw ExitCode.badInput
    }
    let header = Rule.columns.joined(separator: "\t")
    if let output {
      let digest = XXH64.hex(bytes.span)
      let comments = [
        "# rules imported from \(from)", "# version: \(from)-\(digest.prefix(8))",
        "# source: \(TableFile.name(file)), xxh64:\(digest)",
      ]
      try TableFile.write(comments + [header] + balance.rows, to: output)
    } else {
      try Console.write(Array(([header] + balance.rows).joined(separator: "\n").utf8) + [0x0A])
    }
    if let refused {
      var lines = ["id\tline\tfate\treason\tdetail"]
      for item in balance.unused {
        let cells = [item.id, String(item.line), item.fate, item.reason, item.detail]
        lines.append(cells.map(TSVWriter.text).joined(separator: "\t"))
      }
      try TableFile.write(lines, to: refused)
    }
    for line in balance.lines { Console.complain(line) }
  }
}
