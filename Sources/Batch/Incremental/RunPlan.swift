// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// What a run has to read, and why; the rest stays as the last run left it.
///
/// In: what lies there now and what the last run recorded. Out: files to read and samples to carry over. A folder is the
/// unit: it is read again when one of its files changed, came or went, when its row of the sample sheet changed, or when
/// its sample failed. Files that lie flat are read again in every run that does anything at all.
struct RunPlan: Sendable {
  /// Files to read, by their number.
  private(set) var reading: [Int] = []
  /// Samples whose reports and rows stay, by identifier, as the last run recorded them.
  private(set) var carried: [String: RunRecord.Sample] = [:]
  /// Why something is done, by sample folder or file, for `--dry-run`.
  private(set) var reasons: [(what: String, why: String)] = []
  /// Whether nothing is to be done at all.
  private(set) var isIdle = false
  /// Whether two samples have the same name in the tables, so that their rows cannot be told apart.
  private(set) var printsAlike = false
  /// Why every sample is made anew; `nil` when only changed ones are.
  let cause: RunCause?

  private let files: [InputFile]
  private let waiting: WaitingSamples

  /// - Parameters:
  ///   - cause: Why every sample is made anew.
  ///   - basis: What reports are made with now.
  init(
    discovery: Discovery, previous: RecordedRun?, cause: RunCause?, basis: String, options: RunOptions,
    sheetDigest: String
  ) {
    files = discovery.files
    waiting = discovery.waiting
    self.cause = cause
    guard let previous, cause == nil else {
      carried = waiting.samples
      reading = files.indices.filter { !discovery.waiting.files.contains(discovery.files[$0].path) }
      let places = Set(
        reading.map {
          discovery.files[$0].sampleDirectory.isEmpty ? discovery.files[$0].path : discovery.files[$0].directory
        })
      let words = (cause ?? .first).words
      reasons = places.sorted().map { ($0, words) }
      return
    }
    let inputs = InputComparison(
      discovery: discovery, previous: previous, options: options, sheetDigest: sheetDigest, basis: basis)
    if inputs.isQuiet(discovery) {
      let fault = Self.tableFault(previous, options)
      isIdle = fault.isEmpty
      if isIdle { return }
      reasons.append((options.output, fault))
    }
    for sample in inputs.unchanged { carried[sample.id] = sample }
    let ids = previous.record.samples.map(\.id)
    printsAlike = Set(ids.map(TSVWriter.text)).count < ids.count
    reading = files.indices.filter {
      !discovery.waiting.files.contains(discovery.files[$0].path)
        && (files[$0].sampleDirectory.isEmpty || inputs.changed[files[$0].directory] != nil)
    }
    reasons += inputs.changed.map { ($0.key, $0.value.words) }.sorted { $0.0 < $1.0 }
    if let cause = inputs.flatCause { reasons.append(("flat files", cause.words)) }
    for path in inputs.removed.sorted() where !discovery.waiting.files.contains(path) {
      reasons.append((path, "is gone"))
    }
    if previous.record.sheetDigest != sheetDigest {
      let isSheet = options.overrides.digest.isEmpty
      reasons.append(
        isSheet
          ? (options.sheet, "the sample sheet changed") : (options.overrides.path, "it, or the sample sheet, changed"))
    }
  }

  /// Whether rows of the last run's tables are taken over: those of samples, or those about files that are not read.
  var keepsRows: Bool { !isIdle && (!carried.isEmpty || reading.count < files.count) }

  /// Why a run with nothing new has to write the tables after all; empty when all are in their places.
  ///
  /// All of them are older than run.json; only where one is not are its bytes compared.
  static func tableFault(_ previous: RecordedRun, _ options: RunOptions) -> String {
    for output in previous.record.outputs {
      let path = options.output + "/" + output.file
      guard let stamp = FileStamp(path: path) else { return "a table is missing" }
      // changes.tsv tells of that run only, and nothing is taken over from it.
      guard output.file != OutputTable.changes.fileName, options.verifies || stamp.modified > previous.modified else {
        continue
      }
      if ReadableFile.digest(path) != output.digest { return RunCause.damagedTable.words }
    }
    return ""
  }

  /// Whether a sample stays as it was since a file of it cannot be read in this run.
  func isWaiting(_ id: String) -> Bool { waiting.samples[id] != nil }

  /// Everything is read again after all, but for what waits.
  mutating func redoAll(because cause: RedoCause) {
    carried = waiting.samples
    reading = files.indices.filter { !waiting.files.contains(files[$0].path) }
    reasons.append(("all samples", cause.words))
  }

  /// Samples are not carried over after all.
  ///
  /// - Parameter previous: The run that they would be carried over from.
  mutating func redo(_ samples: [(id: String, cause: ReadingCause)], _ previous: RunRecord) {
    var directories: Set<String> = []
    for (id, cause) in samples {
      guard waiting.samples[id] == nil, let sample = carried.removeValue(forKey: id) else { continue }
      reasons.append((id, cause.words))
      directories.formUnion(previous.paths(of: sample).map(Discovery.parent))
    }
    guard !directories.isEmpty else { return }
    let more = files.indices.filter {
      !files[$0].sampleDirectory.isEmpty && directories.contains(files[$0].directory)
        && !waiting.files.contains(files[$0].path)
    }
    reading = Set(reading + more).sorted()
  }

  /// Why every sample has to be done again, whatever lies there; `nil` when there is no such reason.
  static func cause(
    _ previous: RecordedRun?, _ table: String, _ settings: String, _ programVersion: String, _ options: RunOptions
  ) -> RunCause? {
    guard let record = previous?.record else { return .first }
    if options.forces { return .forced }
    if record.programVersion != programVersion { return .program }
    if record.tableDigest != table { return .table }
    if record.settingsDigest != settings { return .settings }
    if record.part != options.part?.name ?? "" { return .part }
    return nil
  }
}
