// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// Takes away what runs that were killed, or had other settings, left in an output folder; nothing else is removed there.
///
/// A file goes when the record of a run names it, or when it has a name that this program gives to a file of a sample
/// and was made after the last record; never through a link.
enum Leftovers {
  /// Removes files on their way of a run that did not come to its end.
  static func clear(_ output: String) {
    let names = OutputTable.allCases.flatMap { [$0.fileName, $0.fileName + ".rows"] } + pages + ["run.json"]
    for name in names { FileWriting.remove(output + "/" + name + GrowingFile.suffix) }
  }

  private static let pages = ["datapackage.json"] + ReportFormat.cohortFileNames

  /// Removes what the last record names and the new one does not: reports of samples in forms that are not written any
  /// more, and tables and pages.
  static func removeStale(_ output: String, before: RunRecord, now: RunRecord) {
    let kept = Set(now.outputs.map(\.file))
    for old in before.outputs where !kept.contains(old.file) {
      guard removeFile(output + "/" + old.file) else { continue }
      if old.file.contains("/") { FileWriting.removeEmptyFolder(output + "/" + Discovery.parent(old.file)) }
    }
    let current = Dictionary(now.samples.map { ($0.id, $0.files) }, uniquingKeysWith: { $1 })
    let removed = Set(now.removed)
    // A sample whose input was gone may be back, or have a row of the sheet again.
    let written = before.samples.map { ($0.id, $0.files.names) } + before.removedFiles.map { ($0.key, $0.value) }
    for (id, files) in written where !removed.contains(id) {
      let stale = files.filter { current[id]?.has($0) != true }
      let folder = RecordedReports.folder(output, id)
      if !stale.isEmpty, isOwnFolder(folder) { remove(stale, of: SampleName.encoded(id), in: folder) }
    }
    FileWriting.removeEmptyFolder(output + "/samples")
  }

  /// Removes what a run that was killed wrote of samples that are not there any more, and its unfinished files.
  ///
  /// - Returns: Folders that hold files of others, each with the reason why they stay.
  static func removeOrphans(
    _ output: String, before: RecordedRun?, now: RunRecord
  ) -> [(path: String, reason: String)] {
    let samples = output + "/samples"
    guard isOwnFolder(samples), let names = try? FileReading.names(in: samples) else { return [] }
    let known = Set((now.samples.map(\.id) + now.removed).map(SampleName.encoded))
    var strangers: [(path: String, reason: String)] = []
    for name in names {
      let folder = samples + "/" + name
      guard isOwnFolder(folder), let stamp = FileStamp(path: folder) else {
        if !known.contains(name) { strangers.append((folder, "is not a report of a run")) }
        continue
      }
      let isNew = before.map { stamp.modified > $0.modified } ?? true
      if known.contains(name) {
        guard isNew else { continue }
        for suffix in ReportFormat.sampleFileNames {
          FileWriting.remove(folder + "/" + name + suffix + GrowingFile.suffix)
        }
        continue
      }
      // Without a record nothing tells what an earlier run has left on purpose.
      if isNew, before != nil { remove(ReportFormat.sampleFileNames, of: name, in: folder) }
      if FileStamp(path: folder) != nil { strangers.append((folder, "is of no sample of this run or an earlier one")) }
    }
    return strangers
  }

  /// Removes the files of a sample's report, and the folder when nothing else is in it.
  static func remove(_ suffixes: [String], of name: String, in folder: String) {
    for suffix in suffixes {
      _ = removeFile(folder + "/" + name + suffix)
      FileWriting.remove(folder + "/" + name + suffix + GrowingFile.suffix)
    }
    FileWriting.removeEmptyFolder(folder)
  }

  /// Whether a path is a folder and no link to one.
  static func isOwnFolder(_ path: String) -> Bool { FileStamp(link: path)?.isDirectory == true }

  /// Removes a regular file; `false` for anything else.
  private static func removeFile(_ path: String) -> Bool {
    guard FileStamp(link: path)?.isRegular == true else { return false }
    FileWriting.remove(path)
    return true
  }
}

/// Removes reports of samples whose input is gone (`--prune`).
struct Pruning {
  private let record: RunRecord
  private let options: RunOptions
  /// Samples whose reports are still there.
  let reports: [String]

  init(_ record: RunRecord, _ options: RunOptions) {
    self.record = record
    self.options = options
    reports = record.removed.filter {
      options.isOfPart($0) && FileStamp(link: RecordedReports.folder(options.output, $0)) != nil
    }
  }

  /// Whether they are more than half of all reports, which is rarely meant.
  var isTooMuch: Bool { !options.allowsEmpty && reports.count > record.samples.count }

  /// Removes them.
  ///
  /// - Returns: What stays, each with the reason.
  func run() -> [(path: String, reason: String)] {
    guard !isTooMuch else { return [] }
    var strangers: [(path: String, reason: String)] = []
    for id in reports {
      let folder = RecordedReports.folder(options.output, id)
      guard Leftovers.isOwnFolder(folder), Leftovers.isOwnFolder(options.output + "/samples") else {
        strangers.append((folder, "is a link and was not followed (--prune)"))
        continue
      }
      Leftovers.remove(record.removedFiles[id] ?? [], of: SampleName.encoded(id), in: folder)
      for name in (try? FileReading.names(in: folder)) ?? [] {
        strangers.append((folder + "/" + name, "was not written by a run and stays (--prune)"))
      }
    }
    return strangers
  }
}
