// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// The cohort of a merge: rows and reports of its parts as one run over the whole cohort would have made them.
struct MergedCohort {
  let parts: [RecordedRun]
  /// Which part reports each sample.
  let chosen: [String: Int]
  let output: String
  /// What lay in the output folder.
  let previous: RecordedRun?
  let started: Int
  /// All samples, by their identifiers.
  let order: [String]
  let tables: [OutputTable]

  /// What the parts say of inputs and samples as one.
  private let merged: RunRecord
  /// Tables that are sorted by sample, of each part; `nil` where it has none.
  private let sorted: [OutputTable: [RecordedTable?]]
  /// Rows of agents.tsv in ``AgentView/columns``, by sample as it stands in a cell.
  private let agents: [ArraySlice<UInt8>: [UInt8]]
  private let rejected: [RejectedRow]

  /// Opens the tables of all parts.
  ///
  /// - Throws: ``InputError`` when a table is not what its run wrote.
  init(
    parts: [RecordedRun], chosen: [String: Int], output: String, previous: RecordedRun?, started: Int
  ) throws(InputError) {
    (self.parts, self.chosen, self.output) = (parts, chosen, output)
    (self.previous, self.started) = (previous, started)
    order = chosen.keys.sorted { $0.isBefore($1) }
    merged = RunRecord(merging: parts.map(\.record), chosen: chosen)
    let explains = merged.reportSettings["explain"] == "true"
    tables = SampleOutcome.sortedTables(explains: explains, hasTrials: merged.reportSettings["trials"] != nil)
    var sorted: [OutputTable: [RecordedTable?]] = [:]
    for table in tables {
      for part in parts { sorted[table, default: []].append(try part.ownTable(table)) }
    }
    self.sorted = sorted
    try Self.checkReports(parts, chosen)
    agents = try Self.agents(parts, chosen)
    rejected = try Self.rejected(parts, merged)
  }

  /// Rows of agents.tsv by sample; of each sample those of the part that reports it.
  private static func agents(
    _ parts: [RecordedRun], _ chosen: [String: Int]
  ) throws(InputError) -> [ArraySlice<UInt8>: [UInt8]] {
    var agents: [ArraySlice<UInt8>: [UInt8]] = [:]
    for (place, part) in parts.enumerated() {
      let ids = part.record.samples.map(\.id).filter { chosen[$0] == place }
      let mine = Set(ids.map { Array(TSVWriter.text($0).utf8)[...] })
      var row = TSVRow(table: try part.ownBytes(of: .agents))
      let (sampleID, wanted) = (row.header.column("sample_id"), row.header.columns(AgentView.columns))
      while row.next() {
        let sample = row.cell(sampleID)
        guard mine.contains(sample) else { continue }
        row.append(wanted, to: &agents[ArraySlice(Array(sample)), default: []])
        agents[sample]?.append(0x0A)
      }
    }
    return agents
  }

  /// Rows that a reader set aside are in every part that read the file; one of them is taken.
  private static func rejected(_ parts: [RecordedRun], _ merged: RunRecord) throws(InputError) -> [RejectedRow] {
    var numbers: [String: Int] = [:]
    for (number, input) in merged.inputs.enumerated() { numbers[TSVWriter.text(input.path)] = number }
    var teller: [String: Int] = [:]
    for (place, part) in parts.enumerated().reversed() {
      for input in part.record.inputs { teller[TSVWriter.text(input.path)] = place }
    }
    var rows: [RejectedRow] = []
    for (place, part) in parts.enumerated() {
      rows += RejectedRow.rows(
        of: try part.ownBytes(of: .rejected), byReader: Set(part.record.rejectedByReader), files: numbers
      ).filter { !$0.isByReader || teller[$0.path] == place }
    }
    rows.sort()
    return rows
  }
}

extension MergedCohort: CohortSource {
  func finished(_ table: OutputTable) -> (any TableFile)? { nil }

  func settleRows() {}

  func rows(_ table: OutputTable, of sampleID: String) throws(SystemError) -> [UInt8] {
    guard let part = chosen[sampleID] else { return [] }
    return try sorted[table]?[part]?.rows(of: sampleID) ?? []
  }

  /// A merge makes agents.tsv anew.
  var keepsAgentRows: (ArraySlice<UInt8>) -> Bool { { _ in false } }

  func agentRows(of sampleID: String) -> [UInt8]? { agents[Array(TSVWriter.text(sampleID).utf8)[...]] ?? [] }

