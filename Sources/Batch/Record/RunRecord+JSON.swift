// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import JSONText
internal import Reports
internal import SystemIO

/// A part of ``RunRecord`` that is one JSON object; what a record lacks is as in a new value.
private protocol RecordPart {
  init(_ json: JSONValue)
  func write(to json: inout JSONWriter)
}

extension RunRecord {
  private static let program = "oncomatch"

  /// Reads run.json.
  ///
  /// - Returns: `nil` when the text is not a record of this program and version of the schema.
  init?(_ bytes: Span<UInt8>) {
    var inputs: [Input] = []
    var samples: [Sample] = []
    let json = try? JSONValue(bytes, handingOn: ["inputs", "sample_states"]) { name, element in
      if name == "inputs" { inputs.append(Input(element)) } else { samples.append(Sample(element)) }
    }
    guard let json, json["program"]?.text == Self.program, json["schema_version"]?.integer == Self.schemaVersion
    else { return nil }
    self.inputs = inputs
    self.samples = samples
    programVersion = json.text("version")
    tables = json.parts("tables")
    part = json.text("part")
    mergedFrom = json.parts("merged_from")
    started = json.text("started")
    finished = json.text("finished")
    request = json["settings"].map(Request.init) ?? Request()
    if case .object(let members)? = json["report_settings"] { reportSettings = members.compactMapValues(\.text) }
    jobs = json["jobs"]?.integer ?? 1
    for index in samples.indices { self.samples[index].inputs.removeAll { !inputs.indices.contains(Int($0)) } }
    ofOtherParts = Set(json.texts("of_other_parts"))
    removed = json.texts("gone")
    if !ofOtherParts.isEmpty { removed = (removed + ofOtherParts).sorted { $0.isBefore($1) } }
    if case .object(let members)? = json["gone_files"] {
      removedFiles = members.mapValues { ($0.text ?? "").split(separator: ";").map(String.init) }
    }
    rejectedByReader = (json["rejected_by_reader"]?.elements ?? []).compactMap(\.integer)
    settingsDigest = json.text("settings_digest")
    sheetDigest = json.text("sheet_digest")
    outputs = json.parts("outputs")
    if case .object(let members)? = json["panels"] { panels = members.compactMapValues(\.text) }
    skipped = json.parts("skipped")
    stages = json.parts("stages")
  }

  /// Writes run.json, in one step.
  func write(to path: String) throws(SystemError) {
    let file = try GrowingFile(path)
    try write { (text) throws(SystemError) in
      try file.append { (bytes) throws(SystemError) in bytes += text }
    }
    _ = try file.finish()
    try file.moveIntoPlace()
  }

  /// The text as a whole.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return bytes
  }

  /// Bytes of the text that are kept before they are handed on.
  private static let pieceSize = 64 << 10

  /// Hands the text on in pieces: that of a large cohort is never in memory as a whole.
  private func write<Failure: Error>(to pass: (borrowing [UInt8]) throws(Failure) -> Void) throws(Failure) {
    var json = JSONWriter(indentedDepth: 2)
    try json.object { (json) throws(Failure) in
      writeHead(to: &json)
      try json.array("inputs") { (json) throws(Failure) in
        for input in inputs {
          json.object { input.write(to: &$0, isPart: !part.isEmpty) }
          try json.take(ifOver: Self.pieceSize, pass)
        }
      }
      json.numbers("filtered", inputs.reduce(into: [:]) { $0.merge($1.filtered, uniquingKeysWith: +) })
      try json.array("sample_states") { (json) throws(Failure) in
        for sample in samples {
          json.object { sample.write(to: &$0) }
          try json.take(ifOver: Self.pieceSize, pass)
        }
      }
      writeTail(to: &json)
    }
    json.finish()
    try json.take(ifOver: 0, pass)
  }

  private func writeHead(to json: inout JSONWriter) {
    json.value("program", Self.program)
    json.value("version", programVersion)
    json.value("schema_version", Self.schemaVersion)
    json.parts("tables", tables)
    if !part.isEmpty { json.value("part", part) }
    if !mergedFrom.isEmpty { json.parts("merged_from", mergedFrom) }
    json.value("started", started)
    json.value("finished", finished)
    json.object("settings") { request.write(to: &$0) }
    json.object("report_settings") { json in
      let known = RunOptions.reportSettingNames
      for name in known + Set(reportSettings.keys).subtracting(known).sorted() {
        if let value = reportSettings[name] { json.value(named: name, value) }
      }
    }
    json.value("jobs", jobs)
    json.object("samples") { json in
      for status in SampleReport.Status.allCases {
        json.value(named: status.rawValue, samples.count { $0.status == status })
      }
    }
  }

  private func writeTail(to json: inout JSONWriter) {
    json.values("gone", removed.filter { !ofOtherParts.contains($0) })
    if !ofOtherParts.isEmpty { json.values("of_other_parts", removed.filter(ofOtherParts.contains)) }
    if !removedFiles.isEmpty {
      json.object("gone_files") { json in
        for (id, names) in removedFiles.sorted(by: { $0.key < $1.key }) {
          json.value(named: id, names.joined(separator: ";"))
        }
      }
    }
    if !part.isEmpty {
      json.array("rejected_by_reader") { json in for row in rejectedByReader { json.value(nil, row) } }
    }
    json.value("settings_digest", settingsDigest)
    json.value("sheet_digest", sheetDigest)
    json.parts("outputs", outputs)
    if !panels.isEmpty {
      json.object("panels") { json in
        for (key, genes) in panels.sorted(by: { $0.key < $1.key }) { json.value(named: key, genes) }
      }
    }
    json.parts("skipped", skipped)
    json.parts("stages", stages)
  }
}

