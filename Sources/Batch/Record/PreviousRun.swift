internal import DelimitedText
internal import InputFormats
internal import JSONText
internal import Reports
internal import SystemIO

/// What the last run left in an output folder, as its run.json says.
struct PreviousRun: Sendable {
  /// A file that was read.
  struct Input: Sendable {
    let size: Int
    let modified: Int
    let inode: Int
    let digest: String
    let format: String
    /// Rows read, matched, unmatched, filtered, rejected.
    let counts: RowCounts
    /// Rows not looked at, by reason.
    let filtered: [String: Int]
    /// Those of them that the reader set aside; known for parts of a cohort.
    let filteredByReader: [String: Int]
  }

  /// A sample that was in the tables.
  struct Sample: Sendable {
    let status: String
    /// Its files, by path.
    let inputs: [String]
    let sheetDigest: String
    let substance: String
  }

  /// When it began, as text.
  let started: String
  let programVersion: String
  let tables: String
  /// The part of a cohort that was done; empty for a whole one.
  let part: String
  /// Which rows of rejected.tsv the readers set aside, counted from 0; known for parts of a cohort.
  let rejectedByReader: Set<Int>
  /// Name and version of its tables.
  let tableVersions: [String]
  let settings: String
  let modified: Int
  let inputs: [String: Input]
  let samples: [String: Sample]
  let gone: [String]
  /// The digest of the sheet that was named; empty when none was.
  let sheetDigest: String
  /// Digests of the cohort's tables, by file name.
  let outputs: [String: String]

  /// The last run of a folder; `nil` when there is none whose record can be read.
  init?(output: String) {
    let path = output + "/run.json"
    guard let stamp = FileStamp(path: path) else { return nil }
    var bytes: [UInt8] = []
    guard (try? FileReading.read(path, into: &bytes)) != nil, let json = try? JSONValue(bytes.span) else { return nil }
    guard json["program"]?.text == "oncomatch", json["schema_version"]?.integer == RunManifest.schemaVersion else {
      return nil
    }
    modified = stamp.modified
    programVersion = json["version"]?.text ?? ""
    tables = (json["tables"]?.elements ?? []).map { $0["digest"]?.text ?? "" }.joined(separator: ";")
    tableVersions = (json["tables"]?.elements ?? []).map { table in
      [table["name"], table["version"]].compactMap { $0?.text }.joined(separator: " ")
    }
    started = json["started"]?.text ?? ""
    settings = json["settings_digest"]?.text ?? ""
    part = json["part"]?.text ?? ""
    rejectedByReader = Set((json["rejected_by_reader"]?.elements ?? []).compactMap(\.integer))
    var inputs: [String: Input] = [:]
    var paths: [String] = []
    for item in json["inputs"]?.elements ?? [] {
      let path = item["path"]?.text ?? ""
      paths.append(path)
      inputs[path] = Input(
        size: item["size"]?.integer ?? -1, modified: Int(item["modified"]?.text ?? "") ?? -1,
        inode: item["inode"]?.integer ?? -1, digest: item["digest"]?.text ?? "", format: item["format"]?.text ?? "",
        counts: Self.counts(item), filtered: Self.numbers(item["filtered"]),
        filteredByReader: Self.numbers(item["filtered_by_reader"]))
    }
    self.inputs = inputs
    var samples: [String: Sample] = [:]
    for item in json["sample_states"]?.elements ?? [] {
      let own = (item["inputs"]?.elements ?? []).compactMap(\.integer).filter(paths.indices.contains)
      samples[item["id"]?.text ?? ""] = Sample(
        status: item["status"]?.text ?? "", inputs: own.map { paths[$0] }, sheetDigest: item["sheet"]?.text ?? "",
        substance: item["substance"]?.text ?? "")
    }
    self.samples = samples
    sheetDigest = json["sheet_digest"]?.text ?? ""
    gone = (json["gone"]?.elements ?? []).compactMap(\.text)
    var outputs: [String: String] = [:]
    for item in json["outputs"]?.elements ?? [] { outputs[item["file"]?.text ?? ""] = item["digest"]?.text ?? "" }
    self.outputs = outputs
  }
}

extension PreviousRun {
  private static func counts(_ item: JSONValue) -> RowCounts {
    var counts = RowCounts()
    counts.read = item["rows_read"]?.integer ?? 0
    counts.matched = item["rows_matched"]?.integer ?? 0
    counts.unmatched = item["rows_unmatched"]?.integer ?? 0
    counts.filtered = item["rows_filtered"]?.integer ?? 0
    counts.rejected = item["rows_rejected"]?.integer ?? 0
    return counts
  }

  static func numbers(_ json: JSONValue?) -> [String: Int] {
    guard case .object(let members)? = json else { return [:] }
    return members.compactMapValues(\.integer)
  }
}

