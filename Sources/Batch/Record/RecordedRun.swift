// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// The finished run of an output folder, as its run.json says, with samples and files found by name.
struct RecordedRun: Sendable {
  /// The folder, as typed.
  let folder: String
  let record: RunRecord
  /// When run.json was written, in nanoseconds since 1970: all else in the folder is older.
  let modified: Int
  /// The digest of run.json.
  let digest: String
  private let inputPlaces: [String: Int]
  private let samplePlaces: [String: Int]

  /// The run of a folder; `nil` when there is none whose record can be read.
  init?(_ folder: String) {
    let path = folder + "/run.json"
    guard let stamp = FileStamp(path: path) else { return nil }
    var bytes: [UInt8] = []
    guard (try? FileReading.read(path, into: &bytes)) != nil, let record = RunRecord(bytes.span) else { return nil }
    self.folder = folder
    self.record = record
    modified = stamp.modified
    digest = "xxh64:" + XXH64.hex(bytes.span)
    inputPlaces = Self.places(record.inputs.map(\.path))
    samplePlaces = Self.places(record.samples.map(\.id))
  }

  /// The run of a folder that holds a part of a cohort.
  ///
  /// - Throws: ``InputError`` when the folder holds no finished run.
  init(part folder: String) throws(InputError) {
    guard FileStamp(path: folder)?.isDirectory == true else {
      throw InputError(path: folder, problem: "is not a folder")
    }
    guard let run = RecordedRun(folder) else {
      throw InputError(
        path: folder, problem: "has no readable run.json: the run did not finish (run it again)")
    }
    self = run
  }

  private static func places(_ names: [String]) -> [String: Int] {
    Dictionary(zip(names, names.indices), uniquingKeysWith: { $1 })
  }

  /// What was noted of a file; `nil` when it was not read.
  func input(_ path: String) -> RunRecord.Input? { inputPlaces[path].map { record.inputs[$0] } }

  /// What was noted of a sample; `nil` when it was not in the tables.
  func sample(_ id: String) -> RunRecord.Sample? { samplePlaces[id].map { record.samples[$0] } }

  /// A table that is sorted by sample, as the run left it; `nil` where there is none or another one.
  func table(_ table: OutputTable) -> RecordedTable? {
    record.digest(of: table).flatMap { RecordedTable(folder + "/" + table.fileName, digest: $0) }
  }

  /// All bytes of a table, as the run left it; `nil` where there is none or another one.
  func bytes(of table: OutputTable) -> [UInt8]? {
    var bytes: [UInt8] = []
    guard let digest = record.digest(of: table),
      (try? FileReading.read(folder + "/" + table.fileName, into: &bytes)) != nil,
      digest == "xxh64:" + XXH64.hex(bytes.span)
    else { return nil }
    return bytes
  }
}
