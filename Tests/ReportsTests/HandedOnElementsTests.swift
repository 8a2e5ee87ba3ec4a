// SPDX-License-Identifier: Apache-2.0
import JSONText
import Testing

/// Long arrays are read an element at a time; nothing else of a text is read in another way.
@Suite struct HandedOnElementsTests {
  static let texts = [
    #"{"rows": [{"a": 1}, {"a": [2, 3]}], "other": [4, 5]}"#,
    #"{"rows" : [ ] , "other" : {"rows": [6]}}"#,
    #"{"rows": "none", "other": null}"#,
    #"{"other": [{"rows": [7]}], "rows": [[8], "nine"]}"#,
    #"[{"rows": [10]}]"#,
  ]

  @Test("what is handed on and what stays is what the whole text holds", arguments: texts)
  func handsOn(text: String) throws {
    let bytes = Array(text.utf8)
    let whole = try JSONValue(bytes.span)
    var handed: [String] = []
    let rest = try JSONValue(bytes.span, handingOn: ["rows"]) { handed.append("\($0): \($1)") }
    #expect(handed == (whole["rows"]?.elements ?? []).map { "rows: \($0)" })
    #expect("\(rest["other"] as Any)" == "\(whole["other"] as Any)")
    #expect(rest["rows"]?.text == whole["rows"]?.text)
    #expect(rest["rows"]?.elements.isEmpty ?? true)
    #expect(rest.elements.count == whole.elements.count)
  }

  @Test(
    "a fault within an element is a fault of the text",
    arguments: [#"{"rows": [1, }"#, #"{"rows": [1 2]}"#, #"{"rows": [1"#])
  func findsFaults(text: String) {
    let bytes = Array(text.utf8)
    #expect(throws: JSONValue.Fault.self) { try JSONValue(bytes.span, handingOn: ["rows"]) { _, _ in } }
  }
}
