// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import Knowledge
internal import SystemIO

/// The options that name the studies of a registry.
struct TrialOptions: ParsableArguments {
  @Option(
    name: .customLong("trials"),
    help: ArgumentHelp(
      "Trials to match: CSV or JSON of ClinicalTrials.gov, CTML, or a TSV of one's own; may be repeated; - is standard input.",
      valueName: "FILE"))
  var files: [String] = []

  @Option(
    name: .customLong("trial-country"),
    help: ArgumentHelp("Only trials with a site in this country; may be repeated.", valueName: "COUNTRY"))
  var countries: [String] = []

  /// How many faults of a registry are said one by one.
  private static let saidFaults = 20

  /// The registry; `nil` when no file was named.
  ///
  /// What cannot be read is said on standard error.
  func load(_ table: KnowledgeBase, isQuiet: Bool = false) throws -> TrialRegistry? {
    guard !files.isEmpty else {
      if let country = countries.first {
        RunLog.error("--trial-country '\(country)' needs trials (name a file with --trials)", code: ExitCode(64))
        throw ExitCode(64)
      }
      return nil
    }
    let registry: TrialRegistry
    do throws(InputError) {
      registry = try TrialFileLoader.read(files.map(StandardInput.path), countries: countries, table: table)
    } catch {
      let code = FileStamp(path: error.path) == nil ? ExitCode.noInput : ExitCode.badInput
      RunLog.error(error, code: code)
      throw code
    }
    for country in registry.unknownCountries { Console.complain(country) }
    if !isQuiet { say(registry) }
    return registry
  }

  private func say(_ registry: TrialRegistry) {
    for fault in registry.faults.prefix(Self.saidFaults) { Console.complain("trials: " + fault.description) }
    let more = registry.faults.count - Self.saidFaults
    if more > 0 { Console.complain("trials: and \(more) more such remarks") }
    for file in registry.files {
      let lost = file.lost > 0 ? ", \(file.lost) not read" : ""
      Console.complain("trials: \(file.name) of \(file.date): \(file.trials.count) read\(lost)")
    }
    let elsewhere = registry.elsewhereCount > 0 ? ", \(registry.elsewhereCount) in other countries" : ""
    Console.complain("trials: \(registry.openCount) offered, \(registry.closedCount) closed\(elsewhere) and left out")
  }
}
