// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import SystemIO

/// Samples that stay as the last run left them, since a file of theirs is still being written or cannot be read now.
///
/// What hangs together waits together: with a file all its samples, with a sample all its files. A sample sheet or a
/// panel speaks of samples that cannot be told before it is read, so that everything waits with it.
struct WaitingSamples: Sendable {
  /// Why samples wait.
  enum Cause: Hashable, Sendable {
    /// The file is younger than the quiet time.
    case young
    /// Its name says that it is still being written, and what it is written for is not there.
    case unfinished
    /// It cannot be read now, in the words of the reader.
    case unreadable(String)

    /// What is said of the file.
    var words: String {
      switch self {
      case .young: "is younger than the quiet time"
      case .unfinished: "is unfinished"
      case .unreadable(let problem): problem
      }
    }

    var isFault: Bool {
      switch self {
      case .young, .unfinished: false
      case .unreadable: true
      }
    }
  }

  /// A file and what waits with it.
  struct File: Sendable {
    let path: String
    let cause: Cause
    /// How many samples it holds back; `nil` for all of them.
    var samples: Int?
  }

  /// The samples, by identifier, as the last run recorded them.
  var samples: [String: RunRecord.Sample] = [:]
  /// Paths of files that are not read and count as what the last run saw.
  var files: Set<String> = []
  /// The files that the others wait for.
  var causes: [File] = []
  /// ``causes``, each once, as a summary names them.
  var said: [(path: String, reason: String, isFault: Bool, samples: Int?)] {
    var seen: Set<String> = []
    return causes.filter { seen.insert($0.path).inserted }
      .map { ($0.path, $0.cause.words, $0.cause.isFault, $0.samples) }
  }

  /// Whether every sample waits, new ones too.
  var isEverything = false
}

/// Files that others wait for.
struct HeldBack: Sendable {
  /// Why, by path.
  var causes: [String: WaitingSamples.Cause] = [:]
  /// Files of which it cannot be told whom they speak of.
  var speaksOfAll: Set<String> = []
  /// By a new file: what the last run read of the samples that it speaks of, each with the name of its sample folder.
  var earlier: [String: [String: String]] = [:]

  /// Files that the last run has read, with why they are not read now.
  init(_ causes: [String: WaitingSamples.Cause] = [:]) { self.causes = causes }
}

extension Discovery {
  /// Lets wait what an earlier run has read and what is still being written or cannot be looked at.
  ///
  /// - Parameters:
  ///   - young: What files that lie flat and are still being written say.
  ///   - sheet: The sheet that was named, where it is still being written.
  ///   - isForced: Whether the run goes on without a sheet or table that cannot be looked at.
  mutating func wait(with previous: RecordedRun, _ young: YoungFiles, sheet: String?, isForced: Bool) {
    var held = HeldBack()
    let gone = unsettled.isEmpty ? [] : gone(since: previous.record)
    for item in unsettled {
      let file = item.file
      let earlier = previous.input(file.path) == nil ? earlier(than: item, young, previous, gone) : [:]
      guard previous.input(file.path) != nil || !earlier.isEmpty else { continue }
      held.causes[file.path] = item.isUnfinished ? .unfinished : .young
      held.earlier[file.path] = earlier
    }
    for path in [young.everything, sheet].compactMap({ $0 }) {
      held.causes[path] = .young
      held.speaksOfAll.insert(path)
    }
    for (number, item) in unreadable.enumerated() {
      if !isForced, let input = previous.input(item.error.path), speaksOfMany(input, previous.record) {
        held.causes[input.path] = .unreadable(
          "was read in the last run and cannot be read as one now (\(item.error.problem))")
        unreadable[number].isSample = false
      }
      // A folder of one sample fails as that sample; a folder of many takes none of them with it.
      let prefix = item.error.path + "/"
      for input in previous.record.inputs where input.path.hasPrefix(prefix) {
        if Discovery.parent(input.path) != item.error.path { held.causes[input.path] = .unreadable(item.error.problem) }
      }
    }
    guard !held.causes.isEmpty else { return }
    wait(for: held, previous)
  }

  /// Files that the last run read and that are not there any more.
  private func gone(since record: RunRecord) -> Set<String> {
    let here = Set(files.map(\.path) + unsettled.map(\.file.path) + unreadable.map(\.error.path))
    return Set(record.inputs.map(\.path)).subtracting(here)
  }

  /// What the last run read of the samples of a new file that is still being written and what is not there any more: the
  /// new one may stand in its place.
  ///
  /// - Parameter gone: What is not there any more, mostly nothing.
  private func earlier(
    than item: Unsettled, _ young: YoungFiles, _ previous: RecordedRun, _ gone: Set<String>
  ) -> [String: String] {
    if gone.isEmpty { return [:] }
    let file = item.file
    guard file.sampleDirectory.isEmpty else {
      let own = gone.filter { Self.parent($0) == file.directory }
      return Dictionary(own.map { ($0, file.sampleDirectory) }, uniquingKeysWith: { first, _ in first })
    }
    if item.isUnfinished {
      let path = Self.finished(file.path)
      return gone.contains(path) ? [path: ""] : [:]
    }
    var earlier: [String: String] = [:]
    for sample in (young.samples[file.path] ?? []).compactMap(previous.sample) {
      for path in previous.record.paths(of: sample) where gone.contains(path) {
        let folder = Self.parent(path)
        let name = SampleName.printable(folder.split(separator: "/").last.map(String.init) ?? folder)
        earlier[path] = folder == file.directory ? "" : name
      }
    }
    return earlier
  }