  func changeCause(of sampleID: String) -> ChangeCause? {
    guard let previous, let known = previous.sample(sampleID), known.status != .failed,
      known.status != .deferred, let part = chosen[sampleID].map({ parts[$0] }),
      let sample = part.sample(sampleID), sample.status != .failed, sample.status != .deferred
    else { return nil }
    let isInput =
      known.sheetDigest != sample.sheetDigest
      || previous.record.inputDigests(of: known) != part.record.inputDigests(of: sample)
    return isInput ? .input : merged.cause(since: previous.record)
  }

  func course(of sampleID: String) -> RecordedCourse? {
    chosen[sampleID].flatMap { parts[$0].sample(sampleID)?.course }
  }

  /// Reports are those of the parts.
  func placed(_ sampleID: String) -> RunRecord.Sample? { chosen[sampleID].flatMap { parts[$0].sample(sampleID) } }

  var panels: [String: String] { merged.panels }

  var isWholeExome: Bool { merged.reportSettings["input.whole_exome"] == "true" }

  var gone: [ChangesFeed.Gone] {
    guard let record = previous?.record else { return [] }
    let paths = Set(merged.inputs.map(\.path))
    return GoneFiles.list(
      record, removed: Set(record.samples.map(\.id)).subtracting(chosen.keys), isRead: { chosen[$0] != nil },
      isHere: paths.contains)
  }

  var carriesRows: Bool { false }

  func rejectedRows() -> [RejectedRow] { rejected }

  func placeReports() throws(SystemError) {
    guard merged.request.writesSampleFiles else { return }
    for id in order {
      let (part, name) = (parts[chosen[id] ?? 0], SampleName.encoded(id))
      let (from, to) = (RecordedReports.folder(part.folder, id), RecordedReports.folder(output, id))
      try FileWriting.makeDirectory(to)
      let names = part.keepsEarlierReport(of: id) ? part.record.removedFiles[id] : part.sample(id)?.files.names
      for suffix in names ?? [] {
        try FileWriting.link(from + "/" + name + suffix, to: to + "/" + name + suffix)
      }
    }
  }

  /// Every report of a part has to be what its run wrote, before anything is written here.
  private static func checkReports(_ parts: [RecordedRun], _ chosen: [String: Int]) throws(InputError) {
    for (id, place) in chosen.sorted(by: { $0.key < $1.key }) {
      guard let sample = parts[place].sample(id), parts[place].record.request.writesSampleFiles,
        !parts[place].keepsEarlierReport(of: id)
      else { continue }
      let folder = RecordedReports.folder(parts[place].folder, id)
      guard RecordedReports.digest(of: sample, in: folder) == sample.report else {
        throw InputError(path: folder, problem: "is not what the run wrote (run the shard again)")
      }
    }
  }

  func record(of written: WrittenCohort) -> RunRecord {
    var record = merged
    record.started = WallClock.text(started)
    record.mergedFrom = parts.map {
      RunRecord.MergedPart(folder: $0.folder, part: $0.record.part, record: $0.digest)
    }
    let before = Set(previous?.record.samples.map(\.id) ?? []).union(previous?.record.removed ?? [])
    let kept = chosen.filter { parts[$0.value].keepsEarlierReport(of: $0.key) }.keys
    record.removed = before.union(merged.removed).filter { chosen[$0] == nil }.union(kept)
      .sorted { $0.isBefore($1) }
    for id in kept { record.removedFiles[id] = chosen[id].flatMap { parts[$0].record.removedFiles[id] } }
    for id in record.removed where record.removedFiles[id] == nil {
      record.removedFiles[id] = previous?.sample(id)?.files.names ?? previous?.record.removedFiles[id]
    }
    var clock = StageClock()
    for part in parts { clock.add(part.record.clock) }
    record.finish(written, clock)
    return record
  }
}

extension RecordedRun {
  /// Whether a sample is one that only the sheet names now, and the report of an earlier run that read it stays.
  func keepsEarlierReport(of id: String) -> Bool {
    guard let sample = sample(id), sample.inputs.isEmpty, sample.files.isEmpty else { return false }
    return record.removed.contains(id)
  }

  /// A table of a part that is sorted by sample; `nil` where the run wrote none.
  ///
  /// - Throws: ``InputError`` when it is not what the run wrote.
  func ownTable(_ table: OutputTable) throws(InputError) -> RecordedTable? {
    guard record.digest(of: table) != nil else { return nil }
    guard let opened = self.table(table), opened.header == table.header else { throw fault(table) }
    return opened
  }

  /// All bytes of a table of a part.
  fileprivate func ownBytes(of table: OutputTable) throws(InputError) -> [UInt8] {
    guard let bytes = bytes(of: table) else { throw fault(table) }
    return bytes
  }

  private func fault(_ table: OutputTable) -> InputError {
    InputError(path: folder + "/" + table.fileName, problem: "is not what the run wrote (run the shard again)")
  }
}
