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
  let wasWritten: Bool
  /// Whether the report of an earlier run stays, since nothing but a row of the sheet is left of it.
  let isKept: Bool
  /// Whether it was done before its file was read to the end.
  let isEarly: Bool
  /// Rows that stages looked at for it.
  let work: SampleProcessor.Work
  /// The number of its rows in the tables.
  let number: Int
  /// The sample's rows of agents.tsv.
  let agents: (spool: RowSpool, place: RowSpool.Place)
  /// The digest of its rows in the tables.
  let substance: UInt64
  let sheetDigest: String
  private let own: OwnFiles?
  /// Most samples have one file.
  private let firstFigures: FileFigures?
  private let otherFigures: [FileFigures]
  private let remarks: Remarks?

  /// What became of the rows that one file has of a sample.
  struct FileFigures: Sendable {
    let file: Int32
    private let read, matched, unmatched, filteredRows, rejected, filteredCalls: UInt32
    /// Rows not looked at, by reason.
    let filtered: [String: Int]

    init(file: Int32, counts: RowCounts, filtered: [String: Int]) {
      (self.file, self.filtered) = (file, filtered)
      (read, matched, unmatched) = (UInt32(counts.read), UInt32(counts.matched), UInt32(counts.unmatched))
      (filteredRows, rejected) = (UInt32(counts.filtered), UInt32(counts.rejected))
      filteredCalls = UInt32(counts.filteredCalls)
    }

    var counts: RowCounts {
      var counts = RowCounts()
      (counts.read, counts.matched, counts.unmatched) = (Int(read), Int(matched), Int(unmatched))
      (counts.filtered, counts.rejected) = (Int(filteredRows), Int(rejected))
      counts.filteredCalls = Int(filteredCalls)
      return counts
    }
  }

  /// The files of its report, where it has some.
  private final class OwnFiles: Sendable {
    let sizes: FileSizes
    let digest: String
    init(_ sizes: FileSizes, _ digest: String) { (self.sizes, self.digest) = (sizes, digest) }
  }

  /// What few samples have.
  private final class Remarks: Sendable {
    let message: String
    let unknownTumorType: String
    let course: PlacedCourse?
    let inputIDs: [String]
    let rejected: [InputError]

    /// `nil` when there is none of it.
    init?(_ result: SampleProcessor.Result) {
      switch result.report.status {
      case .failed, .notEvaluated, .deferred: message = result.report.message
      case .reported, .noMatch: message = ""
      }
      unknownTumorType = result.report.unknownTumorType
      course = result.course.map { PlacedCourse($0, panel: result.panel) }
      inputIDs = result.report.inputIDs
      rejected = result.rejected
      if message.isEmpty, unknownTumorType.isEmpty, course == nil, inputIDs.isEmpty, rejected.isEmpty { return nil }
    }
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
    var files = FileSizes()
    var report = ""
    var wasWritten = false
    /// Whether the report of an earlier run stays in the place of one that says nothing.
    var isKept = false
  }

  init(_ result: SampleProcessor.Result, _ written: Written, agents: (spool: RowSpool, place: RowSpool.Place)) {
    let report = result.report
    sampleID = report.sampleID
    status = report.status
    wasWritten = written.wasWritten
    isKept = written.isKept
    isEarly = result.isEarly
    work = result.work
    number = written.number
    self.agents = agents
    substance = written.substance
    sheetDigest = result.entryDigest
    own = written.files.isEmpty ? nil : OwnFiles(written.files, written.report)
    func figures(_ file: Int32) -> FileFigures {
      FileFigures(
        file: file, counts: result.countsByFile[file] ?? RowCounts(), filtered: result.filteredByFile[file] ?? [:])
    }
    let inputs = Set(result.countsByFile.keys).union(report.files.keys).sorted()
    firstFigures = inputs.first.map(figures)
    otherFigures = inputs.dropFirst().map(figures)
    remarks = Remarks(result)
  }

  /// Its files, with the fates of their rows.
  var figures: [FileFigures] { (firstFigures.map { [$0] } ?? []) + otherFigures }
  /// Its files.
  var inputs: [Int32] { figures.map(\.file) }
  var rowsRead: Int { figures.reduce(0) { $0 + $1.counts.read } }
  /// Sizes of the files of its report, by what stands behind the sample's name.
  var files: FileSizes { own?.sizes ?? FileSizes() }
  /// The digest of these files.
  var report: String { own?.digest ?? "" }
  /// Why nothing of it is reported; empty where something is.
  var message: String { remarks?.message ?? "" }
  /// A tumor type that is not known, with what may have been meant; empty when there is none.
  var unknownTumorType: String { remarks?.unknownTumorType ?? "" }
  /// What places it in its patient's course; `nil` where nothing does.
  var course: PlacedCourse? { remarks?.course }
  /// Identifiers under which its files speak of it, where they are others.
  var inputIDs: [String] { remarks?.inputIDs ?? [] }
  var rejected: [InputError] { remarks?.rejected ?? [] }

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
