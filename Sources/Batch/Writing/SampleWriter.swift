// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import Reports
internal import SystemIO

/// What stays in memory of a finished sample; of a large cohort there are many, so it is small and in memory once.
final class SampleOutcome: Sendable {
  /// The tables that are sorted by sample.
  static let sortedTables: [OutputTable] = [
    .alterations, .samples, .nearMisses, .context, .therapies, .options, .trials,
  ]

  /// Those of them that a run writes.
  ///
  /// - Parameters:
  ///   - explains: Whether rules that were not met are written.
  ///   - hasTrials: Whether it was given studies.
  static func sortedTables(explains: Bool, hasTrials: Bool) -> [OutputTable] {
    sortedTables.filter { $0 == .nearMisses ? explains : $0 == .trials ? hasTrials : true }
  }

  let sampleID: String
  let status: SampleReport.Status
  let message: String
  /// A tumor type that is not known, with what may have been meant; empty when there is none.
  let unknownTumorType: String
  /// Its files, with the fates of their rows.
  let figures: [FileFigures]
  let sheetDigest: String
  /// The digest of its rows in the tables.
  let substance: UInt64
  /// Sizes of the files of its report, by what stands behind the sample's name, and the digest of them.
  let files: [String: Int]
  let report: String
  /// What places it in its patient's course; `nil` where nothing does.
  let course: PlacedCourse?
  /// Identifiers under which its files speak of it, where they are others.
  let inputIDs: [String]
  let wasWritten: Bool
  let rowsRead: Int
  let rejected: [InputError]
  /// Whether it was done before its file was read to the end.
  let isEarly: Bool
  /// Rows that stages looked at for it.
  let work: SampleProcessor.Work
  /// The number of its rows in the tables.
  let number: Int
  /// The sample's rows of agents.tsv.
  let agents: (spool: RowSpool, place: RowSpool.Place)

  /// What became of the rows that one file has of a sample.
  struct FileFigures: Sendable {
    let file: Int32
    let counts: RowCounts
    /// Rows not looked at, by reason.
    let filtered: [String: Int]
  }

  /// What places a sample in its patient's course, and the genes assayed then.
  final class PlacedCourse: Sendable {
    let facts: CourseFacts
    let panel: Set<String>?
    init(_ facts: CourseFacts, panel: Set<String>?) { (self.facts, self.panel) = (facts, panel) }
  }

  /// What the outputs of a sample came to.
  struct Written {
    var substance: UInt64 = 0
    var number = 0
    /// Sizes and digest of the report's files, and whether they were written.
    var files: [String: Int] = [:]
    var report = ""
    var wasWritten = false
  }

  init(_ result: SampleProcessor.Result, _ written: Written, agents: (spool: RowSpool, place: RowSpool.Place)) {
    let report = result.report
    sampleID = report.sampleID
    status = report.status
    message = report.message
    unknownTumorType = report.unknownTumorType
    figures = Set(result.countsByFile.keys).union(report.files.keys).sorted().map { file in
      FileFigures(
        file: file, counts: result.countsByFile[file] ?? RowCounts(), filtered: result.filteredByFile[file] ?? [:])
    }
    sheetDigest = result.entryDigest
    substance = written.substance
    files = written.files
    self.report = written.report
    course = result.course.map { PlacedCourse($0, panel: result.panel) }
    inputIDs = report.inputIDs
    wasWritten = written.wasWritten
    rowsRead = report.rowsRead
    rejected = result.rejected
    isEarly = result.isEarly
    work = result.work
    number = written.number
    self.agents = agents
  }

  /// Its files.
  var inputs: [Int32] { figures.map(\.file) }

  /// The digest of a sample's row of the sheet; empty when it has none.
  static func digest(of entry: SampleSheet.Entry?) -> String {
    guard let entry else { return "" }
    var parts = [entry.sampleID, entry.patientID, entry.tumorType, entry.tumorTypeColumn, entry.site]
    for rival in entry.rivals { parts += [rival.column, rival.own, rival.other] }
    parts += entry.otherTumorTypes
    for (name, value) in entry.values.stated { parts += [name, value] }
    for event in entry.events { parts += ["\(event.kind)", event.start, event.stop] }
    return XXH64.hex(Array(parts.joined(separator: "\u{1F}").utf8).span)
  }
}

/// The write stage for one sample: its own files, and its rows into the worker's spools.
///
/// A report that would be the same as the one in place is left alone.
struct SampleWriter: Sendable {
  let options: RunOptions
  let previous: RecordedRun?

  func write(
    _ result: SampleProcessor.Result, tables: SampleTables, agents: RowSpool
  ) throws(SystemError) -> SampleOutcome {
    let report = result.report
    let rows: [(OutputTable, [UInt8])] = [
      (.options, result.options), (.therapies, result.therapies), (.alterations, result.alterations),
      (.samples, result.sampleRow),
      (.nearMisses, result.nearMisses), (.trials, result.trials), (.context, result.context),
    ]
    var hash = XXH64.Stream()
    for (_, part) in rows { hash.update(part.span) }
    var written = SampleOutcome.Written(substance: hash.value)
    written.number = try tables.add(
      report.sampleID, tables.tables.map { table in rows.first { $0.0 == table }?.1 ?? [] })
    let place = try agents.append(result.agents)
    if options.writesSampleFiles {
      let name = SampleName.encoded(report.sampleID)
      let folder = RecordedReports.folder(options.output, report.sampleID)
      (written.files, written.report) = Self.digest(result.files)
      if !isInPlace(report.sampleID, written.files, written.report) {
        try writeFiles(result, name: name, folder: folder)
        written.wasWritten = true
      }
    }
    return SampleOutcome(result, written, agents: (agents, place))
  }

  /// Sizes and digest of a report's files.
  private static func digest(_ files: [ReportFile]) -> (sizes: [String: Int], digest: String) {
    var sizes: [String: Int] = [:]
    var digest = ReportDigest()
    for file in files.sorted(by: { $0.name.isBefore($1.name) }) {
      sizes[file.name] = file.bytes.count
      digest.add(file.name, file.bytes)
    }
    return (sizes, digest.text)
  }

  private func isInPlace(_ id: String, _ sizes: [String: Int], _ digest: String) -> Bool {
    guard let previous, let sample = previous.sample(id),
      sample.report == digest && sample.files == sizes || sample.course?.base == digest,
      // Who may read a file is not in its bytes.
      previous.record.reportSettings["private"] == String(options.isPrivate)
    else { return false }
    return RecordedReports(previous, options).fault(of: sample) == nil
  }

  private func writeFiles(_ result: SampleProcessor.Result, name: String, folder: String) throws(SystemError) {
    try FileWriting.makeDirectory(folder)
    for file in result.files { try FileWriting.replace(folder + "/" + name + file.name, with: file.bytes.span) }
  }
}
