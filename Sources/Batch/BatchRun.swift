internal import DelimitedText
internal import InputFormats
public import Knowledge
internal import Normalization
internal import Reports
public import SystemIO

/// Runs a batch: discover, read, normalize, match, report, write.
///
/// What the last run left is kept where nothing changed; every file is replaced in one step, and run.json comes last, so
/// that a run that dies leaves old or new files and the next one finishes its work.
public struct BatchRun: Sendable {
  private let options: RunOptions
  private let table: KnowledgeBase
  private let programVersion: String

  /// A run over a table.
  public init(options: RunOptions, table: KnowledgeBase, programVersion: String) {
    self.options = options
    self.table = table
    self.programVersion = programVersion
  }

  /// The date of today, ISO, in UTC.
  package static var today: String { String(WallClock.text(WallClock.seconds).prefix(10)) }

  /// What lies before a run.
  private struct Inputs {
    var discovery: Discovery
    /// The sheet that was named.
    var sheet: SampleSheet?
    var sheetDigest = ""
    /// The part of the cohort to do; `nil` for all of it.
    var selection: PartSelection?
    let started: Int
    var clock = StageClock()
  }

  /// Runs to the end.
  ///
  /// - Throws: ``SystemError`` when the output cannot be written.
  public func run() throws(SystemError) -> Ending {
    let started = WallClock.seconds
    var clock = StageClock()
    let discovery = clock.time(.discover) {
      Discovery(inputs: options.inputs, output: options.output, quietTime: options.quietTime, now: started)
    }
    clock.count(discovery.files.count, for: .discover)
    var inputs = Inputs(discovery: discovery, started: started, clock: clock)
    var missing = discovery.faults
    do throws(InputError) {
      if let stated = try statedSheet() { (inputs.sheet, inputs.sheetDigest) = stated }
    } catch {
      missing.append(error)
    }
    guard missing.isEmpty else { return .missingInputs(missing) }
    inputs.selection = options.part.map {
      PartSelection($0, of: &inputs.discovery, sheet: inputs.sheet, maxTextSize: options.maxTextSize)
    }
    guard let lock = try OutputLock.acquire(options.output, makes: !options.isDryRun) else { return .locked }
    let ending = try run(inputs)
    _ = consume lock
    return ending
  }

  /// Does the work while no other run can.
  private func run(_ inputs: Inputs) throws(SystemError) -> Ending {
    var inputs = inputs
    SampleOrderedTable.clear(options.output)
    let previous = RecordedRun(options.output)
    var (plan, old) = planned(&inputs, previous)
    if plan.isIdle {
      let summary = summary(of: previous)
      if options.prunes, !options.isDryRun { prune(summary.gone) }
      return .idle(summary)
    }
    if !plan.carried.isEmpty { recheck(&plan, inputs, previous) }
    if options.isDryRun { return .planned(plan.reasons) }

    let tables = try openedTables()
    var notes = work(plan, inputs, previous, tables).run()
    if let failure = notes.failure { throw failure }
    if notes.wasInterrupted { return .interrupted }
    var summary = Summary()
    summary.skipped = (inputs.discovery.skipped + notes.skipped).sorted { $0.path < $1.path }
    summary.unrecognized = notes.unrecognized.sorted { $0.path < $1.path }
    let outcomes = SortedOutcomes(&notes.outcomes)
    let cohort = RunCohort(
      options: options, table: table, programVersion: programVersion, started: inputs.started,
      settings: options.digest(of: table), sheetDigest: inputs.sheetDigest, files: inputs.discovery.files, plan: plan,
      previous: previous, old: old, outcomes: outcomes, fresh: tables, notes: notes.files, rejected: notes.rejected,
      skipped: summary.skipped, clock: notes.clock, order: RunCohort.order(outcomes, plan))
    cohort.summarize(&summary)
    let writer = CohortWriter(
      output: options.output, previous: previous, old: old,
      formats: options.writesSampleFiles ? options.formats.filter(\.hasCohortFiles) : [],
      versions: ReportContext(table: table, programVersion: programVersion).versions, address: options.reportAddress)
    summary.rejectedRows = try writer.write(cohort).rejectedRows
    summary.unlisted = unlisted(Set(cohort.order))
    if options.prunes { prune(summary.gone) }
    return .finished(summary)
  }

  /// What the last run left, when nothing is new.
  private func summary(of previous: RecordedRun?) -> Summary {
    let record = previous?.record ?? RunRecord()
    var summary = Summary()
    summary.gone = record.gone
    summary.reported = record.samples.count
    summary.unmatched = record.samples.count { $0.status == .noMatch }
    summary.unlisted = unlisted(Set(record.samples.map(\.id)))
    return summary
  }

  /// Identifiers of the list that are none of these samples.
  private func unlisted(_ samples: Set<String>) -> [String] {
    (options.part?.listed ?? []).subtracting(samples).sorted()
  }

