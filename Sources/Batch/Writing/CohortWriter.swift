// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Dispatch
internal import Reports
internal import SystemIO

/// Writes the outputs of a cohort: its tables, datapackage.json, its pages and, last, run.json.
///
/// In: rows by sample, and what the last run left. All tables are written beside their places first and renamed together;
/// data are on the disk before run.json says that they are there.
struct CohortWriter {
  let output: String
  /// The run that changes are told against.
  let previous: RecordedRun?
  let old: RecordedTables
  /// The forms of which files of the cohort are written.
  let formats: [ReportFormat]
  let versions: RunVersions
  /// The address under which the output folder is served; empty when not known.
  let address: String

  /// Writes all of it.
  func write(_ source: some CohortSource) throws(SystemError) -> (WrittenCohort, RunRecord) {
    let begin = StageClock.now()
    try source.placeReports()
    // Rows of a table that is in order already cannot be read once it is finished.
    let (patients, courses) = try self.courses(source)
    // The samples' files go to the disk while the tables are made.
    let flushing = DispatchGroup()
    DispatchQueue.global().async(group: flushing) { [output] in try? FileWriting.synchronize(output) }
    defer { flushing.wait() }

    var feed = formats.isEmpty ? nil : CohortFeed()
    var derived = Derived(
      agents: try AgentRows(
        old: source.carriesRows ? try old.carriedAgents() : old.agents() ?? [], directory: output,
        isKept: source.keepsAgentRows),
      changes: try opened(.changes), feed: ChangesFeed(earlier: earlier))
    var written: [Written] = []
    for table in source.tables { written.append(try sorted(table, source, &feed, &derived)) }
    if let patients { written.append(patients) }
    written.append((.changes, derived.changes, try derived.changes.finish()))
    written.append(try agents(derived.agents))
    let rejected = try source.rejectedRows()
    written.append(try self.rejected(rejected))
    for item in written { try item.file.moveIntoPlace() }

    var outputs = written.map { RunRecord.Output(file: $0.table.fileName, digest: "xxh64:" + $0.digest) }
    outputs.append(try write("datapackage.json", DataPackage.text(tables: written.map(\.table))))
    derived.feed.gone = earlier == nil ? [] : source.gone
    if let feed { outputs += try writePages(feed, derived.feed, source) }
    try FileWriting.synchronize(output)

    var result = WrittenCohort(
      outputs: outputs.sorted { $0.file < $1.file },
      rejectedByReader: rejected.indices.filter { rejected[$0].isByReader },
      courses: courses, seconds: StageClock.now() - begin)
    let record = source.record(of: result)
    // The record has to be right whenever the run ends: what it does not name goes before it.
    if let previous { Leftovers.removeStale(output, before: previous.record, now: record) }
    result.strangers = Leftovers.removeOrphans(output, before: previous, now: record)
    try record.write(to: output + "/run.json")
    return (result, record)
  }

  /// A table with the digest of its bytes.
  private typealias Written = (table: OutputTable, file: any TableFile, digest: String)

  /// What follows from the rows of options.tsv: agents.tsv and changes.tsv.
  private struct Derived {
    let agents: AgentRows
    let changes: GrowingFile
    var feed: ChangesFeed
  }

  private var earlier: ChangesFeed.Earlier? {
    guard let record = previous?.record, old.hasOptions else { return nil }
    return ChangesFeed.Earlier(
      started: record.started, programVersion: record.programVersion, tables: record.tableVersions)
  }

  private func opened(_ table: OutputTable) throws(SystemError) -> GrowingFile {
    let file = try GrowingFile(output + "/" + table.fileName)
    try file.append { (bytes) throws(SystemError) in bytes += table.header.line }
    return file
  }

