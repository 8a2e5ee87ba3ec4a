internal import AlterationFormats
internal import DelimitedText
internal import Synchronization

/// A sample with all that its files state, ready to be normalized.
struct AssembledSample: Sendable {
  var sampleID: String
  var entry: SampleSheet.Entry?
  var parts: [(file: Int32, batch: RecordBatch, format: String)] = []
  var assays: [String] = []
  var inputIDs: [String] = []
  var directory = ""
  /// Rows of the sample's own files that cannot be read.
  var rejected: [InputError] = []
  /// Rows of the sample's own files that are not looked at, by reason.
  var filtered: [String: Int] = [:]
  /// Why the sample cannot be reported; empty when it can.
  var failure = ""
}

/// Sorts the content of files by sample (CONTRACT, "Finding samples").
///
/// In: files in any order. Out: the samples of a folder as soon as all its files, and all files that lie flat, were
/// read; the others at the end. Serves all workers; one at a time.
final class SampleAssembler: Sendable {
  private struct State: Sendable {
    var pendingFlat: Int
    var pendingByDirectory: [String: Int]
    var byDirectory: [String: [Int]] = [:]
    var contents: [Int: FileTask.Outcome] = [:]
    var open: [String: AssembledSample] = [:]
    var sheet: SampleSheet?
    var sheetEntriesUsed: Set<String> = []
    var isFlatDone = false
    var releasedDirectories: Set<String> = []
  }

  private let files: [InputFile]
  private let duplicatedNames: [String: [String]]
  private let state: Mutex<State>

  init(files: [InputFile], sheet: SampleSheet?) {
    self.files = files
    var pending: [String: Int] = [:]
    var byDirectory: [String: [Int]] = [:]
    var flat = 0
    var places: [String: Set<String>] = [:]
    for (index, file) in files.enumerated() {
      if file.sampleDirectory.isEmpty {
        flat += 1
      } else {
        pending[file.directory, default: 0] += 1
        byDirectory[file.directory, default: []].append(index)
        places[file.sampleDirectory, default: []].insert(file.directory)
      }
    }
    duplicatedNames = places.filter { $0.value.count > 1 }.mapValues { $0.sorted() }
    state = Mutex(
      State(
        pendingFlat: flat, pendingByDirectory: pending, byDirectory: byDirectory, sheet: sheet, isFlatDone: flat == 0))
  }

  /// The sheet in use.
  var sheet: SampleSheet? { state.withLock { $0.sheet } }

  /// Takes a file's content; returns the samples that are complete now.
  func add(_ index: Int, _ outcome: FileTask.Outcome) -> [AssembledSample] {
    state.withLock { state in
      state.contents[index] = outcome
      let file = files[index]
      if file.sampleDirectory.isEmpty {
        if state.sheet == nil, let sheet = outcome.content.sheet { state.sheet = sheet }
        state.pendingFlat -= 1
        guard state.pendingFlat == 0 else { return [] }
        state.isFlatDone = true
        takeFlat(&state)
        // Folders that were complete before can go now.
        let complete = state.pendingByDirectory.filter { $0.value == 0 }.keys.sorted()
        return complete.flatMap { release($0, &state) }
      }
      state.pendingByDirectory[file.directory, default: 1] -= 1
      guard state.isFlatDone, state.pendingByDirectory[file.directory] == 0 else { return [] }
      return release(file.directory, &state)
    }
  }

  /// All files were read: the samples that are left, and those that only the sheet knows.
  func finish() -> [AssembledSample] {
    state.withLock { state in
      var samples = Array(state.open.values)
      for entry in state.sheet?.entries ?? [] where !state.sheetEntriesUsed.contains(entry.sampleID) {
        var sample = AssembledSample(sampleID: entry.sampleID, entry: entry)
        sample.directory = ""
        samples.append(sample)
      }
      state.open = [:]
      return samples.sorted { $0.sampleID < $1.sampleID }
    }
  }

