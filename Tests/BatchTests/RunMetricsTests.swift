// SPDX-License-Identifier: Apache-2.0
@testable import Batch
import Foundation
import TestSupport
import Testing

/// The figures that a monitor collects after a run.
struct RunMetricsTests {
  private static func metrics(code: Int32, summary: BatchRun.Summary? = nil) -> RunMetrics {
    var metrics = RunMetrics(programVersion: "1.2.3")
    metrics.started = 1_000
    metrics.duration = 2.5
    metrics.exitCode = code
    metrics.summary = summary
    return metrics
  }

  private static func lines(_ metrics: RunMetrics, lastSuccess: Int? = nil) -> [String] {
    String(decoding: metrics.text(lastSuccess: lastSuccess), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func `samples are counted by result, and those without a match are not among the reported`() {
    var summary = BatchRun.Summary()
    summary.reported = 10
    summary.unmatched = 3
    summary.failed = [("A", "broken")]
    let lines = Self.lines(Self.metrics(code: 3, summary: summary))
    for (result, count) in [("reported", 7), ("no_match", 3), ("failed", 1), ("deferred", 0)] {
      #expect(lines.contains("oncomatch_samples{result=\"\(result)\"} \(count)"))
    }
    #expect(lines.contains("oncomatch_exit_code 3") && lines.contains("oncomatch_duration_seconds 2.5"))
    #expect(lines.contains("oncomatch_build_info{version=\"1.2.3\"} 1"))
  }

  @Test func `each metric is described once, before its first value`() {
    var metrics = Self.metrics(code: 0, summary: BatchRun.Summary())
    metrics.table = Clinic.table
    var described: Set<String> = []
    for line in Self.lines(metrics, lastSuccess: 1) {
      let words = line.split(separator: " ")
      if line.hasPrefix("# TYPE") {
        #expect(described.insert(String(words[2])).inserted)
      } else if !line.hasPrefix("#") {
        #expect(described.contains(String(words[0].prefix { $0 != "{" })), "\(line)")
      }
    }
    #expect(described.contains("oncomatch_knowledge_base_timestamp_seconds"))
  }

  @Test func `a run that failed keeps the time of the last success, one that did its work replaces it`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).prom").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func success() throws -> Int? {
      RunMetrics.lastSuccess(in: Array(try Data(contentsOf: URL(filePath: path))))
    }
    try Self.metrics(code: 74).write(to: path)
    #expect(try success() == nil)
    try Self.metrics(code: 3).write(to: path)
    #expect(try success() == 1002)
    var later = Self.metrics(code: 66)
    later.started = 5_000
    try later.write(to: path)
    #expect(try success() == 1002)
    later.exitCode = 0
    try later.write(to: path)
    #expect(try success() == 5002)
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  @Test(
    arguments: [
      ("1970.01.01", 0), ("2026.11.23", 1_795_392_000), ("2024-02-29", 1_709_164_800), ("2000.03.01.2", 951_868_800),
      ("1.2.3", nil), ("2026.13.01", nil), ("", nil), ("spring 2026", nil),
    ] as [(String, Int?)])
  func `a version that is a date gives the table's time`(version: String, seconds: Int?) {
    #expect(RunMetrics.seconds(ofVersion: version) == seconds)
  }
}
