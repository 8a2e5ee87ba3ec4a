// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
@testable import DelimitedText

/// Our own tables are read back by the names of their columns.
struct TSVRowTests {
  private static let text = "sample_id\tgene\tline\nS1\tKIT\t12\nS2\t\t-3\nS3\tTP53\n"

  private static func rows(_ bytes: [UInt8]) -> [[String]] {
    var row = TSVRow(table: bytes)
    var found: [[String]] = []
    while row.next() { found.append([row["sample_id"], row["gene"], row["line"], row["other"]]) }
    return found
  }

  /// The checks of the test library do not change what they look at.
  private static func goOn(_ row: inout TSVRow) -> Bool { row.next() }

  @Test func `cells are found by the name of their column, whatever its place`() {
    let expected = [["S1", "KIT", "12", ""], ["S2", "", "-3", ""], ["S3", "TP53", "", ""]]
    #expect(Self.rows(Array(Self.text.utf8)) == expected)
    let whole = Array((Self.text + "S4\t\t\n").replacing("S3\tTP53\n", with: "S3\tTP53\t\n").utf8)
    #expect(Self.rows(Table.withColumnsReversed(whole)) == expected + [["S4", "", "", ""]])
  }

  @Test func `an empty table and a table without rows have none`() {
    for text in ["", "\n", "sample_id\tgene\n", "sample_id\tgene"] {
      #expect(Self.rows(Array(text.utf8)).isEmpty, "\(text)")
    }
    #expect(TSVRow(table: Array("sample_id\tgene\n".utf8)).header.names == ["sample_id", "gene"])
  }

  @Test func `rows that were taken out of a table are read with its header`() throws {
    let header = TSVHeader(["gene", "sample_id"])
    var row = TSVRow(Array("KIT\tS1\nTP53\tS2".utf8), header: header)
    let sampleID = header.column("sample_id")
    try #require(Self.goOn(&row))
    #expect(row[sampleID] == "S1" && Array(row.text) == Array("KIT\tS1".utf8))
    try #require(Self.goOn(&row))
    #expect(row[sampleID] == "S2" && row.cell(sampleID).elementsEqual("S2".utf8))
    #expect(!Self.goOn(&row))
  }

  @Test func `a row that lacks cells is told from a whole one`() {
    var row = TSVRow(table: Array(Self.text.utf8))
    var whole: [Bool] = []
    while row.next() { whole.append(row.isWhole) }
    #expect(whole == [true, true, false])
  }

  @Test(
    "a cell is a whole number or none",
    arguments: [
      ("0", 0), ("0012", 12), ("-7", -7), ("999999999999999999", 999_999_999_999_999_999), ("", nil), ("-", nil),
      ("1.5", nil), ("x", nil), ("1 ", nil), ("99999999999999999999", nil),
    ] as [(String, Int?)])
  func integer(text: String, expected: Int?) throws {
    var row = TSVRow(Array((text + "\tx").utf8), header: TSVHeader(["number", "other"]))
    try #require(Self.goOn(&row))
    #expect(row.integer(row.header.column("number")) == expected)
    #expect(row.integer(row.header.column("none")) == nil)
  }

  @Test func `words are compared as a whole`() throws {
    var row = TSVRow(Array("sensitivity\tno".utf8), header: TSVHeader(["direction", "new"]))
    let (direction, new) = (row.header.column("direction"), row.header.column("new"))
    try #require(Self.goOn(&row))
    #expect(row.equals(direction, "sensitivity") && row.equals(new, "no"))
    #expect(!row.equals(direction, "sensitivit") && !row.equals(direction, "sensitivity ") && !row.equals(new, "yes"))
    #expect(row.equals(row.header.column("none"), "") && !row.equals(direction, ""))
  }

  @Test(
    "a value comes back as it was before it was written",
    arguments: ["", "x", "=1+1", "-", "-x", "+49", "@a", "'x", "p.V600E", "-1.5", "'", "ä = ö"])
  func value(text: String) throws {
    var buffer = TSVWriter()
    buffer.row(["a", text])
    var row = TSVRow(buffer.bytes, header: TSVHeader(["first", "second"]))
    let second = row.header.column("second")
    try #require(Self.goOn(&row))
    #expect(row.value(second) == text && row[second] == TSVWriter.text(text))
  }

  @Test func `cells are put together in any order`() throws {
    var row = TSVRow(table: Array(Self.text.utf8))
    var line: [UInt8] = []
    try #require(Self.goOn(&row))
    row.append(row.header.columns(["line", "none", "sample_id"]), to: &line)
    #expect(line == Array("12\t\tS1".utf8))
  }

  @Test func `a header is written as it was read`() {
    let header = TSVHeader(["sample_id", "gene"])
    #expect(header.line == Array("sample_id\tgene\n".utf8))
    #expect(TSVRow(table: header.line).header == header)
    #expect(header.has("gene") && !header.has("Gene"))
  }
}
