// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// The rows of agents.tsv on their way from an order by sample to one by agent.
///
/// Of each agent only the last few rows are in memory, the others in a file without a name, so that a cohort of any size
/// needs no more than a small one.
final class AgentRows {
  /// The rows of one agent, in the order in which they came.
  private struct Rows {
    var places: [RowSpool.Place] = []
    var pending: [UInt8] = []
  }

  private var fresh: [[UInt8]: Rows] = [:]
  private var known: [[UInt8]: Rows] = [:]
  /// Rows of the last run by agent, sample and tumor type, for samples that are made anew.
  private var before: Set<[UInt8]> = []
  private let hasLastRun: Bool
  /// Whether rows of the last run stand before those of this one, so that they are to be sorted.
  private var isMixed = false
  private let spool: RowSpool
  private static let pieceSize = 2048

  /// A view that starts from the rows of the last run.
  ///
  /// - Parameters:
  ///   - old: agents.tsv of the last run; empty when there was none, so that nothing is new.
  ///   - directory: Where rows go that are not kept in memory.
  ///   - isKept: Whether a sample, as it stands in a cell, is as it was.
  init(old: [UInt8], directory: String, isKept: (ArraySlice<UInt8>) -> Bool) throws(SystemError) {
    hasLastRun = !old.isEmpty
    spool = RowSpool(directory: directory)
    var answers: [ArraySlice<UInt8>: Bool] = [:]
    var row = TSVRow(table: old)
    let (agent, sampleID) = (row.header.column("agent"), row.header.column("sample_id"))
    let columns = row.header.columns(AgentView.columns)
    while row.next() {
      guard row.isWhole else { continue }
      let sample = row.cell(sampleID)
      let isSame = answers[sample] ?? isKept(sample)
      answers[sample] = isSame
      if isSame {
        isMixed = true
        var line: [UInt8] = []
        row.append(columns, to: &line)
        try append(line[...], isNew: false, to: Array(row.cell(agent)))
      } else {
        before.insert(Self.key(row))
      }
    }
  }

  /// What tells rows of agents.tsv apart: agent, sample and tumor type.
  private static func key(_ row: TSVRow) -> [UInt8] {
    var key: [UInt8] = []
    row.append(row.header.columns(["agent", "sample_id", "tumor_type"]), to: &key)
    return key
  }

  /// Adds the rows of a sample that was made anew, in ``AgentView/columns``; samples come in their order.
  func add(_ rows: [UInt8]) throws(SystemError) {
    var row = TSVRow(rows, header: TSVHeader(AgentView.columns))
    let agent = row.header.column("agent")
    while row.next() {
      try append(row.text, isNew: hasLastRun && !before.contains(Self.key(row)), to: Array(row.cell(agent)))
    }
  }

  private func append(_ line: ArraySlice<UInt8>, isNew: Bool, to agent: [UInt8]) throws(SystemError) {
    if isNew {
      try append(line, "\tyes\n", to: &fresh[agent, default: Rows()])
    } else {
      try append(line, "\tno\n", to: &known[agent, default: Rows()])
    }
  }

  private func append(_ line: ArraySlice<UInt8>, _ end: StaticString, to rows: inout Rows) throws(SystemError) {
    rows.pending += line
    rows.pending += end.description.utf8
    guard rows.pending.count >= Self.pieceSize else { return }
    rows.places.append(try spool.append(rows.pending))
    rows.pending.removeAll(keepingCapacity: true)
  }

  /// Gives the rows away, new ones first, then by agent and sample.
  func pass(_ body: ([UInt8]) throws(SystemError) -> Void) throws(SystemError) {
    for (rows, isMixed) in [(fresh, false), (known, isMixed)] {
      for agent in rows.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        guard let own = rows[agent] else { continue }
        var text: [UInt8] = []
        for place in own.places {
          try spool.read(place, into: &text)
          if isMixed { continue }
          try body(text)
          text.removeAll(keepingCapacity: true)
        }
        text += own.pending
        try body(isMixed ? Self.sortedBySample(text) : text)
      }
    }
  }

  /// Rows of one agent by sample; those of the last run and of this one come one behind the other.
  private static func sortedBySample(_ rows: [UInt8]) -> [UInt8] {
    var lines: [(sample: ArraySlice<UInt8>, line: ArraySlice<UInt8>)] = []
    var isSorted = true
    var row = TSVRow(rows, header: OutputTable.agents.header)
    let sampleID = row.header.column("sample_id")
    while row.next() {
      let sample = row.cell(sampleID)
      if let last = lines.last, sample.lexicographicallyPrecedes(last.sample) { isSorted = false }
      lines.append((sample, row.text))
    }
    if isSorted { return rows }
    let order = lines.indices.sorted { one, other in
      if lines[one].sample.elementsEqual(lines[other].sample) { return one < other }
      return lines[one].sample.lexicographicallyPrecedes(lines[other].sample)
    }
    return order.flatMap { lines[$0].line + [0x0A] }
  }
}
