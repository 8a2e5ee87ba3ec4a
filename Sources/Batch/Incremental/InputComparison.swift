// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// What lies there now against what the last run read: which folders have to be read again, and which samples stay.
struct InputComparison {
  /// Folders that are read again, each with the reason.
  private(set) var changed: [String: ReadingCause] = [:]
  /// Samples whose folders are as they were, and those that wait.
  private(set) var unchanged: [RunRecord.Sample] = []

  private let files: [InputFile]
  private let waiting: WaitingSamples
  private let previous: RecordedRun
  private let reports: RecordedReports
  private let verifies: Bool
  private let sheetDigest: String
  private let basis: String
  /// Files by path, by folder, and those that lie flat.
  private var places: [String: Int] = [:]
  private var folders: [String: [Int]] = [:]
  private var flat: [Int] = []
  private var samplesByFile: [String: [String]] = [:]

  /// - Parameter basis: What reports are made with now.
  init(discovery: Discovery, previous: RecordedRun, options: RunOptions, sheetDigest: String, basis: String) {
    files = discovery.files
    waiting = discovery.waiting
    (self.previous, self.sheetDigest, self.basis) = (previous, sheetDigest, basis)
    reports = RecordedReports(previous, options)
    verifies = options.verifies
    for (index, file) in files.enumerated() {
      places[file.path] = index
      if file.sampleDirectory.isEmpty { flat.append(index) } else { folders[file.directory, default: []].append(index) }
    }
    for sample in previous.record.samples {
      for path in previous.record.paths(of: sample) { samplesByFile[path, default: []].append(sample.id) }
    }
    compareFiles(discovery)
    compareNamesakes()
    compareNames()
    compareSamples()
    unchanged += waiting.samples.values
  }

  private mutating func note(_ folder: String, _ cause: ReadingCause) {
    if changed[folder] == nil { changed[folder] = cause }
  }

  private mutating func compareFiles(_ discovery: Discovery) {
    for (folder, own) in folders {
      if let cause = cause(own) { note(folder, cause) }
    }
    for item in discovery.unreadable where item.isSample && folders[item.directory] != nil {
      note(item.directory, .unreadable(item.error.description))
    }
    for path in removed where folders[Discovery.parent(path)] != nil { note(Discovery.parent(path), .removed(path)) }
    compareLeftOut(discovery)
  }

  /// What was not read of a folder is named in its sample's row.
  private mutating func compareLeftOut(_ discovery: Discovery) {
    let before = Set(previous.record.skipped.map(\.path)).filter { places[$0] == nil }
    for item in discovery.skipped where item.isNamed && !before.contains(item.path) {
      if folders[item.directory] != nil, !isWaiting(item.directory) { note(item.directory, .new(item.path)) }
    }
    for path in before.subtracting(discovery.skipped.map(\.path)) {
      let folder = Discovery.parent(path)
      if folders[folder] != nil, !isWaiting(folder) { note(folder, .removed(path)) }
    }
  }

  /// Whether the same files are left out with a loss as in the last run, so that run.json names them.
  private func isLeftOutAsBefore(_ discovery: Discovery) -> Bool {
    let before = Set(previous.record.skipped.filter { $0.isLoss && places[$0.path] == nil }.map(\.path))
    let now = Set(discovery.skipped.filter(\.isLoss).map(\.path))
    return now.isSubset(of: before) && before.isSubset(of: now.union(discovery.unreadable.map(\.error.path)))
  }

  private mutating func compareNamesakes() {
    let namesakes = Dictionary(grouping: folders.keys) { files[folders[$0]?.first ?? 0].sampleDirectory }
    for (_, group) in namesakes where group.count > 1 && group.contains(where: { changed[$0] != nil }) {
      for folder in group where !isWaiting(folder) { note(folder, .namesake) }
    }
  }

  /// A folder that came, went or changed may be that of a sample whose rows lie in another folder.
  private mutating func compareNames() {
    let names =
      changed.keys.compactMap { folders[$0]?.first.map { files[$0].sampleDirectory } }
      + removed.map { Discovery.parent($0).split(separator: "/").last.map(String.init) ?? "" }
    for name in Set(names).sorted() {
      guard let sample = previous.sample(SampleName.printable(name)) else { continue }
      for path in previous.record.paths(of: sample) {
        let folder = Discovery.parent(path)
        if folders[folder] != nil, !isWaiting(folder) { note(folder, .sharedSample) }
      }
    }
  }

  private func isWaiting(_ folder: String) -> Bool {
    folders[folder]?.contains { waiting.files.contains(files[$0].path) } ?? false
  }

  /// A folder's sample stays when it is the folder's only one and no other file has rows of it.
  private mutating func compareSamples() {
    for (folder, own) in folders where changed[folder] == nil && !isWaiting(folder) {
      let ids = Set(own.flatMap { samplesByFile[files[$0].path] ?? [] })
      guard ids.count == 1, let id = ids.first, let sample = previous.sample(id) else {
        // A folder of which nothing was understood may have a row all the same: it is read with whatever else is.
        note(folder, .severalSamples)
        continue
      }
      let isOwn = previous.record.paths(of: sample).allSatisfy { Discovery.parent($0) == folder }
      if sample.status == .failed {
        note(folder, .failed)
      } else if sample.status == .deferred || previous.record.basis(of: sample) != basis {
        note(folder, .deferred)
      } else if !isOwn {
        note(folder, .sharedSample)
      } else if let fault = reports.fault(of: sample) {
        note(folder, fault)
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
      || removed.contains { folders[Discovery.parent($0)] == nil && !waiting.files.contains($0) }
    guard changed.values.allSatisfy({ $0 == .severalSamples || $0 == .sharedSample }), !isFlatChanged,
      !discovery.unreadable.contains(where: \.isSample)
    else { return false }
    guard isLeftOutAsBefore(discovery) else { return false }
    // A sample that is seen for the first time has a row, also where it has to wait.
    let lost = discovery.lostSamples
    guard lost.allSatisfy({ previous.sample($0.sampleID)?.status == .deferred }) else { return false }
    // A sample without a file in its folder has a row, unless other files speak of it.
    let isKnown = discovery.emptySamples.allSatisfy { empty in
      previous.sample(empty.sampleID).map { previous.record.paths(of: $0).allSatisfy { places[$0] != nil } } ?? false
    }
    guard isKnown else { return false }
    let stillDeferred = Set(lost.map(\.sampleID))
    // Samples of files that lie flat, and of folders of several, are looked at here; those of other folders were above.
    let kept = Set(unchanged.map(\.id))
    return previous.record.samples.allSatisfy { sample in
      if kept.contains(sample.id) { return true }
      if sample.status == .deferred { return stillDeferred.contains(sample.id) }
      return sample.status != .failed && previous.record.basis(of: sample) == basis && reports.fault(of: sample) == nil
    }
  }

  /// Whether a file is as the last run saw it, by size, time and number.
  static func isSame(_ known: RunRecord.Input, _ stamp: FileStamp) -> Bool {
    known.size == stamp.size && known.modified == stamp.modified
      && known.inode == Int(truncatingIfNeeded: stamp.inode)
  }

  /// Why files have to be read again; `nil` when all are as the last run saw them.
  private func cause(_ indices: [Int]) -> ReadingCause? {
    for index in indices where !waiting.files.contains(files[index].path) {
      let file = files[index]
      guard let known = previous.input(file.path) else { return .new(file.path) }
      if !known.problem.isEmpty { return .failed }
      if Self.isSame(known, file.stamp), !verifies { continue }
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
