internal import InputFormats
internal import DelimitedText
internal import SystemIO

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
  var parts: [Part] = []
  var assays: [String] = []
  var inputIDs: [String] = []
  var directory = ""
  /// Rows of the sample's own files that cannot be read.
  var rejected: [InputError] = []
  /// Rows of the sample's own files that are not looked at, by reason.
  var filtered: [String: Int] = [:]
  /// Files of a known kind that give no calls, each with the reason.
  var refusals: [String] = []
  /// Remarks on how its files were put together.
  var remarks: [String] = []
  /// Genes that its assays cover, where files say so.
  var panel: Set<String>?
  /// Why the sample cannot be reported; empty when it can.
  var failure = ""
  /// Whether its files are still being written.
  var isDeferred = false

  /// Puts what files say in the order of the files, whichever was read first.
  mutating func settleOrder(_ files: [InputFile]) {
    parts.sort { $0.file < $1.file }
    refusals.sort()
    inputIDs.sort()
    rejected.sort { ($0.path, $0.line ?? 0, $0.column) < ($1.path, $1.line ?? 0, $1.column) }
    let folders = parts.map { files[Int($0.file)] }.filter { !$0.sampleDirectory.isEmpty }
    if folders.count == parts.count, let first = folders.first { directory = first.directory }
  }

  /// Adds what is known of the same sample from elsewhere.
  mutating func merge(_ other: AssembledSample) {
    parts += other.parts
    for assay in other.assays where !assays.contains(assay) { assays.append(assay) }
    for id in other.inputIDs where !inputIDs.contains(id) { inputIDs.append(id) }
    rejected += other.rejected
    filtered.merge(other.filtered, uniquingKeysWith: +)
    refusals += other.refusals
    for remark in other.remarks where !remarks.contains(remark) { remarks.append(remark) }
    if failure.isEmpty { failure = other.failure }
    if entry == nil { entry = other.entry }
  }
}

/// Sorts the content of files by sample (guide: Runs, Finding samples).
///
/// In: files in any order. Out: the sample of a folder as soon as all the folder's files, and all files that lie flat,
/// were read; samples of cohort files at the end. Serves all workers; one at a time.
final class SampleAssembler: Sendable {
  private struct State: Sendable {
    var pendingFlat = 0
    var pendingByDirectory: [String: Int] = [:]
    var contents: [Int: FileLoader.Outcome] = [:]
    var open: [String: AssembledSample] = [:]
    var emitted: Set<String> = []
    var panels: [String: Set<String>] = [:]
    var panelsBySample: [String: Set<String>] = [:]
    var testsBySample: [String: Set<String>] = [:]
    var sheet: SampleSheet?
    var sheetEntriesUsed: Set<String> = []
    var isFlatDone = false
    /// Samples found in folders that no other part of the cohort reads.
    var owned: Set<String> = []
    var releasedDirectories: Set<String> = []
  }

  private let files: [InputFile]
  private let byDirectory: [String: [Int]]
  private let flat: [Int]
  private let duplicatedNames: [String: [String]]
  private let folderNames: Set<String>
  private let isSheetStated: Bool
  /// What is wrong in a folder, by its path.
  private let broken: [String: String]
  private let selection: PartSelection?
  private let symbols: @Sendable ([String]) -> Set<String>
  private let state: Locked<State>

  /// - Parameters:
  ///   - files: All files of the run.
  ///   - reading: Those that are read, by their number.
  ///   - sheet: The sheet that was named; `nil` to use those found among the files.
  ///   - broken: What lies among the files and cannot be looked at.
  ///   - selection: The part of the cohort to do; `nil` for all of it.
  ///   - symbols: Current symbols of gene names.
  init(
    files: [InputFile], reading: [Int], sheet: SampleSheet?, broken: [Discovery.Broken] = [],
    selection: PartSelection? = nil,
    symbols: @escaping @Sendable ([String]) -> Set<String>
  ) {
    self.selection = selection
    self.symbols = symbols
    self.files = files
    isSheetStated = sheet != nil
    self.broken = Dictionary(
      broken.filter(\.isSample).map { ($0.directory, $0.error.description) }, uniquingKeysWith: { first, _ in first })
    var state = State(sheet: sheet)
    var byDirectory: [String: [Int]] = [:]
    var flat: [Int] = []
    for index in reading {
      let file = files[index]
      if file.sampleDirectory.isEmpty {
        flat.append(index)
      } else {
        state.pendingByDirectory[file.directory, default: 0] += 1
        byDirectory[file.directory, default: []].append(index)
      }
    }
    var places: [String: Set<String>] = [:]
    for file in files where !file.sampleDirectory.isEmpty {
      places[file.sampleDirectory, default: []].insert(file.directory)
    }
    folderNames = Set(places.keys)
    duplicatedNames = places.filter { $0.value.count > 1 }.mapValues { $0.sorted() }
    state.pendingFlat = flat.count
    state.isFlatDone = flat.isEmpty
    self.byDirectory = byDirectory
    self.flat = flat
    self.state = Locked(state)
  }

