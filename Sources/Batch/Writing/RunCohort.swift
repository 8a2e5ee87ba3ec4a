// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats
internal import Knowledge
internal import Reports
internal import SystemIO

/// What is noted of a file when it is read.
struct FileNote: Sendable {
  var format: String
  var digest: String
  /// Why it cannot be read; empty when it was.
  var problem: String
  /// Rows that the reader did not look at, by reason.
  var filtered: ReasonCounts
}

/// The cohort of a run: rows of this run from where its workers put them, rows of unchanged samples from the old tables.
struct RunCohort {
  let options: RunOptions
  let table: KnowledgeBase
  let programVersion: String
  let started: Int
  let settings: String
  let sheetDigest: String
  let files: [InputFile]
  let plan: RunPlan
  let previous: RecordedRun?
  let old: RecordedTables
  let outcomes: SortedOutcomes
  /// Rows of this run.
  let fresh: SampleTables
  let notes: [Int: FileNote]
  /// Rows that the readers set aside.
  let rejected: [(file: Int, error: InputError)]
  let skipped: [LeftOut]
  let clock: StageClock
  /// All samples, by their identifiers.
  let order: [String]

  /// The samples of a run and those that are carried over, by their identifiers.
  static func order(_ outcomes: SortedOutcomes, _ plan: RunPlan) -> [String] {
    let carried = plan.carried.keys.filter { outcomes[$0] == nil }
    var order = outcomes.map(\.sampleID)
    if carried.isEmpty { return order }
    order += carried
    order.sort { $0.isBefore($1) }
    return order
  }

  /// Samples of earlier runs whose input is gone.
  var removed: [String] {
    guard let record = previous?.record else { return [] }
    let here = Set(order).subtracting(kept(record))
    let paths = Set(files.map(\.path))
    // What could not be looked at had the name of its file.
    let stems = Set(files.lazy.filter(\.sampleDirectory.isEmpty).map { SampleName.printable(Discovery.stem($0.path)) })
    var removed = Set(record.removed)
    for sample in record.samples where !here.contains(sample.id) {
      // What failed and is no sample any more, such as a sheet that could not be read, was never one.
      if sample.status == .deferred { continue }
      if sample.status == .failed {
        let own = record.paths(of: sample)
        if own.isEmpty ? stems.contains(sample.id) : own.allSatisfy(paths.contains) { continue }
      }
      removed.insert(sample.id)
    }
    return removed.subtracting(here).sorted { $0.isBefore($1) }
  }

  /// Samples that only the sheet names and whose earlier reports stay.
  private func kept(_ record: RunRecord) -> [String] {
    let before = Set(record.removed)
    let carried = plan.carried.values.filter { $0.files.isEmpty && before.contains($0.id) && outcomes[$0.id] == nil }
    return outcomes.filter(\.isKept).map(\.sampleID) + carried.map(\.id)
  }

  /// The files of the reports of samples whose input is gone, by sample.
  private var removedFiles: [String: [String]] {
    var files: [String: [String]] = [:]
    for id in removed {
      var known = previous?.sample(id)?.files.names ?? []
      if known.isEmpty { known = previous?.record.removedFiles[id] ?? [] }
      if !known.isEmpty { files[id] = known }
    }
    return files
  }

  /// Whether there are files and no row of any could be read.
  static func isUnread(_ counts: [RowCounts]) -> Bool {
    !counts.isEmpty && counts.allSatisfy { $0.read == $0.rejected }
  }

  /// Counts what became of the samples.
  func summarize(_ summary: inout BatchRun.Summary) {
    for id in order {
      guard let outcome = outcomes[id] else {
        let status = plan.carried[id]?.status
        if status == .notEvaluated {
          summary.stillNotEvaluated.append(id)
          let inputs = plan.carried[id]?.inputs.compactMap { previous?.record.inputs[Int($0)] } ?? []
          if Self.isUnread(inputs.map(\.counts)) { summary.unread += 1 }
        } else {
          summary.reported += status == .reported || status == .noMatch ? 1 : 0
          summary.unmatched += status == .noMatch ? 1 : 0
        }
        continue
      }
      summary.unmatched += outcome.status == .noMatch ? 1 : 0
      summary.rowsRead += outcome.rowsRead
      summary.rejectedRows += outcome.figures.reduce(0) { $0 + $1.counts.rejected }
      if !outcome.unknownTumorType.isEmpty { summary.unknownTumorTypes[outcome.unknownTumorType, default: 0] += 1 }
      summary.written += outcome.wasWritten ? 1 : 0
      switch outcome.status {
      case .failed: summary.failed.append((id, outcome.message))
      case .notEvaluated:
        if Self.isUnread(outcome.figures.map(\.counts)) { summary.unread += 1 }
        let wasBefore = previous?.sample(id)?.status == .notEvaluated
        if wasBefore {
          summary.stillNotEvaluated.append(id)
        } else {
          summary.notEvaluated.append((id, outcome.message))
        }
      case .deferred: summary.deferred.append((id, outcome.message))
      case .reported, .noMatch: summary.reported += 1
      }
    }
    summary.removed = removed.filter(options.isOfPart)
  }
}

