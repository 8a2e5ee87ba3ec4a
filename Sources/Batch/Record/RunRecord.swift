// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import Reports
internal import SystemIO

/// What run.json says of a run: what was run on what, and what became of every sample and every row.
///
/// A run writes it last, when all else is in its place; the next run, a merge and a comparison read it back.
struct RunRecord: Hashable, Sendable {
  /// Grows when a key changes its meaning or goes.
  static let schemaVersion = 2

  /// The program that ran.
  var programVersion = ""
  /// The rule tables, in their order.
  var tables: [Table] = []
  /// The part of the cohort that was done; empty for a whole one.
  var part = ""
  /// The folders that were put together; empty for a run.
  var mergedFrom: [MergedPart] = []
  /// When it began, as text.
  var started = ""
  /// When it ended, as text.
  var finished = ""
  /// What was typed.
  var request = Request()
  /// The settings that a report depends on.
  var reportSettings: [String: String] = [:]
  /// Number of workers.
  var jobs = 1
  /// The files that were found, in their order.
  var inputs: [Input] = []
  /// What became of the samples: those made anew by their identifiers, then those carried over.
  var samples: [Sample] = []
  /// Samples of earlier runs whose input is gone.
  var removed: [String] = []
  /// Those of ``removed`` that another part of the cohort has, whose input may be there.
  var ofOtherParts: Set<String> = []
  /// The files of their reports, by sample: what stands behind its name.
  var removedFiles: [String: [String]] = [:]
  /// Which rows of rejected.tsv the readers set aside, counted from 0; known for parts of a cohort, which all list the
  /// rows of files that all of them read.
  var rejectedByReader: [Int] = []
  /// The digest of ``reportSettings``.
  var settingsDigest = ""
  /// The digest of the sheet that was named; empty when none was.
  var sheetDigest = ""
  /// The cohort's tables and pages, by file name.
  var outputs: [Output] = []
  /// The genes that samples of courses were assayed for, by their digest, joined by `;`.
  var panels: [String: String] = [:]
  /// Files and folders that were not read.
  var skipped: [Skipped] = []
  /// Where the time went.
  var stages: [StageFigures] = []

  /// A rule table.
  struct Table: Hashable, Sendable {
    var name = ""
    var version = ""
    var digest = ""
  }

  /// A folder that was put together with others.
  struct MergedPart: Hashable, Sendable {
    var folder = ""
    /// The part of the cohort that it holds.
    var part = ""
    /// The digest of its run.json.
    var record = ""
  }

  /// What was typed.
  struct Request: Hashable, Sendable {
    var inputs: [String] = []
    /// The sheet that was named; empty when none was.
    var sheet = ""
    var tumorType = ""
    /// The build of the genome of inputs that do not state one; empty when none was named.
    var genome = ""
    var quietTime = 0
    var writesSampleFiles = true
    /// Timelines beside the sheet, and the file of what the lab states; empty when none was named.
    var timelines: [String] = []
    var overrides = ""
  }

  /// A file that was read.
  struct Input: Hashable, Sendable {
    var path = ""
    var format = ""
    var size = -1
    /// Nanoseconds since 1970.
    var modified = -1
    var inode = -1
    /// The device that ``inode`` is a number of.
    var device = 0
    var digest = ""
    /// Why it could not be read; empty when it was.
    var problem = ""
    /// Rows read, matched, unmatched, filtered, rejected.
    var counts = RowCounts()
    /// Rows not looked at, by reason.
    var filtered: [String: Int] = [:]
    /// Those of them that the reader set aside; known for parts of a cohort.
    var filteredByReader: [String: Int] = [:]
  }

  /// A sample of the tables.
  struct Sample: Hashable, Sendable {
    var id = ""
    /// What became of it; `nil` for a word that this version does not know.
    var status: SampleReport.Status?
    /// The places of its files among ``RunRecord/inputs``.
    var inputs: [Int32] = []
    /// The digest of its row of the sheet; empty when it has none.
    var sheetDigest = ""
    /// The digest of its rows in the tables.
    var substance = ""
    /// Sizes of the files of its report, by what stands behind the sample's name.
    var files = FileSizes()
    /// The digest of these files.
    var report = ""
    /// Identifiers under which its files speak of it, where they are others.
    var inputIDs: [String] = []
    /// What the report was made with, where that is not what the run was made with: it waits to be made anew.
    var basis = ""
    /// What places it in its patient's course; `nil` where nothing does.
    var course: RecordedCourse? {
      get { keptCourse?.course }
      set { keptCourse = newValue.map(KeptCourse.init) }
    }
    /// Few samples have one, so it lies apart.
    var keptCourse: KeptCourse?
    /// ``basis`` of a sample that was left as it was.
    static let waits = "waits"
  }

  /// ``Sample/course`` of one sample.
  final class KeptCourse: Hashable, Sendable {
    let course: RecordedCourse
    init(_ course: RecordedCourse) { self.course = course }
    static func == (one: KeptCourse, other: KeptCourse) -> Bool { one.course == other.course }
    func hash(into hasher: inout Hasher) { hasher.combine(course) }
  }

  /// A table or a page of the cohort.
  struct Output: Hashable, Sendable {
    var file = ""
    var digest = ""
  }

  /// A file or folder that was not read.
  struct Skipped: Hashable, Sendable {
    var path = ""
    var reason = ""
    /// Whether calls may be lost with it.
    var isLoss = false
  }

  /// Seconds and rows of a stage.
  struct StageFigures: Hashable, Sendable {
    var stage = ""
    var seconds = 0.0
    var rows = 0
  }
}

extension RunRecord {
  /// Takes up the reports that have a section on their patient's course, and keeps the panels that are named.
  mutating func place(_ reports: [String: PlacedReport]) {
    for index in samples.indices {
      if let placed = reports[samples[index].id] {
        samples[index].files = placed.files
        samples[index].report = placed.report
        samples[index].course?.section = placed.section
        samples[index].course?.base = placed.base
      }
    }
    let named = Set(samples.compactMap { $0.course?.facts.panel })
    panels = panels.filter { named.contains($0.key) }
  }

  /// The digests of all rule tables as one text.
  var tableDigest: String { tables.map(\.digest).joined(separator: ";") }

  /// Name and version of each rule table, as the pages of a run print them.
  var tableVersions: [String] { tables.map { $0.name + " " + $0.version } }

  /// All that a report depends on besides its inputs: program, tables, settings and part of the cohort.
  var basis: String { Self.basis(programVersion, tableDigest, settingsDigest, part) }

  /// ``basis`` of these values.
  static func basis(_ program: String, _ tables: String, _ settings: String, _ part: String) -> String {
    XXH64.hex(Array([program, tables, settings, part].joined(separator: "\u{1F}").utf8).span)
  }

  /// What the report of a sample was made with.
  func basis(of sample: Sample) -> String { sample.basis.isEmpty ? basis : sample.basis }

  /// The paths of a sample's files.
  func paths(of sample: Sample) -> [String] { sample.inputs.map { inputs[Int($0)].path } }

  /// The digests of a sample's files, sorted.
  func inputDigests(of sample: Sample) -> [String] { sample.inputs.map { inputs[Int($0)].digest }.sorted() }

  /// The digest of a table of the cohort; `nil` where there is none.
  func digest(of table: OutputTable) -> String? { outputs.first { $0.file == table.fileName }?.digest }

  /// What makes reports of this run differ from those of an earlier one where their inputs are the same.
  func cause(since earlier: RunRecord) -> ChangeCause {
    if earlier.programVersion != programVersion { return .program }
    return earlier.tableDigest != tableDigest ? .table : .input
  }
}
