internal import AlterationFormats
public import DelimitedText
internal import Matching
internal import Reports
internal import Synchronization
public import TargetTable

/// Runs a batch: discover, read, normalize, match, report, write.
public struct BatchRun: Sendable {
  /// What a run came to.
  public struct Summary: Sendable {
    /// Samples reported, with a match or without.
    public var reported = 0
    /// Samples that failed, each with its reason, in order.
    public var failed: [(sampleID: String, reason: String)] = []
    /// Inputs that do not exist or cannot be looked at.
    public var missingInputs: [InputError] = []
    /// Files and folders left alone, each with the reason.
    public var skipped: [(path: String, reason: String)] = []
    /// Those of ``skipped`` whose content is of no known kind.
    public var unrecognized: [(path: String, reason: String)] = []
    /// Rows set aside.
    public var rejectedRows = 0
    /// Rows read.
    public var rowsRead = 0
  }

  private let options: RunOptions
  private let table: TargetTable
  private let programVersion: String

  /// A run over a table.
  public init(options: RunOptions, table: TargetTable, programVersion: String) {
    self.options = options
    self.table = table
    self.programVersion = programVersion
  }

  /// The date of today, ISO, in UTC.
  public static var today: String { String(WallClock.text(WallClock.seconds).prefix(10)) }

  private struct Collected: Sendable {
    var results: [String: SampleProcessor.Result] = [:]
    var fileFormats: [Int: String] = [:]
    var digests: [Int: String] = [:]
    var rejected: [(file: Int, error: InputError)] = []
    var skipped: [(path: String, reason: String)] = []
    var unrecognized: [(path: String, reason: String)] = []
    var filtered: [String: Int] = [:]
    var rowsRead: [Int: Int] = [:]
    var clock = StageClock()
  }

  /// Runs to the end.
  ///
  /// - Throws: ``SystemError`` when the output cannot be written.
  public func run() throws(SystemError) -> Summary {
    let started = WallClock.seconds
    var clock = StageClock()
    let discovery = clock.time(.discover) {
      Discovery(inputs: options.inputs, output: options.output, quietTime: options.quietTime, now: started)
    }
    clock.count(discovery.files.count, for: .discover)
    var summary = Summary()
    summary.missingInputs = discovery.faults
    let sheet = try statedSheet(&summary)
    guard summary.missingInputs.isEmpty else { return summary }
    let files = discovery.files
    let assembler = SampleAssembler(files: files, sheet: sheet)
    let board = WorkBoard<AssembledSample>(fileCount: files.count)
    let collected = Mutex(Collected(skipped: discovery.skipped, clock: clock))
    let processor = SampleProcessor(
      table: table, matcher: Matcher(table: table), builder: AlterationBuilder(table: table),
      resolver: TumorTypeResolver(tree: table.reference.tumorTypes, fallback: options.tumorType), files: files,
      panel: options.panel, explains: options.explains,
      formats: options.writesSampleFiles ? options.formats : [],
      context: ReportContext(table: table, programVersion: programVersion))
    if files.isEmpty {
      board.add(assembler.finish())
      board.close()
    }
    let maxTextSize = options.maxTextSize
    WorkerPool.run(options.jobs) { _ in
      var reader = FileTask(maxTextSize: maxTextSize)
      var clock = StageClock()
      var isDone = false
      while !isDone {
        switch board.next() {
        case .finish: isDone = true
        case .readFile(let index):
          let outcome = clock.time(.read) { reader.read(files[index].path) }
          clock.count(outcome.content.rowsRead, for: .read)
          collected.withLock { Self.note(outcome, index, files, &$0) }
          board.add(assembler.add(index, outcome))
          if board.finishedFile() {
            board.add(assembler.finish())
            board.close()
          }
        case .process(let sample):
          let result = processor.process(sample, clock: &clock)
          collected.withLock { $0.results[sample.sampleID] = result }
        }
      }
      collected.withLock { $0.clock.add(clock) }
    }
    var all = collected.withLock { $0 }
    try write(&all, files: files, started: started, summary: &summary)
    return summary
  }

  private func statedSheet(_ summary: inout Summary) throws(SystemError) -> SampleSheet? {
    guard !options.sheet.isEmpty else { return nil }
    var task = FileTask(maxTextSize: options.maxTextSize)
    let outcome = task.read(options.sheet)
    if let sheet = outcome.content.sheet { return sheet }
    summary.missingInputs.append(
      outcome.failure
        ?? InputError(
          path: options.sheet,
          problem:
            "is not a sample sheet (a TSV with a sample_id column and one of tumor_type, ONCOTREE_CODE, site, patient_id, purity)"
        ))
    return nil
  }

