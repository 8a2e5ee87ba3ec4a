// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import SystemIO

/// What is noted while files are read and samples are processed.
struct RunNotes: Sendable {
  /// What is to be recorded of each file that was read, by its number.
  private(set) var files: [Int: FileNote] = [:]
  /// Rows that readers set aside, and files that cannot be read, by the number of the file.
  private(set) var rejected: [(file: Int, error: InputError)] = []
  /// Files left alone, each with the reason.
  private(set) var skipped: [LeftOut] = []
  /// What there is to say of sheets.
  var warnings: [String] = []
  var clock: StageClock
  var outcomes: [SampleOutcome] = []
  /// Why the output cannot be written.
  var failure: SystemError?
  var wasInterrupted = false
  var progress = RunProgress()

  init(clock: StageClock) { self.clock = clock }

  /// Notes what cannot be looked at and is no sample's loss.
  mutating func add(unreadable: [Discovery.Unreadable]) {
    for item in unreadable where item.sampleDirectory.isEmpty || !item.isSample {
      skipped.append(LeftOut(path: item.error.path, reason: item.error.problem, isLoss: true))
    }
  }

  /// Notes what became of a file.
  mutating func add(_ outcome: FileLoader.Outcome, of index: Int, path: String) {
    let content = outcome.content
    for error in content.rejected { rejected.append((index, error)) }
    var note = FileNote(format: content.format, digest: outcome.digest, problem: "", filtered: ReasonCounts())
    switch content.kind {
    case .alterations(let rows): note.filtered = rows.filtered
    case .sampleSheet, .genePanel, .samplePanels: break
    case .refused(let refusal):
      // A table that could not hold calls is no loss.
      skipped.append(LeftOut(path: path, reason: refusal.reason, isLoss: !refusal.assays.isEmpty))
    case .unknown(let reason): skipped.append(LeftOut(path: path, reason: reason, isLoss: true))
    case .failed(let error):
      note.problem = error.problem
      rejected.append((index, error))
    }
    if let fault = content.fault { rejected.append((index, fault)) }
    files[index] = note
  }
}
