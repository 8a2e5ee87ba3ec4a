internal import DelimitedText
internal import SystemIO

/// What a run has to read, and why; the rest stays as the last run left it.
///
/// In: what lies there now and what the last run recorded. Out: files to read and samples to carry over. A folder is the
/// unit: it is read again when one of its files changed, came or went, when its row of the sample sheet changed, or when
/// its sample failed. Files that lie flat are read again in every run that does anything at all.
struct RunPlan: Sendable {
  /// Files to read, by their number.
  private(set) var reading: [Int] = []
  /// Samples whose reports and rows stay, by identifier, with their inputs.
  private(set) var carried: [String: PreviousRun.Sample] = [:]
  /// Why something is done, by sample folder or file, for `--dry-run`.
  private(set) var reasons: [(what: String, why: String)] = []
  /// Whether nothing is to be done at all.
  private(set) var isIdle = false
  /// Whether two samples have the same name in the tables, so that their rows cannot be told apart.
  private(set) var printsAlike = false
  /// Why every sample is made anew; empty when only changed ones are.
  private(set) var cause = ""

  private let files: [InputFile]
  private let verifies: Bool

  init(
    files: [InputFile], discovery: Discovery, previous: PreviousRun?, table: String, settings: String,
    programVersion: String, options: RunOptions, sheetDigest: String, damage: String = ""
  ) {
    self.files = files
    verifies = options.verifies
    cause = damage.isEmpty ? Self.cause(previous, table, settings, programVersion, options) : damage
    guard cause.isEmpty, let previous else {
      reading = Array(files.indices)
      let cause = cause
      let places = Set(files.map { $0.sampleDirectory.isEmpty ? $0.path : $0.directory })
      reasons = places.sorted().map { ($0, cause) }
      return
    }
    var byPath: [String: Int] = [:]
    for (index, file) in files.enumerated() { byPath[file.path] = index }
    var directories: [String: [Int]] = [:]
    var flat: [Int] = []
    for (index, file) in files.enumerated() {
      if file.sampleDirectory.isEmpty {
        flat.append(index)
      } else {
        directories[file.directory, default: []].append(index)
      }
    }
    var samplesByFile: [String: [String]] = [:]
    for (id, sample) in previous.samples { for path in sample.inputs { samplesByFile[path, default: []].append(id) } }
    var changedDirectories: [String: String] = [:]
    for (directory, own) in directories where !discovery.heldDirectories.contains(directory) {
      if let why = why(own, previous) { changedDirectories[directory] = why }
    }
    for item in discovery.unreadable where item.isSample && directories[item.directory] != nil {
      changedDirectories[item.directory] = changedDirectories[item.directory] ?? item.error.description
    }
    for path in previous.inputs.keys where byPath[path] == nil {
      let directory = Discovery.parent(path)
      if directories[directory] != nil {
        changedDirectories[directory] = changedDirectories[directory] ?? "\(path) is gone"
      }
    }
    // Folders of one name stand or fall together.
    let namesakes = Dictionary(grouping: directories.keys) { files[directories[$0]?.first ?? 0].sampleDirectory }
    for (_, group) in namesakes where group.count > 1 && group.contains(where: { changedDirectories[$0] != nil }) {
      for directory in group {
        changedDirectories[directory] = changedDirectories[directory] ?? "another folder of this name changed"
      }
    }
    let isFlatChanged =
      why(flat, previous) != nil || previous.sheetDigest != sheetDigest
      || previous.inputs.keys.contains { path in
        byPath[path] == nil && directories[Discovery.parent(path)] == nil
      }
    // A folder's sample is carried over when it is the folder's only one and no other file speaks of it.
    var candidates: [(id: String, directory: String)] = []
    for (directory, own) in directories where changedDirectories[directory] == nil {
      let ids = Set(own.flatMap { samplesByFile[files[$0].path] ?? [] })
      guard ids.count == 1, let id = ids.first, let sample = previous.samples[id] else {
        // A folder that gave no sample gives none now either.
        if !ids.isEmpty { changedDirectories[directory] = "holds several samples" }
        continue
      }
      let isOwn = sample.inputs.allSatisfy { Discovery.parent($0) == directory }
      if sample.status == "failed" || sample.status == "deferred" {
        changedDirectories[directory] = sample.status == "failed" ? "failed last time" : "was left for this run"
      } else if !isOwn {
        changedDirectories[directory] = "other files have rows of it"
      } else if Self.isTouched(id, options.output, since: previous.modified) {
        changedDirectories[directory] = "an earlier run was interrupted"
      } else {
        candidates.append((id, directory))
      }
    }
    let flatSamples = previous.samples.filter { item in
      item.value.inputs.contains { path in byPath[path].map { files[$0].sampleDirectory.isEmpty } ?? false }
    }
    let isFlatTouched = flatSamples.contains { item in
      item.value.status == "failed" || Self.isTouched(item.key, options.output, since: previous.modified)
    }
    let isCohortInFolder = changedDirectories.values.contains("holds several samples")
    let isQuiet =
      changedDirectories.allSatisfy { $0.value == "holds several samples" } && !isFlatChanged
      && !isFlatTouched && !discovery.unreadable.contains(where: \.isSample)
    if isQuiet, !isCohortInFolder || !isCohortTouched(changedDirectories, previous, samplesByFile, directories, options)
    {
      isIdle = previous.outputs.allSatisfy { FileStamp(path: options.output + "/" + $0.key) != nil }
      if isIdle { return }
      reasons.append((options.output, "a table is missing"))
    }
    for (id, _) in candidates { carried[id] = previous.samples[id] }
    printsAlike = Set(previous.samples.keys.map(TSVWriter.text)).count < previous.samples.count
    let changed = Set(changedDirectories.keys)
    reading = files.indices.filter { files[$0].sampleDirectory.isEmpty || changed.contains(files[$0].directory) }
    reasons += changedDirectories.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    if isFlatChanged, let why = why(flat, previous) { reasons.append(("flat files", why)) }
    for path in previous.inputs.keys.sorted() where byPath[path] == nil { reasons.append((path, "is gone")) }
    if previous.sheetDigest != sheetDigest { reasons.append((options.sheet, "the sample sheet changed")) }
  }

