// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching
internal import SystemIO

/// Writes the layout of the built-in tables as a text of the program.
///
/// usage: TableLayoutWriter FILE
@main
enum Writer {
  static func main() throws {
    let digits = BuiltInLayout.made(matching: MatchingLayout.numbers)
    var source = Array("// Written by TableLayoutWriter.\nlet layout: StaticString = #\"\"\"\n".utf8)
    for start in stride(from: 0, to: digits.count, by: 120) {
      source += digits[start..<min(start + 120, digits.count)]
      // The text goes on without a line end.
      source += Array("\\#\n".utf8)
    }
    source += Array("\n\"\"\"#\n".utf8)
    for path in CommandLine.arguments.dropFirst() { try FileWriting.replace(path, with: source.span) }
  }
}
