// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// How the files of a run lie: flat, or in folders that may name their sample.
struct InputLayout: Sendable {
  /// All files, also those that are not read.
  let files: [InputFile]
  /// Files to read that lie flat, by number.
  let flat: [Int]
  /// Files to read by the folder they lie in.
  let byDirectory: [String: [Int]]
  /// Names of sample folders.
  let folderNames: Set<String>
  /// The folders that have the same name, by that name.
  let namesakes: [String: [String]]
  /// Why something in a folder cannot be looked at, by the folder's path.
  let faults: [String: String]
  /// What is not read of a folder and is named in its sample's row, by the folder's path.
  let leftOut: [String: [LeftOut]]
  /// Samples that are left for the next run, and files of which samples are told.
  let deferral: Deferral

  /// - Parameters:
  ///   - files: All files of the run.
  ///   - reading: Those that are read, by their number.
  ///   - unreadable: What lies among the files and cannot be looked at.
  ///   - leftOut: What is not read.
  ///   - deferral: Samples that are left for the next run.
  init(
    files: [InputFile], reading: [Int], unreadable: [Discovery.Unreadable], leftOut: [LeftOut] = [],
    deferral: Deferral = Deferral()
  ) {
    self.files = files
    self.deferral = deferral
    var byDirectory: [String: [Int]] = [:]
    var flat: [Int] = []
    for index in reading {
      if files[index].sampleDirectory.isEmpty {
        flat.append(index)
      } else {
        byDirectory[files[index].directory, default: []].append(index)
      }
    }
    self.flat = flat
    self.byDirectory = byDirectory
    var places: [String: Set<String>] = [:]
    for file in files where !file.sampleDirectory.isEmpty {
      places[file.sampleDirectory, default: []].insert(file.directory)
    }
    folderNames = Set(places.keys)
    namesakes = places.filter { $0.value.count > 1 }.mapValues { $0.sorted() }
    self.leftOut = Dictionary(grouping: leftOut.filter(\.isNamed), by: \.directory)
    faults = Dictionary(
      unreadable.filter(\.isSample).map { ($0.directory, $0.error.description) },
      uniquingKeysWith: { first, _ in first })
  }
}
