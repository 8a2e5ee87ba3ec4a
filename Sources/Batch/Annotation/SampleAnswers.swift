// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import Normalization
internal import Reports

/// The answers of one sample: cells for its rows in every file, and for its row in a clinical file.
struct SampleAnswers: Sendable {
  /// The cells of a row.
  struct Line: Sendable {
    let file: Int32
    let line: Int32
    /// Where they lie in ``text``.
    let start: UInt32, count: UInt32
  }

  let sampleID: String
  let patientID: String
  /// Other identifiers that files know it by.
  let aliases: [String]
  let status: SampleReport.Status
  let message: String
  let hasTumorType: Bool
  /// A tumor type that is not known, with what may have been meant.
  let unknownTumorType: String
  /// Cells with the tabs between them.
  private(set) var text: [UInt8] = []
  /// Its rows, by file and line.
  private(set) var lines: [Line] = []
  /// The cells of its row in a clinical file.
  let summary: [UInt8]

  /// - Parameter isMatrix: Whether a file holds a cell for each of several samples.
  init(
    _ sample: AssembledSample, _ result: SampleProcessor.Result, _ context: ReportContext,
    _ request: Annotation.Request, isMatrix: (Int32) -> Bool
  ) {
    let report = result.report
    sampleID = report.sampleID
    patientID = report.patientID
    aliases = report.inputIDs
    status = report.status
    message = report.message
    hasTumorType = !report.tumorTypes.isEmpty
    unknownTumorType = report.unknownTumorType
    let answers = RowAnswers(report, context, request.names)
    summary = answers.sampleCells
    var places: [AnnotatedRow: (start: UInt32, count: UInt32)] = [:]
    var leading: [AnnotatedRow: (start: UInt32, count: UInt32)] = [:]
    for (file, line, row) in Self.rows(sample, result) {
      let isCell = isMatrix(file)
      // Cells without a call are most of a matrix.
      if isCell, row.alterations.isEmpty, row.setAside != .rejected { continue }
      let isDivided = isCell && request.dividesMatrices
      let known = isDivided ? leading[row] : places[row]
      let place: (start: UInt32, count: UInt32)
      if let known {
        place = known
      } else {
        let start = text.count
        if isDivided { text += answers.leadingCells(row) + [0x09] }
        text += answers.cells(row)
        place = (UInt32(start), UInt32(text.count - start))
        if isDivided { leading[row] = place } else { places[row] = place }
      }
      lines.append(Line(file: file, line: line, start: place.start, count: place.count))
    }
  }

  /// The cells of a row.
  func cells(_ line: Line) -> ArraySlice<UInt8> { text[Int(line.start)..<Int(line.start) + Int(line.count)] }

  /// What each row became, by file and line.
  private static func rows(
    _ sample: AssembledSample, _ result: SampleProcessor.Result
  ) -> [(file: Int32, line: Int32, row: AnnotatedRow)] {
    var traces = result.traces
    if traces.isEmpty { traces = lookedOver(sample, result.report) }
    // Statements of one row keep their order.
    let order = traces.indices.sorted { one, other in
      (traces[one].file, traces[one].line, one) < (traces[other].file, traces[other].line, other)
    }
    var rows: [(file: Int32, line: Int32, row: AnnotatedRow)] = []
    for trace in order.lazy.map({ traces[$0] }) {
      if rows.last?.file != trace.file || rows.last?.line != trace.line {
        rows.append((trace.file, trace.line, AnnotatedRow()))
      }
      let last = rows.count - 1
      switch trace.fate {
      case .alteration(let place):
        if !rows[last].row.alterations.contains(place) { rows[last].row.alterations.append(place) }
      case .unlisted(let place):
        if !rows[last].row.unlisted.contains(place) { rows[last].row.unlisted.append(place) }
      case .filtered(let reason): rows[last].row.setAside(.filtered, reason)
      case .rejected(let column, let value, let problem):
        rows[last].row.setAside(.rejected, AnnotatedTable.words(column: column, value: value, problem: problem))
      }
    }
    return rows
  }

  /// The rows of a sample of which nothing was looked at.
  private static func lookedOver(_ sample: AssembledSample, _ report: SampleReport) -> [RowTrace] {
    let isLeftOut = !sample.leftOut.isEmpty
    guard isLeftOut || report.status == .failed else { return [] }
    let fate: RowTrace.Fate =
      isLeftOut
      ? .filtered("\(SampleProcessor.leftOutReason): \(sample.leftOut)")
      : .rejected(column: "", value: "", problem: report.message)
    return sample.parts.flatMap { part in
      part.batch.setAside.map { RowTrace(file: part.file, line: $0.line, .filtered($0.reason)) }
        + part.batch.records.filter { !$0.isRefused }.map { RowTrace(file: part.file, line: $0.line, fate) }
    }
  }
}
