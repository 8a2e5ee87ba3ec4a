internal import InputFormats
internal import JSONText
internal import Reports
internal import SystemIO

/// The content of run.json: what was run on what, and what became of every row.
struct RunManifest {
  /// Grows when a key changes its meaning or goes.
  static let schemaVersion = 2

  /// What is noted of a file when it is read.
  struct FileNote: Sendable {
    var format: String
    var digest: String
    /// Rows that the reader did not look at, by reason.
    var filtered: [String: Int]
    /// Rows that belong to no sample and cannot be read.
    var rejected: Int
  }

  let options: RunOptions
  let tables: [(name: String, version: String, digest: String)]
  /// The part of the cohort that was done; empty for a whole one.
  let part: String
  /// Which rows of rejected.tsv the readers set aside; every part that reads such a file lists them.
  let rejectedByReader: [Int]
  /// The settings that a report depends on.
  let reportSettings: [(name: String, value: String)]
  let programVersion: String
  let started: Int
  let files: [InputFile]
  let notes: [Int: FileNote]
  let outcomes: SortedOutcomes
  let carried: [String: PreviousRun.Sample]
  let previous: PreviousRun?
  let skipped: [(path: String, reason: String)]
  let gone: [String]
  let settings: String
  let sheetDigest: String
  let outputs: [(file: String, digest: String)]
  let clock: StageClock
  /// The folders that were put together, with the digest of their records.
  var mergedFrom: [(folder: String, part: String, record: String)] = []

  /// Bytes of the text that are kept before they go to the file.
  private static let pieceSize = 64 << 10

  /// Writes the file, in one step.
  func write(to path: String) throws(SystemError) {
    let file = try GrowingFile(path)
    try write(to: file)
    _ = try file.finish()
    try file.moveIntoPlace()
  }

