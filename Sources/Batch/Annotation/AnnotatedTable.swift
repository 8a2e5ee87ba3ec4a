// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import Reports

/// A table that comes back: its bytes first and unchanged, our columns behind them.
///
/// Lines above the header, comments and blank lines stay as they are. Rows that are shorter or longer than the header are
/// filled up with empty cells, header included, so that our columns stand below each other.
package struct AnnotatedTable: Sendable {
  /// The cells of one sample for a line.
  struct Line: Sendable {
    let line: Int32
    /// The place among the samples.
    let sample: Int32
    /// Where the cells lie in the sample's text.
    let cells: SampleAnswers.Line
  }

  /// What was met while it was written.
  package struct Outcome: Sendable {
    /// Rows of data.
    package internal(set) var rows = 0
    /// Columns of the table that have the names of ours.
    package internal(set) var sharedNames: [String] = []
  }

  /// The path as typed.
  package let path: String
  let layout: TableLayout
  /// By line, of each in the order of the samples.
  let lines: [Line]
  let samples: [SampleAnswers]
  /// The samples of each row of a clinical file, by line.
  let samplesByLine: [Int: [Int]]
  /// Why rows cannot be read, by line.
  let rejected: [Int: [InputError]]
  /// Why none of its rows was looked at; empty when they were.
  let failure: String
  let names: AnnotationNames
  /// Whether each call of a matrix becomes a row of its own.
  let isDivided: Bool
  let maxTextSize: Int
  let version: String

  init(
    path: String, layout: TableLayout, lines: [Line], samples: [SampleAnswers], content: FileContent, failure: String,
    names: AnnotationNames, dividesMatrices: Bool, options: RunOptions, version: String
  ) {
    self.path = path
    self.layout = layout
    self.lines = lines
    self.samples = samples
    self.failure = failure
    self.names = names
    isDivided = dividesMatrices && layout.kind == .cells
    maxTextSize = options.maxTextSize
    self.version = version
    rejected = Dictionary(grouping: content.rejected.filter { $0.line != nil }) { $0.line ?? 0 }
    samplesByLine = content.kind.sheet.map { Self.rows(of: samples, in: $0) } ?? [:]
  }

  /// The columns that are added.
  var columns: [String] {
    switch layout.kind {
    case .sample: AnnotationColumns.ofSamples(names)
    case .statement, .cells: AnnotationColumns.ofRows(names)
    }
  }

  /// The cells of all samples by file, in the order of lines and samples.
  static func lines(of samples: [SampleAnswers]) -> [Int32: [Line]] {
    var found: [Int32: [Line]] = [:]
    for (number, sample) in samples.enumerated() {
      for cells in sample.lines {
        found[cells.file, default: []].append(Line(line: cells.line, sample: Int32(number), cells: cells))
      }
    }
    return found.mapValues { lines in
      lines.sorted { ($0.line, $0.sample, $0.cells.start) < ($1.line, $1.sample, $1.cells.start) }
    }
  }

  /// The samples of each row of a sheet: those that find it, and all of a patient's where it names a patient alone.
  private static func rows(of samples: [SampleAnswers], in sheet: SampleSheet) -> [Int: [Int]] {
    var found: [Int: [Int]] = [:]
    var patients: [String: [Int]] = [:]
    for (number, sample) in samples.enumerated() {
      if !sample.patientID.isEmpty { patients[sample.patientID, default: []].append(number) }
      let entries = ([sample.sampleID] + sample.aliases).compactMap { sheet.entry(for: $0) }
      for entry in entries {
        for line in [entry.line] + entry.moreLines where found[line]?.contains(number) != true {
          found[line, default: []].append(number)
        }
      }
    }
    for entry in sheet.entries where entry.sampleID.isEmpty {
      for number in patients[entry.patientID] ?? [] where found[entry.line]?.contains(number) != true {
        found[entry.line, default: []].append(number)
      }
    }
    return found
  }

  /// What is wrong with a cell, in one line.
  static func words(column: String, value: String, problem: String) -> String {
    (column.isEmpty ? "" : column + " ") + (value.isEmpty ? "" : "'\(value)' ") + problem
  }

  // MARK: Cells

  /// The cells behind a row of data.
  func cells(line: Int, _ found: ArraySlice<Line>) -> [ArraySlice<UInt8>] {
    let errors = rejected[line] ?? []
    let problems = errors.map { Self.words(column: $0.column, value: $0.value, problem: $0.problem) }
    guard let parts = parts(line: line, found) else {
      return Self.split(unanswered(problems)[...])
    }
    var cells = parts.count == 1 && layout.kind != .cells ? Self.split(parts[0].cells) : merged(parts)
    // What is said of one cell of a row that is read all the same.
    if let place = AnnotationColumns.reasonPlace(columns), !problems.isEmpty {
      var reason = Array(cells[place])
      for problem in problems.map({ Array(TSVWriter.text($0).utf8) }) where !Self.contains(reason, problem) {
        reason += (reason.isEmpty ? [] : [UInt8(ascii: ";")]) + problem
      }
      cells[place] = reason[...]
    }
    return cells
  }

  /// The answers of samples for a line; `nil` where there is none.
  private func parts(line: Int, _ found: ArraySlice<Line>) -> [(sample: String, cells: ArraySlice<UInt8>)]? {
    if layout.kind == .sample {
      return samplesByLine[line].map { numbers in numbers.map { (samples[$0].sampleID, samples[$0].summary[...]) } }
    }
    guard !found.isEmpty else { return nil }
    return found.map { line in
      let sample = samples[Int(line.sample)]
      return (sample.sampleID, sample.cells(line.cells))
    }
  }

  /// The cells of a row of data for which no sample has an answer.
  private func unanswered(_ problems: [String]) -> [UInt8] {
    let reason = problems.isEmpty ? failure : problems.joined(separator: ";")
    if layout.kind == .sample {
      return RowAnswers.sampleCells(
        reason: reason.isEmpty ? "no sample of the row was looked at" : reason, names, version: version)
    }
    if !reason.isEmpty { return RowAnswers.cells(setAside: .rejected, reason: reason, names, version: version) }
    let none =
      layout.kind == .cells ? "no sample has a call in the row" : "states no alteration that is looked for"
    return RowAnswers.cells(setAside: .filtered, reason: none, names, version: version)
  }

  /// The cells of several samples as one row: `S1=...|S2=...`.
  private func merged(_ parts: [(sample: String, cells: ArraySlice<UInt8>)]) -> [ArraySlice<UInt8>] {
    let split = parts.map { Self.split($0.cells) }
    let names = columns
    return names.indices.map { column in
      // The sample and the table's version speak for themselves.
      let isPlain = names[column] == "oncomatch_sample" || column == names.count - 1
      var cell: [UInt8] = []
      var seen: Set<[UInt8]> = []
      for (part, cells) in zip(parts, split) where column < cells.count && !cells[column].isEmpty {
        let value = isPlain ? Array(cells[column]) : Array(TSVWriter.text(part.sample + "=").utf8) + cells[column]
        if !seen.insert(value).inserted { continue }
        if !cell.isEmpty { cell.append(UInt8(ascii: "|")) }
        cell += value
      }
      return cell[...]
    }
  }

  static func split(_ cells: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    cells.split(separator: 0x09, omittingEmptySubsequences: false)
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    String(decoding: text, as: UTF8.self).contains(String(decoding: part, as: UTF8.self))
  }
}