  private func takeFlat(_ state: inout State) {
    for index in files.indices where files[index].sampleDirectory.isEmpty {
      guard let outcome = state.contents.removeValue(forKey: index) else { continue }
      distribute(index, outcome, &state, into: nil)
    }
  }

  /// The sample of a folder, unless one of its files holds several samples or its name stands for two folders.
  private func release(_ directory: String, _ state: inout State) -> [AssembledSample] {
    guard state.releasedDirectories.insert(directory).inserted else { return [] }
    let indices = state.byDirectory[directory] ?? []
    let name = indices.first.map { files[$0].sampleDirectory } ?? ""
    var outcomes: [(Int, FileTask.Outcome)] = []
    for index in indices {
      if let outcome = state.contents.removeValue(forKey: index) { outcomes.append((index, outcome)) }
    }
    if let places = duplicatedNames[name] {
      guard places.first == directory else { return [] }
      var failed = AssembledSample(sampleID: name, entry: state.sheet?.entry(for: name))
      failed.failure = "two folders have this name: \(places.joined(separator: ", ")) (give each sample its own name)"
      if let entry = failed.entry { state.sheetEntriesUsed.insert(entry.sampleID) }
      return [failed]
    }
    let known = Set(state.open.keys)
    for (index, outcome) in outcomes { distribute(index, outcome, &state, into: name) }
    // A sample that flat files speak of too is complete only at the end.
    let added = state.open.keys.filter { !known.contains($0) }.sorted()
    return added.compactMap { id in
      let isCohort = outcomes.contains { $0.1.content.batches.count { !$0.sampleID.isEmpty } > 1 }
      return isCohort ? nil : state.open.removeValue(forKey: id)
    }
  }

  private func distribute(_ index: Int, _ outcome: FileTask.Outcome, _ state: inout State, into folder: String?) {
    let file = files[index]
    let content = outcome.content
    if outcome.isUnknown { return }
    if content.sheet != nil {
      if state.sheet == nil { state.sheet = content.sheet }
      return
    }
    let named = content.batches.filter { !$0.sampleID.isEmpty }
    if named.count > 1 {
      for batch in content.batches {
        let id = batch.sampleID.isEmpty ? fallbackName(file, folder) : batch.sampleID
        append(batch, of: index, to: id, outcome, &state)
      }
      return
    }
    let own = named.first?.sampleID ?? ""
    let id: String
    if !own.isEmpty, state.sheet?.entry(for: own) != nil {
      id = own
    } else if let folder {
      id = folder
    } else {
      id = own.isEmpty ? fallbackName(file, folder) : own
    }
    if content.batches.isEmpty {
      append(RecordBatch(sampleID: ""), of: index, to: id, outcome, &state)
    }
    for batch in content.batches { append(batch, of: index, to: id, outcome, &state) }
  }

  private func fallbackName(_ file: InputFile, _ folder: String?) -> String { folder ?? Discovery.stem(file.path) }

  private func append(
    _ batch: RecordBatch, of index: Int, to id: String, _ outcome: FileTask.Outcome, _ state: inout State
  ) {
    var sample: AssembledSample
    if let known = state.open[id] {
      sample = known
    } else {
      sample = AssembledSample(sampleID: id, entry: state.sheet?.entry(for: id))
      if let entry = sample.entry { state.sheetEntriesUsed.insert(entry.sampleID) }
      sample.directory = files[index].directory
    }
    sample.parts.append((Int32(index), batch, outcome.content.format))
    if outcome.content.batches.count <= 1 {
      sample.rejected += outcome.content.rejected
      sample.filtered.merge(outcome.content.filteredReasons, uniquingKeysWith: +)
    }
    for assay in outcome.content.assays where !sample.assays.contains(assay) { sample.assays.append(assay) }
    if !batch.sampleID.isEmpty, batch.sampleID != id, !sample.inputIDs.contains(batch.sampleID) {
      sample.inputIDs.append(batch.sampleID)
    }
    if let failure = outcome.failure, sample.failure.isEmpty { sample.failure = failure.description }
    state.open[id] = sample
  }
}