extension RunRecord.Table: RecordPart {
  init(_ json: JSONValue) {
    name = json.text("name")
    version = json.text("version")
    digest = json.text("digest")
  }

  func write(to json: inout JSONWriter) {
    json.value("name", name)
    json.value("version", version)
    json.value("digest", digest)
  }
}

extension RunRecord.MergedPart: RecordPart {
  init(_ json: JSONValue) {
    folder = json.text("folder")
    part = json.text("part")
    record = json.text("record")
  }

  func write(to json: inout JSONWriter) {
    json.value("folder", folder)
    json.value("part", part)
    json.value("record", record)
  }
}

extension RunRecord.Request: RecordPart {
  init(_ json: JSONValue) {
    inputs = json.texts("inputs")
    sheet = json.text("samples")
    tumorType = json.text("tumor_type")
    genome = json.text("genome")
    quietTime = json["quiet_time"]?.integer ?? 0
    writesSampleFiles = json["sample_files"]?.flag ?? true
    timelines = json.texts("timelines")
    overrides = json.text("overrides")
  }

  func write(to json: inout JSONWriter) {
    json.values("inputs", inputs)
    json.value("samples", sheet)
    json.value("tumor_type", tumorType)
    if !genome.isEmpty { json.value("genome", genome) }
    json.value("quiet_time", quietTime)
    json.value("sample_files", writesSampleFiles)
    if !timelines.isEmpty { json.values("timelines", timelines) }
    if !overrides.isEmpty { json.value("overrides", overrides) }
  }
}

extension RunRecord.Input: RecordPart {
  init(_ json: JSONValue) {
    path = json.text("path")
    format = json.text("format")
    size = json["size"]?.integer ?? -1
    modified = Int(json.text("modified")) ?? -1
    inode = json["inode"]?.integer ?? -1
    device = json["device"]?.integer ?? 0
    digest = json.text("digest")
    problem = json.text("problem")
    counts.read = json["rows_read"]?.integer ?? 0
    counts.matched = json["rows_matched"]?.integer ?? 0
    counts.unmatched = json["rows_unmatched"]?.integer ?? 0
    counts.filtered = json["rows_filtered"]?.integer ?? 0
    counts.rejected = json["rows_rejected"]?.integer ?? 0
    filtered = json.numbers("filtered")
    filteredByReader = json.numbers("filtered_by_reader")
  }

  func write(to json: inout JSONWriter) { write(to: &json, isPart: true) }

  /// - Parameter isPart: Whether it was read for a part of a cohort.
  func write(to json: inout JSONWriter, isPart: Bool) {
    json.value("path", path)
    json.value("format", format)
    json.value("size", size)
    // A text, since programs that keep numbers as `Double` would lose its last digits.
    json.value("modified", String(modified))
    json.value("inode", inode)
    if device != 0 { json.value("device", device) }
    json.value("digest", digest)
    if !problem.isEmpty { json.value("problem", problem) }
    json.value("rows_read", counts.read)
    json.value("rows_matched", counts.matched)
    json.value("rows_unmatched", counts.unmatched)
    json.value("rows_filtered", counts.filtered)
    json.value("rows_rejected", counts.rejected)
    json.numbers("filtered", filtered)
    if isPart { json.numbers("filtered_by_reader", filteredByReader) }
  }
}

