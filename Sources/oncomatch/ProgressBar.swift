// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

internal import Batch
internal import SystemIO

/// A line on the terminal that says how far a run has come: samples done, rate, time left, failures.
///
/// It is drawn on standard error when that is a terminal and never elsewhere, so no log holds it.
final class ProgressBar: Sendable {
  private struct State {
    var last = 0.0
    var done = 0
    var isDrawn = false
    var isFinished = false
  }

  private let started = Machine.seconds
  private let state = Locked(State())

  /// A bar, where standard error is a terminal that can show one.
  static func onTerminal() -> ProgressBar? {
    guard isatty(2) == 1, Machine.environment("TERM") != "dumb" else { return nil }
    return ProgressBar()
  }

  /// Draws the line anew, ten times a second at most.
  func show(_ progress: RunProgress) {
    let now = Machine.seconds
    state.withLock { state in
      // Workers report out of turn; an older state is not drawn over a newer one.
      guard !state.isFinished, progress.done >= state.done, now - state.last >= 0.1 else { return }
      state.last = now
      state.done = progress.done
      state.isDrawn = true
      let line = Self.line(progress, seconds: now - started, width: Self.width)
      Console.writeErrors(Array("\r\(line)\u{1B}[K".utf8))
    }
  }

  /// Takes the line away; nothing is drawn any more.
  func finish() {
    state.withLock { state in
      state.isFinished = true
      if state.isDrawn { Console.writeErrors(Array("\r\u{1B}[K".utf8)) }
      state.isDrawn = false
    }
  }

  /// The text of the line, without its end: `[####......] 412 samples, 41 % of 1000 files, 205/s, 0:03 left, 2 failed`.
  static func line(_ progress: RunProgress, seconds: Double, width: Int) -> String {
    let fraction = progress.fraction
    var words = ["\(progress.done) samples"]
    if progress.filesRead < progress.files {
      words.append("\(progress.filesRead) of \(progress.files) files")
    } else if progress.samples > progress.done {
      words[0] = "\(progress.done) of \(progress.samples) samples"
    }
    if seconds >= 0.5, progress.done > 0 {
      let rate = Double(progress.done) / seconds
      words.append(rate >= 10 ? "\(Int(rate.rounded()))/s" : "\(Double(Int(rate * 10)) / 10)/s")
    }
    if seconds >= 0.5, fraction > 0.005, fraction < 1 {
      words.append(clock(seconds * (1 - fraction) / fraction) + " left")
    }
    if progress.failed > 0 { words.append("\(progress.failed) failed") }
    let text = words.joined(separator: ", ")
    let room = min(30, width - text.utf8.count - 4)
    if room < 5 { return String(text.prefix(max(0, width - 1))) }
    let filled = min(room, Int(Double(room) * fraction))
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: room - filled) + "] " + text
  }

  /// `0:07`, `1:02:03`.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 360_000).rounded(.up))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(whole % 60)
  }

  /// The terminal's width in characters.
  private static var width: Int {
    var size = winsize()
    guard unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
