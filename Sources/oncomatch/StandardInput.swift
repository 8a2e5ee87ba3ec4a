// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import DelimitedText

/// Standard input in the place of a file, named `-`; a file of that name is `./-`.
enum StandardInput {
  /// What stands for standard input.
  static let name = "-"

  /// The path to open for a file that was named.
  static func path(_ name: String) -> String { name == Self.name ? "/dev/stdin" : name }

  /// The lines of standard input without white space at their ends; empty ones and comments (`#`) are left out.
  static func lines() throws -> [String] {
    let bytes: [UInt8]
    do throws(InputError) {
      bytes = try TableFile.bytes(name)
    } catch {
      RunLog.error(error, code: .badInput)
      throw ExitCode.badInput
    }
    var walker = LineWalker(terminator: LineWalker.terminator(of: bytes.span))
    var lines: [String] = []
    while let range = walker.next(in: bytes.span) {
      let line = ByteText.string(bytes.span.extracting(ByteText.trimmed(range, in: bytes.span)))
      if !line.isEmpty, !line.hasPrefix("#") { lines.append(line) }
    }
    return lines
  }

  /// Refuses standard input as an input of a command that looks at files again, or has to know their names.
  static func refuse(in inputs: [String]) throws {
    guard inputs.contains(name) else { return }
    throw ValidationError(
      "standard input (-) cannot be an INPUT: what is new is decided by file (put it in a file, and name that)")
  }
}
