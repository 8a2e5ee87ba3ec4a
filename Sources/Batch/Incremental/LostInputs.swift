// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// Inputs that look as if a disk were not there: nothing lies where the last run read samples, or most of them.
struct LostInputs {
  /// One fault for each of them.
  private(set) var faults: [InputError] = []

  init(_ discovery: Discovery, _ options: RunOptions, _ previous: RecordedRun?) {
    guard !options.allowsEmpty, let record = previous?.record, !record.inputs.isEmpty else { return }
    let here =
      discovery.files.map(\.path) + discovery.unsettled.map(\.file.path) + discovery.unreadable.map(\.error.path)
      + discovery.ofOtherParts
    for input in options.inputs.map(Discovery.withoutSlash) {
      let prefix = input + "/"
      let before = record.inputs.count { $0.path.hasPrefix(prefix) }
      guard before > 0, !here.contains(where: { $0.hasPrefix(prefix) }) else { continue }
      add(input, before)
    }
    for folder in discovery.emptyFolders where !faults.contains(where: { $0.path == folder.path }) {
      let prefix = folder.path + "/"
      let before = record.inputs.filter { $0.path.hasPrefix(prefix) && $0.device != 0 }
      // A folder that a file system was mounted on lies on another device now.
      guard !before.isEmpty, before.allSatisfy({ UInt64(truncatingIfNeeded: $0.device) != folder.device }) else {
        continue
      }
      add(folder.path, before.count)
    }
    if faults.isEmpty { addSamples(Replaced(discovery, options, record, here)) }
  }

  private mutating func addSamples(_ replaced: Replaced) {
    guard let first = replaced.samples.first, replaced.samples.count * 2 > replaced.known else { return }
    let count = replaced.samples.count
    faults.append(
      InputError(
        path: first.path,
        problem:
          "is gone, and with it all files of \(count) of the \(replaced.known) samples that the last run read; their reports "
          + "would be replaced (is a disk not mounted? --allow-empty if this is meant)"
      ))
  }

  /// Samples that keep a row though none of their files is there, so that a report of nothing would replace theirs.
  private struct Replaced {
    /// Each with a file that is gone.
    private(set) var samples: [(id: String, path: String)] = []
    /// How many samples had files below the inputs.
    private(set) var known = 0

    init(_ discovery: Discovery, _ options: RunOptions, _ record: RunRecord, _ here: [String]) {
      let roots = options.inputs.map(Discovery.withoutSlash)
      let here = Set(here)
      let before = Set(record.inputs.map(\.path))
      // A file that is new stands for those that are gone beside it: it may be one of them under another name.
      let renewed = Set(here.subtracting(before).map(Discovery.parent))
      let settled = discovery.files + discovery.unsettled.map(\.file)
      let names = Set(
        settled.map { $0.sampleDirectory.isEmpty ? SampleName.printable(Discovery.stem($0.path)) : $0.sampleDirectory })
      let empty = Set(discovery.emptyFolders.map(\.path))
      for sample in record.samples where sample.status != .deferred {
        let paths = record.paths(of: sample)
        guard let first = paths.first,
          paths.allSatisfy({ path in roots.contains { path == $0 || path.hasPrefix($0 + "/") } })
        else { continue }
        known += 1
        let folders = paths.map(Discovery.parent)
        let hasRow = !sample.sheetDigest.isEmpty || folders.contains(where: empty.contains)
        let isHere =
          paths.contains(where: here.contains) || folders.contains(where: renewed.contains) || names.contains(sample.id)
          || discovery.unreadable.contains { item in paths.contains { $0.hasPrefix(item.error.path + "/") } }
        if hasRow, !isHere { samples.append((sample.id, first)) }
      }
    }
  }

  private mutating func add(_ path: String, _ before: Int) {
    faults.append(
      InputError(
        path: path,
        problem:
          "is empty; the last run read \(before) files there (is a disk not mounted? --allow-empty if this is meant)"
      ))
  }
}

/// Whether the places that a run reads and writes may be those that were named.
enum OutputPlace {
  /// Why they may not; empty where they may.
  static func faults(_ options: RunOptions, _ discovery: Discovery) -> [InputError] {
    let output = canonical(options.output)
    let place = FileStamp(path: options.output)?.identity
    var faults: [InputError] = []
    for input in options.inputs {
      let path = canonical(input)
      if path == output || place != nil && FileStamp(path: input)?.identity == place {
        faults.append(
          InputError(
            path: options.output, problem: "is the output folder and the input \(input) (name another one with --out)"))
      } else if path.hasPrefix(output == "/" ? output : output + "/") {
        faults.append(
          InputError(
            path: options.output,
            problem: "is the output folder and holds the input \(input) (name another one with --out)"))
      }
    }
    // What says whose the samples are is read in every run, and not from where the run writes.
    for path in [options.sheet] + options.timelines + [options.overridesFile] where !path.isEmpty {
      guard canonical(path).hasPrefix(output == "/" ? output : output + "/") else { continue }
      faults.append(
        InputError(
          path: options.output,
          problem: "is the output folder and holds \(path), which the run reads (move it, or name another --out)"))
    }
    if let table = discovery.tableInOutput {
      faults.append(
        InputError(
          path: options.output,
          problem: "is the output folder and holds the input \(table) (name another one with --out)"))
    }
    for input in discovery.outputs where faults.isEmpty {
      faults.append(
        InputError(
          path: input,
          problem:
            "is an output folder of oncomatch and no input (name the samples' files, then --out \(options.output))"))
    }
    return faults
  }

  /// The path without links, as far as it is there.
  private static func canonical(_ path: String) -> String {
    var here = Discovery.withoutSlash(path)
    var rest = ""
    while true {
      if let real = FileStamp.realPath(here) { return rest.isEmpty ? real : (real == "/" ? "" : real) + rest }
      let name = here.split(separator: "/").last.map(String.init) ?? ""
      let parent = here.contains("/") ? Discovery.parent(here) : "."
      guard !name.isEmpty, parent != here else { return path }
      rest = "/" + name + rest
      here = parent.isEmpty ? "/" : parent
    }
  }
}