  /// A table that is sorted by sample; its rows go to the pages and to the tables that follow from it too.
  private func sorted(
    _ table: OutputTable, _ source: some CohortSource, _ feed: inout CohortFeed?, _ derived: inout Derived
  ) throws(SystemError) -> Written {
    if let finished = try source.finished(table) {
      if table == .options || feed != nil && ![.nearMisses, .therapies, .trials, .context].contains(table) {
        for id in source.order { try use(try source.rows(table, of: id), table, of: id, source, &feed, &derived) }
      }
      return (table, finished, try finished.finish())
    }
    let file = try opened(table)
    for id in source.order {
      let rows = try source.rows(table, of: id)
      try use(rows, table, of: id, source, &feed, &derived)
      try file.append { (bytes) throws(SystemError) in bytes += rows }
    }
    return (table, file, try file.finish())
  }

  /// Hands a sample's rows on to the pages and to the tables that follow from them.
  private func use(
    _ rows: [UInt8], _ table: OutputTable, of id: String, _ source: some CohortSource, _ feed: inout CohortFeed?,
    _ derived: inout Derived
  ) throws(SystemError) {
    switch table {
    case .samples: feed?.addSamples(rows)
    case .alterations: feed?.addAlterations(rows)
    case .options:
      feed?.addOptions(rows)
      try derive(&derived, source, id, rows)
    case .therapies, .agents, .rejected, .changes, .patients, .nearMisses, .trials, .context: break
    }
  }

  private func derive(
    _ derived: inout Derived, _ source: some CohortSource, _ id: String, _ rows: [UInt8]
  ) throws(SystemError) {
    guard let agents = try source.agentRows(of: id) else { return }
    try derived.agents.add(agents)
    guard old.hasOptions, let cause = source.changeCause(of: id) else { return }
    let (before, now) = (try old.options(of: id), TSVRow(rows, header: OutputTable.options.header))
    let changes = ChangeList.rows(sampleID: id, before: before, now: now, cause: cause)
    try derived.changes.append { (bytes) throws(SystemError) in bytes += changes }
    derived.feed.add(changes)
  }

  /// patients.tsv, where a patient has a course, and the reports that have a section on it.
  private func courses(
    _ source: some CohortSource
  ) throws(SystemError) -> (table: Written?, reports: [String: PlacedReport]) {
    let courses = try Courses(source, output: output)
    if courses.isIdle { return (nil, [:]) }
    var file: GrowingFile?
    let reports = try courses.write { (rows) throws(SystemError) in
      if file == nil { file = try opened(.patients) }
      try file?.append { (bytes) throws(SystemError) in bytes += rows }
    }
    guard let file else { return (nil, reports) }
    return ((.patients, file, try file.finish()), reports)
  }

  private func agents(_ rows: AgentRows) throws(SystemError) -> Written {
    let file = try opened(.agents)
    try rows.pass { (rows) throws(SystemError) in
      try file.append { (bytes) throws(SystemError) in bytes += rows }
    }
    return (.agents, file, try file.finish())
  }

  private func rejected(_ rows: [RejectedRow]) throws(SystemError) -> Written {
    let file = try opened(.rejected)
    for row in rows { try file.append { (bytes) throws(SystemError) in bytes += row.bytes } }
    return (.rejected, file, try file.finish())
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws(SystemError) -> RunRecord.Output {
    let path = output + "/" + name
    try FileWriting.makeDirectory(Discovery.parent(path))
    try FileWriting.replace(path, with: bytes.span)
    return RunRecord.Output(file: name, digest: "xxh64:" + XXH64.hex(bytes.span))
  }

  private func writePages(
    _ feed: CohortFeed, _ changes: ChangesFeed, _ source: some CohortSource
  ) throws(SystemError) -> [RunRecord.Output] {
    // A sample that waits may have a report in other forms than those that are written now.
    let view = CohortView(
      feed: feed, changes: changes, versions: versions, address: address, folderName: SampleName.encoded
    ) { source.placed($0)?.files.has(".report.html") ?? true }
    var written: [RunRecord.Output] = []
    for file in formats.flatMap({ $0.files(of: view) }) { written.append(try write(file.name, file.bytes)) }
    return written
  }
}
