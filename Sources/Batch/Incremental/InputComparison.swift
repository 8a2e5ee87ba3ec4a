internal import DelimitedText
internal import Reports
internal import SystemIO

/// What lies there now against what the last run read: which folders have to be read again, and which samples stay.
struct InputComparison {
  /// Folders that are read again, each with the reason.
  private(set) var changed: [String: ReadingCause] = [:]
  /// Samples whose folders are as they were.
  private(set) var unchanged: [RunRecord.Sample] = []

  private let files: [InputFile]
  private let previous: RecordedRun
  private let output: String
  private let verifies: Bool
  private let sheetDigest: String
  /// Files by path, by folder, and those that lie flat.
  private var places: [String: Int] = [:]
  private var folders: [String: [Int]] = [:]
  private var flat: [Int] = []
  private var samplesByFile: [String: [String]] = [:]

  init(
    files: [InputFile], discovery: Discovery, previous: RecordedRun, options: RunOptions, sheetDigest: String
  ) {
    (self.files, self.previous, self.sheetDigest) = (files, previous, sheetDigest)
    (output, verifies) = (options.output, options.verifies)
    for (index, file) in files.enumerated() {
      places[file.path] = index
      if file.sampleDirectory.isEmpty { flat.append(index) } else { folders[file.directory, default: []].append(index) }
    }
    for sample in previous.record.samples {
      for path in previous.record.paths(of: sample) { samplesByFile[path, default: []].append(sample.id) }
    }
    compareFiles(discovery)
    compareNamesakes()
    compareSamples()
  }

  private mutating func note(_ folder: String, _ cause: ReadingCause) {
    if changed[folder] == nil { changed[folder] = cause }
  }

  private mutating func compareFiles(_ discovery: Discovery) {
    for (folder, own) in folders where !discovery.heldDirectories.contains(folder) {
      if let cause = cause(own) { note(folder, cause) }
    }
    for item in discovery.unreadable where item.isSample && folders[item.directory] != nil {
      note(item.directory, .unreadable(item.error.description))
    }
    for path in removed where folders[Discovery.parent(path)] != nil { note(Discovery.parent(path), .removed(path)) }
  }

  private mutating func compareNamesakes() {
    let namesakes = Dictionary(grouping: folders.keys) { files[folders[$0]?.first ?? 0].sampleDirectory }
    for (_, group) in namesakes where group.count > 1 && group.contains(where: { changed[$0] != nil }) {
      for folder in group { note(folder, .namesake) }
    }
  }

  /// A folder's sample stays when it is the folder's only one and no other file has rows of it.
  private mutating func compareSamples() {
    for (folder, own) in folders where changed[folder] == nil {
      let ids = Set(own.flatMap { samplesByFile[files[$0].path] ?? [] })
      guard ids.count == 1, let id = ids.first, let sample = previous.sample(id) else {
        // A folder that gave no sample gives none now either.
        if !ids.isEmpty { note(folder, .severalSamples) }
        continue
      }
      let isOwn = previous.record.paths(of: sample).allSatisfy { Discovery.parent($0) == folder }
      if sample.status == .failed {
        note(folder, .failed)
      } else if sample.status == .deferred {
        note(folder, .deferred)
      } else if !isOwn {
        note(folder, .sharedSample)
      } else if isTouched(id) {
        note(folder, .interrupted)
      } else {
        unchanged.append(sample)
      }
    }
  }

  /// Files of the last run that are not there, in its order.
  var removed: [String] { previous.record.inputs.map(\.path).filter { places[$0] == nil } }

  /// Why the files that lie flat have to be read again; `nil` when they are as they were.
  var flatCause: ReadingCause? { cause(flat) }

  /// Whether nothing is to be done but to see whether the tables are in their places.
  func isQuiet(_ discovery: Discovery) -> Bool {
    let isFlatChanged =
      flatCause != nil || previous.record.sheetDigest != sheetDigest
      || removed.contains { folders[Discovery.parent($0)] == nil }
    guard changed.values.allSatisfy({ $0 == .severalSamples }), !isFlatChanged, !isFlatTouched,
      !discovery.unreadable.contains(where: \.isSample)
    else { return false }
    // Folders of several samples count as changed only when one of these has to be done again.
    for folder in changed.keys {
      for id in (folders[folder] ?? []).flatMap({ samplesByFile[files[$0].path] ?? [] }) {
        if previous.sample(id)?.status == .failed || isTouched(id) { return false }
      }
    }
    return true
  }

  private var isFlatTouched: Bool {
    previous.record.samples.contains { sample in
      let isFlat = previous.record.paths(of: sample).contains { path in
        places[path].map { files[$0].sampleDirectory.isEmpty } ?? false
      }
      return isFlat && (sample.status == .failed || isTouched(sample.id))
    }
  }

  /// Whether a sample's reports were written after the record of the last run, by a run that did not come to its end.
  private func isTouched(_ id: String) -> Bool {
    guard let stamp = FileStamp(path: output + "/samples/" + SampleName.encoded(id)) else { return false }
    return stamp.modified > previous.modified
  }

  /// Why files have to be read again; `nil` when all are as the last run saw them.
  private func cause(_ indices: [Int]) -> ReadingCause? {
    for index in indices {
      let file = files[index]
      guard let known = previous.input(file.path) else { return .new(file.path) }
      let isSame =
        known.size == file.stamp.size && known.modified == file.stamp.modified
        && known.inode == Int(truncatingIfNeeded: file.stamp.inode)
      if isSame, !verifies { continue }
      if known.size != file.stamp.size || ReadableFile.digest(file.path) != known.digest { return .changed(file.path) }
    }
    return nil
  }
}

extension ReadableFile {
  /// The digest of a file's bytes; `nil` when it cannot be read.
  static func digest(_ path: String) -> String? {
    guard let file = ReadableFile(path) else { return nil }
    var hash = XXH64.Stream()
    var offset = 0
    var piece: [UInt8] = []
    repeat {
      piece.removeAll(keepingCapacity: true)
      guard (try? file.read(offset: offset, count: 1 << 20, into: &piece)) != nil else { return nil }
      hash.update(piece.span)
      offset += piece.count
    } while !piece.isEmpty
    return "xxh64:" + hash.hex
  }
}
