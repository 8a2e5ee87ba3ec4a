// SPDX-License-Identifier: Apache-2.0
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
    let table = options.settings.reportsGermline ? table : table.withoutGermline
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
    /// Its path, where it is still being written.
    var youngSheet: String?
    /// The part of the cohort to do; `nil` for all of it.
    var selection: PartSelection?
    let started: Int
    var clock = StageClock()
    /// What files that lie flat say now; `nil` where there is no earlier run, or nothing to do.
    var flat: FlatFiles?
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
    let misplaced = OutputPlace.faults(options, discovery)
    guard misplaced.isEmpty else { return .refused(.misplaced, misplaced) }
    var inputs = Inputs(discovery: discovery, started: started, clock: clock)
    var missing = allowed(discovery.faults)
    do throws(InputError) {
      if let stated = try statedSheet() { (inputs.sheet, inputs.sheetDigest) = stated }
    } catch {
      missing.append(error)
    }
    guard missing.isEmpty else { return .missingInputs(missing) }
    // What the lab states goes the way of the sheet: a change of it makes the samples that it is about anew.
    if !options.overrides.digest.isEmpty { inputs.sheetDigest += "+" + options.overrides.digest }
    let isSheetYoung =
      options.quietTime > 0
      && FileStamp(path: options.sheet).map { $0.isRegular && $0.age(at: started) < options.quietTime } == true
    if isSheetYoung { inputs.youngSheet = options.sheet }
    inputs.selection = options.part.map {
      PartSelection($0, of: &inputs.discovery, sheet: inputs.sheet, maxTextSize: options.maxTextSize)
    }
    guard let lock = try OutputLock.acquire(options.output, makes: !options.isDryRun) else { return .locked }
    let ending = try run(inputs)
    _ = consume lock
    return ending
  }

  /// Faults of inputs without those that `--allow-empty` allows: an input of the last run that is not there now.
  private func allowed(_ faults: [InputError]) -> [InputError] {
    guard options.allowsEmpty, !faults.isEmpty, let record = RecordedRun(options.output)?.record else { return faults }
    return faults.filter { fault in
      let path = Discovery.withoutSlash(fault.path)
      let isKnown = record.inputs.contains { $0.path == path || $0.path.hasPrefix(path + "/") }
      return FileStamp(path: fault.path) != nil || !(isKnown || record.request.inputs.contains(fault.path))
    }
  }

  /// Does the work while no other run can.
  private func run(_ inputs: Inputs) throws(SystemError) -> Ending {
    var inputs = inputs
    if let foreign = OwnOutput.foreignFile(in: options.output) { return .refused(.foreignOutput, [foreign]) }
    if !options.isDryRun { Leftovers.clear(options.output) }
    let previous = RecordedRun(options.output)
    if inputs.youngSheet != nil {
      // What was read before may be known by its bytes; else it counts as not read.
      let known = previous?.record.sheetDigest ?? ""
      if !known.isEmpty, known == inputs.sheetDigest { inputs.youngSheet = nil } else { inputs.sheetDigest = known }
    }
    let lost = LostInputs(inputs.discovery, options, previous).faults
    guard lost.isEmpty else { return .missingInputs(lost) }
    var (plan, old) = planned(&inputs, previous)
    if plan.isIdle {
      var summary = summary(of: previous)
      summary.waiting = inputs.discovery.waiting.said
      if options.prunes, !options.isDryRun, let previous { prune(previous.record, &summary) }
      return .idle(summary)
    }
    if let flat = inputs.flat, !plan.carried.isEmpty, inputs.youngSheet == nil {
      flat.recheck(&plan, stated: inputs.sheet, overrides: options.overrides)
    }
    if options.isDryRun { return .planned(plan.reasons) }

    let tables = try openedTables()
    var notes = work(plan, inputs, previous, tables).run()
    if let failure = notes.failure { throw failure }
    if notes.wasInterrupted { return .interrupted }
    var summary = Summary()
    let skipped = skipped(inputs.discovery, notes, previous)
    summary.waiting = inputs.discovery.waiting.said
    let isSaid = Set(summary.waiting.map(\.path))
    summary.leftAlone = skipped.filter { !$0.isLoss && !isSaid.contains($0.path) }.map { ($0.path, $0.reason) }
    let known = Set((previous?.record.skipped ?? []).filter(\.isLoss).map(\.path))
    summary.unrecognized = skipped.filter { $0.isLoss && !known.contains($0.path) }.map { ($0.path, $0.reason) }
    summary.stillUnread = skipped.filter { $0.isLoss && known.contains($0.path) }.map(\.path)
    summary.warnings = notes.warnings
    summary.warnings += strangers(among: notes.outcomes, plan)
    let outcomes = SortedOutcomes(&notes.outcomes)
    let cohort = RunCohort(
      options: options, table: table, programVersion: programVersion, started: inputs.started,
      settings: options.digest(of: table), sheetDigest: inputs.sheetDigest, files: inputs.discovery.files, plan: plan,
      previous: previous, old: old, outcomes: outcomes, fresh: tables, notes: notes.files, rejected: notes.rejected,
      skipped: skipped, clock: notes.clock, order: RunCohort.order(outcomes, plan))
    cohort.summarize(&summary)
    let writer = CohortWriter(
      output: options.output, previous: previous, old: old,
      formats: options.writesSampleFiles ? options.formats.filter(\.hasCohortFiles) : [],
      versions: ReportContext(table: table, programVersion: programVersion).versions, address: options.reportAddress)
    let (written, record) = try writer.write(cohort)
    summary.strangers += written.strangers + ofOtherParts(previous)
    summary.unlisted = unlisted(Set(cohort.order))
    if options.prunes { prune(record, &summary) }
    return .finished(summary)
  }

  /// What there is to say of samples of the last run that another part of the cohort has now.
  private func ofOtherParts(_ previous: RecordedRun?) -> [(path: String, reason: String)] {
    let left = (previous?.record.samples ?? []).map(\.id).filter { !options.isOfPart($0) }.sorted { $0.isBefore($1) }
    guard !left.isEmpty else { return [] }
    let shown = left.prefix(5).joined(separator: ", ") + (left.count > 5 ? " and \(left.count - 5) more" : "")
    let subject = left.count == 1 ? "sample of the last run is" : "samples of the last run are"
    return [
      (
        options.output,
        "\(left.count) \(subject) not of this part and left the tables, with reports that stay: \(shown)"
      )
    ]
  }

  /// Names samples of the overrides that are none of this run's.
  private func strangers(among outcomes: [SampleOutcome], _ plan: RunPlan) -> [String] {
    guard options.part == nil, !options.overrides.digest.isEmpty else { return [] }
    var known = Set(outcomes.map(\.sampleID)).union(plan.carried.keys)
    for outcome in outcomes { known.formUnion(outcome.inputIDs) }
    for sample in plan.carried.values { known.formUnion(sample.inputIDs) }
    return options.overrides.strangers(to: known).map { sample, line in
      "\(options.overrides.path):\(line): sample '\(sample)' is not in this run, what is stated of it is not applied"
    }
  }

  /// What is not read: what was found now, and what an earlier run found in files that are not read again.
  private func skipped(_ discovery: Discovery, _ notes: RunNotes, _ previous: RecordedRun?) -> [LeftOut] {
    var skipped = discovery.skipped + notes.skipped
    if let previous {
      let again = Set(discovery.files.indices.filter { notes.files[$0] == nil }.map { discovery.files[$0].path })
      skipped += previous.record.skipped.filter { again.contains($0.path) }
        .map { LeftOut(path: $0.path, reason: $0.reason, isLoss: $0.isLoss) }
    }
    return skipped.sorted { $0.path < $1.path }
  }

  /// What the last run left, when nothing is new.
  private func summary(of previous: RecordedRun?) -> Summary {
    let record = previous?.record ?? RunRecord()
    var summary = Summary()
    summary.removed = record.removed.filter(options.isOfPart)
    summary.reported = record.samples.count { $0.status != .notEvaluated }
    summary.stillNotEvaluated = record.samples.filter { $0.status == .notEvaluated }.map(\.id).sorted()
    summary.unmatched = record.samples.count { $0.status == .noMatch }
    summary.unread = record.samples.count { sample in
      sample.status == .notEvaluated && RunCohort.isUnread(sample.inputs.map { record.inputs[Int($0)].counts })
    }
    summary.stillUnread = record.skipped.filter(\.isLoss).map(\.path)
    summary.unlisted = unlisted(Set(record.samples.map(\.id)))
    return summary
  }

  /// Identifiers of the list that are none of these samples.
  private func unlisted(_ samples: @autoclosure () -> Set<String>) -> [String] {
    guard let listed = options.part?.listed else { return [] }
    return listed.subtracting(samples()).sorted()
  }

  private func prune(_ record: RunRecord, _ summary: inout Summary) {
    let pruning = Pruning(record, options)
    summary.strangers += pruning.run()
    summary.keptRemoved = pruning.isTooMuch ? pruning.reports.count : 0
  }

  /// The sheet that was named, with the digest of its bytes; `nil` when none was.
  private func statedSheet() throws(InputError) -> (sheet: SampleSheet, digest: String)? {
    guard !options.sheet.isEmpty else { return nil }
    var sheets: [SampleSheet] = []
    var digests: [String] = []
    for path in [options.sheet] + options.timelines {
      let (sheet, digest) = try sheet(path)
      sheets.append(sheet)
      digests.append(digest)
    }
    return SampleSheet.merged(sheets).map { ($0, digests.joined(separator: "+")) }
  }

  private func sheet(_ path: String) throws(InputError) -> (sheet: SampleSheet, digest: String) {
    var loader = FileLoader(
      maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize, columns: options.settings.columnNames)
    let outcome = loader.read(path)
    switch outcome.content.kind {
    case .sampleSheet(let sheet): return (sheet, outcome.digest)
    case .failed(let error): throw error
    case .alterations, .genePanel, .samplePanels:
      throw notASheet(path, "it is one of another kind: \(outcome.content.format)")
    case .refused(let refusal): throw notASheet(path, "it " + refusal.reason)
    case .unknown(let reason): throw notASheet(path, "it " + reason)
    }
  }

  /// - Parameter reason: What the file is instead.
  private func notASheet(_ path: String, _ reason: String) -> InputError {
    let wanted =
      path == options.sheet
      ? "is not a sample sheet (a TSV with a sample_id column and one of tumor_type, ONCOTREE_CODE, site, patient_id, purity)"
      : "is not a timeline (a TSV with the columns PATIENT_ID, START_DATE, EVENT_TYPE, and AGENT or SAMPLE_ID)"
    return InputError(path: path, problem: wanted + ": " + reason)
  }

  // MARK: Planning

  /// What there is to do, and the tables of the last run that rows may be taken from.
  private func planned(_ inputs: inout Inputs, _ previous: RecordedRun?) -> (plan: RunPlan, old: RecordedTables) {
    let tables = table.recorded.map { "xxh64:" + $0.digest }.joined(separator: ";")
    let settings = options.digest(of: table)
    let part = options.part?.name ?? ""
    let cause = RunPlan.cause(previous, tables, settings, programVersion, options)
    func plan(_ inputs: Inputs, _ cause: RunCause?) -> RunPlan {
      RunPlan(
        discovery: inputs.discovery, previous: previous, cause: cause,
        basis: RunRecord.basis(programVersion, tables, settings, part), options: options,
        sheetDigest: inputs.sheetDigest)
    }
    let young = YoungFiles(inputs.discovery, options, isSheetStated: inputs.sheet != nil)
    let isKept: (String) -> Bool = { [part = inputs.selection?.part] id in
      part?.reports(id, isOwned: false) ?? true
    }
    guard let previous, previous.record.part == part else {
      if let path = inputs.youngSheet { inputs.discovery.deferral.everything = Discovery.reasonToDefer(path) }
      inputs.discovery.leave(young, isKept: isKept)
      return (plan(inputs, cause), RecordedTables(of: previous, isWhole: false))
    }
    inputs.discovery.wait(
      with: previous, young, sheet: inputs.youngSheet, isForced: cause == .forced)
    inputs.discovery.leave(young, isKept: isKept)
    var made = plan(inputs, cause)
    if made.isIdle { return (made, RecordedTables(of: nil, isWhole: false)) }
    let flat = FlatFiles(inputs.discovery, previous, options, isSheetStated: inputs.sheet != nil)
    inputs.flat = flat
    if !flat.broken.isEmpty, cause != .forced {
      inputs.discovery.wait(for: HeldBack(flat.broken), previous)
      inputs.discovery.leave(young, isKept: isKept)
      made = plan(inputs, cause)
    }
    let old = RecordedTables(of: previous, isWhole: made.keepsRows)
    if made.keepsRows,
      !old.isWhole(explains: options.explains, hasTrials: options.trials != nil, inOwnColumns: cause == nil)
    {
      inputs.discovery.stopWaiting()
      inputs.discovery.leave(young, isKept: isKept)
      made = plan(inputs, .damagedTable)
    }
    if !made.carried.isEmpty, made.printsAlike {
      made.redoAll(because: .printedAlike)
    }
    return (made, old)
  }

  // MARK: Reading and matching

  private func openedTables() throws(SystemError) -> SampleTables {
    try SampleTables(
      SampleOutcome.sortedTables(explains: options.explains, hasTrials: options.trials != nil), in: options.output)
  }

  /// The work of all stages from read to write.
  private func work(
    _ plan: RunPlan, _ inputs: Inputs, _ previous: RecordedRun?, _ tables: SampleTables
  ) -> RunWork {
    let discovery = inputs.discovery
    let genes = Normalizer.geneNormalizer(table)
    let assembler = SampleAssembler(
      files: discovery.files, reading: plan.reading, sheet: inputs.sheet, unreadable: discovery.unreadable,
      leftOut: discovery.skipped, deferral: discovery.deferral, selection: inputs.selection
    ) { names in
      Set(names.compactMap { genes.symbol($0) })
    }
    let processor = SampleProcessor(
      options: options, table: table, files: discovery.files,
      context: ReportContext(table: table, programVersion: programVersion))
    // Reports of the last run stay in place where the new ones would be the same.
    let before = plan.cause == .forced ? nil : previous
    var notes = RunNotes(clock: inputs.clock)
    notes.add(unreadable: discovery.unreadable)
    var known: [Int: FileLoader.Outcome] = [:]
    if let flat = inputs.flat {
      for index in plan.reading { known[index] = flat.outcomes[discovery.files[index].path] }
    }
    return RunWork(
      options: options, files: discovery.files, reading: plan.reading, known: known,
      carried: Set(plan.carried.keys), waiting: Set(discovery.waiting.samples.keys),
      lost: discovery.lostSamples + discovery.emptySamples,
      assembler: assembler, processor: processor,
      writer: SampleWriter(options: options, previous: before, last: previous), tables: tables, notes: notes)
  }
}