  /// Directories of cohort files count as changed only when one of their samples has to be done again.
  private func isCohortTouched(
    _ changed: [String: String], _ previous: PreviousRun, _ samplesByFile: [String: [String]],
    _ directories: [String: [Int]], _ options: RunOptions
  ) -> Bool {
    for (directory, _) in changed {
      for index in directories[directory] ?? [] {
        for id in samplesByFile[files[index].path] ?? [] {
          if previous.samples[id]?.status == "failed" { return true }
          if Self.isTouched(id, options.output, since: previous.modified) { return true }
        }
      }
    }
    return false
  }

  /// Everything is read again after all.
  mutating func redoAll(because reason: String) {
    carried = [:]
    reading = Array(files.indices)
    reasons.append(("all samples", reason))
  }

  /// The sheet was read: samples whose row changed are not carried over after all.
  ///
  /// - Returns: The files that have to be read too.
  mutating func recheck(sheetDigest: (String) -> String) -> [Int] {
    let changed = carried.filter { sheetDigest($0.key) != $0.value.sheetDigest }.map(\.key)
    guard !changed.isEmpty else { return [] }
    var paths: Set<String> = []
    for id in changed.sorted() {
      for path in carried[id]?.inputs ?? [] { paths.insert(path) }
      carried[id] = nil
      reasons.append((id, "its row of the sample sheet changed"))
    }
    let directories = Set(paths.map(Discovery.parent))
    let more = files.indices.filter { !files[$0].sampleDirectory.isEmpty && directories.contains(files[$0].directory) }
    reading = (reading + more).sorted()
    return more
  }

  /// Why every sample has to be done again, whatever lies there; empty when there is no such reason.
  static func cause(
    _ previous: PreviousRun?, _ table: String, _ settings: String, _ programVersion: String, _ options: RunOptions
  ) -> String {
    guard let previous else { return "new" }
    if options.forces { return "forced" }
    if previous.programVersion != programVersion { return "program changed" }
    if previous.tables != table { return "table changed" }
    if previous.settings != settings { return "settings changed" }
    if previous.part != options.part?.name ?? "" { return "part of the cohort changed" }
    return ""
  }

  /// Why files have to be read again; `nil` when all are as the last run saw them.
  private func why(_ indices: [Int], _ previous: PreviousRun) -> String? {
    for index in indices {
      let file = files[index]
      guard let known = previous.inputs[file.path] else { return "\(file.path) is new" }
      let isSame =
        known.size == file.stamp.size && known.modified == file.stamp.modified
        && known.inode == Int(truncatingIfNeeded: file.stamp.inode)
      if isSame, !verifies { continue }
      if known.size != file.stamp.size || Self.digest(file.path) != known.digest { return "\(file.path) changed" }
    }
    return nil
  }

  private static func digest(_ path: String) -> String {
    var hash = XXH64.Stream()
    guard let file = ReadableFile(path) else { return "" }
    var offset = 0
    var chunk: [UInt8] = []
    while true {
      chunk.removeAll(keepingCapacity: true)
      guard (try? file.read(offset: offset, count: 1 << 20, into: &chunk)) != nil else { return "" }
      if chunk.isEmpty { return "xxh64:" + hash.hex }
      hash.update(chunk.span)
      offset += chunk.count
    }
  }

  /// Whether a sample's reports were written after the record of the last run, by a run that did not come to its end.
  private static func isTouched(_ id: String, _ output: String, since modified: Int) -> Bool {
    guard let stamp = FileStamp(path: output + "/samples/" + SampleName.encoded(id)) else { return false }
    return stamp.modified > modified
  }
}
