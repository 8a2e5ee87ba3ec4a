internal import DelimitedText
internal import InputFormats
internal import Reports
internal import SystemIO

/// What stays in memory of a finished sample.
struct SampleOutcome: Sendable {
  /// The tables that are sorted by sample.
  static let sortedTables: [OutputTable] = [.alterations, .samples, .nearMisses, .therapies, .options]

  let sampleID: String
  let status: SampleReport.Status
  let message: String
  /// A tumor type that is not known, with what may have been meant; empty when there is none.
  let unknownTumorType: String
  let inputs: [Int32]
  let sheetDigest: String
  /// The digest of what the report says, versions aside.
  let substance: String
  let wasWritten: Bool
  let rowsRead: Int
  let countsByFile: [Int32: RowCounts]
  let filteredByFile: [Int32: [String: Int]]
  let rejected: [InputError]
  /// The sample's rows of agents.tsv.
  let agents: (spool: RowSpool, place: RowSpool.Place)

  /// The digest of a sample's row of the sheet; empty when it has none.
  static func digest(of entry: SampleSheet.Entry?) -> String {
    guard let entry else { return "" }
    var parts = [entry.sampleID, entry.patientID, entry.tumorType, entry.tumorTypeColumn, entry.site]
    for rival in entry.rivals { parts += [rival.column, rival.own, rival.other] }
    parts += entry.otherTumorTypes
    for (name, value) in entry.values.stated { parts += [name, value] }
    return XXH64.hex(Array(parts.joined(separator: "\u{1F}").utf8).span)
  }
}

/// The write stage for one sample: its own files, and its rows into the worker's spools.
///
/// A report that would say the same as the one in place is left alone.
struct SampleWriter: Sendable {
  let options: RunOptions
  let previous: RecordedRun?

  func write(
    _ result: SampleProcessor.Result, tables: [SampleOrderedTable], agents: RowSpool
  ) throws(SystemError) -> SampleOutcome {
    let report = result.report
    let rows: [(OutputTable, [UInt8])] = [
      (.options, result.options), (.therapies, result.therapies), (.alterations, result.alterations),
      (.samples, result.sampleRow),
      (.nearMisses, result.nearMisses),
    ]
    var hash = XXH64.Stream()
    for (_, part) in rows { hash.update(part.span) }
    let substance = hash.hex
    for sorted in tables {
      for (table, part) in rows where table == sorted.table { try sorted.add(report.sampleID, part) }
    }
    let place = try agents.append(result.agents)
    var wasWritten = false
    if options.writesSampleFiles {
      let name = SampleName.encoded(report.sampleID)
      let folder = options.output + "/samples/" + name
      if !isInPlace(report.sampleID, substance, folder) {
        try writeFiles(result, name: name, folder: folder)
        wasWritten = true
      }
    }
    return SampleOutcome(
      sampleID: report.sampleID, status: report.status, message: report.message,
      unknownTumorType: report.unknownTumorType,
      inputs: Set(result.countsByFile.keys).union(report.files.keys).sorted(), sheetDigest: result.entryDigest,
      substance: substance, wasWritten: wasWritten, rowsRead: report.rowsRead, countsByFile: result.countsByFile,
      filteredByFile: result.filteredByFile, rejected: result.rejected, agents: (agents, place))
  }

  private func isInPlace(_ id: String, _ substance: String, _ folder: String) -> Bool {
    guard let previous, previous.sample(id)?.substance == substance, let stamp = FileStamp(path: folder) else {
      return false
    }
    return stamp.modified <= previous.modified
  }

  private func writeFiles(_ result: SampleProcessor.Result, name: String, folder: String) throws(SystemError) {
    try FileWriting.makeDirectory(folder)
    for file in result.files { try FileWriting.replace(folder + "/" + name + file.name, with: file.bytes.span) }
  }
}
