internal import InputFormats
package import DelimitedText
internal import Matching
internal import Normalization
internal import Reports
package import SystemIO
package import Knowledge

/// Runs a batch: discover, read, normalize, match, report, write.
///
/// What the last run left is kept where nothing changed; every file is replaced in one step, and run.json comes last, so
/// that a run that dies leaves old or new files and the next one finishes its work.
package struct BatchRun: Sendable {
  /// What a run came to.
  package struct Summary: Sendable {
    /// Samples reported, with a match or without; those carried over count too.
    package var reported = 0
    /// Those of them in which no alteration meets a rule.
    package var unmatched = 0
    /// Samples whose reports were written.
    package var written = 0
    /// Samples that failed, each with its reason, in order.
    package var failed: [(sampleID: String, reason: String)] = []
    /// Samples left for the next run, in order.
    package var deferred: [(sampleID: String, reason: String)] = []
    /// Inputs that do not exist or cannot be looked at.
    package var missingInputs: [InputError] = []
    /// Files and folders left alone, each with the reason.
    package var skipped: [(path: String, reason: String)] = []
    /// Those of ``skipped`` whose content is of no known kind or gives no calls.
    package var unrecognized: [(path: String, reason: String)] = []
    /// Rows set aside.
    package var rejectedRows = 0
    /// Rows read.
    package var rowsRead = 0
    /// Identifiers of `--samples-from` that no input speaks of.
    package var unlisted: [String] = []
    /// Samples of an earlier run whose input is gone.
    package var gone: [String] = []
    /// Why something is done, by sample folder or file; for a dry run.
    package var reasons: [(what: String, why: String)] = []
    /// Whether another run holds the output folder.
    package var isLocked = false
    /// Whether there was nothing new to do.
    package var isIdle = false
    /// Whether the run was asked to end early.
    package var wasInterrupted = false
  }

  private let options: RunOptions
  private let table: KnowledgeBase
  private let programVersion: String

  /// A run over a table.
  package init(options: RunOptions, table: KnowledgeBase, programVersion: String) {
    self.options = options
    self.table = table
    self.programVersion = programVersion
  }

  /// The date of today, ISO, in UTC.
  package static var today: String { String(WallClock.text(WallClock.seconds).prefix(10)) }

  /// What is noted of files while they are read.
  private struct Notes: Sendable {
    var files: [Int: FileNote] = [:]
    var rejected: [(file: Int, error: InputError)] = []
    var skipped: [(path: String, reason: String)] = []
    var unrecognized: [(path: String, reason: String)] = []
    var clock = StageClock()
    var outcomes: [SampleOutcome] = []
    var tables: [SampleOrderedTable] = []
    var failure: SystemError?
    var wasInterrupted = false
    var progress = RunProgress()
  }

  /// Runs to the end.
  ///
  /// - Throws: ``SystemError`` when the output cannot be written.
  package func run() throws(SystemError) -> Summary {
    let started = WallClock.seconds
    var summary = Summary()
    var clock = StageClock()
    var discovery = clock.time(.discover) {
      Discovery(inputs: options.inputs, output: options.output, quietTime: options.quietTime, now: started)
    }
    clock.count(discovery.files.count, for: .discover)
    summary.missingInputs = discovery.faults
    let stated = statedSheet(&summary)
    guard summary.missingInputs.isEmpty else { return summary }
    let selection = options.part.map {
      PartSelection($0, of: &discovery, sheet: stated?.sheet, maxTextSize: options.maxTextSize)
    }
    guard let lock = try OutputLock.acquire(options.output, makes: !options.isDryRun) else {
      summary.isLocked = true
      return summary
    }
    SampleOrderedTable.clear(options.output)
    let previous = RecordedRun(options.output)
    let tables = table.sources.map { "xxh64:" + $0.digest }.joined(separator: ";")
    let settings = options.digest(of: table)
    if let previous, RunPlan.cause(previous, tables, settings, programVersion, options) == nil {
      discovery.keep(previous)
    }
    var plan = RunPlan(
      files: discovery.files, discovery: discovery, previous: previous, table: tables, settings: settings,
      programVersion: programVersion, options: options, sheetDigest: stated?.digest ?? "")
    let old = RecordedTables(of: plan.isIdle ? nil : previous, isWhole: plan.keepsRows)
    if plan.keepsRows, !old.isWhole(explains: options.explains) {
      plan = RunPlan(
        files: discovery.files, discovery: discovery, previous: previous, table: tables, settings: settings,
        programVersion: programVersion, options: options, sheetDigest: stated?.digest ?? "",
        isDamaged: true)
    }
    if !plan.carried.isEmpty, plan.printsAlike { plan.redoAll(because: "identifiers of two samples are printed alike") }
    if plan.isIdle {
      summary.isIdle = true
      let record = previous?.record ?? RunRecord()
      summary.gone = record.gone
      summary.reported = record.samples.count
      summary.unmatched = record.samples.count { $0.status == .noMatch }
      summary.unlisted = unlisted(Set(record.samples.map(\.id)))
      if options.prunes { prune(summary.gone) }
      return summary
    }
    if !plan.carried.isEmpty { recheck(&plan, discovery.files, previous, stated?.sheet) }
    summary.reasons = plan.reasons
    if options.isDryRun { return summary }

    var notes = try process(plan, discovery, stated?.sheet, selection, previous, clock)
    if let failure = notes.failure { throw failure }
    summary.skipped = (discovery.skipped + notes.skipped).sorted { $0.path < $1.path }
    summary.unrecognized = notes.unrecognized.sorted { $0.path < $1.path }
    if notes.wasInterrupted {
      summary.wasInterrupted = true
      return summary
    }
    let outcomes = SortedOutcomes(&notes.outcomes)
    let cohort = RunCohort(
      options: options, table: table, programVersion: programVersion, started: started, settings: settings,
      sheetDigest: stated?.digest ?? "", files: discovery.files, plan: plan, previous: previous, old: old,
      outcomes: outcomes, fresh: notes.tables, notes: notes.files, rejected: notes.rejected,
      skipped: summary.skipped, clock: notes.clock, order: RunCohort.order(outcomes, plan))
    cohort.summarize(&summary)
    let writer = CohortWriter(
      output: options.output, previous: previous, old: old,
      formats: options.writesSampleFiles ? options.formats.filter(\.hasCohortFiles) : [],
      versions: ReportContext(table: table, programVersion: programVersion).versions, address: options.reportAddress)
    summary.rejectedRows = try writer.write(cohort).rejectedRows
    summary.unlisted = unlisted(Set(cohort.order))
    if options.prunes { prune(summary.gone) }
    _ = consume lock
    return summary
  }

  /// Identifiers of the list that are none of these samples.
  private func unlisted(_ samples: Set<String>) -> [String] {
    (options.part?.listed ?? []).subtracting(samples).sorted()
  }

  private func prune(_ gone: [String]) {
    for id in gone { FileWriting.removeFolder(options.output + "/samples/" + SampleName.encoded(id)) }
  }

  private func statedSheet(_ summary: inout Summary) -> (sheet: SampleSheet, digest: String)? {
    guard !options.sheet.isEmpty else { return nil }
    var task = FileLoader(maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize)
    let outcome = task.read(options.sheet)
    if let sheet = outcome.content.sheet { return (sheet, outcome.digest) }
    summary.missingInputs.append(
      outcome.failure
        ?? InputError(
          path: options.sheet,
          problem:
            "is not a sample sheet (a TSV with a sample_id column and one of tumor_type, ONCOTREE_CODE, site, patient_id, purity)"
        ))
    return nil
  }

  /// Samples whose row of the sheet changed are done again.
  private func recheck(
    _ plan: inout RunPlan, _ files: [InputFile], _ previous: RecordedRun?, _ stated: SampleSheet?
  ) {
    var task = FileLoader(maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize)
    var sheets: [SampleSheet] = []
    var panels: [String] = []
    for file in files where file.sampleDirectory.isEmpty {
      let known = previous?.input(file.path)?.format
      guard known == nil || known == FileLoader.sheetFormat || FileLoader.panelFormats.contains(known ?? "") else {
        continue
      }
      let outcome = task.read(file.path)
      if let sheet = outcome.content.sheet { sheets.append(sheet) }
      if FileLoader.panelFormats.contains(outcome.content.format) { panels.append(outcome.digest) }
    }
    let record = previous?.record ?? RunRecord()
    let before = record.inputs.filter { FileLoader.panelFormats.contains($0.format) }.map(\.digest)
    if panels.sorted() != before.sorted() { return plan.redoAll(because: "a gene panel changed") }
    let sheet = stated ?? SampleSheet.merged(sheets)
    plan.recheck(record) { SampleOutcome.digest(of: sheet?.entry(for: $0)) }
  }

  // MARK: Reading and matching

  private func process(
    _ plan: RunPlan, _ discovery: Discovery, _ sheet: SampleSheet?, _ selection: PartSelection?,
    _ previous: RecordedRun?, _ clock: StageClock
  ) throws(SystemError) -> Notes {
    let files = discovery.files
    let genes = Normalizer.geneNormalizer(table)
    let assembler = SampleAssembler(
      files: files, reading: plan.reading, sheet: sheet, broken: discovery.broken, selection: selection
    ) { names in
      Set(names.compactMap { genes.symbol($0) })
    }
    let board = WorkQueue<AssembledSample>(files: plan.reading, workers: options.jobs)
    let notes = Locked(Notes(clock: clock))
    notes.withLock { $0.progress.files = plan.reading.count }
    let context = ReportContext(table: table, programVersion: programVersion)
    let processor = SampleProcessor(
      table: table, matcher: Matcher(table: table, subclonalFraction: options.thresholds.subclonalFraction),
      builder: Normalizer(table: table, amplificationCopies: options.thresholds.amplificationCopies),
      resolver: TumorTypeResolver(tree: table.reference.tumorTypes, fallback: options.tumorType), files: files,
      panel: options.panel, explains: options.explains,
      formats: options.writesSampleFiles ? options.formats : [], context: context, thresholds: options.thresholds)
    let carried = Set(plan.carried.keys)
    let broken = Self.brokenSamples(discovery, reading: plan.reading)
    for item in discovery.broken where item.sampleDirectory.isEmpty || !item.isSample {
      notes.withLock { notes in
        notes.unrecognized.append((item.error.path, item.error.problem))
        notes.skipped.append((item.error.path, item.error.problem))
      }
    }
    if plan.reading.isEmpty {
      board.add(assembler.finish(carried: carried, broken: broken))
      board.close()
    }
    // Reports of the last run stay in place where the new ones would be the same.
    let known = plan.cause == nil || plan.cause == .table ? previous : nil
    let sampleWriter = SampleWriter(options: options, previous: known)
    var tables: [SampleOrderedTable] = []
    for table in SampleOutcome.sortedTables where table != .nearMisses || options.explains {
      tables.append(try SampleOrderedTable(table, in: options.output))
    }
    let sortedTables = tables
    notes.withLock { $0.tables = sortedTables }
    WorkerPool.run(options.jobs) { _ in
      var reader = FileLoader(maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize)
      var clock = StageClock()
      var outcomes: [SampleOutcome] = []
      let agents = RowSpool(directory: options.output)
      var isDone = false
      while !isDone {
        if options.isInterrupted() {
          notes.withLock { $0.wasInterrupted = true }
          board.cancel()
          break
        }
        switch board.next() {
        case .finish: isDone = true
        case .help(let job): clock.time(.read) { job() }
        case .readFile(let index):
          let outcome = clock.time(.read) {
            reader.read(files[index].path, expecting: files[index].stamp, helpers: board)
          }
          clock.count(outcome.content.rowsRead, for: .read)
          var found = assembler.add(index, outcome)
          board.add(found)
          if board.finishedFile() {
            let rest = assembler.finish(carried: carried, broken: broken)
            board.add(rest)
            board.close()
            found += rest
          }
          let progress = notes.withLock { notes in
            Self.note(outcome, index, files, &notes)
            notes.progress.filesRead += 1
            notes.progress.samples += found.count
            return notes.progress
          }
          options.onProgress(progress)
        case .process(let sample):
          var result = processor.process(sample, clock: &clock)
          result.entryDigest = SampleOutcome.digest(of: sample.entry)
          do throws(SystemError) {
            let outcome = try clock.time(.write) { () throws(SystemError) in
              try sampleWriter.write(result, tables: sortedTables, agents: agents)
            }
            clock.count(1, for: .write)
            let progress = notes.withLock { notes in
              notes.progress.done += 1
              notes.progress.failed += outcome.status == .failed ? 1 : 0
              return notes.progress
            }
            options.onProgress(progress)
            outcomes.append(outcome)
          } catch {
            notes.withLock { $0.failure = $0.failure ?? error }
            board.cancel()
          }
        }
      }
      notes.withLock { notes in
        notes.clock.add(clock)
        notes.outcomes += outcomes
      }
    }
    return notes.withLock { $0 }
  }

  /// Samples whose folder cannot be read, and those whose files are all still being written.
  private static func brokenSamples(_ discovery: Discovery, reading: [Int]) -> [AssembledSample] {
    var samples: [AssembledSample] = []
    let directories = Set(discovery.files.map(\.directory))
    for item in discovery.broken where item.isSample && !directories.contains(item.directory) {
      var sample = AssembledSample(sampleID: item.sampleDirectory)
      sample.directory = item.directory
      sample.failure = item.error.description
      samples.append(sample)
    }
    for (directory, name) in discovery.deferredDirectories where !directories.contains(directory) {
      var sample = AssembledSample(sampleID: name)
      sample.directory = directory
      sample.isDeferred = true
      sample.remarks = ["all files are younger than the quiet time (left for the next run)"]
      samples.append(sample)
    }
    return samples.sorted { $0.sampleID < $1.sampleID }
  }

  private static func note(_ outcome: FileLoader.Outcome, _ index: Int, _ files: [InputFile], _ notes: inout Notes) {
    let content = outcome.content
    notes.files[index] = FileNote(
      format: content.format, digest: outcome.digest, filtered: content.filteredReasons)
    if outcome.isUnknown || !content.refusal.isEmpty {
      let reason = content.refusal.isEmpty ? content.remarks.joined(separator: "; ") : content.refusal
      notes.skipped.append((files[index].path, reason))
      // A table that could not hold calls is no loss; it is named in run.json alone.
      if outcome.isUnknown || !content.assays.isEmpty { notes.unrecognized.append((files[index].path, reason)) }
    }
    for error in content.rejected { notes.rejected.append((index, error)) }
    if let failure = outcome.failure { notes.rejected.append((index, failure)) }
  }
}
