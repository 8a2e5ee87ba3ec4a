// SPDX-License-Identifier: Apache-2.0
package import DelimitedText

extension OpenedInput {
  /// Why the end of a text says that the file was cut short; `nil` where it does not.
  ///
  /// A row with fewer cells than the two lines before it, and without an end of line, is what a copy leaves that was
  /// broken off. An end of line that is missing alone says nothing.
  ///
  /// - Parameters:
  ///   - text: The file, or lines at its end.
  ///   - firstLine: The number of the first of its lines, counted from 1.
  package func cutShort(_ text: Span<UInt8>, firstLine: Int = 1) -> InputError? {
    guard isTable, let last = text.indices.last, text[last] != 0x0A, text[last] != 0x0D else { return nil }
    guard let own = line(before: text.count, text), let before = line(before: own.lowerBound - 1, text),
      let third = line(before: before.lowerBound - 1, text)
    else { return nil }
    let cells = count(own, text)
    let expected = count(before, text)
    guard expected > 1, count(third, text) == expected, cells < expected, !own.isEmpty else { return nil }
    var number = firstLine
    for index in 0..<own.lowerBound where text[index] == terminator { number += 1 }
    return InputError(
      path: path, line: number,
      problem: "ends within a row: \(cells) of \(expected) cells and no end of line "
        + "(is it cut short? copy it again, or end its last line)")
  }

  /// The line that ends before a place, without its end; `nil` before the first.
  private func line(before end: Int, _ text: Span<UInt8>) -> Range<Int>? {
    guard end > 0 else { return nil }
    var end = end
    if terminator == 0x0A, end < text.count, text[end - 1] == 0x0D { end -= 1 }
    var start = end
    while start > 0, text[start - 1] != terminator { start -= 1 }
    return start..<end
  }

  private func count(_ line: Range<Int>, _ text: Span<UInt8>) -> Int {
    var cells = 1
    for index in line where text[index] == separator { cells += 1 }
    return cells
  }
}