  /// Whether a file was a sheet, a panel or a table of several samples.
  private func speaksOfMany(_ input: RunRecord.Input, _ record: RunRecord) -> Bool {
    CohortFormat(rawValue: input.format) != nil
      || record.samples.count { record.paths(of: $0).contains(input.path) } > 1
  }

  /// Nothing can wait as the last run left it, since its rows are not what that run wrote: what is being written is left
  /// out, without a row of its own.
  mutating func stopWaiting() {
    for file in files where waiting.files.contains(file.path) && !file.sampleDirectory.isEmpty {
      deferredDirectories[file.directory] = file.sampleDirectory
    }
    files.removeAll { waiting.files.contains($0.path) }
    waiting.samples = [:]
    waiting.files = []
  }

  /// Lets wait what hangs together with some files.
  mutating func wait(for held: HeldBack, _ previous: RecordedRun) {
    let record = previous.record
    let isContext =
      !held.speaksOfAll.isEmpty
      || held.causes.keys.contains { CohortFormat(rawValue: previous.input($0)?.format ?? "") != nil }
    if isContext {
      waiting.isEverything = true
      for sample in record.samples { waiting.samples[sample.id] = sample }
      waiting.files = Set(record.inputs.map(\.path))
    } else {
      waiting.files.formUnion(held.causes.keys)
      for earlier in held.earlier.values { waiting.files.formUnion(earlier.keys) }
      closeOver(record)
    }
    for (path, cause) in held.causes.sorted(by: { $0.key < $1.key }) {
      let files = Set((held.earlier[path] ?? [:]).keys).union([path])
      let count = waiting.samples.values.count { record.paths(of: $0).contains(where: files.contains) }
      waiting.causes.append(WaitingSamples.File(path: path, cause: cause, samples: isContext ? nil : count))
    }
    takeBack(previous, held.earlier.values.reduce(into: [:]) { $0.merge($1) { first, _ in first } })
  }

  private mutating func closeOver(_ record: RunRecord) {
    var readers: [String: [Int]] = [:]
    for (number, sample) in record.samples.enumerated() {
      for path in record.paths(of: sample) { readers[path, default: []].append(number) }
    }
    var open = Array(waiting.files)
    while let path = open.popLast() {
      for number in readers[path] ?? [] {
        let sample = record.samples[number]
        guard waiting.samples.updateValue(sample, forKey: sample.id) == nil else { continue }
        for other in record.paths(of: sample) where waiting.files.insert(other).inserted { open.append(other) }
      }
    }
  }

  /// Files that wait stand in their places with what the last run saw of them; what is new beside them waits too.
  ///
  /// - Parameter earlier: Files that may be gone and wait for new ones, each with the name of its sample folder.
  private mutating func takeBack(_ previous: RecordedRun, _ earlier: [String: String]) {
    let folders = Set(waiting.files.map(Self.parent))
    var all: [InputFile] = []
    var here: Set<String> = []
    var next = 0
    func known(_ file: InputFile) -> InputFile? {
      guard waiting.files.contains(file.path), let input = previous.input(file.path) else { return nil }
      return InputFile(
        path: file.path, sampleDirectory: file.sampleDirectory, directory: file.directory, stamp: input.stamp)
    }
    for index in 0...files.count {
      while next < unsettled.count, unsettled[next].place == index {
        if let file = known(unsettled[next].file) { all.append(file) }
        next += 1
      }
      guard index < files.count else { break }
      let file = files[index]
      if let file = known(file) {
        all.append(file)
      } else if !file.sampleDirectory.isEmpty && folders.contains(file.directory) {
        leaveOut(file, "waits for other files (left for the next run)")
        deferredDirectories[file.directory] = file.sampleDirectory
      } else {
        all.append(file)
      }
    }
    here = Set(all.map(\.path))
    for input in previous.record.inputs where waiting.files.contains(input.path) && !here.contains(input.path) {
      let directory = Self.parent(input.path)
      if let name = earlier[input.path] {
        all.append(InputFile(path: input.path, sampleDirectory: name, directory: directory, stamp: input.stamp))
        continue
      }
      if unreadable.contains(where: { $0.error.path == input.path }) {
        all.append(InputFile(path: input.path, sampleDirectory: "", directory: directory, stamp: input.stamp))
        continue
      }
      guard unreadable.contains(where: { directory.hasPrefix($0.error.path + "/") }) else { continue }
      let name = SampleName.printable(directory.split(separator: "/").last.map(String.init) ?? directory)
      all.append(InputFile(path: input.path, sampleDirectory: name, directory: directory, stamp: input.stamp))
    }
    unsettled = []
    files = all
    if waiting.isEverything {
      deferral.everything = "waits for the sample sheet or panel that is not read in this run (left for the next run)"
    }
  }
}

extension RunRecord.Input {
  /// What the file was when it was read.
  var stamp: FileStamp {
    let identity = FileStamp.Identity(
      device: UInt64(truncatingIfNeeded: device), inode: UInt64(truncatingIfNeeded: inode))
    return FileStamp(size: size, modified: modified, identity: identity)
  }
}
