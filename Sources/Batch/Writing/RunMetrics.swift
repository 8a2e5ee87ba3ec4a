// SPDX-License-Identifier: Apache-2.0
package import Knowledge
package import SystemIO

/// What a run came to, in the text format that the node exporter of Prometheus collects from files.
package struct RunMetrics: Sendable {
  /// When the run began and ended, in seconds since 1970.
  package var started = WallClock.seconds
  /// How long it took, in seconds.
  package var duration = 0.0
  /// The exit code of the program.
  package var exitCode: Int32 = 0
  /// What the run came to; `nil` when it did not get that far.
  package var summary: BatchRun.Summary?
  /// The tables matched against; `nil` when they could not be loaded.
  package var table: KnowledgeBase?
  /// The version of the program.
  package var programVersion: String

  private static let lastSuccess = "oncomatch_last_success_timestamp_seconds"

  /// The figures of a run that begins now.
  package init(programVersion: String) { self.programVersion = programVersion }

  /// Whether the run did its work; a sample that failed is a figure of its own.
  private var isSuccess: Bool { exitCode == 0 || exitCode == 3 }

  /// Writes the figures beside the file and renames them, so that a collector sees the old or the new ones.
  ///
  /// The time of the last success is taken over from the file where this run is none.
  ///
  /// - Throws: ``SystemError`` when the file cannot be written.
  package func write(to path: String) throws(SystemError) {
    var before: [UInt8] = []
    _ = try? FileReading.read(path, into: &before)
    let success = isSuccess ? started + Int(duration) : Self.lastSuccess(in: before)
    try FileWriting.replace(path, with: text(lastSuccess: success).span)
  }

  /// The file's content.
  ///
  /// - Parameter lastSuccess: When a run last did its work; `nil` when none did.
  func text(lastSuccess: Int?) -> [UInt8] {
    var lines = Lines()
    if let lastSuccess {
      lines.gauge(Self.lastSuccess, "End of the last run that did its work (exit code 0 or 3).", "\(lastSuccess)")
    }
    lines.gauge(
      "oncomatch_last_run_timestamp_seconds", "End of the last run, whatever its result.",
      "\(started + Int(duration))")
    lines.gauge("oncomatch_exit_code", "Exit code of the last run.", "\(exitCode)")
    lines.gauge(
      "oncomatch_duration_seconds", "Time that the last run took.", "\(Double(Int(duration * 1000)) / 1000)")
    if let summary {
      lines.begin("oncomatch_samples", "Samples of the cohort after the last run, by result.")
      let counts = [
        ("reported", summary.reported - summary.unmatched), ("no_match", summary.unmatched),
        ("not_evaluated", summary.notEvaluated.count + summary.stillNotEvaluated.count),
        ("failed", summary.failed.count), ("deferred", summary.deferred.count), ("gone", summary.removed.count),
      ]
      for (result, count) in counts { lines.sample("oncomatch_samples", [("result", result)], "\(count)") }
      lines.gauge("oncomatch_reports_written", "Samples whose reports the last run wrote.", "\(summary.written)")
      lines.gauge("oncomatch_rows_read", "Rows that the last run read; 0 when nothing was new.", "\(summary.rowsRead)")
      lines.gauge(
        "oncomatch_rows_rejected", "Rows of samples that the last run could not read; 0 when nothing was new.",
        "\(summary.rejectedRows)")
    }
    if let table {
      let dated = table.sources.compactMap { source in
        Self.seconds(ofVersion: source.version).map { (source, $0) }
      }
      if !dated.isEmpty {
        lines.begin("oncomatch_knowledge_base_timestamp_seconds", "Date of each table, where its version is one.")
        for (source, seconds) in dated {
          lines.sample("oncomatch_knowledge_base_timestamp_seconds", [("table", source.name)], "\(seconds)")
        }
      }
    }
    lines.begin("oncomatch_build_info", "Version of the program.")
    lines.sample("oncomatch_build_info", [("version", programVersion)], "1")
    return lines.bytes
  }

  /// The value of the last success in a file of ours.
  static func lastSuccess(in bytes: [UInt8]) -> Int? {
    for line in bytes.split(separator: 0x0A) {
      let words = line.split(separator: 0x20)
      if words.count == 2, words[0].elementsEqual(lastSuccess.utf8) {
        return Int(String(decoding: words[1], as: UTF8.self))
      }
    }
    return nil
  }

  /// Midnight (UTC) of a version such as `2026.11.23` or `2026-11-23`; `nil` for one that is no date.
  static func seconds(ofVersion version: String) -> Int? {
    let parts = version.split { $0 == "." || $0 == "-" }.map { Int($0) }
    guard parts.count >= 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    // Days since 1970 in the Gregorian calendar; a year begins in March, so that the leap day is its last.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return days * 86_400
  }

  /// The text format under construction.
  private struct Lines {
    private(set) var bytes: [UInt8] = []

    mutating func begin(_ name: String, _ help: String) {
      bytes += Array("# HELP \(name) \(help)\n# TYPE \(name) gauge\n".utf8)
    }

    mutating func gauge(_ name: String, _ help: String, _ value: String) {
      begin(name, help)
      sample(name, [], value)
    }

    mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: String) {
      bytes += Array(name.utf8)
      if !labels.isEmpty {
        let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        bytes += Array("{\(list)}".utf8)
      }
      bytes += Array(" \(value)\n".utf8)
    }

    private static func escaped(_ text: String) -> String {
      text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
  }
}
