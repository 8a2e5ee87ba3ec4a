// SPDX-License-Identifier: Apache-2.0
import JSONText
import Testing
@testable import TrialFiles

struct YAMLTextTests {
  /// A value as JSON on one line, keys in order.
  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ") + "}"
    case .array(let items): "[" + items.map(text).joined(separator: ", ") + "]"
    case .string(let text): "'\(text)'"
    case .null: "null"
    case .bool, .integer, .number: "?"
    }
  }

  private static func read(_ yaml: String) throws -> String {
    try YAMLText.documents(yaml).map { text($0.value) }.joined(separator: " | ")
  }

  @Test(arguments: [
    ("a: 1\nb: x y\n", "{a: '1', b: 'x y'}"),
    ("a:\n  - 1\n  - 2\n", "{a: ['1', '2']}"),
    ("a:\n- 1\n- b: 2\n  c: 3\nd: 4\n", "{a: ['1', {b: '2', c: '3'}], d: '4'}"),
    ("- and:\n    - x: 1\n    - or:\n      - y: 2\n", "[{and: [{x: '1'}, {or: [{y: '2'}]}]}]"),
    ("a: \"!Mutation\" # why\nb: 'it''s'\n", "{a: '!Mutation', b: 'it's'}"),
    ("a: \"x\\n\\u00e9\"\n", "{a: 'x\né'}"),
    ("a: [1, 'b, c', {d: \">=18\"}]\n", "{a: ['1', 'b, c', {d: '>=18'}]}"),
    ("a: [1,\n  2]\nb: {}\nc: []\n", "{a: ['1', '2'], b: {}, c: []}"),
    ("a: |\n  one\n    two\n\n  three\nb: 1\n", "{a: 'one\n  two\n\nthree', b: '1'}"),
    ("a: >-\n  one\n  two\n", "{a: 'one two'}"),
    ("a: A long title\n  goes on\nb:\nc: ~\n", "{a: 'A long title goes on', b: null, c: null}"),
    ("\"a b\": 1\nurl: https://x.y/z:8\n", "{a b: '1', url: 'https://x.y/z:8'}"),
    ("---\na: 1\n---\n# nothing\n---\na: 2\n...\n", "{a: '1'} | {a: '2'}"),
    ("a: 1\r\nb:\r\n  - c: 2\r\n", "{a: '1', b: [{c: '2'}]}"), ("", ""), ("# only\n", ""),
    ("{a: 1, # why\n  b: [x, # one\n    # two\n    y]}\n", "{a: '1', b: ['x', 'y']}"),
    ("# head\n[\n  {\"a\": \"x # y\"},\n  {\"a\": 2}\n]\n", "[{a: 'x # y'}, {a: '2'}]"),
    ("---\n{a: 1}\n---\n{a: [\"]\", '{']}\n", "{a: '1'} | {a: [']', '{']}"),
    ("a: x#y\nb: N\n", "{a: 'x#y', b: 'N'}"), ("-\n  a: 1\n-\n  a: 2\n", "[{a: '1'}, {a: '2'}]"),
  ])
  func `what registries write is read`(yaml: String, expected: String) throws {
    #expect(try Self.read(yaml) == expected)
  }

  @Test(arguments: [
    ("a: &x 1\nb: *x\n", 1, "anchor"), ("a: 1\nb: *x\n", 2, "alias"), ("a: !Mutation\n", 1, "tag"),
    ("a:\n\t- 1\n", 2, "tab"), ("a: 1\na: 2\n", 2, "second time"), ("a: 'x\n", 1, "not closed"),
    ("a: [1, 2\n", 1, "not closed"), ("a: \"x\" y\n", 1, "behind"), ("a: 1\n   b: 2\n", 2, "indentation"),
    ("a:\n  - 1\n   - 2\n", 3, "indentation"), ("a: {b: 1, b: 2}\n", 1, "second time"),
    ("a: {b 1}\n", 1, "without a value"),
    ("a: @x\n", 1, "reserved"), ("a: [&x 1, *x]\n", 1, "anchor"), ("a: 1\nplain\n", 2, "no key"),
  ])
  func `what is not read is named by its line`(yaml: String, line: Int, problem: String) {
    #expect {
      _ = try Self.read(yaml)
    } throws: { error in
      guard let fault = error as? YAMLText.Fault else { return false }
      return fault.line == line && fault.problem.contains(problem)
    }
  }

  @Test func `brackets may go on for thousands of lines`() throws {
    let items = (0..<5000).map { "  {a: \($0)}" }.joined(separator: ",\n")
    #expect(try YAMLText.documents("[\n\(items)\n]\n").first?.value.elements.count == 5000)
  }

  @Test func `what nests too deep ends and does not crash`() {
    let block = (0..<5000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    let dashes = String(repeating: "- ", count: 5000) + "x"
    let flow = "a: " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    for yaml in [block, dashes, flow] {
      #expect(throws: YAMLText.Fault.self) { _ = try YAMLText.documents(yaml) }
    }
  }

  @Test(arguments: [
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n", [["a", "b"], ["x, y", "he said \"no\""]]),
    ("a\n\"two\nlines\"\n\nb", [["a"], ["two\nlines"], ["b"]]), ("a,,\n", [["a", "", ""]]), ("", []),
  ])
  func `rows with commas are read with their quotes`(text: String, rows: [[String]]) throws {
    var csv = CSVText(Array(text.utf8))
    var found: [[String]] = []
    while let row = try csv.next() { found.append(row.cells) }
    #expect(found == rows)
  }

  @Test func `a quote that is not closed is named by the line where it opens`() throws {
    var csv = CSVText(Array("a\nb\n\"c\nd\n".utf8))
    _ = try csv.next()
    _ = try csv.next()
    #expect {
      _ = try csv.next()
    } throws: { ($0 as? CSVText.Fault)?.line == 3 }
  }
}