/// Where each sample's rows lie in a table of an earlier run, which is sorted by sample.
struct OldTable {
  private let file: ReadableFile
  private var places: [String: (offset: Int, count: Int)] = [:]

  /// Opens a table; `nil` when it is not there or is not what the earlier run wrote.
  init?(_ path: String, digest: String) {
    guard let opened = ReadableFile(path) else { return nil }
    var hash = XXH64.Stream()
    var chunk: [UInt8] = []
    var offset = 0
    var rest: [UInt8] = []
    var current: [UInt8] = []
    var start = -1
    var places: [String: (offset: Int, count: Int)] = [:]
    var lineStart = 0
    var isHeader = true
    func close(at end: Int) {
      guard start >= 0 else { return }
      places[String(decoding: current, as: UTF8.self)] = (start, end - start)
    }
    while true {
      chunk.removeAll(keepingCapacity: true)
      guard (try? opened.read(offset: offset, count: 1 << 20, into: &chunk)) != nil else { return nil }
      if chunk.isEmpty { break }
      offset += chunk.count
      hash.update(chunk.span)
      rest.append(contentsOf: chunk)
      var used = 0
      do {
        var walker = LineWalker()
        let text = rest.span
        while let line = walker.next(in: text), line.upperBound < text.count {
          if isHeader {
            isHeader = false
          } else {
            var end = line.lowerBound
            while end < line.upperBound, text[end] != UInt8(ascii: "\t") { end += 1 }
            var same = end - line.lowerBound == current.count
            if same {
              for index in 0..<current.count where text[line.lowerBound + index] != current[index] {
                same = false
                break
              }
            }
            if !same || start < 0 {
              close(at: lineStart + line.lowerBound)
              current.removeAll(keepingCapacity: true)
              for index in line.lowerBound..<end { current.append(text[index]) }
              start = lineStart + line.lowerBound
            }
          }
          used = walker.offset
        }
      }
      rest.removeFirst(used)
      lineStart += used
    }
    guard rest.isEmpty, "xxh64:" + hash.hex == digest else { return nil }
    close(at: offset)
    file = opened
    self.places = places
  }

  /// Appends the rows of a sample, as its identifier stands in the table.
  func rows(of cell: String, into bytes: inout [UInt8]) throws(SystemError) {
    guard let place = places[cell] else { return }
    try file.read(offset: place.offset, count: place.count, into: &bytes)
  }
}

/// The cohort's tables as the last run left them.
struct OldTables {
  private var tables: [OutputTable: OldTable] = [:]
  private let output: String
  private let previous: PreviousRun?

  /// - Parameter isWhole: Whether rows of all tables may be asked for; otherwise those of therapies.tsv alone.
  init(output: String, previous: PreviousRun?, isWhole: Bool) {
    self.output = output
    self.previous = previous
    guard let previous else { return }
    for table in SampleOutcome.sortedTables where isWhole || table == .therapies {
      guard let digest = previous.outputs[table.fileName] else { continue }
      tables[table] = OldTable(output + "/" + table.fileName, digest: digest)
    }
  }

  /// Whether all tables are there and are what the last run wrote.
  func isWhole(explains: Bool) -> Bool {
    let rejected = OutputTable.rejected.fileName
    return SampleOutcome.sortedTables.allSatisfy { tables[$0] != nil || $0 == .nearMisses && !explains }
      && FileStamp(path: output + "/" + rejected) != nil && !agents().isEmpty
  }

  /// Whether rows of the last run are known.
  var hasTherapies: Bool { tables[.therapies] != nil }

  /// The rows of a sample.
  func rows(_ table: OutputTable, of cell: String) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    try tables[table]?.rows(of: cell, into: &bytes)
    return bytes
  }

  /// agents.tsv; empty when it is not there or is not what the last run wrote.
  func agents() -> [UInt8] {
    var bytes: [UInt8] = []
    let name = OutputTable.agents.fileName
    guard let previous, (try? FileReading.read(output + "/" + name, into: &bytes)) != nil,
      previous.outputs[name] == "xxh64:" + XXH64.hex(bytes.span)
    else { return [] }
    return bytes
  }

  /// Rows of rejected.tsv that speak of files which are not read again.
  ///
  /// - Parameter files: Their places, by path as it stands in a table.
  func rejectedRows(of files: [String: Int]) -> [RejectedRow] {
    var bytes: [UInt8] = []
    guard (try? FileReading.read(output + "/" + OutputTable.rejected.fileName, into: &bytes)) != nil else { return [] }
    let byReader = previous?.rejectedByReader ?? []
    return bytes.split(separator: 0x0A).dropFirst().enumerated().map { number, row in
      RejectedRow(row, numbers: files, isByReader: byReader.contains(number))
    }.filter { files[$0.path] != nil }
  }
}
