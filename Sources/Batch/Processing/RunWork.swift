// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import Normalization
internal import Reports
internal import SystemIO

/// The stages from read to write, done by a fixed set of workers until nothing is left.
///
/// Each worker takes what the queue gives it: a part of a large file, a sample, a file. A file that cannot be read and a
/// sample that cannot be reported are noted; when the output cannot be written, all workers end.
final class RunWork: Sendable {
  let options: RunOptions
  let files: [InputFile]
  /// What was read of files before, by their number.
  let known: [Int: FileLoader.Outcome]
  /// Samples that are not read since nothing changed, or that wait.
  let carried: Set<String>
  /// Samples that stay as they were whatever files say of them.
  let waiting: Set<String>
  /// Samples of which nothing can be looked at.
  let lost: [AssembledSample]
  let assembler: SampleAssembler
  let processor: SampleProcessor
  private let writer: SampleWriter
  /// The cohort's tables, which grow with each sample.
  let tables: SampleTables
  let queue: WorkQueue<AssembledSample>
  let notes: Locked<RunNotes>
  /// Desks at which workers sit that have a file in hand and do some of its samples.
  let spareDesks = Locked<[Desk]>([])
  /// Samples that were given on before their file was read and are not to stay.
  let undone = Locked(Undone.none)

  init(
    options: RunOptions, files: [InputFile], reading: [Int], known: [Int: FileLoader.Outcome], carried: Set<String>,
    waiting: Set<String>, lost: [AssembledSample], assembler: SampleAssembler, processor: SampleProcessor,
    writer: SampleWriter, tables: SampleTables,
    notes: RunNotes
  ) {
    self.options = options
    self.files = files
    self.known = known
    self.carried = carried
    self.waiting = waiting
    self.lost = lost
    self.assembler = assembler
    self.processor = processor
    self.writer = writer
    self.tables = tables
    queue = WorkQueue(files: reading, workers: options.jobs) { tables.begin($0.sampleID) }
    var notes = notes
    notes.progress.files = reading.count
    self.notes = Locked(notes)
    if reading.isEmpty { finishReading() }
  }

  /// Does all work and gives away what was noted, which of a large cohort is in memory once.
  func run() -> RunNotes {
    WorkerPool.run(options.jobs) { [self] _ in
      var worker = Worker(options)
      work(&worker)
      collect(worker.desk)
    }
    for desk in spareDesks.withLock({ $0 }) { collect(desk) }
    spareDesks.withLock { $0 = [] }
    return notes.withLock { notes in
      let all = notes
      notes = RunNotes(clock: StageClock())
      return all
    }
  }

  private func collect(_ desk: Desk) {
    let undone = undone.withLock { $0 }
    var desk = desk
    for outcome in desk.outcomes where undone.holds(outcome) {
      desk.clock.count(-Int(outcome.work.normalized), for: .normalize)
      desk.clock.count(-Int(outcome.work.matched), for: .match)
      desk.clock.count(-1, for: .write)
    }
    if !undone.isNone { desk.outcomes.removeAll(where: undone.holds) }
    notes.withLock { notes in
      notes.clock.add(desk.clock)
      notes.outcomes += desk.outcomes
    }
  }

  /// What one worker keeps from one sample to the next.
  struct Desk: Sendable {
    var clock = StageClock()
    var outcomes: [SampleOutcome] = []
    /// Rows of agents.tsv.
    let agents: RowSpool

    init(_ options: RunOptions) { agents = RowSpool(directory: options.output) }
  }

  /// What one worker keeps from one piece of work to the next.
  private struct Worker: ~Copyable {
    var loader: FileLoader
    var desk: Desk

    init(_ options: RunOptions) {
      loader = FileLoader(
        maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize, columns: options.settings.columnNames,
        largeFile: options.largeFile, partSize: options.partSize)
      desk = Desk(options)
    }
  }

  private func work(_ worker: inout Worker) {
    while true {
      if options.isInterrupted() {
        notes.withLock { $0.wasInterrupted = true }
        queue.cancel()
        return
      }
      switch queue.next() {
      case .finish: return
      case .help(let job): worker.desk.clock.time(.read) { job() }
      case .readFile(let index): read(index, &worker)
      case .process(let sample): process(sample, &worker.desk)
      }
    }
  }

  private func read(_ index: Int, _ worker: inout Worker) {
    let start = StageClock.now()
    let early = mayGiveEarly(index) ? EarlyFile(run: self, index: index) : nil
    var outcome =
      known[index]
      ?? worker.loader.read(files[index].path, expecting: files[index].stamp, helpers: queue, sink: early)
    if early?.isUsed != true || !settleEarly(index, &outcome, &worker.loader) {
      outcome.content.fault = outcome.content.fault ?? processor.normalizer.fault(of: outcome.content)
    }
    let seconds = StageClock.now() - start - (early?.seconds ?? 0)
    worker.desk.clock.add(seconds, rows: outcome.content.rowsRead, to: .read)
    let found = assembler.add(index, outcome.content)
    var count = found.count
    queue.add(found)
    if queue.finishedFile() { count += finishReading() }
    let progress = notes.withLock { notes in
      notes.add(outcome, of: index, path: files[index].path)
      notes.progress.filesRead += 1
      notes.progress.samples += count
      return notes.progress
    }
    options.onProgress(progress)
  }

  /// All files were read: gives the samples that are left to the workers.
  ///
  /// - Returns: How many these are.
  @discardableResult
  private func finishReading() -> Int {
    let rest = assembler.finish(carried: carried, waiting: waiting, lost: lost)
    if carried.isEmpty, options.part == nil, let warning = assembler.sheetWarning {
      notes.withLock { $0.warnings.append(warning) }
    }
    let count = rest.count
    queue.add(rest)
    queue.close()
    return count
  }

  func process(_ sample: AssembledSample, _ desk: inout Desk) {
    if sample.isEarly, undone.withLock({ $0.holds(sample.sampleID) }) { return tables.leave(sample.sampleID) }
    let before = (desk.clock.rows[Stage.normalize.rawValue], desk.clock.rows[Stage.match.rawValue])
    var result = processor.process(sample, clock: &desk.clock)
    result.isEarly = sample.isEarly
    result.work.normalized = Int32(desk.clock.rows[Stage.normalize.rawValue] - before.0)
    result.work.matched = Int32(desk.clock.rows[Stage.match.rawValue] - before.1)
    result.entryDigest = options.overrides.digest(
      SampleOutcome.digest(of: sample.entry), of: sample.sampleID, sample.inputIDs)
    do throws(SystemError) {
      let start = StageClock.now()
      let outcome = try writer.write(result, tables: tables, agents: desk.agents)
      desk.clock.add(StageClock.now() - start, rows: 1, to: .write)
      desk.outcomes.append(outcome)
      let progress = notes.withLock { notes in
        notes.progress.done += 1
        notes.progress.failed += outcome.status == .failed ? 1 : 0
        return notes.progress
      }
      options.onProgress(progress)
    } catch {
      notes.withLock { $0.failure = $0.failure ?? error }
      queue.cancel()
    }
  }
}