extension RunCohort: CohortSource {
  var tables: [OutputTable] { fresh.tables }

  func finished(_ table: OutputTable) throws(SystemError) -> (any TableFile)? {
    try fresh.close()
    return outcomes.count == order.count && fresh.isSorted ? fresh.file(of: table) : nil
  }

  func settleRows() throws(SystemError) { try fresh.close() }

  func rows(_ table: OutputTable, of sampleID: String) throws(SystemError) -> [UInt8] {
    guard let outcome = outcomes[sampleID] else { return try old.rows(table, of: sampleID) }
    var rows: [UInt8] = []
    try fresh.rows(table, of: outcome.number, into: &rows)
    return rows
  }

  var keepsAgentRows: (ArraySlice<UInt8>) -> Bool {
    let carried = Set(plan.carried.keys.filter { outcomes[$0] == nil }.map { Array(TSVWriter.text($0).utf8)[...] })
    return carried.contains
  }

  func agentRows(of sampleID: String) throws(SystemError) -> [UInt8]? {
    guard let agents = outcomes[sampleID]?.agents else { return nil }
    var rows: [UInt8] = []
    try agents.spool.read(agents.place, into: &rows)
    return rows
  }

  func changeCause(of sampleID: String) -> ChangeCause? {
    guard let outcome = outcomes[sampleID], outcome.status != .failed, outcome.status != .deferred, !outcome.isKept,
      let previous,
      let known = previous.sample(sampleID), known.status != .failed, known.status != .deferred
    else { return nil }
    let inputs = outcome.inputs.map { files[Int($0)] }
    let isInput =
      known.sheetDigest != outcome.sheetDigest
      || Set(previous.record.paths(of: known)) != Set(inputs.map(\.path))
      || inputs.contains { file in
        guard let before = previous.input(file.path) else { return true }
        return before.size != file.stamp.size || before.modified != file.stamp.modified
      }
    if isInput { return .input }
    return plan.cause?.changeCause ?? .input
  }

  func course(of sampleID: String) -> RecordedCourse? {
    guard let outcome = outcomes[sampleID] else { return plan.carried[sampleID]?.course }
    return outcome.course.map { RecordedCourse(facts: $0.facts) }
  }

  func placed(_ sampleID: String) -> RunRecord.Sample? {
    guard let outcome = outcomes[sampleID] else { return plan.carried[sampleID] }
    if outcome.isKept { return nil }
    if !outcome.wasWritten, let known = previous?.sample(sampleID) { return known }
    return RunRecord.Sample(id: sampleID, files: outcome.files, report: outcome.report)
  }

  var panels: [String: String] {
    var panels = previous?.record.panels ?? [:]
    for outcome in outcomes {
      guard let course = outcome.course, let genes = course.panel, panels[course.facts.panel] == nil else { continue }
      panels[course.facts.panel] = CoursePanels.text(genes)
    }
    return panels
  }

  var isWholeExome: Bool { options.settings.isWholeExome }

  var gone: [ChangesFeed.Gone] {
    guard let record = previous?.record else { return [] }
    let paths = Set(files.map(\.path))
    return GoneFiles.list(
      record, removed: Set(removed.filter(options.isOfPart)),
      isRead: { outcomes[$0].map { $0.status != .deferred } ?? false }, isHere: paths.contains)
  }

  var carriesRows: Bool { plan.carried.keys.contains { outcomes[$0] == nil } }

  func rejectedRows() throws(SystemError) -> [RejectedRow] {
    var numbers: [String: Int] = [:]
    for (index, file) in files.enumerated() { numbers[file.path] = index }
    var rows = rejected.map { RejectedRow($0.error, file: $0.file, isByReader: true) }
    for outcome in outcomes {
      rows += outcome.rejected.map { RejectedRow($0, file: numbers[$0.path] ?? 0, isByReader: false) }
    }
    var kept: [String: Int] = [:]
    for index in files.indices where notes[index] == nil { kept[TSVWriter.text(files[index].path)] = index }
    if !kept.isEmpty { rows += try old.rejectedRows(of: kept) }
    rows.sort()
    return rows
  }

  /// Reports are in their places already.
  func placeReports() {}
}

