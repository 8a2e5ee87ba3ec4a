// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Knowledge
internal import Reports
internal import SystemIO

/// Which samples of an output folder another version of a rule table would report differently.
///
/// Both versions are run over the inputs of that folder; what differs is the difference of the tables alone.
package struct TableImpact: Sendable {
  /// A sample whose rows of therapies.tsv would change.
  package struct Sample: Sendable {
    /// The sample.
    package let id: String
    /// The identifiers of rules in rows that came, went or changed.
    package let rules: [String]
    /// How many rows it has with the old table.
    package let before: Int
    /// How many it has with the new one.
    package let after: Int
  }

  /// The samples that change, sorted.
  package let samples: [Sample]
  /// How many samples were compared.
  package let compared: Int
  /// Samples that were not, since files of theirs are gone, sorted.
  package let gone: [String]
  /// Samples that were compared with files that are others now than those that the run read, sorted.
  package let changed: [String]

  /// Runs both versions.
  ///
  /// - Parameters:
  ///   - output: The output folder of a run that used the old table.
  ///   - options: Jobs and panel; everything else is taken from the folder.
  /// - Throws: ``InputError`` when the folder was not made with the old table, or its inputs are gone.
  package init(
    output: String, old: (name: String, bytes: [UInt8]), new: (name: String, bytes: [UInt8]), options: RunOptions,
    programVersion: String
  ) throws(InputError) {
    guard let record = RecordedRun(output)?.record else {
      throw InputError(path: output, problem: "is not an output folder of oncomatch (it has no readable run.json)")
    }
    var options = options
    options.settings.restore(record.reportSettings)
    options.inputs = record.request.inputs
    options.sheet = record.request.sheet
    options.timelines = record.request.timelines
    options.tumorType = record.request.tumorType
    options.writesSampleFiles = false
    options.formats = []
    let others = try Self.tables(record.tables, output: output, without: old)
    let before = try Self.rows(options, others, old, programVersion)
    let after = try Self.rows(options, others, new, programVersion)
    var samples: [Sample] = []
    let ids = Set(before.keys).union(after.keys)
    for id in ids.sorted(by: { $0.isBefore($1) }) {
      let (one, other) = (before[id] ?? [], after[id] ?? [])
      guard one != other else { continue }
      let changed = Set(one).symmetricDifference(other)
      let rules = Set(changed.flatMap { $0.rule.split(separator: "+").map(String.init) })
      samples.append(Sample(id: id, rules: rules.sorted(), before: one.count, after: other.count))
    }
    self.samples = samples
    (gone, changed) = Self.renewed(record)
    compared = record.samples.count - gone.count
  }

  /// Samples of a run of which files are gone, and those of which files changed, each sorted.
  private static func renewed(_ record: RunRecord) -> (gone: [String], changed: [String]) {
    // One look at each file: those of a cohort are of many samples.
    let states = record.inputs.map { input in
      guard let stamp = FileStamp(path: input.path) else { return (isHere: false, isSame: false) }
      let isSame = InputComparison.isSame(input, stamp) || ReadableFile.digest(input.path) == input.digest
      return (isHere: true, isSame: isSame)
    }
    let gone = record.samples.filter { $0.inputs.contains { !states[Int($0)].isHere } }.map(\.id)
    let changed = record.samples.filter { sample in
      let own = sample.inputs.map { states[Int($0)] }
      return own.allSatisfy(\.isHere) && !own.allSatisfy(\.isSame)
    }
    return (gone.sorted { $0.isBefore($1) }, changed.map(\.id).sorted { $0.isBefore($1) })
  }

  /// The tables of the run but one, with their place in the order.
  private struct OtherTables {
    var isBuiltInUsed = false
    var before: [(name: String, bytes: [UInt8])] = []
    var after: [(name: String, bytes: [UInt8])] = []
  }

  private static func tables(
    _ tables: [RunRecord.Table], output: String, without old: (name: String, bytes: [UInt8])
  ) throws(InputError) -> OtherTables {
    let wanted = old.name == "built-in" ? "" : "xxh64:" + XXH64.hex(old.bytes.span)
    var others = OtherTables()
    var isFound = false
    var known: [String] = []
    for source in tables {
      let (name, digest) = (source.name, source.digest)
      if name == KnowledgeBase.factsName { continue }
      known.append("\(name) \(digest)")
      if name == "built-in", old.name == "built-in" || digest == wanted {
        isFound = true
      } else if name == "built-in" {
        others.isBuiltInUsed = true
      } else if digest == wanted {
        isFound = true
      } else {
        var bytes: [UInt8] = []
        guard (try? FileReading.read(name, into: &bytes)) != nil, "xxh64:" + XXH64.hex(bytes.span) == digest
        else { throw InputError(path: name, problem: "is not the table that \(output) was made with") }
        if isFound { others.after.append((name, bytes)) } else { others.before.append((name, bytes)) }
      }
    }
    guard isFound else {
      throw InputError(
        path: output, problem: "was not made with \(old.name) (its tables: \(known.joined(separator: ", ")))")
    }
    return others
  }

  /// A row of therapies.tsv without the version of its table, which changes with every version.
  private struct Row: Hashable {
    let rule: String
    let cells: [String]
  }

  private static func rows(
    _ options: RunOptions, _ others: OtherTables, _ table: (name: String, bytes: [UInt8]), _ programVersion: String
  ) throws(InputError) -> [String: [Row]] {
    let isBuiltIn = table.name == "built-in"
    let loaded = KnowledgeBase.load(
      includingBuiltIn: others.isBuiltInUsed || isBuiltIn,
      userTables: others.before + (isBuiltIn ? [] : [table]) + others.after)
    if let fault = loaded.faults.first { throw InputError(path: fault.table, problem: fault.description) }
    let bytes = try therapies(options, loaded, programVersion)
    var rows: [String: [Row]] = [:]
    var row = TSVRow(table: bytes)
    let (sampleID, rule) = (row.header.column("sample_id"), row.header.column("rule_id"))
    let compared = row.header.columns(row.header.names.filter { $0 != "table_version" })
    while row.next() {
      guard row.isWhole else { continue }
      rows[row[sampleID], default: []].append(Row(rule: row[rule], cells: compared.map { row[$0] }))
    }
    return rows
  }

  /// therapies.tsv of a run in a folder of its own, which is gone afterwards.
  private static func therapies(
    _ options: RunOptions, _ table: KnowledgeBase, _ programVersion: String
  ) throws(InputError) -> [UInt8] {
    var missing: InputError?
    var bytes: [UInt8] = []
    do throws(SystemError) {
      let folder = try FileWriting.makeTemporaryDirectory()
      defer { FileWriting.removeFolder(folder) }
      var own = options
      own.output = folder
      let ending = try BatchRun(options: own, table: table, programVersion: programVersion).run()
      if case .missingInputs(let inputs) = ending {
        missing = inputs.first
      } else {
        try FileReading.read(folder + "/" + OutputTable.therapies.fileName, into: &bytes)
      }
    } catch {
      throw InputError(path: options.inputs.joined(separator: " "), problem: error.description)
    }
    if let missing { throw missing }
    return bytes
  }
}
