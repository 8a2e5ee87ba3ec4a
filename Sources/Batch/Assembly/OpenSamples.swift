// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats

/// Samples of which more may come, and what is known of those that are complete.
struct OpenSamples: Sendable {
  private let files: [InputFile]
  private let selection: PartSelection?
  private var samples: [String: Open] = [:]
  /// Identifiers of samples that were given on, or stay as they are.
  private(set) var released: Set<String> = []
  private var entriesUsed: Set<String> = []
  /// Samples found in folders that no other part of the cohort reads.
  private var owned: Set<String> = []

  /// A sample apart from the table of all, which doubles as it grows; one table holds it at a time.
  private final class Open: @unchecked Sendable {
    var sample: AssembledSample
    init(_ sample: AssembledSample) { self.sample = sample }
  }

  /// - Parameter selection: The part of the cohort to do; `nil` for all of it.
  init(files: [InputFile], selection: PartSelection?) {
    self.files = files
    self.selection = selection
  }

  /// Whether more may come of a sample.
  func contains(_ id: String) -> Bool { samples[id] != nil }

  /// Adds what a file states of a sample.
  mutating func add(
    _ batch: RecordBatch, of index: Int, to id: String, _ content: FileContent, _ sheet: SampleSheet?
  ) {
    let id = SampleName.printable(id)
    guard mayBeDone(id, index) else { return }
    let open = samples[id] ?? Open(AssembledSample(sampleID: id))
    samples[id] = open
    add(batch, of: index, to: &open.sample, content, sheet)
  }

  private mutating func add(
    _ batch: RecordBatch, of index: Int, to sample: inout AssembledSample, _ content: FileContent, _ sheet: SampleSheet?
  ) {
    let id = sample.sampleID
    // Which file is read first depends on the workers; what is said of the sample must not.
    if let entry = sheet?.entry(for: id) {
      use(entry)
      if index < sample.entryFile ?? .max { (sample.entry, sample.entryFile) = (entry, index) }
    }
    if index < sample.firstFile ?? .max { (sample.directory, sample.firstFile) = (files[index].directory, index) }
    let part = AssembledSample.Part(file: Int32(index), batch: batch, format: content.format)
    switch content.kind {
    case .alterations(let rows):
      sample.parts.append(part)
      for assay in rows.assays where !sample.assays.contains(assay) { sample.assays.append(assay) }
      if let fault = content.fault, index < sample.failedFile ?? .max {
        (sample.failure, sample.failedFile) = (fault.description, index)
      }
      if rows.isOfOneSample { sample.rejected += content.rejected }
    case .refused(let refusal): sample.refusals.append("\(content.path): \(refusal.reason)")
    case .failed(let error):
      sample.parts.append(part)
      if index < sample.failedFile ?? .max { (sample.failure, sample.failedFile) = (error.description, index) }
    case .unknown:
      sample.parts.append(part)
      sample.unread.append(content.unreadReason)
    case .sampleSheet, .genePanel, .samplePanels: break
    }
    if !batch.sampleID.isEmpty, batch.sampleID != id, !sample.inputIDs.contains(batch.sampleID) {
      sample.inputIDs.append(batch.sampleID)
    }
  }

  /// Notes a file of a sample that is of no known kind; nothing where the sample is not known.
  mutating func note(unread reason: String, of id: String) {
    let id = SampleName.printable(id)
    if let open = samples[id], !open.sample.unread.contains(reason) { open.sample.unread.append(reason) }
  }

  /// Notes how a sample came by its name.
  mutating func remark(_ remark: String, of id: String) {
    let id = SampleName.printable(id)
    if let open = samples[id], !open.sample.remarks.contains(remark) { open.sample.remarks.append(remark) }
  }

  /// Leaves a sample out, with the reason.
  mutating func leaveOut(_ id: String, _ reason: String) { samples[SampleName.printable(id)]?.sample.leftOut = reason }

  /// Lets a sample fail unless it has already.
  mutating func fail(_ id: String, _ reason: String) {
    guard let open = samples[id], open.sample.failure.isEmpty else { return }
    open.sample.failure = reason
  }

  /// Takes a sample out; `nil` when there is none of that name.
  mutating func take(_ id: String) -> AssembledSample? { samples.removeValue(forKey: id)?.sample }

  /// Takes all samples out.
  mutating func takeAll() -> [AssembledSample] {
    defer { samples = [:] }
    return samples.values.map(\.sample)
  }

  /// Notes that a row of the sheet is that of a sample.
  mutating func use(_ entry: SampleSheet.Entry?) {
    if let entry { entriesUsed.insert(entry.sampleID) }
  }

  /// Whether a row of the sheet is of a sample that files speak of.
  var usesSheet: Bool { !entriesUsed.isEmpty }

  /// Notes that a sample is given on; `false` when one of that name was before.
  @discardableResult
  mutating func release(_ id: String) -> Bool { released.insert(id).inserted }

  /// Whether a sample was given on.
  func isReleased(_ id: String) -> Bool { released.contains(id) }

  /// How many samples were given on.
  var releasedCount: Int { released.count }

  /// Samples that were given on and are not after all; `nil` for all of them.
  mutating func takeBack(_ ids: Set<String>?) {
    if let ids {
      released.subtract(ids)
    } else {
      released = []
      entriesUsed = []
    }
  }

  /// Whether a row of the sheet is of a sample that nothing else speaks of and that is reported here.
  func isListedOnly(_ entry: SampleSheet.Entry) -> Bool {
    !entry.sampleID.isEmpty && !entriesUsed.contains(entry.sampleID) && !released.contains(entry.sampleID)
      && isReported(entry.sampleID)
  }

  /// Whether rows under an identifier may belong to a sample that is done here.
  private mutating func mayBeDone(_ id: String, _ index: Int) -> Bool {
    guard let selection else { return true }
    if selection.isShared(files[index]) { return selection.part.mayHold(id) }
    owned.insert(id)
    return true
  }

  /// Whether a sample is reported here.
  func isReported(_ id: String) -> Bool { selection?.part.reports(id, isOwned: owned.contains(id)) ?? true }

  /// Whether no other part of the cohort reads a file.
  func isOwn(_ file: InputFile) -> Bool { selection?.isShared(file) == false }
}
