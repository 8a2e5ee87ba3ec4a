// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

/// Inputs that look as if a disk were not there: nothing lies where the last run read samples.
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
