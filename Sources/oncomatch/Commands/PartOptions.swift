// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import SystemIO

/// The option for the form of standard error.
struct LogOptions: ParsableArguments {
  @Option(
    name: .customLong("log-format"),
    help: ArgumentHelp(
      "text or json: the form of standard error; json is one object per line (oncomatch schema log).",
      valueName: "FORMAT"))
  var format = LogFormat.text
}

/// The options that say which part of a cohort to do.
struct PartOptions: ParsableArguments {
  @Option(
    name: .customLong("samples-from"),
    help: ArgumentHelp(
      "Process the samples that this file lists, one identifier per line; - is standard input.", valueName: "FILE"))
  var list: String?

  @Option(
    help: ArgumentHelp(
      "Process the samples of shard K of N, by a hash of their identifier; `merge` joins the shards.",
      valueName: "K/N"))
  var shard: String?

  func validate() throws {
    if list != nil, shard != nil { throw ValidationError("--samples-from and --shard cannot be used together") }
    if let shard, CohortPart(shard) == nil {
      throw ValidationError("--shard '\(shard)' is not a shard (expected K/N with K from 1 to N, such as 2/7)")
    }
  }

  /// The part, or nil when none was asked for.
  func load() throws -> CohortPart? {
    if let shard { return CohortPart(shard) }
    guard let named = list else { return nil }
    let list = StandardInput.path(named)
    do throws(InputError) {
      return try CohortPart(list: list)
    } catch {
      let code = FileStamp(path: list) == nil ? ExitCode.noInput : ExitCode.badInput
      RunLog.error(error, code: code)
      throw code
    }
  }
}
