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
    /// It cannot be read now, in the words of the reader.
    case unreadable(String)

    /// What is said of the file.
    var words: String {
      switch self {
      case .young: "is younger than the quiet time"
      case .unreadable(let problem): problem
      }
    }

    var isFault: Bool { self != .young }
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

extension Discovery {
  /// Lets wait what an earlier run has read and what is still being written or cannot be looked at.
  mutating func wait(with previous: RecordedRun) {
    var causes: [String: WaitingSamples.Cause] = [:]
    for (file, _) in unsettled where previous.input(file.path) != nil { causes[file.path] = .young }
    for item in unreadable {
      // A folder of one sample fails as that sample; a folder of many takes none of them with it.
      let prefix = item.error.path + "/"
      for input in previous.record.inputs where input.path.hasPrefix(prefix) {
        if Discovery.parent(input.path) != item.error.path { causes[input.path] = .unreadable(item.error.problem) }
      }
    }
    guard !causes.isEmpty else { return }
    wait(for: causes, previous)
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

  /// Lets wait what hangs together with some files, by path.
  mutating func wait(for causes: [String: WaitingSamples.Cause], _ previous: RecordedRun) {
    let record = previous.record
    let isContext = causes.keys.contains { path in
      CohortFormat(rawValue: previous.input(path)?.format ?? "") != nil
    }
    if isContext {
      waiting.isEverything = true
      for sample in record.samples { waiting.samples[sample.id] = sample }
      waiting.files = Set(record.inputs.map(\.path))
    } else {
      waiting.files.formUnion(causes.keys)
      closeOver(record)
    }
    for (path, cause) in causes.sorted(by: { $0.key < $1.key }) {
      waiting.causes.append(
        WaitingSamples.File(path: path, cause: cause, samples: isContext ? nil : held(with: path, record)))
    }
    takeBack(previous)
  }

  private func held(with path: String, _ record: RunRecord) -> Int {
    waiting.samples.values.count { record.paths(of: $0).contains(path) }
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
  private mutating func takeBack(_ previous: RecordedRun) {
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
      } else if waiting.isEverything || !file.sampleDirectory.isEmpty && folders.contains(file.directory) {
        leaveOut(file.path, "waits for other files (left for the next run)")
        if !file.sampleDirectory.isEmpty { deferredDirectories[file.directory] = file.sampleDirectory }
      } else {
        all.append(file)
      }
    }
    here = Set(all.map(\.path))
    for input in previous.record.inputs where waiting.files.contains(input.path) && !here.contains(input.path) {
      let directory = Self.parent(input.path)
      guard unreadable.contains(where: { directory.hasPrefix($0.error.path + "/") }) else { continue }
      let name = SampleName.printable(directory.split(separator: "/").last.map(String.init) ?? directory)
      all.append(InputFile(path: input.path, sampleDirectory: name, directory: directory, stamp: input.stamp))
    }
    unsettled = []
    files = all
    if waiting.isEverything {
      reasonToDefer = "waits for the sample sheet or panel that is not read in this run (left for the next run)"
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
