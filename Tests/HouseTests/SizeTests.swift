// SPDX-License-Identifier: Apache-2.0
import Testing

/// How much a reader has to hold in mind at once.
struct SizeTests {
  private static let files = Manifest.swiftFiles(below: "Sources")

  @Test func `half of the files are under 100 lines, nine in ten under 300, none is over 450`() {
    let sizes = Self.files.map(\.lines.count)
    #expect(sizes.count > 100)
    let (short, middling) = (sizes.count { $0 < 100 }, sizes.count { $0 < 300 })
    #expect(short * 2 >= sizes.count, "\(short) of \(sizes.count) under 100 lines")
    #expect(middling * 10 >= sizes.count * 9, "\(middling) of \(sizes.count) under 300 lines")
    let long = Self.files.filter { $0.lines.count > 450 }.map { "\($0.path): \($0.lines.count) lines" }
    #expect(long == [])
  }

  @Test func `at most five functions are over 60 lines`() {
    let all = Self.files.flatMap(Self.functions)
    #expect(all.count > 1000)
    let long = all.filter { $0.lines > 60 }.sorted { $0.lines > $1.lines }
    #expect(long.count <= 5, "\(long.map { "\($0.place): \($0.lines) lines" }.joined(separator: ", "))")
  }

  /// The functions of a file that have a body of several lines.
  ///
  /// The sources are formatted: a body opens at the end of a line and closes with a brace below the function's first
  /// letter.
  private static func functions(of file: Manifest.File) -> [(place: String, lines: Int)] {
    let begin = #/^(?<indent> *)(?:[@\w][\w()]* )*(?:func |init[?(<]|subscript\()/#
    return file.lines.indices.compactMap { first in
      guard let match = file.lines[first].firstMatch(of: begin) else { return nil }
      let indent = match.output.indent
      var opening = first
      while !file.lines[opening].hasSuffix("{") {
        opening += 1
        // What goes on behind the function without a body, as in a protocol, is not its own.
        guard opening < file.lines.count, file.lines[opening].hasPrefix(indent) else { return nil }
        let rest = file.lines[opening].dropFirst(indent.count)
        guard ["  ", ")", "{", "where "].contains(where: rest.hasPrefix) else { return nil }
      }
      guard let last = file.lines[opening...].firstIndex(where: { $0 == indent + "}" }) else { return nil }
      return ("\(file.path):\(first + 1)", last - first + 1)
    }
  }
}
