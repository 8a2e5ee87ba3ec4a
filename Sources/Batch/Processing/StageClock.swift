// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The stages of a run, in order.
enum Stage: Int, CaseIterable {
  case discover, read, normalize, match, report, write

  var name: String { String(describing: self) }
}

/// Seconds and rows that the stages took on one worker.
struct StageClock: Sendable {
  private(set) var seconds = [Double](repeating: 0, count: Stage.allCases.count)
  private(set) var rows = [Int](repeating: 0, count: Stage.allCases.count)

  /// Runs `body` and counts its time for a stage.
  mutating func time<Result, Failure: Error>(
    _ stage: Stage, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = Self.now()
    defer { seconds[stage.rawValue] += Self.now() - start }
    return try body()
  }

  /// Counts rows for a stage.
  mutating func count(_ number: Int, for stage: Stage) { rows[stage.rawValue] += number }

  /// Adds time and rows to a stage.
  mutating func add(_ time: Double, rows number: Int, to stage: Stage) {
    seconds[stage.rawValue] += time
    rows[stage.rawValue] += number
  }

  /// Sets a stage's figures.
  mutating func set(_ stage: Stage, seconds: Double, rows: Int) {
    self.seconds[stage.rawValue] = seconds
    self.rows[stage.rawValue] = rows
  }

  /// Adds another worker's figures.
  mutating func add(_ other: StageClock) {
    for index in seconds.indices {
      seconds[index] += other.seconds[index]
      rows[index] += other.rows[index]
    }
  }

  /// Seconds of a clock that only goes forward.
  static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
