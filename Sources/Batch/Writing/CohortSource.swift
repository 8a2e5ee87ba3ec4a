// SPDX-License-Identifier: Apache-2.0
internal import Reports
internal import SystemIO

/// Where the rows of a cohort's outputs come from: a run with what it carries over, or the parts of a merge.
protocol CohortSource {
  /// All samples, by their identifiers.
  var order: [String] { get }
  /// The tables that are sorted by sample, in the order in which they are written.
  var tables: [OutputTable] { get }

  /// A table whose file holds all rows in their order already; `nil` where they have to be put in order.
  func finished(_ table: OutputTable) throws(SystemError) -> (any TableFile)?
  /// Makes rows of all samples readable.
  func settleRows() throws(SystemError)
  /// The rows of a sample, below the header that the table has now.
  func rows(_ table: OutputTable, of sampleID: String) throws(SystemError) -> [UInt8]

  /// Whether a sample, as it stands in a cell, keeps its rows of the last agents.tsv.
  var keepsAgentRows: (ArraySlice<UInt8>) -> Bool { get }
  /// The rows of a sample in agents.tsv, in ``AgentView/columns``; `nil` where those of the last run are kept.
  func agentRows(of sampleID: String) throws(SystemError) -> [UInt8]?

  /// What may have changed the report of a sample since the last run; `nil` where the two are not compared.
  func changeCause(of sampleID: String) -> ChangeCause?

  /// What places a sample in its patient's course; `nil` where nothing does.
  func course(of sampleID: String) -> RecordedCourse?
  /// The files of a sample's report as they lie in the output folder now; `nil` where it has none.
  func placed(_ sampleID: String) -> RunRecord.Sample?
  /// The genes that samples of courses were assayed for, by what they are called in run.json.
  var panels: [String: String] { get }
  /// Whether every gene counts as tested for mutations.
  var isWholeExome: Bool { get }

  /// Samples of the last run of which files are not there any more.
  var gone: [ChangesFeed.Gone] { get }

  /// Whether rows of the last run are carried over.
  var carriesRows: Bool { get }
  /// All rows of rejected.tsv, sorted.
  func rejectedRows() throws(SystemError) -> [RejectedRow]
  /// Puts reports of samples in their places that are made already.
  func placeReports() throws(SystemError)
  /// The record of what was written.
  func record(of written: WrittenCohort) -> RunRecord
}

/// What the outputs of a cohort came to.
struct WrittenCohort {
  /// The tables with their digests, sorted.
  var outputs: [RunRecord.Output] = []
  /// Which of them the readers set aside, counted from 0.
  var rejectedByReader: [Int] = []
  /// What lies among the reports and is not ours, each with the reason why it stays.
  var strangers: [(path: String, reason: String)] = []
  /// Reports with a section on their patient's course, by sample.
  var courses: [String: PlacedReport] = [:]
  /// Seconds that it took.
  var seconds = 0.0
}
