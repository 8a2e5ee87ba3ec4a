// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import InputFormats
package import Knowledge
internal import Normalization
package import Reports
internal import SystemIO

/// Gives tables back row for row, with what a run makes of each row behind it: `oncomatch annotate`.
///
/// Files are read, sorted by sample, matched and weighed as in a run, all of them together, so that a row's answer is
/// that of its sample's report. What is kept of a sample are the cells of its rows; the files are read a second time
/// when they are written, piece by piece.
package struct Annotation: Sendable {
  /// What is asked for.
  package struct Request: Sendable {
    /// Tables to give back, as typed.
    package var files: [String] = []
    /// Clinical files to give back, whose rows say what the samples are.
    package var clinical: [String] = []
    /// The names of the columns that are added.
    package var names = AnnotationNames.oncomatch
    /// Whether each call of a matrix becomes a row of its own.
    package var dividesMatrices = false

    /// Nothing asked yet.
    package init() {}
  }

  /// How reading ended.
  package enum Ending: Sendable {
    /// Files that do not exist.
    case missingInputs([InputError])
    /// Something that was named as a sample sheet or clinical file and is none, or that is no table.
    case unusable([InputError])
    case interrupted
    case read(Answers)
  }

  /// What was found, ready to be written.
  package struct Answers: Sendable {
    /// The tables in the order in which they were named.
    package fileprivate(set) var tables: [AnnotatedTable] = []
    /// Files that do not come back, each with the reason.
    package fileprivate(set) var notReturned: [InputError] = []
    /// Samples that failed, each with its reason, in order.
    package fileprivate(set) var failed: [(sampleID: String, reason: String)] = []
    /// Samples that were looked at.
    package fileprivate(set) var evaluated = 0
    /// Samples with rows whose tumor type is not known.
    package fileprivate(set) var withoutTumorType = 0
    /// Tumor types that are not known, each with what may have been meant, and the number of samples.
    package fileprivate(set) var unknownTumorTypes: [String: Int] = [:]
  }

  private let options: RunOptions
  private let request: Request
  private let table: KnowledgeBase
  private let context: ReportContext

  /// A reading of files.
  ///
  /// - Parameter options: The settings of a run; inputs and output are those of the request.
  package init(_ request: Request, options: RunOptions, table: KnowledgeBase, programVersion: String) {
    self.request = request
    let table = options.settings.reportsGermline ? table : table.withoutGermline
    self.table = table
    var options = options
    options.tracesRows = true
    // No report is written.
    options.writesSampleFiles = false
    self.options = options
    context = ReportContext(table: table, programVersion: programVersion)
  }

  /// Reads, matches and weighs everything.
  package func read() -> Ending {
    let discovery = Discovery(inputs: request.files, output: "", quietTime: 0, now: 0)
    var missing = discovery.faults
    var unusable: [InputError] = []
    var sheets: [(path: String, content: FileContent)] = []
    for path in ([options.sheet] + request.clinical) where !path.isEmpty {
      let content = sheetContent(path)
      if content.kind.sheet != nil {
        sheets.append((path, content))
      } else if FileStamp(path: path) == nil {
        missing.append(InputError(path: path, problem: "does not exist or cannot be accessed"))
      } else {
        unusable.append(Self.noSheet(content))
      }
    }
    guard missing.isEmpty else { return .missingInputs(missing) }
    guard unusable.isEmpty else { return .unusable(unusable) }
    let work = AnnotationWork(
      options: options, request: request, files: discovery.files,
      sheet: SampleSheet.merged(sheets.compactMap(\.content.kind.sheet)), table: table, context: context)
    guard work.run() else { return .interrupted }
    return .read(answers(work, discovery, sheets.filter { request.clinical.contains($0.path) }))
  }

  private func sheetContent(_ path: String) -> FileContent {
    var loader = FileLoader(
      maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize, columns: options.settings.columnNames)
    return loader.read(path).content
  }

  private static func noSheet(_ content: FileContent) -> InputError {
    if case .failed(let error) = content.kind { return error }
    return InputError(
      path: content.path,
      problem: "is not a clinical file (a TSV with a sample_id column and one of tumor_type, ONCOTREE_CODE, site, "
        + "patient_id, purity)")
  }

  /// What the files become, in the order in which they were named.
  private func answers(
    _ work: AnnotationWork, _ discovery: Discovery, _ clinical: [(path: String, content: FileContent)]
  ) -> Answers {
    var answers = Answers()
    let samples = work.samples
    for sample in samples {
      if sample.status == .failed { answers.failed.append((sample.sampleID, sample.message)) }
      if sample.status == .reported || sample.status == .noMatch { answers.evaluated += 1 }
      if !sample.hasTumorType, !sample.lines.isEmpty { answers.withoutTumorType += 1 }
      if !sample.unknownTumorType.isEmpty { answers.unknownTumorTypes[sample.unknownTumorType, default: 0] += 1 }
    }
    let linesByFile = AnnotatedTable.lines(of: samples)
    for (number, file) in discovery.files.enumerated() {
      guard let content = work.contents[number] else { continue }
      add(content, linesByFile[Int32(number)] ?? [], samples, file.path, to: &answers)
    }
    for (path, content) in clinical { add(content, [], samples, path, to: &answers) }
    let order = request.files + request.clinical
    func place(_ path: String) -> Int { order.firstIndex(of: path) ?? order.count }
    answers.tables.sort { place($0.path) < place($1.path) }
    answers.notReturned += discovery.skipped.map { InputError(path: $0.path, problem: $0.reason) }
    answers.notReturned += discovery.unreadable.map(\.error)
    return answers
  }

  private func add(
    _ content: FileContent, _ lines: [AnnotatedTable.Line], _ samples: [SampleAnswers], _ path: String,
    to answers: inout Answers
  ) {
    var failure = content.fault?.problem ?? ""
    switch content.kind {
    case .failed(let error):
      failure = error.problem
      if content.layout == nil { answers.notReturned.append(error) }
    case .refused(let refusal): failure = refusal.reason
    case .unknown(let reason): failure = reason
    case .genePanel, .samplePanels: failure = "says what was tested, and has no row to answer (it was used as such)"
    case .alterations, .sampleSheet: break
    }
    guard let layout = content.layout else {
      if answers.notReturned.last?.path != path {
        answers.notReturned.append(
          InputError(
            path: path,
            problem: failure.isEmpty
              ? "is a file to which no columns can be added (\(content.format); `oncomatch run` reads it)" : failure))
      }
      return
    }
    if case .alterations = content.kind {
    } else if case .sampleSheet = content.kind {
    } else {
      answers.failed.append((path, failure))
    }
    answers.tables.append(
      AnnotatedTable(
        path: path, layout: layout, lines: lines, samples: samples, content: content, failure: failure,
        names: request.names, dividesMatrices: request.dividesMatrices, options: options,
        version: RowAnswers.version(context)))
  }
}
