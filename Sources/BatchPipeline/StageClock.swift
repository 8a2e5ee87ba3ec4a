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

/// The calendar.
public enum WallClock {
  /// Seconds since 1970.
  public static var seconds: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec
  }

  /// `2026-11-23T08:15:00Z`.
  static func text(_ seconds: Int) -> String {
    var parts = unsafe tm()
    var time = time_t(seconds)
    unsafe gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let year = unsafe 1900 + parts.tm_year
    let date = unsafe [parts.tm_mon + 1, parts.tm_mday].map(two).joined(separator: "-")
    let hour = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(two).joined(separator: ":")
    return "\(year)-\(date)T\(hour)Z"
  }
}
