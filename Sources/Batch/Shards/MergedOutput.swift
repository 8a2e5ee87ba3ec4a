internal import DelimitedText
internal import Reports
internal import SystemIO

/// Writes the output folder of a merge.
///
/// In: the parts, and which of them reports each sample. Out: the tables in the order of a single run, the samples'
/// reports, the cohort's page and, last, run.json.
struct MergedOutput {
  let parts: [ShardRecord]
  let chosen: [String: Int]
  let output: String
  /// What lay in the output folder.
  let previous: PreviousRun?
  let old: OldTables
  let started: Int

  private var order: [String] { chosen.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
  private var settings: [String: String] { parts[0].reportSettings }
  private var typedInputs: [String] {
    var seen: Set<String> = []
    return parts.flatMap(\.typedInputs).filter { seen.insert($0).inserted }
  }

  private typealias Written = (table: OutputTable, file: GrowingFile, digest: String)

  func write() throws {
    let begin = StageClock.now()
    let order = order
    var samples: [String: PreviousRun.Sample] = [:]
    for (id, place) in chosen { samples[id] = parts[place].run.samples[id] }
    let run = PreviousRun(merging: parts, samples: samples)
    let hasReports = settings["sample_files"] == "true"
    let names = settings["formats"]?.split(separator: ",").map(String.init) ?? []
    let formats = hasReports ? names.compactMap { ReportFormat(rawValue: $0) }.filter(\.hasCohortFiles) : []
    var feed = formats.isEmpty ? nil : CohortFeed()
    var changesFeed = ChangesFeed(earlier: earlier)

    var written: [Written] = []
    for table in SampleOutcome.sortedTables where table != .nearMisses || settings["explain"] == "true" {
      written.append(try sorted(table, order, &feed))
    }
    written += try changes(order, run, &changesFeed)
    written.append(try rejected())
    if hasReports { try placeReports(order) }
    for item in written { try item.file.moveIntoPlace() }
    try FileWriting.replace(
      output + "/datapackage.json", with: DataPackage.text(tables: written.map(\.table)).span)
    if let feed {
      let view = CohortView(
        feed: feed, changes: changesFeed,
        versions: RunVersions(tables: parts[0].run.tableVersions, program: run.programVersion),
        address: settings["report_url"] ?? "", folderName: SampleName.encoded)
      for file in formats.flatMap({ $0.files(of: view) }) {
        let path = output + "/" + file.name
        try FileWriting.makeDirectory(Discovery.parent(path))
        try FileWriting.replace(path, with: file.bytes.span)
      }
    }
    FileWriting.synchronize(output)
    try writeRecord(run, samples, written, seconds: StageClock.now() - begin)
  }

  /// The merge that changes are told against.
  private var earlier: ChangesFeed.Earlier? {
    guard let previous, old.hasTherapies else { return nil }
    return ChangesFeed.Earlier(
      started: previous.started, programVersion: previous.programVersion, tables: previous.tableVersions)
  }

  private func opened(_ table: OutputTable) throws -> GrowingFile {
    let file = try GrowingFile(output + "/" + table.fileName)
    var header = TSVWriter()
    header.row(table.columns)
    try file.append { (bytes) throws(SystemError) in bytes += header.bytes }
    return file
  }

  /// A table whose rows stand by sample.
  private func sorted(_ table: OutputTable, _ order: [String], _ feed: inout CohortFeed?) throws -> Written {
    let tables = try parts.map { try $0.table(table) }
    let file = try opened(table)
    for id in order {
      var rows: [UInt8] = []
      try tables[chosen[id] ?? 0]?.rows(of: TSVWriter.text(id), into: &rows)
      switch table {
      case .samples: feed?.addSamples(rows)
      case .alterations: feed?.addAlterations(rows)
      case .therapies: feed?.addTherapies(rows)
      default: break
      }
      try file.append { (bytes) throws(SystemError) in bytes += rows }
    }
    return (table, file, try file.finish())
  }

  /// changes.tsv and agents.tsv, told against what lay in the output folder.
  private func changes(_ order: [String], _ run: PreviousRun, _ feed: inout ChangesFeed) throws -> [Written] {
    let tables = try parts.map { try $0.table(.therapies) }
    let file = try opened(.changes)
    if let previous, old.hasTherapies {
      let cause =
        previous.programVersion != run.programVersion ? "program" : previous.tables != run.tables ? "table" : "input"
      for id in order {
        guard let known = previous.samples[id], known.status != "failed", run.samples[id]?.status != "failed" else {
          continue
        }
        var now: [UInt8] = []
        try tables[chosen[id] ?? 0]?.rows(of: TSVWriter.text(id), into: &now)
        let before = try old.rows(.therapies, of: TSVWriter.text(id))
        let isInput = Self.digests(known, previous) != Self.digests(run.samples[id], run)
        let rows = ChangeList.rows(sampleID: id, before: before, now: now, cause: isInput ? "input" : cause)
        feed.add(rows)
        try file.append { (bytes) throws(SystemError) in bytes += rows }
      }
    }
    let agents = try AgentRows(old: old.agents(), directory: output) { _ in false }
    for rows in try agentRows(order) { try agents.add(rows) }
    let agentsFile = try opened(.agents)
    try agents.pass { (rows) throws(SystemError) in
      try agentsFile.append { (bytes) throws(SystemError) in bytes += rows }
    }
    return [(.changes, file, try file.finish()), (.agents, agentsFile, try agentsFile.finish())]
  }

  private static func digests(_ sample: PreviousRun.Sample?, _ run: PreviousRun) -> [String] {
    (sample?.inputs ?? []).map { run.inputs[$0]?.digest ?? "" }.sorted() + [sample?.sheetDigest ?? ""]
  }

  /// Rows of agents.tsv without their last cell, by sample in order.
  private func agentRows(_ order: [String]) throws -> [[UInt8]] {
    var bySample: [[UInt8]: [UInt8]] = [:]
    for (place, part) in parts.enumerated() {
      let mine = Set(part.run.samples.keys.filter { chosen[$0] == place }.map { Array(TSVWriter.text($0).utf8) })
      for line in try part.bytes(of: .agents).split(separator: 0x0A).dropFirst() {
        guard let first = line.firstIndex(of: 0x09), let last = line.lastIndex(of: 0x09),
          let second = line[(first + 1)...].firstIndex(of: 0x09)
        else { continue }
        let cell = Array(line[(first + 1)..<second])
        if mine.contains(cell) { bySample[cell, default: []] += line[..<last] + [0x0A] }
      }
    }
    return order.map { bySample[Array(TSVWriter.text($0).utf8)] ?? [] }
  }

  /// Rows that a reader set aside are in every part that read the file; one of them is taken.
  private func rejected() throws -> Written {
    let typed = InputOrder(inputs: typedInputs)
    let paths = Set(parts.flatMap(\.inputs)).sorted(by: typed.precedes)
    var numbers: [String: Int] = [:]
    for (number, path) in paths.enumerated() { numbers[TSVWriter.text(path)] = number }
    var teller: [String: Int] = [:]
    for (place, part) in parts.enumerated().reversed() {
      for path in part.inputs { teller[TSVWriter.text(path)] = place }
    }
    var rows: [RejectedRow] = []
    for (place, part) in parts.enumerated() {
      for (number, line) in try part.bytes(of: .rejected).split(separator: 0x0A).dropFirst().enumerated() {
        let row = RejectedRow(line, numbers: numbers)
        if part.run.rejectedByReader.contains(number), teller[row.path] != place { continue }
        rows.append(row)
      }
    }
    rows.sort()
    let file = try opened(.rejected)
    for row in rows { try file.append { (bytes) throws(SystemError) in bytes += row.bytes } }
    return (.rejected, file, try file.finish())
  }

  private func placeReports(_ order: [String]) throws {
    for id in order {
      let name = SampleName.encoded(id)
      let (from, to) = (parts[chosen[id] ?? 0].folder + "/samples/" + name, output + "/samples/" + name)
      try FileWriting.makeDirectory(to)
      for file in try FileReading.names(in: from) where !file.hasSuffix(".part") {
        try FileWriting.link(from + "/" + file, to: to + "/" + file)
      }
    }
  }

  private func writeRecord(
    _ run: PreviousRun, _ samples: [String: PreviousRun.Sample], _ written: [Written], seconds: Double
  ) throws {
    let typed = typedInputs
    var stamps: [String: FileStamp] = [:]
    for (path, input) in run.inputs {
      stamps[path] = FileStamp(
        size: input.size, modified: input.modified, inode: UInt64(truncatingIfNeeded: input.inode))
    }
    let files = run.inputs.keys.sorted(by: InputOrder(inputs: typed).precedes).compactMap { path in
      stamps[path].map {
        InputFile(path: path, sampleDirectory: "", directory: Discovery.parent(path), stamp: $0)
      }
    }
    var options = RunOptions()
    options.inputs = typed
    options.sheet = parts[0].sheet
    options.tumorType = settings["tumor_type"] ?? ""
    options.quietTime = parts[0].quietTime
    options.writesSampleFiles = settings["sample_files"] == "true"
    options.jobs = parts.map(\.jobs).max() ?? 1
    var clock = StageClock()
    for part in parts { clock.add(part.clock) }
    var own = StageClock()
    own.set(.write, seconds: seconds, rows: 0)
    clock.add(own)
    var skipped: [String: String] = [:]
    for item in parts.flatMap(\.skipped) { skipped[item.path] = item.reason }
    let before = Set((previous?.samples.keys).map(Array.init) ?? []).union(previous?.gone ?? [])
    let gone = before.union(run.gone).filter { samples[$0] == nil }
    var record = RunManifest(
      options: options, tables: parts[0].tables, part: "", rejectedByReader: [],
      reportSettings: RunOptions.reportSettingNames.map { ($0, settings[$0] ?? "") },
      programVersion: run.programVersion, started: started, files: files, notes: [:], outcomes: SortedOutcomes(),
      carried: samples,
      previous: run, skipped: skipped.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      gone: gone.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, settings: run.settings,
      sheetDigest: run.sheetDigest,
      outputs: written.map { ($0.table.fileName, "xxh64:" + $0.digest) }.sorted { $0.0 < $1.0 }, clock: clock)
    record.mergedFrom = parts.map { ($0.folder, $0.run.part, $0.digest) }
    try record.write(to: output + "/run.json")
  }
}