extension RunRecord.Sample: RecordPart {
  init(_ json: JSONValue) {
    id = json.text("id")
    status = SampleReport.Status(rawValue: json.text("status"))
    inputs = (json["inputs"]?.elements ?? []).compactMap { $0.integer.flatMap { Int32(exactly: $0) } }
    sheetDigest = json.text("sheet")
    substance = json.text("substance")
    files = FileSizes(json.numbers("files"))
    report = json.text("report")
    inputIDs = json.texts("input_ids")
    basis = json.text("basis")
    course = json["course"].map(RecordedCourse.init)
  }

  func write(to json: inout JSONWriter) {
    json.value("id", id)
    json.value("status", status?.rawValue ?? "")
    json.array("inputs") { json in for input in inputs { json.value(nil, Int(input)) } }
    json.value("sheet", sheetDigest)
    json.value("substance", substance)
    if !files.isEmpty {
      json.object("files") { json in for (name, size) in files.byName { json.value(named: name, size) } }
    }
    if !report.isEmpty { json.value("report", report) }
    if !inputIDs.isEmpty { json.values("input_ids", inputIDs) }
    if !basis.isEmpty { json.value("basis", basis) }
    if let course { json.object("course") { course.write(to: &$0) } }
  }
}

extension RecordedCourse: RecordPart {
  fileprivate init(_ json: JSONValue) {
    facts.day = CourseDay(json.text("date"))
    facts.order = Double(json.text("order"))
    facts.panel = json.text("panel")
    facts.filteredCalls = json["filtered_calls"]?.integer ?? 0
    facts.given = json.texts("given").compactMap { CourseFacts.Given($0) }
    section = json.text("section")
    base = json.text("base")
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.value("date", facts.day?.description ?? "")
    json.value("order", facts.order.map { String($0) } ?? "")
    json.value("panel", facts.panel)
    json.value("filtered_calls", facts.filteredCalls)
    json.values("given", facts.given.map(\.text))
    json.value("section", section)
    json.value("base", base)
  }
}

extension RunRecord.Output: RecordPart {
  init(_ json: JSONValue) {
    file = json.text("file")
    digest = json.text("digest")
  }

  func write(to json: inout JSONWriter) {
    json.value("file", file)
    json.value("digest", digest)
  }
}

extension RunRecord.Skipped: RecordPart {
  init(_ json: JSONValue) {
    path = json.text("path")
    reason = json.text("reason")
    isLoss = json["loss"]?.flag ?? false
  }

  func write(to json: inout JSONWriter) {
    json.value("path", path)
    json.value("reason", reason)
    if isLoss { json.value("loss", true) }
  }
}

extension RunRecord.StageFigures: RecordPart {
  init(_ json: JSONValue) {
    stage = json.text("stage")
    seconds = json["seconds"]?.number ?? 0
    rows = json["rows"]?.integer ?? 0
  }

  func write(to json: inout JSONWriter) {
    json.value("stage", stage)
    json.value("seconds", seconds)
    json.value("rows", rows)
  }
}

extension JSONValue {
  fileprivate func text(_ key: String) -> String { self[key]?.text ?? "" }

  fileprivate func texts(_ key: String) -> [String] { (self[key]?.elements ?? []).compactMap(\.text) }

  fileprivate func parts<Part: RecordPart>(_ key: String) -> [Part] { (self[key]?.elements ?? []).map(Part.init) }

  fileprivate func numbers(_ key: String) -> [String: Int] {
    guard case .object(let members)? = self[key] else { return [:] }
    return members.compactMapValues(\.integer)
  }
}

extension JSONWriter {
  fileprivate mutating func parts(_ key: StaticString, _ parts: [some RecordPart]) {
    array(key) { json in for part in parts { json.object { part.write(to: &$0) } } }
  }

  fileprivate mutating func numbers(_ key: StaticString, _ numbers: [String: Int]) {
    object(key) { json in
      for (name, number) in numbers.sorted(by: { $0.key < $1.key }) { json.value(named: name, number) }
    }
  }
}
