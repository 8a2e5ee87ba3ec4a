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
  private let options: RunOptions
  private let files: [InputFile]
  /// What was read of files before, by their number.
  private let known: [Int: FileLoader.Outcome]
  /// Samples that are not read since nothing changed, or that wait.
  private let carried: Set<String>
  /// Samples that stay as they were whatever files say of them.
  private let waiting: Set<String>
  /// Samples of which nothing can be looked at.
  private let lost: [AssembledSample]
  private let assembler: SampleAssembler
  private let processor: SampleProcessor
  private let writer: SampleWriter
  /// The cohort's tables, which grow with each sample.
  private let tables: [SampleOrderedTable]
  private let queue: WorkQueue<AssembledSample>
  private let notes: Locked<RunNotes>

  init(
    options: RunOptions, files: [InputFile], reading: [Int], known: [Int: FileLoader.Outcome], carried: Set<String>,
    waiting: Set<String>, lost: [AssembledSample], assembler: SampleAssembler, processor: SampleProcessor,
    writer: SampleWriter, tables: [SampleOrderedTable],
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
    queue = WorkQueue(files: reading, workers: options.jobs)
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
      notes.withLock { notes in
        notes.clock.add(worker.clock)
        notes.outcomes += worker.outcomes
      }
    }
    return notes.withLock { notes in
      let all = notes
      notes = RunNotes(clock: StageClock())
      return all
    }
  }

  /// What one worker keeps from one piece of work to the next.
  private struct Worker: ~Copyable {
    var loader: FileLoader
    var clock = StageClock()
    var outcomes: [SampleOutcome] = []
    /// Rows of agents.tsv.
    let agents: RowSpool

    init(_ options: RunOptions) {
      loader = FileLoader(
        maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize, columns: options.settings.columnNames)
      agents = RowSpool(directory: options.output)
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
      case .help(let job): worker.clock.time(.read) { job() }
      case .readFile(let index): read(index, &worker)
      case .process(let sample): process(sample, &worker)
      }
    }
  }

  private func read(_ index: Int, _ worker: inout Worker) {
    let start = StageClock.now()
    var outcome =
      known[index] ?? worker.loader.read(files[index].path, expecting: files[index].stamp, helpers: queue)
    outcome.content.fault = outcome.content.fault ?? processor.normalizer.fault(of: outcome.content)
    worker.clock.add(StageClock.now() - start, rows: outcome.content.rowsRead, to: .read)
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
    if carried.isEmpty, let warning = assembler.sheetWarning { notes.withLock { $0.warnings.append(warning) } }
    let count = rest.count
    queue.add(rest)
    queue.close()
    return count
  }

  private func process(_ sample: AssembledSample, _ worker: inout Worker) {
    var result = processor.process(sample, clock: &worker.clock)
    result.entryDigest = options.overrides.digest(
      SampleOutcome.digest(of: sample.entry), of: sample.sampleID, sample.inputIDs)
    do throws(SystemError) {
      let start = StageClock.now()
      let outcome = try writer.write(result, tables: tables, agents: worker.agents)
      worker.clock.add(StageClock.now() - start, rows: 1, to: .write)
      worker.outcomes.append(outcome)
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
