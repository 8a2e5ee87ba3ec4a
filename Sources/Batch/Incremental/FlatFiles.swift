// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import SystemIO

/// What files that lie flat say now of samples that would stay as they are: sheets, panels, and rows of such a sample.
///
/// Tables of several samples, wherever they lie, are looked at too: their samples stay as they are while they cannot be
/// read.
///
/// Read are those that speak of samples of folders, and those that the last run has not seen as they are now.
struct FlatFiles {
  /// Sheets, panels and tables of several samples that the last run read and that cannot be read now, by path.
  private(set) var broken: [String: WaitingSamples.Cause] = [:]
  /// What was read, by path, so that it is read once.
  private(set) var outcomes: [String: FileLoader.Outcome] = [:]
  private var sheets: [SampleSheet] = []
  private var panels: [String] = []
  private var panelsBefore: [String] = []
  /// Identifiers that files speak of which the last run has not seen, with one of these files.
  private var spokenOf: [String: String] = [:]
  /// Why any sample may be another.
  private var redoCause: RedoCause?
  private let previous: RecordedRun

  /// A file of this size and more is not read to see whose rows it has, in bytes.
  private static let largeFile = 8 << 20

  /// - Parameter isSheetStated: Whether the sheet was named, so that sheets among the files are not used.
  init(_ discovery: Discovery, _ previous: RecordedRun, _ options: RunOptions, isSheetStated: Bool) {
    self.previous = previous
    var loader = FileLoader(
      maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize, columns: options.settings.columnNames)
    let folders = Set(discovery.files.lazy.filter { !$0.sampleDirectory.isEmpty }.map(\.directory))
    panelsBefore = previous.record.inputs
      .filter { CohortFormat(rawValue: $0.format)?.isPanel == true && !folders.contains(Discovery.parent($0.path)) }
      .map(\.digest)
    var readers: [String: Int] = [:]
    for sample in previous.record.samples {
      for path in previous.record.paths(of: sample) { readers[path, default: 0] += 1 }
    }
    for file in discovery.files where !discovery.waiting.files.contains(file.path) {
      let samples = readers[file.path] ?? 0
      guard file.sampleDirectory.isEmpty || samples > 1 else { continue }
      let known = previous.input(file.path)
      let format = known.flatMap { CohortFormat(rawValue: $0.format) }
      let isPanel = format?.isPanel == true
      let isSheet = format != nil && !isPanel && !isSheetStated
      let isSeen = known.map { $0.problem.isEmpty && InputComparison.isSame($0, file.stamp) } ?? false
      if isSeen, !options.verifies, !isSheet, !isPanel { continue }
      if file.stamp.size >= Self.largeFile, !isSheet, !isPanel, samples < 2 {
        redoCause = .flatFile(file.path)
        continue
      }
      let outcome = loader.read(file.path, expecting: file.stamp)
      if !isSheet, !isPanel, samples > 1, let problem = outcome.content.kind.problem {
        broken[file.path] = .unreadable(
          "was a table of \(samples) samples in the last run and cannot be read as one now (\(problem))")
      } else if file.sampleDirectory.isEmpty {
        take(outcome, file, wasSheet: isSheet, wasPanel: isPanel)
      } else {
        outcomes[file.path] = outcome
      }
    }
  }

  private mutating func take(_ outcome: FileLoader.Outcome, _ file: InputFile, wasSheet: Bool, wasPanel: Bool) {
    if wasSheet || wasPanel, let problem = outcome.content.kind.problem {
      let kind = wasSheet ? "sample sheet" : "gene panel"
      broken[file.path] = .unreadable("was a \(kind) in the last run and cannot be read as one now (\(problem))")
      return
    }
    outcomes[file.path] = outcome
    if CohortFormat(rawValue: outcome.content.format)?.isPanel == true { panels.append(outcome.digest) }
    switch outcome.content.kind {
    case .sampleSheet(let sheet): return sheets.append(sheet)
    case .genePanel, .samplePanels:
      if !wasPanel { redoCause = .flatFile(file.path) }
      return
    case .alterations, .refused, .unknown, .failed: break
    }
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let words = [Discovery.stem(name), name.split(separator: ".").first.map(String.init) ?? name]
    for id in outcome.content.kind.sampleIDs + words where !id.isEmpty {
      spokenOf[SampleName.printable(id)] = file.path
    }
  }

  /// Takes samples out of those that stay where something of them changed.
  ///
  /// - Parameter stated: The sheet that was named.
  func recheck(_ plan: inout RunPlan, stated: SampleSheet?, overrides: LabOverrides) {
    if panels.sorted() != panelsBefore.sorted() { return plan.redoAll(because: .panels) }
    if let redoCause { return plan.redoAll(because: redoCause) }
    let sheet = stated ?? SampleSheet.merged(sheets)
    let record = previous.record
    var redone: [(id: String, cause: ReadingCause)] = []
    // Barcodes of different lengths may be of one tumor.
    var barcodes: [String: String] = [:]
    for (id, path) in spokenOf {
      if let barcode = TCGABarcode(id), barcode.namesPatient { barcodes[barcode.patient] = path }
    }
    for (id, sample) in plan.carried.sorted(by: { $0.key < $1.key }) {
      let entry = SampleOutcome.digest(of: sheet?.entry(for: id))
      if overrides.digest(entry, of: id, sample.inputIDs) != sample.sheetDigest {
        redone.append((id, .sheetRow))
      } else if let path = spokenOf[id] {
        redone.append((id, .flatRows(path)))
      } else if let barcode = TCGABarcode(id), barcode.namesPatient, let path = barcodes[barcode.patient] {
        redone.append((id, .flatRows(path)))
      } else if isNamedOtherwise(sample, record, sheet) {
        redone.append((id, .sheetRow))
      }
    }
    plan.redo(redone, record)
  }

  /// Whether the sheet has a row for another name of a sample, which may be what it is called then.
  private func isNamedOtherwise(_ sample: RunRecord.Sample, _ record: RunRecord, _ sheet: SampleSheet?) -> Bool {
    guard let sheet else { return false }
    if sample.inputIDs.contains(where: { sheet.entry(for: $0) != nil }) { return true }
    guard let path = sample.inputs.first.map({ record.inputs[Int($0)].path }) else { return false }
    let folder = Discovery.parent(path).split(separator: "/").last.map(String.init) ?? ""
    return folder != sample.id && sheet.entry(for: folder) != nil
  }
}

extension InputContent {
  /// Why a file is not what it was taken for; `nil` where it could be read.
  fileprivate var problem: String? {
    switch self {
    case .unknown(let reason): reason
    case .failed(let error): error.problem
    case .refused(let refusal): refusal.reason
    case .alterations, .sampleSheet, .genePanel, .samplePanels: nil
    }
  }
}
