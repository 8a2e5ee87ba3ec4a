internal import InputFormats
internal import DelimitedText
internal import JSONText
internal import Reports
internal import SystemIO

/// What a finished part of a cohort says of itself in its run.json.
struct ShardRecord {
  let folder: String
  let run: PreviousRun
  /// The paths of its inputs in their order.
  let inputs: [String]
  /// The digest of run.json.
  let digest: String
  private let json: JSONValue

  /// The record of an output folder.
  ///
  /// - Throws: ``InputError`` when the folder holds no finished run.
  init(_ folder: String) throws(InputError) {
    guard FileStamp(path: folder)?.isDirectory == true else {
      throw InputError(path: folder, problem: "is not a folder")
    }
    var bytes: [UInt8] = []
    guard let run = PreviousRun(output: folder),
      (try? FileReading.read(folder + "/run.json", into: &bytes)) != nil, let json = try? JSONValue(bytes.span)
    else {
      throw InputError(
        path: folder, problem: "has no readable run.json: the run did not finish (run it again)")
    }
    self.folder = folder
    self.run = run
    self.json = json
    digest = "xxh64:" + XXH64.hex(bytes.span)
    inputs = (json["inputs"]?.elements ?? []).compactMap { $0["path"]?.text }
  }

  var tables: [(name: String, version: String, digest: String)] {
    (json["tables"]?.elements ?? []).map {
      ($0["name"]?.text ?? "", $0["version"]?.text ?? "", $0["digest"]?.text ?? "")
    }
  }

  /// The settings that a report depends on.
  var reportSettings: [String: String] {
    guard case .object(let members)? = json["report_settings"] else { return [:] }
    return members.compactMapValues(\.text)
  }

  /// What was typed as inputs.
  var typedInputs: [String] { (json["settings"]?["inputs"]?.elements ?? []).compactMap(\.text) }
  /// The sheet that was named; empty when none was.
  var sheet: String { json["settings"]?["samples"]?.text ?? "" }
  var quietTime: Int { json["settings"]?["quiet_time"]?.integer ?? 0 }
  var jobs: Int { json["jobs"]?.integer ?? 1 }
  /// The folders that this output was put together from.
  var mergedFrom: [[String]] {
    (json["merged_from"]?.elements ?? []).map { item in
      ["folder", "part", "record"].map { item[$0]?.text ?? "" }
    }
  }

  var skipped: [(path: String, reason: String)] {
    (json["skipped"]?.elements ?? []).map { ($0["path"]?.text ?? "", $0["reason"]?.text ?? "") }
  }

  /// Seconds and rows by stage.
  var clock: StageClock {
    var clock = StageClock()
    for item in json["stages"]?.elements ?? [] {
      guard let stage = Stage.allCases.first(where: { $0.name == item["stage"]?.text }) else { continue }
      if case .number(let seconds)? = item["seconds"] {
        clock.set(stage, seconds: seconds, rows: item["rows"]?.integer ?? 0)
      }
    }
    return clock
  }

  /// Number and count of the shard; `nil` when it is none.
  var shard: (number: Int, count: Int)? {
    let parts = run.part.split(separator: "/")
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    return (number, count)
  }

  /// A table of the folder; `nil` where the run wrote none.
  ///
  /// - Throws: ``InputError`` when it is not what the run wrote.
  func table(_ table: OutputTable) throws(InputError) -> OldTable? {
    guard let digest = run.outputs[table.fileName] else { return nil }
    let path = folder + "/" + table.fileName
    guard let opened = OldTable(path, digest: digest) else {
      throw InputError(path: path, problem: "is not what the run wrote (run the shard again)")
    }
    return opened
  }

  /// All bytes of a table that is small.
  func bytes(of table: OutputTable) throws(InputError) -> [UInt8] {
    let path = folder + "/" + table.fileName
    var bytes: [UInt8] = []
    guard (try? FileReading.read(path, into: &bytes)) != nil,
      run.outputs[table.fileName] == "xxh64:" + XXH64.hex(bytes.span)
    else {
      throw InputError(path: path, problem: "is not what the run wrote (run the shard again)")
    }
    return bytes
  }
}

extension PreviousRun {
  /// The records of all parts as one.
  ///
  /// - Parameter samples: The samples, each from the part that reports it.
  init(merging parts: [ShardRecord], samples: [String: Sample]) {
    var inputs: [String: Input] = [:]
    for part in parts {
      for (path, own) in part.run.inputs {
        inputs[path] = inputs[path].map { Self.sum($0, own) } ?? own
      }
    }
    self.inputs = inputs
    self.samples = samples
    let first = parts[0].run
    (programVersion, tables, settings, sheetDigest) = (
      first.programVersion, first.tables, first.settings, first.sheetDigest
    )
    (started, tableVersions) = (first.started, first.tableVersions)
    gone = Set(parts.flatMap(\.run.gone)).subtracting(samples.keys).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    (modified, part, rejectedByReader, outputs) = (0, "", [], [:])
  }

  /// What two parts say of a file that both read; rows that the reader set aside are said by both.
  private static func sum(_ one: Input, _ other: Input) -> Input {
    var counts = one.counts
    counts.add(other.counts)
    let own = other.filtered.merging(other.filteredByReader) { $0 - $1 }
    return Input(
      size: one.size, modified: one.modified, inode: one.inode, digest: one.digest, format: one.format, counts: counts,
      filtered: one.filtered.merging(own, uniquingKeysWith: +), filteredByReader: one.filteredByReader)
  }
}
