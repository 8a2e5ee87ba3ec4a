internal import DelimitedText
internal import Dispatch
internal import Knowledge
internal import Reports
internal import SystemIO

/// Puts the cohort's tables in order: rows of this run from the spools, rows of unchanged samples from the old tables.
///
/// All tables are written beside their places first and renamed together; run.json follows.
struct CohortWriter {
  let options: RunOptions
  let table: KnowledgeBase
  let programVersion: String
  let files: [InputFile]
  let plan: RunPlan
  let previous: PreviousRun?
  let old: OldTables
  let started: Int
  let settings: String
  let sheetDigest: String

  func write(
    outcomes: SortedOutcomes, tables: [SampleOrderedTable], notes: [Int: RunManifest.FileNote],
    rejected: [(file: Int, error: InputError)], clock: StageClock, summary: inout BatchRun.Summary
  ) throws(SystemError) {
    let begin = StageClock.now()
    // The samples' files go to the disk while the tables are made.
    let flushing = DispatchGroup()
    DispatchQueue.global().async(group: flushing) { [options] in FileWriting.synchronize(options.output) }
    defer { flushing.wait() }
    let carried = plan.carried.keys.filter { outcomes[$0] == nil }
    var order = outcomes.map(\.sampleID)
    if !carried.isEmpty {
      order += carried
      order.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    summarize(outcomes, order, &summary)

    let formats = options.writesSampleFiles ? options.formats.filter(\.hasCohortFiles) : []
    var feed = formats.isEmpty ? nil : CohortFeed()
    var written: [Written] = []
    let hasCarried = !carried.isEmpty
    var derived = Derived(
      agents: try agentRows(outcomes), changes: try opened(.changes), feed: ChangesFeed(earlier: earlier),
      hasOld: old.hasTherapies)
    for rows in tables {
      try rows.close()
      let isWhole = !hasCarried && rows.isSorted
      let file = isWhole ? nil : try opened(rows.table)
      if !isWhole || rows.table == .therapies || feed != nil && rows.table != .nearMisses {
        for id in order {
          var own: [UInt8] = []
          if outcomes[id] != nil {
            try rows.rows(of: id, into: &own)
          } else {
            own = try old.rows(rows.table, of: TSVWriter.text(id))
          }
          switch rows.table {
          case .samples: feed?.addSamples(own)
          case .alterations: feed?.addAlterations(own)
          case .therapies:
            feed?.addTherapies(own)
            if let outcome = outcomes[id] { try derive(&derived, outcome, own) }
          case .agents, .rejected, .changes, .nearMisses: break
          }
          try file?.append { (bytes) throws(SystemError) in bytes += own }
        }
      }
      let made: any TableFile = file ?? rows
      written.append((rows.table, made, try made.finish()))
    }
    let agents = try opened(.agents)
    try derived.agents.pass { (rows) throws(SystemError) in
      try agents.append { (bytes) throws(SystemError) in bytes += rows }
    }
    written.append((.changes, derived.changes, try derived.changes.finish()))
    written.append((.agents, agents, try agents.finish()))
    let (rejectedFile, rejectedByReader) = try rejectedTable(outcomes, rejected, notes, &summary)
    written.append(rejectedFile)
    for item in written { try item.file.moveIntoPlace() }
    let package = DataPackage.text(tables: written.map(\.table))
    try FileWriting.replace(options.output + "/datapackage.json", with: package.span)
    if let feed {
      let view = CohortView(
        feed: feed, changes: derived.feed,
        versions: ReportContext(table: self.table, programVersion: programVersion).versions,
        address: options.reportAddress, folderName: SampleName.encoded)
      for file in formats.flatMap({ $0.files(of: view) }) {
        let path = options.output + "/" + file.name
        try FileWriting.makeDirectory(Discovery.parent(path))
        try FileWriting.replace(path, with: file.bytes.span)
      }
    }
    FileWriting.synchronize(options.output)

    var clock = clock
    var own = StageClock()
    own.set(.write, seconds: StageClock.now() - begin, rows: 0)
    clock.add(own)
    let manifest = RunManifest(
      options: options, tables: table.recorded.map { ($0.name, $0.version, "xxh64:" + $0.digest) },
      part: options.part?.name ?? "", rejectedByReader: options.part == nil ? [] : rejectedByReader,
      reportSettings: options.reportSettings, programVersion: programVersion, started: started, files: files,
      notes: notes, outcomes: outcomes, carried: plan.carried, previous: previous,
      skipped: summary.skipped, gone: summary.gone, settings: settings, sheetDigest: sheetDigest,
      outputs: written.map { ($0.table.fileName, "xxh64:" + $0.digest) }.sorted { $0.0 < $1.0 }, clock: clock)
    try manifest.write(to: options.output + "/run.json")
  }

  /// The run that changes are told against.
  private var earlier: ChangesFeed.Earlier? {
    guard let previous, old.hasTherapies else { return nil }
    return ChangesFeed.Earlier(
      started: previous.started, programVersion: previous.programVersion, tables: previous.tableVersions)
  }

  private func opened(_ table: OutputTable) throws(SystemError) -> GrowingFile {
    let file = try GrowingFile(options.output + "/" + table.fileName)
    var header = TSVWriter()
    header.row(table.columns)
    try file.append { (bytes) throws(SystemError) in bytes += header.bytes }
    return file
  }

  private func summarize(_ outcomes: SortedOutcomes, _ order: [String], _ summary: inout BatchRun.Summary) {
    for id in order {
      guard let outcome = outcomes[id] else {
        summary.reported += 1
        summary.unmatched += plan.carried[id]?.status == SampleReport.Status.noMatch.rawValue ? 1 : 0
        continue
      }
      summary.unmatched += outcome.status == .noMatch ? 1 : 0
      summary.rowsRead += outcome.rowsRead
      summary.written += outcome.wasWritten ? 1 : 0
      switch outcome.status {
      case .failed: summary.failed.append((id, outcome.message))
      case .deferred: summary.deferred.append((id, outcome.message))
      case .reported, .noMatch: summary.reported += 1
      }
    }
    let here = Set(order)
    let before = Set((previous?.samples.keys).map(Array.init) ?? []).union(previous?.gone ?? [])
    summary.gone = before.filter { !here.contains($0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A table with the digest of its bytes.
  private typealias Written = (table: OutputTable, file: any TableFile, digest: String)

  /// What follows from the rows of therapies.tsv: agents.tsv and changes.tsv.
  private struct Derived {
    let agents: AgentRows
    let changes: GrowingFile
    var feed: ChangesFeed
    let hasOld: Bool
    var agentRows: [UInt8] = []
  }

  private func agentRows(_ outcomes: SortedOutcomes) throws(SystemError) -> AgentRows {
    let keptCells = Set(plan.carried.keys.filter { outcomes[$0] == nil }.map { Array(TSVWriter.text($0).utf8) })
    return try AgentRows(old: old.agents(), directory: options.output) { keptCells.contains($0) }
  }

  private func derive(_ derived: inout Derived, _ outcome: SampleOutcome, _ now: [UInt8]) throws(SystemError) {
    derived.agentRows.removeAll(keepingCapacity: true)
    try outcome.agents.spool.read(outcome.agents.place, into: &derived.agentRows)
    try derived.agents.add(derived.agentRows)
    let id = outcome.sampleID
    guard derived.hasOld, let known = previous?.samples[id], known.status != "failed", outcome.status != .failed else {
      return
    }
    let before = try old.rows(.therapies, of: TSVWriter.text(id))
    guard before != now else { return }
    let rows = ChangeList.rows(sampleID: id, before: before, now: now, cause: cause(of: outcome))
    try derived.changes.append { (bytes) throws(SystemError) in bytes += rows }
    derived.feed.add(rows)
  }

  /// What made a sample's report differ from the last one.
  private func cause(of outcome: SampleOutcome) -> String {
    let known = previous?.samples[outcome.sampleID]
    let stamps = outcome.inputs.map { (files[Int($0)].path, files[Int($0)].stamp) }
    let isInput =
      known.map { Set($0.inputs) != Set(stamps.map(\.0)) || $0.sheetDigest != outcome.sheetDigest } ?? true
      || stamps.contains { path, stamp in
        guard let before = previous?.inputs[path] else { return true }
        return before.size != stamp.size || before.modified != stamp.modified
      }
    if isInput { return "input" }
    return plan.cause == "program changed" ? "program" : plan.cause == "table changed" ? "table" : "input"
  }

  private func rejectedTable(
    _ outcomes: SortedOutcomes, _ rejected: [(file: Int, error: InputError)],
    _ notes: [Int: RunManifest.FileNote], _ summary: inout BatchRun.Summary
  ) throws(SystemError) -> (table: Written, byReader: [Int]) {
    var numbers: [String: Int] = [:]
    for (index, file) in files.enumerated() { numbers[file.path] = index }
    var rows = rejected.map { RejectedRow($0.error, file: $0.file, isByReader: true) }
    for outcome in outcomes {
      rows += outcome.rejected.map { RejectedRow($0, file: numbers[$0.path] ?? 0, isByReader: false) }
    }
    var kept: [String: Int] = [:]
    for index in files.indices where notes[index] == nil { kept[TSVWriter.text(files[index].path)] = index }
    if !kept.isEmpty { rows += old.rejectedRows(of: kept) }
    rows.sort()
    summary.rejectedRows = rows.count
    let file = try opened(.rejected)
    for row in rows { try file.append { (bytes) throws(SystemError) in bytes += row.bytes } }
    return ((.rejected, file, try file.finish()), rows.indices.filter { rows[$0].isByReader })
  }
}
