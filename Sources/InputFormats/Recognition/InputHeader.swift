// SPDX-License-Identifier: Apache-2.0
/// The beginning of an input: the line that names its columns, and what stands around it.
struct InputHeader: Sendable {
  /// The file as it is printed.
  private(set) var path: String
  /// The line of the header, counted from 1.
  let line: Int
  /// The names of the columns, trimmed; a leading `#` is gone.
  let cells: [String]
  /// The comment lines above the header, with their `#`.
  let preamble: [String]
  /// The byte between cells: TAB, or a comma.
  let separator: UInt8
  /// The cells of the first line below the header; empty when there is none.
  let firstRow: [String]
  /// From where on a gene's expression is high or low.
  let expression: ExpressionCutOffs
  private let lowered: [String]
  /// The same names as programs write them, where any has a space: `Copy Number` is `copy_number`.
  private let joined: [String]
  /// Columns by the letters and digits of their names; of several that are alike the first.
  let keyPlaces: [String: Int]

  init(
    path: String, line: Int, cells: [String], preamble: [String] = [], separator: UInt8 = UInt8(ascii: "\t"),
    firstRow: [String] = [], expression: ExpressionCutOffs = ExpressionCutOffs()
  ) {
    self.path = path
    self.line = line
    self.cells = cells
    self.preamble = preamble
    self.separator = separator
    self.firstRow = firstRow
    self.expression = expression
    let lowered = cells.map { $0.lowercased() }
    self.lowered = lowered
    let hasSpaces = lowered.contains { $0.utf8.contains(UInt8(ascii: " ")) }
    joined = hasSpaces ? lowered.map { String($0.map { $0 == " " ? "_" : $0 }) } : []
    keyPlaces = Dictionary(
      cells.enumerated().map { (Self.key($0.element), $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The first column with one of the names (lower case, with a space or an underscore), tried in the order given.
  func column(_ names: String...) -> Int? { column(anyOf: names) }

  /// The same for a list of names.
  func column(anyOf names: [String]) -> Int? {
    names.lazy.compactMap { lowered.firstIndex(of: $0) ?? joined.firstIndex(of: $0) }.first
  }

  /// Whether there are columns with all of the names (lower case).
  func has(_ names: String...) -> Bool { names.allSatisfy { column(anyOf: [$0]) != nil } }

  /// Whether the rows say what agents do, as those of a table of therapies.
  var speaksOfTherapies: Bool {
    column("therapy", "therapies", "drug", "drugs", "agent", "rule_id", "evidence_level") != nil
  }

  /// Whether the rows say what is known of changes, as those of a list of hotspots or of a knowledge base.
  var speaksOfKnowledge: Bool {
    speaksOfTherapies
      || column(byKey: [
        "pmid", "pmids", "pubmed", "reference", "references", "citation", "citations", "evidence", "indication",
        "disease", "diseases", "cancertype", "cancertypes", "tumortypes", "oncogenicity", "clinicalsignificance",
      ]) != nil
  }

  /// The same header with its column of samples taken for none.
  var withoutSampleColumn: InputHeader? {
    guard let column = sampleColumn else { return nil }
    var cells = cells
    cells[column] = ""
    return InputHeader(
      path: path, line: line, cells: cells, preamble: preamble, separator: separator, firstRow: firstRow,
      expression: expression)
  }

  /// The same header of another file.
  func of(_ path: String) -> InputHeader {
    var other = self
    other.path = path
    return other
  }

  /// The header's own spelling of a column.
  func name(_ column: Int?) -> String { column.map { cells[$0] } ?? "" }
}