  private static func note(_ outcome: FileTask.Outcome, _ index: Int, _ files: [InputFile], _ all: inout Collected) {
    all.digests[index] = outcome.digest
    all.fileFormats[index] = outcome.content.format
    all.rowsRead[index] = outcome.content.rowsRead
    if outcome.isUnknown {
      let item = (files[index].path, outcome.content.remarks.joined(separator: "; "))
      all.skipped.append(item)
      all.unrecognized.append(item)
    }
    for error in outcome.content.rejected { all.rejected.append((index, error)) }
    if let failure = outcome.failure { all.rejected.append((index, failure)) }
    for (reason, count) in outcome.content.filteredReasons { all.filtered[reason, default: 0] += count }
  }

  // MARK: Writing

  private func write(
    _ all: inout Collected, files: [InputFile], started: Int, summary: inout Summary
  ) throws(SystemError) {
    let order = all.results.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let writeStart = StageClock.now()
    try FileWriting.makeDirectory(options.output)
    var buffers: [OutputTable: TSVBuffer] = [:]
    let tables = OutputTable.allCases.filter { $0 != .nearMisses || options.explains }
    for table in tables {
      var buffer = TSVBuffer()
      buffer.row(table.columns)
      buffers[table] = buffer
    }
    for id in order {
      guard let result = all.results[id] else { continue }
      buffers[.therapies]?.append(rows: result.therapies)
      buffers[.alterations]?.append(rows: result.alterations)
      buffers[.samples]?.append(rows: result.sampleRow)
      buffers[.nearMisses]?.append(rows: result.nearMisses)
      for error in result.rejected {
        let file = files.firstIndex { $0.path == error.path } ?? 0
        all.rejected.append((file, error))
      }
      for (reason, count) in result.filteredReasons { all.filtered[reason, default: 0] += count }
      if result.report.status == .failed {
        summary.failed.append((id, result.report.message))
      } else {
        summary.reported += 1
      }
      summary.rowsRead += result.report.rowsRead
      if options.writesSampleFiles { try writeSample(result) }
    }
    all.rejected.sort { ($0.file, $0.error.line ?? 0) < ($1.file, $1.error.line ?? 0) }
    if var buffer = buffers[.rejected] {
      for (_, error) in all.rejected { TableRows.rejected(error, into: &buffer) }
      buffers[.rejected] = buffer
    }
    summary.rejectedRows = all.rejected.count
    summary.skipped = all.skipped.sorted { $0.path < $1.path }
    summary.unrecognized = all.unrecognized.sorted { $0.path < $1.path }
    for table in tables {
      guard let buffer = buffers[table] else { continue }
      try FileWriting.replace(options.output + "/" + table.fileName, with: buffer.bytes.span)
    }
    if options.formats.contains(.html), options.writesSampleFiles { try writeIndex(buffers) }
    FileWriting.synchronize(options.output)
    all.clock.add(Self.writeClock(seconds: StageClock.now() - writeStart, rows: order.count))
    let manifest = RunManifest(
      options: options, table: table, programVersion: programVersion, started: started, files: files,
      formats: all.fileFormats, digests: all.digests, rowsRead: all.rowsRead,
      results: order.compactMap { all.results[$0] },
      skipped: summary.skipped, filtered: all.filtered, clock: all.clock)
    try FileWriting.replace(options.output + "/run.json", with: manifest.json().span)
  }

  /// The cohort's page, made from the tables as they were written.
  private func writeIndex(_ buffers: [OutputTable: TSVBuffer]) throws(SystemError) {
    let page = CohortHTML.text(
      samples: buffers[.samples]?.bytes ?? [], therapies: buffers[.therapies]?.bytes ?? [],
      alterations: buffers[.alterations]?.bytes ?? [],
      context: ReportContext(table: table, programVersion: programVersion), folderName: SampleName.encoded)
    try FileWriting.replace(options.output + "/index.html", with: page.span)
  }

  private static func writeClock(seconds: Double, rows: Int) -> StageClock {
    var clock = StageClock()
    clock.set(.write, seconds: seconds, rows: rows)
    return clock
  }

  private func writeSample(_ result: SampleProcessor.Result) throws(SystemError) {
    let name = SampleName.encoded(result.report.sampleID)
    let folder = options.output + "/samples/" + name
    try FileWriting.makeDirectory(folder)
    if options.formats.contains(.json) {
      try FileWriting.replace(folder + "/" + name + ".report.json", with: result.json.span)
    }
    if options.formats.contains(.html) {
      try FileWriting.replace(folder + "/" + name + ".report.html", with: result.html.span)
    }
    guard options.formats.contains(.tsv) else { return }
    for (table, rows) in [(OutputTable.therapies, result.therapies), (.alterations, result.alterations)] {
      var buffer = TSVBuffer(capacity: rows.count + 512)
      buffer.row(table.columns)
      buffer.append(rows: rows)
      try FileWriting.replace(folder + "/" + name + "." + table.fileName, with: buffer.bytes.span)
    }
  }
}