  private func prune(_ removed: [String]) {
    for id in removed { FileWriting.removeFolder(options.output + "/samples/" + SampleName.encoded(id)) }
  }

  /// The sheet that was named, with the digest of its bytes; `nil` when none was.
  private func statedSheet() throws(InputError) -> (sheet: SampleSheet, digest: String)? {
    guard !options.sheet.isEmpty else { return nil }
    var loader = FileLoader(maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize)
    let outcome = loader.read(options.sheet)
    switch outcome.content.kind {
    case .sampleSheet(let sheet): return (sheet, outcome.digest)
    case .failed(let error): throw error
    case .alterations, .genePanel, .samplePanels, .refused, .unknown:
      throw InputError(
        path: options.sheet,
        problem:
          "is not a sample sheet (a TSV with a sample_id column and one of tumor_type, ONCOTREE_CODE, site, patient_id, purity)"
      )
    }
  }

  // MARK: Planning

  /// What there is to do, and the tables of the last run that rows may be taken from.
  private func planned(_ inputs: inout Inputs, _ previous: RecordedRun?) -> (plan: RunPlan, old: RecordedTables) {
    let tables = table.recorded.map { "xxh64:" + $0.digest }.joined(separator: ";")
    let settings = options.digest(of: table)
    if let previous, RunPlan.cause(previous, tables, settings, programVersion, options) == nil {
      inputs.discovery.keep(previous)
    }
    func plan(_ inputs: Inputs, isDamaged: Bool = false) -> RunPlan {
      RunPlan(
        files: inputs.discovery.files, discovery: inputs.discovery, previous: previous, table: tables,
        settings: settings, programVersion: programVersion, options: options, sheetDigest: inputs.sheetDigest,
        isDamaged: isDamaged)
    }
    var made = plan(inputs)
    let old = RecordedTables(of: made.isIdle ? nil : previous, isWhole: made.keepsRows)
    if made.keepsRows, !old.isWhole(explains: options.explains) { made = plan(inputs, isDamaged: true) }
    if !made.carried.isEmpty, made.printsAlike {
      made.redoAll(because: "identifiers of two samples are printed the same")
    }
    return (made, old)
  }

  /// Samples whose row of the sheet changed are done again.
  private func recheck(_ plan: inout RunPlan, _ inputs: Inputs, _ previous: RecordedRun?) {
    var loader = FileLoader(maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize)
    var sheets: [SampleSheet] = []
    var panels: [String] = []
    for file in inputs.discovery.files where file.sampleDirectory.isEmpty {
      if let known = previous?.input(file.path), CohortFormat(rawValue: known.format) == nil { continue }
      let outcome = loader.read(file.path)
      if let sheet = outcome.content.kind.sheet { sheets.append(sheet) }
      if CohortFormat(rawValue: outcome.content.format)?.isPanel == true { panels.append(outcome.digest) }
    }
    let record = previous?.record ?? RunRecord()
    let before = record.inputs.filter { CohortFormat(rawValue: $0.format)?.isPanel == true }.map(\.digest)
    if panels.sorted() != before.sorted() { return plan.redoAll(because: "a gene panel changed") }
    let sheet = inputs.sheet ?? SampleSheet.merged(sheets)
    plan.recheck(record) { SampleOutcome.digest(of: sheet?.entry(for: $0)) }
  }

  // MARK: Reading and matching

  private func openedTables() throws(SystemError) -> [SampleOrderedTable] {
    var tables: [SampleOrderedTable] = []
    for table in SampleOutcome.sortedTables where table != .nearMisses || options.explains {
      tables.append(try SampleOrderedTable(table, in: options.output))
    }
    return tables
  }

  /// The work of all stages from read to write.
  private func work(
    _ plan: RunPlan, _ inputs: Inputs, _ previous: RecordedRun?, _ tables: [SampleOrderedTable]
  ) -> RunWork {
    let discovery = inputs.discovery
    let genes = Normalizer.geneNormalizer(table)
    let assembler = SampleAssembler(
      files: discovery.files, reading: plan.reading, sheet: inputs.sheet, unreadable: discovery.unreadable,
      selection: inputs.selection
    ) { names in
      Set(names.compactMap { genes.symbol($0) })
    }
    let processor = SampleProcessor(
      options: options, table: table, files: discovery.files,
      context: ReportContext(table: table, programVersion: programVersion))
    // Reports of the last run stay in place where the new ones would be the same.
    let known = plan.cause == nil || plan.cause == .table ? previous : nil
    var notes = RunNotes(clock: inputs.clock)
    notes.add(unreadable: discovery.unreadable)
    return RunWork(
      options: options, files: discovery.files, reading: plan.reading, carried: Set(plan.carried.keys),
      lost: discovery.lostSamples, assembler: assembler, processor: processor,
      writer: SampleWriter(options: options, previous: known), tables: tables, notes: notes)
  }
}
