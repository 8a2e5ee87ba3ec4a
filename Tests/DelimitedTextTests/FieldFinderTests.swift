// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import TestSupport
import Testing

@Suite("Fields of a line")
struct FieldFinderTests {
  /// Cells of lengths around the blocks of 16 bytes in which separators are looked for.
  private static func line(_ random: inout some RandomNumberGenerator, separator: String) -> String {
    (0..<Int.random(in: 1...40, using: &random)).map { _ in
      String(repeating: "x", count: [0, 1, 2, 7, 14, 15, 16, 17, 33].randomElement(using: &random) ?? 0)
    }.joined(separator: separator)
  }

  @Test("each wanted field is the one that splitting the whole line gives")
  func sameAsSplit() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<400 {
      let lines = (0..<3).map { _ in Self.line(&random, separator: "\t") }
      let bytes = Array(lines.joined(separator: "\n").utf8)
      let wanted = (0..<8).map { _ in Int.random(in: -1...42, using: &random) }
      var finder = FieldFinder(columns: wanted)
      var walker = LineWalker()
      var number = 0
      while let line = walker.next(in: bytes.span) {
        let cells = lines[number].split(separator: "\t", omittingEmptySubsequences: false)
        let walked = finder.find(in: bytes.span, line: line)
        #expect(walked == min(cells.count, (wanted.max() ?? -1) + 1))
        for (slot, column) in wanted.enumerated() {
          let found = String(decoding: bytes[finder.field(slot)], as: UTF8.self)
          #expect(found == (cells.indices.contains(column) ? String(cells[column]) : ""), "\(lines[number]) \(column)")
        }
        number += 1
      }
      #expect(number == 3)
    }
  }

  @Test(
    "between commas a quoted cell holds commas",
    arguments: [
      ("a,b,c", ["a", "b", "c"]), ("a,\"b,b\",c", ["a", "\"b,b\"", "c"]), ("\"a,b\"", ["\"a,b\"", "", ""]),
      (",,", ["", "", ""]), ("a,\"b,c", ["a", "\"b,c", ""]),
    ])
  func quoted(line: String, cells: [String]) {
    let bytes = Array(line.utf8)
    var finder = FieldFinder(columns: [0, 1, 2], separator: UInt8(ascii: ","))
    _ = finder.find(in: bytes.span, line: 0..<bytes.count)
    #expect((0..<3).map { String(decoding: bytes[finder.field($0)], as: UTF8.self) } == cells)
  }

  @Test("a table's rows that repeat the cells above them read as they are written")
  func repeated() {
    let table = NamedTable(Array("# version: 1\na\tb\tc\n1\tx\t\n1\tx\ty\n 1\txy\ty \n2\n1\tx\ty\n".utf8).span)
    #expect(table.rows.map(\.cells) == [["1", "x", ""], ["1", "x", "y"], ["1", "xy", "y"], ["2"], ["1", "x", "y"]])
  }
}

@Suite("Cells of a table under construction")
struct TSVWriterTests {
  private static func written(_ write: (inout TSVWriter) -> Void) -> String {
    var writer = TSVWriter()
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("control characters become spaces wherever they stand, and nothing else changes")
  func controls() {
    var random = SeededGenerator(seed: 5)
    let characters = ["a", "Z", " ", "~", "\u{7F}", "\t", "\n", "\u{1F}", "\0", "é", "\u{80}", "染"]
    for length in 0...40 {
      for _ in 0..<20 {
        let isPlain = Bool.random(using: &random)
        let text = (0..<length).map { _ in
          isPlain ? "q" : characters.randomElement(using: &random) ?? ""
        }.joined()
        let expected = String(
          String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
        #expect(Self.written { $0.cell(text) } == expected, "\(text.debugDescription)")
      }
    }
  }

  @Test(
    "a list is written as its joined text would be",
    arguments: [
      [], [""], ["a"], ["a", "b"], ["", "b"], ["=1", "b"], ["-5", "+6"], ["-5"], ["+x", "y"], ["@", "@"],
      ["a\tb", "c\nd"], ["a", "=b"],
    ] as [[String]])
  func list(items: [String]) {
    #expect(
      Self.written {
        $0.list(items)
        $0.word("end")
      }
        == Self.written {
          $0.cell(items.joined(separator: ";"))
          $0.word("end")
        })
  }
}
