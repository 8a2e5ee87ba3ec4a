// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch

/// Options of a run that say what is read, and as what.
struct ReadingOptions: ParsableArguments {
  @Option(\.sheet) var sheet: StatedSetting?

  @Option(
    name: .customLong("timeline"),
    help: ArgumentHelp(
      "Timeline of patients in cBioPortal's layout: therapies with their days, days of samples; repeatable.",
      valueName: "FILE"))
  var timelines: [String] = []

  @Option(\.overridesFile) var overrides: StatedSetting?

  @Option(\.tumorType) var tumorType: StatedSetting?

  @Option(\.genome) var genome: StatedSetting?

  @Option(\.maxTextSize) var maxTextSize: StatedSetting?

  @Option(\.maxLineSize) var maxLineSize: StatedSetting?
}

/// Options of a run that say what is written.
struct WritingOptions: ParsableArguments {
  @Option(\.formats) var formats: StatedSetting?

  @Flag(\.writesSampleFiles) var writesSampleFiles: Bool?

  @Option(\.regulator) var regulator: StatedSetting?

  @Option(\.reportAddress) var reportAddress: StatedSetting?

  @Flag(\.reportsGermline) var reportsGermline: Bool?

  @Flag(\.explains) var explains: Bool?

  @Flag(\.isPrivate) var isPrivate: Bool?
}

/// Options of a run that say what is done again, and what of the last run stays.
struct RepeatingOptions: ParsableArguments {
  @Option(\.quietTime) var quietTime: StatedSetting?

  @Flag(help: "Do everything again, changed or not.")
  var force = false

  @Flag(help: "Print what would be done and why, and write nothing.")
  var dryRun = false

  @Flag(\.verifies) var verifies: Bool?

  @Flag(\.prunes) var prunes: Bool?

  @Flag(help: "An input in which nothing lies any more is meant, and so is a --prune of more than half of the reports.")
  var allowEmpty = false

  @Flag(\.isStrict) var isStrict: Bool?
}

/// Options of a run that say what it tells people and programs while it runs.
struct SayingOptions: ParsableArguments {
  @Flag(\.isQuiet) var isQuiet: Bool?

  @Option(
    help: ArgumentHelp(
      "text or json: the form of standard error; json is one object per line, with a summary at the end.",
      valueName: "FORMAT"))
  var logFormat = LogFormat.text

  @Option(
    help: ArgumentHelp(
      "Write the run's figures for the node exporter of Prometheus; the name ends in .prom.", valueName: "FILE"))
  var metricsFile: String?

  func validate() throws {
    if let metricsFile, !metricsFile.hasSuffix(".prom") {
      throw ValidationError("--metrics-file '\(metricsFile)' does not end in .prom (the collector reads no other file)")
    }
  }
}