extension RunCohort {
  func record(of written: WrittenCohort) -> RunRecord {
    var record = RunRecord()
    record.programVersion = programVersion
    record.tables = table.recorded.map {
      RunRecord.Table(name: $0.name, version: $0.version, digest: "xxh64:" + $0.digest)
    }
    record.part = options.part?.name ?? ""
    record.started = WallClock.text(started)
    record.request = RunRecord.Request(
      inputs: options.inputs, sheet: options.sheet, tumorType: options.tumorType,
      genome: options.settings.genome?.name ?? "", quietTime: options.quietTime,
      writesSampleFiles: options.writesSampleFiles, timelines: options.timelines, overrides: options.overridesFile)
    for setting in options.reportSettings { record.reportSettings[setting.name] = setting.value }
    record.jobs = options.jobs
    record.inputs = inputs
    record.samples = samples
    record.removed = removed
    record.ofOtherParts = Set(removed.filter { !options.isOfPart($0) })
    record.removedFiles = removedFiles
    record.settingsDigest = settings
    record.sheetDigest = sheetDigest
    record.skipped = skipped.map { RunRecord.Skipped(path: $0.path, reason: $0.reason, isLoss: $0.isLoss) }
    record.panels = panels
    record.finish(written, clock)
    return record
  }

  /// What became of the rows of each file; of one that was not read again what the last run says.
  private var inputs: [RunRecord.Input] {
    var inputs = files.enumerated().map { index, file in
      let note = notes[index]
      let known = note == nil ? previous?.input(file.path) : nil
      var input = RunRecord.Input(
        path: file.path, format: note?.format ?? known?.format ?? "unknown", size: file.stamp.size,
        modified: file.stamp.modified, inode: Int(truncatingIfNeeded: file.stamp.inode),
        device: Int(truncatingIfNeeded: file.stamp.identity.device), digest: note?.digest ?? known?.digest ?? "",
        problem: note?.problem ?? known?.problem ?? "", counts: known?.counts ?? RowCounts(),
        filtered: note?.filtered.byReason ?? known?.filtered ?? [:])
      if options.part != nil { input.filteredByReader = note?.filtered.byReason ?? known?.filteredByReader ?? [:] }
      return input
    }
    for outcome in outcomes {
      for own in outcome.figures where notes[Int(own.file)] != nil {
        inputs[Int(own.file)].counts.add(own.counts)
        for (reason, count) in own.filtered { inputs[Int(own.file)].filtered[reason, default: 0] += count }
      }
    }
    // A merge takes from them what all parts have read.
    if options.part == nil {
      for index in inputs.indices { inputs[index].filtered = inputs[index].filtered.filter { $0.value > 0 } }
    }
    return inputs
  }

  /// Samples of this run by their identifiers, then those carried over.
  private var samples: [RunRecord.Sample] {
    var lastInputs: [Int32] = []
    let fresh = outcomes.map { outcome in
      // Most samples of a cohort are of the same files.
      let inputs = outcome.inputs
      if lastInputs != inputs { lastInputs = inputs }
      var sample = RunRecord.Sample(
        id: outcome.sampleID, status: outcome.status, inputs: lastInputs, sheetDigest: outcome.sheetDigest,
        substance: XXH64.digits(outcome.substance), files: outcome.files, report: outcome.report,
        inputIDs: outcome.inputIDs)
      sample.course = outcome.course.map { RecordedCourse(facts: $0.facts) }
      return sample
    }
    guard let before = previous?.record, !plan.carried.isEmpty else { return fresh }
    var numbers: [String: Int32] = [:]
    for (index, file) in files.enumerated() { numbers[file.path] = Int32(index) }
    let now = RunRecord.basis(
      programVersion, table.recorded.map { "xxh64:" + $0.digest }.joined(separator: ";"), settings,
      options.part?.name ?? "")
    let carried = plan.carried.filter { outcomes[$0.key] == nil }.sorted { $0.key < $1.key }.map { _, sample in
      var sample = sample
      let basis = before.basis(of: sample)
      // Sheet and panels may be others than when it was made.
      sample.basis = plan.isWaiting(sample.id) ? RunRecord.Sample.waits : basis == now ? "" : basis
      sample.inputs = before.paths(of: sample).compactMap { numbers[$0] }
      return sample
    }
    return fresh + carried
  }
}

extension RunRecord {
  /// Adds what is known when all else is written.
  mutating func finish(_ written: WrittenCohort, _ clock: StageClock) {
    outputs = written.outputs
    place(written.courses)
    if !part.isEmpty { rejectedByReader = written.rejectedByReader }
    var clock = clock
    var own = StageClock()
    own.set(.write, seconds: written.seconds, rows: 0)
    clock.add(own)
    stages = Stage.allCases.map { stage in
      let seconds = (clock.seconds[stage.rawValue] * 1e6).rounded() / 1e6
      return StageFigures(stage: stage.name, seconds: seconds, rows: clock.rows[stage.rawValue])
    }
    finished = WallClock.text(WallClock.seconds)
  }
}
