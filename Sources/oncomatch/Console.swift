// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import JSONText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Standard output and standard error as bytes.
enum Console {
  /// Whether standard output is a terminal.
  static var isTerminal: Bool { isatty(1) == 1 }

  /// Whether a line on standard error is read by a person at a terminal.
  static var hasReader: Bool { isatty(1) == 1 || isatty(2) == 1 }

  /// Writes bytes to standard output; ends the program with 74 when they cannot be written.
  static func write(_ bytes: [UInt8]) throws(ExitCode) {
    let error = write(bytes, to: 1)
    guard error != 0 else { return }
    // A reader that has seen enough, such as `head`, is told nothing.
    if error != EPIPE {
      RunLog.error(
        "cannot write to standard output: \(unsafe String(cString: strerror(error)))", code: .inputOutputError)
    }
    throw .inputOutputError
  }

  /// Writes a line to standard output.
  static func print(_ line: String) throws(ExitCode) { try write(Array((line + "\n").utf8)) }

  /// Writes lines to standard output.
  static func print(_ lines: [String]) throws(ExitCode) {
    if !lines.isEmpty { try print(lines.joined(separator: "\n")) }
  }

  /// Makes a reader that went away an error of writing and not the end of the program.
  static func keepBrokenPipes() {
    var ignored = sigaction()
    unsafe ignored.__sigaction_handler.sa_handler = SIG_IGN
    unsafe sigaction(SIGPIPE, &ignored, nil)
  }

  /// Writes bytes to standard error.
  static func writeErrors(_ bytes: [UInt8]) { _ = write(bytes, to: 2) }

  /// Writes a complaint to standard error, with the name of the program; a `message` event where the log is JSON.
  static func fail(_ line: String) { complain(RunLog.speaksJSON ? line : "oncomatch: " + line) }

  /// Writes a line to standard error, control characters made harmless; a `message` event where the log is JSON.
  static func complain(_ line: String) {
    if RunLog.speaksJSON { return RunLog.object(.message) { $0.value("message", line) } }
    let safe = line.utf8.map { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F ? UInt8(ascii: "?") : $0 }
    _ = write(safe + [0x0A], to: 2)
  }

  /// - Returns: The number of the error; 0 where there was none.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var offset = 0
    var failure: Int32 = 0
    unsafe bytes.withUnsafeBytes { buffer in
      while offset < buffer.count {
        let wrote = unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
        if wrote < 0 {
          if errno == EINTR { continue }
          failure = errno
          return
        }
        offset += wrote
      }
    }
    return failure
  }
}
