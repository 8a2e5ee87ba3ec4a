// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats

/// A sample with all that its files state, ready to be normalized.
struct AssembledSample: Sendable {
  /// What one file states of the sample.
  struct Part: Sendable {
    let file: Int32
    let batch: RecordBatch
    let format: String
  }

  var sampleID: String
  var entry: SampleSheet.Entry?
  /// The first file, in the order of the run, whose sheet gave ``entry``; `nil` when no file did.
  var entryFile: Int?
  /// The first file of the sample in the order of the run, which gives ``directory``.
  var firstFile: Int?
  /// The first file that could not be read, which gives ``failure``.
  var failedFile: Int?
  var parts: [Part] = []
  var assays: [AssayKind] = []
  var inputIDs: [String] = []
  var directory = ""
  /// Rows of the sample's own files that cannot be read.
  var rejected: [InputError] = []
  /// Files of a known kind that give no calls, each with the reason.
  var refusals: [String] = []
  /// Files of the sample that are of no known kind, each with what it is.
  var unread: [String] = []
  /// Why the sample is left out on purpose; empty when it is not.
  var leftOut = ""
  /// Remarks on how its files were put together.
  var remarks: [String] = []
  /// Genes that its assays cover, where files say so.
  var panel: Set<String>?
  /// Why the sample cannot be reported; empty when it can.
  var failure = ""
  /// Whether its files are still being written.
  var isDeferred = false
  /// Whether it was given on before its file was read to the end.
  var isEarly = false

  /// Rows that its files' readers did not look at, by reason.
  var filtered: [String: Int] {
    var all = ReasonCounts()
    for part in parts { all.add(part.batch.filtered) }
    return all.byReason
  }

  /// Puts what files say in the order of the files, whichever was read first.
  mutating func settleOrder(_ files: [InputFile]) {
    parts.sort { $0.file < $1.file }
    refusals.sort()
    unread.sort()
    remarks.sort()
    inputIDs.sort()
    rejected.sort { ($0.path, $0.line ?? 0, $0.column) < ($1.path, $1.line ?? 0, $1.column) }
    let folders = parts.map { files[Int($0.file)] }.filter { !$0.sampleDirectory.isEmpty }
    if folders.count == parts.count, let first = folders.first { directory = first.directory }
  }

  /// Names what was not read of its folder.
  mutating func remark(onLeftOut items: [LeftOut]?) {
    for item in items ?? [] {
      let remark = "\(item.path) \(item.reason), not read"
      if !remarks.contains(remark) { remarks.append(remark) }
    }
  }

  /// Adds what is known of the same sample from elsewhere.
  mutating func merge(_ other: AssembledSample) {
    parts += other.parts
    for assay in other.assays where !assays.contains(assay) { assays.append(assay) }
    for id in other.inputIDs where !inputIDs.contains(id) { inputIDs.append(id) }
    rejected += other.rejected
    refusals += other.refusals
    for file in other.unread where !unread.contains(file) { unread.append(file) }
    if leftOut.isEmpty { leftOut = other.leftOut }
    for remark in other.remarks where !remarks.contains(remark) { remarks.append(remark) }
    if failure.isEmpty { failure = other.failure }
    if entry == nil { entry = other.entry }
  }
}
