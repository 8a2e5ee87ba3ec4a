// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import Knowledge

struct TableDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Print the differences between two versions of a rule table or of another built-in table.",
    discussion: """
      Prints one row for each difference: rules removed, renamed, changed (with the field) and added. The order of rows \
      and of the items of lists does not matter. A file with the columns of another built-in table (`table export \
      --reference`) is compared row by row with that table. With --against, OUT is an output folder that was made with \
      OLD: its inputs are matched with both versions, the column `samples` names those whose rows with that rule change, \
      and a row `report` follows for every sample whose report would change.
      """)

  @Option(help: ArgumentHelp("An output folder made with OLD.", valueName: "OUT"))
  var against: String?

  @Option(help: ArgumentHelp("Number of workers; the machine's cores unless given.", valueName: "N"))
  var jobs: Int?

  @OptionGroup var panel: PanelOption

  @Argument(help: ArgumentHelp("The earlier table, or built-in.", valueName: "OLD"))
  var old: String

  @Argument(help: ArgumentHelp("The later table, or built-in.", valueName: "NEW"))
  var new: String

  func run() throws {
    let before = (name: old, bytes: old == "built-in" ? [] : try TableFile.read(old))
    let after = (name: new, bytes: new == "built-in" ? [] : try TableFile.read(new))
    let diff = TableDiff(old: before, new: after)
    guard diff.faults.isEmpty else {
      for fault in diff.faults { Console.fail(fault.description) }
      throw ExitCode.configuration
    }
    var impact: TableImpact?
    if let against {
      guard diff.isOfRules else {
        Console.fail("--against compares rule tables (\(old) and \(new) hold no rules)")
        throw ExitCode.configuration
      }
      var options = RunOptions()
      options.jobs = jobs ?? Machine.coreCount
      options.panel = try panel.load(KnowledgeBase.load())
      do throws(InputError) {
        impact = try TableImpact(
          output: against, old: before, new: after, options: options, programVersion: programVersion)
      } catch {
        Console.fail(error.description)
        throw ExitCode.noInput
      }
    }
    var buffer = TSVWriter()
    buffer.row(TableDiff.columns + (impact == nil ? [] : ["samples"]))
    for change in diff.changes {
      let cells = [change.kind.rawValue, change.ruleID, change.field, change.before, change.after]
      let samples = impact?.samples.filter { sample in
        sample.rules.contains(change.ruleID) || change.kind == .renamed && sample.rules.contains(change.before)
      }
      buffer.row(cells + (samples.map { [$0.map(\.id).joined(separator: ";")] } ?? []))
    }
    for sample in impact?.samples ?? [] {
      let rules = sample.rules.joined(separator: ";")
      buffer.row(["report", rules, "therapies", "\(sample.before) rows", "\(sample.after) rows", sample.id])
    }
    try Console.write(buffer.bytes)
    if let impact {
      Console.complain("\(impact.samples.count) of \(impact.compared) reports would change")
      name(impact.gone, "not compared, since files of theirs are gone")
      name(impact.changed, "compared as their files are now, which changed since the run")
    }
  }

  private func name(_ samples: [String], _ what: String) {
    guard !samples.isEmpty else { return }
    let shown = samples.prefix(5).joined(separator: ", ") + (samples.count > 5 ? " and \(samples.count - 5) more" : "")
    Console.complain("\(samples.count) \(samples.count == 1 ? "sample" : "samples") \(what): \(shown)")
  }
}