  private func write(to file: GrowingFile) throws(SystemError) {
    func pass(_ json: inout JSONWriter, ifOver limit: Int = Self.pieceSize) throws(SystemError) {
      try json.take(ifOver: limit) { (text) throws(SystemError) in
        try file.append { (bytes) throws(SystemError) in bytes += text }
      }
    }
    var counts = [RowCounts](repeating: RowCounts(), count: files.count)
    var filtered = [[String: Int]](repeating: [:], count: files.count)
    for outcome in outcomes {
      for (file, own) in outcome.countsByFile { counts[Int(file)].add(own) }
      for (file, own) in outcome.filteredByFile { filtered[Int(file)].merge(own, uniquingKeysWith: +) }
    }
    for (index, file) in files.enumerated() {
      if let note = notes[index] {
        if filtered[index].isEmpty {
          filtered[index] = note.filtered
        } else {
          filtered[index].merge(note.filtered, uniquingKeysWith: +)
        }
      } else {
        counts[index] = previous?.inputs[file.path]?.counts ?? RowCounts()
        filtered[index] = previous?.inputs[file.path]?.filtered ?? [:]
      }
    }
    var statuses: [String: Int] = [:]
    for outcome in outcomes { statuses[outcome.status.rawValue, default: 0] += 1 }
    for sample in carried.values { statuses[sample.status, default: 0] += 1 }
    var filteredSum: [String: Int] = [:]
    for own in filtered { filteredSum.merge(own, uniquingKeysWith: +) }
    var json = JSONWriter(indentedDepth: 2)
    try json.object { (json) throws(SystemError) in
      json.value("program", "oncomatch")
      json.value("version", programVersion)
      json.value("schema_version", Self.schemaVersion)
      json.array("tables") { json in
        for table in tables {
          json.object { json in
            json.value("name", table.name)
            json.value("version", table.version)
            json.value("digest", table.digest)
          }
        }
      }
      if !part.isEmpty { json.value("part", part) }
      if !mergedFrom.isEmpty { merged(&json) }
      json.value("started", WallClock.text(started))
      json.value("finished", WallClock.text(WallClock.seconds))
      json.object("settings") { json in
        json.values("inputs", options.inputs)
        json.value("samples", options.sheet)
        json.value("tumor_type", options.tumorType)
        json.value("quiet_time", options.quietTime)
        json.value("sample_files", options.writesSampleFiles)
      }
      json.object("report_settings") { json in
        for setting in reportSettings { json.value(named: setting.name, setting.value) }
      }
      json.value("jobs", options.jobs)
      json.object("samples") { json in
        for status in [SampleReport.Status.reported, .noMatch, .failed, .deferred] {
          json.value(named: status.rawValue, statuses[status.rawValue] ?? 0)
        }
      }
      try json.array("inputs") { (json) throws(SystemError) in
        for (index, file) in files.enumerated() {
          let own = counts[index]
          json.object { json in
            let known = previous?.inputs[file.path]
            json.value("path", file.path)
            json.value("format", notes[index]?.format ?? known?.format ?? "unknown")
            json.value("size", file.stamp.size)
            json.value("modified", String(file.stamp.modified))
            json.value("inode", Int(truncatingIfNeeded: file.stamp.inode))
            json.value("digest", notes[index]?.digest ?? known?.digest ?? "")
            json.value("rows_read", own.read)
            json.value("rows_matched", own.matched)
            json.value("rows_unmatched", own.unmatched)
            json.value("rows_filtered", own.filtered)
            json.value("rows_rejected", own.rejected)
            numbersByName("filtered", filtered[index], &json)
            if !part.isEmpty {
              numbersByName("filtered_by_reader", notes[index]?.filtered ?? known?.filteredByReader ?? [:], &json)
            }
          }
          try pass(&json)
        }
      }
      numbersByName("filtered", filteredSum, &json)
      try json.array("sample_states") { (json) throws(SystemError) in
        for outcome in outcomes {
          json.object { json in
            json.value("id", outcome.sampleID)
            json.value("status", outcome.status.rawValue)
            json.array("inputs") { json in for input in outcome.inputs { json.value(nil, Int(input)) } }
            json.value("sheet", outcome.sheetDigest)
            json.value("substance", outcome.substance)
          }
          try pass(&json)
        }
        var numbers: [String: Int] = [:]
        if !carried.isEmpty { for (index, file) in files.enumerated() { numbers[file.path] = index } }
        for (id, sample) in carried.sorted(by: { $0.key < $1.key }) {
          json.object { json in
            json.value("id", id)
            json.value("status", sample.status)
            json.array("inputs") { json in
              for path in sample.inputs { if let number = numbers[path] { json.value(nil, number) } }
            }
            json.value("sheet", sample.sheetDigest)
            json.value("substance", sample.substance)
          }
          try pass(&json)
        }
      }
      json.values("gone", gone)
      if !part.isEmpty {
        json.array("rejected_by_reader") { json in for row in rejectedByReader { json.value(nil, row) } }
      }
      json.value("settings_digest", settings)
      json.value("sheet_digest", sheetDigest)
      json.array("outputs") { json in
        for output in outputs {
          json.object { json in
            json.value("file", output.file)
            json.value("digest", output.digest)
          }
        }
      }
      json.array("skipped") { json in
        for item in skipped {
          json.object { json in
            json.value("path", item.path)
            json.value("reason", item.reason)
          }
        }
      }
      json.array("stages") { json in
        for stage in Stage.allCases {
          json.object { json in
            json.value("stage", stage.name)
            json.value("seconds", (clock.seconds[stage.rawValue] * 1e6).rounded() / 1e6)
            json.value("rows", clock.rows[stage.rawValue])
          }
        }
      }
    }
    json.finish()
    try pass(&json, ifOver: 0)
  }

  private func merged(_ json: inout JSONWriter) {
    json.array("merged_from") { json in
      for item in mergedFrom {
        json.object { json in
          json.value("folder", item.folder)
          json.value("part", item.part)
          json.value("record", item.record)
        }
      }
    }
  }

  private func numbersByName(_ key: StaticString, _ numbers: [String: Int], _ json: inout JSONWriter) {
    json.object(key) { json in
      for name in numbers.keys.sorted() { json.value(named: name, numbers[name] ?? 0) }
    }
  }
}
