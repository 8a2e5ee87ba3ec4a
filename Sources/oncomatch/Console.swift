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

  /// Writes bytes to standard output.
  static func write(_ bytes: [UInt8]) { write(bytes, to: 1) }

  /// Writes bytes to standard error.
  static func writeErrors(_ bytes: [UInt8]) { write(bytes, to: 2) }

  /// Writes a line to standard error, control characters made harmless; a `message` event where the log is JSON.
  static func complain(_ line: String) {
    if RunLog.speaksJSON { return RunLog.object("message") { $0.value("message", line) } }
    let safe = line.utf8.map { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F ? UInt8(ascii: "?") : $0 }
    write(safe + [0x0A], to: 2)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var offset = 0
    unsafe bytes.withUnsafeBytes { buffer in
      while offset < buffer.count {
        let wrote = unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
        if wrote < 0 {
          if errno == EINTR { continue }
          return
        }
        offset += wrote
      }
    }
  }
}