  /// Takes a file's content; returns the samples that are complete now.
  func add(_ index: Int, _ outcome: FileLoader.Outcome) -> [AssembledSample] {
    state.withLock { state in
      state.contents[index] = outcome
      let file = files[index]
      if file.sampleDirectory.isEmpty {
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

  /// The sheet in use, once the flat files were read.
  var sheet: SampleSheet? { state.withLock { $0.sheet } }

  /// All files were read: the samples that are left, and those that only the sheet knows.
  ///
  /// - Parameters:
  ///   - carried: Samples that are not read since nothing changed.
  ///   - broken: Samples that are lost since nothing of theirs can be looked at.
  func finish(carried: Set<String> = [], broken: [AssembledSample] = []) -> [AssembledSample] {
    state.withLock { state in
      // What a table of purities says of samples that no other file speaks of makes no sample.
      var samples = BarcodeMerge.merge(Array(state.open.values)).filter { sample in
        !sample.assays.isEmpty || !sample.refusals.isEmpty || !sample.failure.isEmpty || sample.entry != nil
          || sample.parts.contains { $0.batch.counts.read > 0 }
      }
      samples.removeAll { !isReported($0.sampleID, state) }
      for index in samples.indices {
        addTests(to: &samples[index], state)
      }
      for var item in broken {
        if let entry = state.sheet?.entry(for: item.sampleID) {
          item.entry = entry
          state.sheetEntriesUsed.insert(entry.sampleID)
        }
        guard let same = samples.firstIndex(where: { $0.sampleID == item.sampleID }) else {
          samples.append(item)
          continue
        }
        if samples[same].failure.isEmpty { samples[same].failure = item.failure }
      }
      state.emitted.formUnion(carried)
      for index in samples.indices {
        samples[index].settleOrder(files)
        guard !state.emitted.insert(samples[index].sampleID).inserted else { continue }
        let id = samples[index].sampleID
        samples[index].failure = "has rows in \(samples[index].directory) and a folder of its own"
        samples[index].sampleID = id + " in " + samples[index].directory
      }
      for entry in state.sheet?.entries ?? [] where !entry.sampleID.isEmpty {
        guard !state.sheetEntriesUsed.contains(entry.sampleID), !state.emitted.contains(entry.sampleID),
          isReported(entry.sampleID, state)
        else { continue }
        samples.append(AssembledSample(sampleID: entry.sampleID, entry: entry))
      }
      state.open = [:]
      return samples.sorted { $0.sampleID.utf8.lexicographicallyPrecedes($1.sampleID.utf8) }
    }
  }

  private func takeFlat(_ state: inout State) {
    if !isSheetStated {
      state.sheet = SampleSheet.merged(flat.compactMap { state.contents[$0]?.content.sheet })
    }
    for index in flat { takePanels(index, &state) }
    let shared = sharedIdentifiers(state)
    for index in flat {
      guard let outcome = state.contents.removeValue(forKey: index) else { continue }
      distribute(index, outcome, &state, into: nil, sheet: state.sheet, shared: shared[index] ?? "")
    }
  }

  /// The sample of flat files whose names begin alike (`S1.maf.gz`, `S1.purple.purity.tsv`) where one of them names it
  /// and no other says otherwise.
  private func sharedIdentifiers(_ state: State) -> [Int: String] {
    var groups: [String: [Int]] = [:]
    for index in flat {
      let name = files[index].path.split(separator: "/").last.map(String.init) ?? ""
      let first = name.split(separator: ".").first.map(String.init) ?? name
      groups[files[index].directory + "/" + first, default: []].append(index)
    }
    var shared: [Int: String] = [:]
    for (name, members) in groups where members.count > 1 {
      let contents = members.compactMap { state.contents[$0]?.content }
      guard !contents.contains(where: { $0.batches.count > 1 || $0.sheet != nil }) else { continue }
      let ids = Set(contents.flatMap { $0.batches.map(\.sampleID) }.filter { !$0.isEmpty })
      guard ids.count <= 1 else { continue }
      let stem = name.split(separator: "/").last.map(String.init) ?? name
      for member in members { shared[member] = ids.first ?? stem }
    }
    return shared
  }

  private func takePanels(_ index: Int, _ state: inout State) {
    guard let content = state.contents[index]?.content else { return }
    if let panel = content.genePanel { state.panels[panel.name] = symbols(panel.genes) }
    state.panelsBySample.merge(content.panelsBySample) { $0.union($1) }
    state.testsBySample.merge(content.testsBySample) { $0.union($1) }
  }

  /// Adds what panel files say of a sample: the genes covered, and the kinds of alteration looked for.
  private func addTests(to sample: inout AssembledSample, _ state: State) {
    sample.panel = panel(of: sample.sampleID, sample.entry, state)
    guard !sample.parts.isEmpty else { return }
    for test in (state.testsBySample[sample.sampleID] ?? []).sorted() where !sample.assays.contains(test) {
      sample.assays.append(test)
    }
  }

  /// The genes that a sample's panels cover; `nil` when no panel is known.
  private func panel(of id: String, _ entry: SampleSheet.Entry?, _ state: State) -> Set<String>? {
    var names = state.panelsBySample[id] ?? []
    if let stated = entry?.values["panel"] { names.insert(stated) }
    let known = names.compactMap { state.panels[$0] }
    guard let first = known.first else { return nil }
    return known.dropFirst().reduce(first) { $0.union($1) }
  }

  /// The sample of a folder, unless one of its files holds several samples or its name stands for two folders.
  private func release(_ directory: String, _ state: inout State) -> [AssembledSample] {
    guard state.releasedDirectories.insert(directory).inserted else { return [] }
    let indices = byDirectory[directory] ?? []
    let name = indices.first.map { files[$0].sampleDirectory } ?? ""
    for index in indices { takePanels(index, &state) }
    var outcomes: [(Int, FileLoader.Outcome)] = []
    for index in indices {
      if let outcome = state.contents.removeValue(forKey: index) { outcomes.append((index, outcome)) }
    }
    // A folder's own sheets speak of its samples before the cohort's do.
    let own = isSheetStated ? [] : outcomes.compactMap(\.1.content.sheet)
    let sheet = own.isEmpty ? state.sheet : joined(own, state.sheet, name, outcomes)
    let isCohort = outcomes.contains { $0.1.content.batches.count { !$0.sampleID.isEmpty } > 1 }
    if !isCohort, let places = duplicatedNames[name] {
      guard places.first == directory else { return [] }
      var failed = AssembledSample(sampleID: name, entry: sheet?.entry(for: name))
      failed.failure = "two folders have this name: \(places.joined(separator: ", ")) (give each sample its own name)"
      failed.directory = directory
      // With all files of these folders, so that the next run tries again.
      for file in files.indices where files[file].sampleDirectory == name {
        failed.parts.append(
          AssembledSample.Part(file: Int32(file), batch: RecordBatch(sampleID: ""), format: "unknown"))
      }
      if let entry = failed.entry { state.sheetEntriesUsed.insert(entry.sampleID) }
      state.emitted.insert(name)
      return isReported(name, state) || selection?.isShared(files[indices[0]]) == false ? [failed] : []
    }
    let before = state.open[name]
    for (index, outcome) in outcomes { distribute(index, outcome, &state, into: name, sheet: sheet) }
    failUnread(outcomes, name, &state, sheet: sheet)
    // A sample that other files speak of too is complete only at the end.
    guard !isCohort, before == nil, var sample = state.open.removeValue(forKey: name) else { return [] }
    addTests(to: &sample, state)
    if sample.failure.isEmpty, let problem = broken[directory] { sample.failure = problem }
    state.emitted.insert(name)
    return isReported(name, state) ? [sample] : []
  }

  /// The sheets of a folder with what the cohort's says of the samples that are spoken of there.
  private func joined(
    _ own: [SampleSheet], _ cohort: SampleSheet?, _ name: String, _ outcomes: [(Int, FileLoader.Outcome)]
  ) -> SampleSheet? {
    guard let cohort else { return SampleSheet.merged(own) }
    let written = Set(outcomes.flatMap { $0.1.content.batches.map(\.sampleID) }).union([name])
    return SampleSheet.merged(own + [cohort.part(about: written.union(written.map(SampleName.printable)), and: own)])
  }

  private func distribute(
    _ index: Int, _ outcome: FileLoader.Outcome, _ state: inout State, into folder: String?, sheet: SampleSheet?,
    shared: String = ""
  ) {
    let file = files[index]
    let content = outcome.content
    if outcome.isUnknown, folder == nil, Discovery.namesTable(file.path, inFolder: false) {
      var failed = outcome
      failed.failure = unread(outcome)
      return append(RecordBatch(sampleID: ""), of: index, to: fallbackName(file, nil), failed, &state, sheet)
    }
    if outcome.isUnknown || content.sheet != nil || content.genePanel != nil || !content.panelsBySample.isEmpty {
      return
    }
    let named = content.batches.filter { !$0.sampleID.isEmpty }
    if !content.refusal.isEmpty, content.assays.isEmpty || content.isRefusedCohort || named.count > 1 { return }
    if named.count > 1 {
      for batch in content.batches {
        let id = batch.sampleID.isEmpty ? fallbackName(file, folder) : batch.sampleID
        // A folder of that name may have been reported already; whether it has depends on what was read first, and what
        // is said of the rows must not.
        let isElsewhere = folder != nil && id != folder && folderNames.contains(id)
        let place = isElsewhere ? id + " in " + file.directory : id
        append(batch, of: index, to: place, outcome, &state, sheet)
        let printed = SampleName.printable(place)
        if isElsewhere, state.open[printed]?.failure.isEmpty == true {
          state.open[printed]?.failure =
            "has rows in \(file.directory) and a folder of its own "
            + "(put a table of many samples beside the folders and not into one)"
        }
      }
      return
    }
    let own = named.first?.sampleID ?? ""
    let id: String
    if !own.isEmpty, sheet?.entry(for: own) != nil, folder == nil || sheet?.entry(for: folder ?? "") == nil {
      id = own
    } else if let folder {
      id = folder
    } else {
      id = !own.isEmpty ? own : shared.isEmpty ? fallbackName(file, folder) : shared
    }
    if content.batches.isEmpty || !content.refusal.isEmpty {
      append(RecordBatch(sampleID: own), of: index, to: id, outcome, &state, sheet)
    } else {
      for batch in content.batches { append(batch, of: index, to: id, outcome, &state, sheet) }
    }
  }

  /// Whether rows under an identifier may belong to a sample that is done here.
  private func isKept(_ id: String, _ index: Int, _ state: inout State) -> Bool {
    guard let selection else { return true }
    if selection.isShared(files[index]) { return selection.part.mayHold(id) }
    state.owned.insert(id)
    return true
  }

  /// Whether a sample is reported here.
  private func isReported(_ id: String, _ state: State) -> Bool {
    selection?.part.reports(id, isOwned: state.owned.contains(id)) ?? true
  }

  /// Why a file of no known kind cannot be read.
  private func unread(_ outcome: FileLoader.Outcome) -> InputError {
    InputError(path: outcome.content.path, problem: outcome.content.remarks.joined(separator: "; "))
  }

  /// A folder in which nothing was understood is a sample that failed, if one of its files was to be a table.
  private func failUnread(
    _ outcomes: [(Int, FileLoader.Outcome)], _ name: String, _ state: inout State, sheet: SampleSheet?
  ) {
    guard outcomes.allSatisfy(\.1.isUnknown), state.open[name] == nil,
      outcomes.contains(where: { Discovery.namesTable(files[$0.0].path, inFolder: true) })
    else { return }
    for (index, outcome) in outcomes {
      var failed = outcome
      failed.failure = unread(outcome)
      append(RecordBatch(sampleID: ""), of: index, to: name, failed, &state, sheet)
    }
  }

  private func fallbackName(_ file: InputFile, _ folder: String?) -> String { folder ?? Discovery.stem(file.path) }

  private func append(
    _ batch: RecordBatch, of index: Int, to id: String, _ outcome: FileLoader.Outcome, _ state: inout State,
    _ sheet: SampleSheet?
  ) {
    let id = SampleName.printable(id)
    guard isKept(id, index, &state) else { return }
    var sample: AssembledSample
    if let known = state.open.removeValue(forKey: id) {
      sample = known
    } else {
      sample = AssembledSample(sampleID: id, entry: sheet?.entry(for: id))
      if let entry = sample.entry { state.sheetEntriesUsed.insert(entry.sampleID) }
      sample.directory = files[index].directory
    }
    let content = outcome.content
    if content.refusal.isEmpty {
      sample.parts.append(AssembledSample.Part(file: Int32(index), batch: batch, format: content.format))
      for assay in content.assays where !sample.assays.contains(assay) { sample.assays.append(assay) }
    } else {
      sample.refusals.append("\(content.path): \(content.refusal)")
    }
    if content.batches.count <= 1 {
      sample.rejected += content.rejected
      sample.filtered.merge(content.filteredReasons, uniquingKeysWith: +)
    }
    if !batch.sampleID.isEmpty, batch.sampleID != id, !sample.inputIDs.contains(batch.sampleID) {
      sample.inputIDs.append(batch.sampleID)
    }
    if let failure = outcome.failure, sample.failure.isEmpty { sample.failure = failure.description }
    state.open[id] = sample
  }
}

/// Joins samples whose TCGA barcodes differ in length alone: a tumor is named by the first 15 characters, longer ones
/// name the vial, portion, plate and center of one measurement, 12 characters name the patient.
enum BarcodeMerge {
  /// Samples with the longer barcodes joined to the shorter ones of the same tumor.
  ///
  /// A file that holds two measurements of one tumor keeps them apart, and so does a patient with two tumors.
  static func merge(_ samples: [AssembledSample]) -> [AssembledSample] {
    var groups: [String: [AssembledSample]] = [:]
    var patients: [AssembledSample] = []
    var result: [AssembledSample] = []
    for sample in samples.sorted(by: { $0.sampleID.utf8.lexicographicallyPrecedes($1.sampleID.utf8) }) {
      let id = sample.sampleID
      if !id.hasPrefix("TCGA-") || id.utf8.count < 12 {
        result.append(sample)
      } else if id.utf8.count < 15 {
        patients.append(sample)
      } else {
        groups[String(id.prefix(15)), default: []].append(sample)
      }
    }
    for patient in patients {
      let tumors = groups.keys.filter { $0.hasPrefix(patient.sampleID) }.sorted()
      if tumors.count == 1, let tumor = tumors.first {
        groups[tumor, default: []].append(patient)
      } else {
        var patient = patient
        if tumors.count > 1 {
          patient.remarks.append("the patient has several tumors here: \(tumors.joined(separator: ", "))")
        }
        result.append(patient)
      }
    }
    for key in groups.keys.sorted() {
      let members = groups[key] ?? []
      let files = members.map { Set($0.parts.map(\.file)) }
      let isShared = files.indices.contains { one in
        files.indices.contains { other in one < other && !files[one].isDisjoint(with: files[other]) }
      }
      guard members.count > 1, !isShared else {
        result += members.map { member in
          guard members.count > 1 else { return member }
          var member = member
          member.remarks.append("one file holds several measurements of this tumor; they are kept apart")
          return member
        }
        continue
      }
      // The name that the sheet knows, else the shortest that names a tumor.
      let known = members.first { $0.entry?.sampleID == $0.sampleID }
      let shortest = members.filter { $0.sampleID.utf8.count >= 15 }
        .min { ($0.sampleID.utf8.count, $0.sampleID) < ($1.sampleID.utf8.count, $1.sampleID) }
      guard var whole = known ?? shortest ?? members.first else { continue }
      for member in members where member.sampleID != whole.sampleID {
        whole.merge(member)
        if !whole.inputIDs.contains(member.sampleID) { whole.inputIDs.append(member.sampleID) }
      }
      result.append(whole)
    }
    return result
  }
}
