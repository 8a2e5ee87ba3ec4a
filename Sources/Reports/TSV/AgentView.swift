internal import DelimitedText
internal import Matching
internal import TargetTable

/// The inverse view: which samples an agent is matched in; rows of agents.tsv.
///
/// Of all rows about an agent in one direction the first counts, which is the strongest. Context is left out.
public struct AgentView: Sendable {
  private var fresh: [[UInt8]: [UInt8]] = [:]
  private var known: [[UInt8]: [UInt8]] = [:]
  /// Rows of the last run by agent, sample and direction, for samples that are made anew.
  private var before: Set<[UInt8]> = []
  private let hasLastRun: Bool

  /// A sample's rows without the last cell, which says whether they are new.
  public static func rows(_ report: SampleReport) -> [UInt8] {
    guard let matches = report.matches else { return [] }
    var seen: Set<Key> = []
    var buffer = TSVBuffer()
    for match in matches.therapies where match.rule.direction != .context {
      for agent in match.rule.agents where seen.insert(Key(agent: agent, direction: match.rule.direction)).inserted {
        buffer.cell(agent)
        buffer.cell(report.sampleID)
        buffer.cell(match.tumorType)
        buffer.cell(match.tier.name)
        buffer.cell(match.rule.direction.rawValue)
        buffer.cell(match.verdict.rawValue)
        buffer.cell(match.rule.id)
        buffer.endRow()
      }
    }
    return buffer.bytes
  }

  private struct Key: Hashable {
    let agent: String
    let direction: Rule.Direction
  }

  /// A view that starts from the rows of the last run.
  ///
  /// - Parameters:
  ///   - old: agents.tsv of the last run; empty when there was none, so that nothing is new.
  ///   - isKept: Whether a sample, as it stands in a cell, is as it was.
  public init(old: [UInt8], isKept: ([UInt8]) -> Bool) {
    hasLastRun = !old.isEmpty
    var answers: [ArraySlice<UInt8>: Bool] = [:]
    for line in old.split(separator: 0x0A).dropFirst() {
      let cells = line.split(separator: 0x09, maxSplits: 7, omittingEmptySubsequences: false)
      guard cells.count == 8 else { continue }
      let isSame = answers[cells[1]] ?? isKept(Array(cells[1]))
      answers[cells[1]] = isSame
      if isSame {
        let row = Array(line[..<cells[7].startIndex]) + Array("no\n".utf8)
        known[Array(cells[0]), default: []] += row
      } else {
        before.insert(Array(cells[0]) + [0x09] + Array(cells[1]) + [0x09] + Array(cells[4]))
      }
    }
  }

  /// Adds the rows of a sample that was made anew; samples come in their order.
  public mutating func add(_ rows: [UInt8]) {
    var start = 0
    while let end = rows[start...].firstIndex(of: 0x0A) {
      let line = rows[start..<end]
      start = end + 1
      guard let tab = line.firstIndex(of: 0x09) else { continue }
      let agent = Array(line[..<tab])
      var isNew = false
      if hasLastRun {
        let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
        isNew = !before.contains(agent + [0x09] + Array(cells[1]) + [0x09] + Array(cells[4]))
      }
      if isNew {
        fresh[agent, default: []] += line + Array("\tyes\n".utf8)
      } else {
        known[agent, default: []] += line + Array("\tno\n".utf8)
      }
    }
  }

  /// Gives the rows away, new ones first, then by agent and sample; afterwards there are none.
  public mutating func takeRows<Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    var rest = [fresh, known]
    (fresh, known) = ([:], [:])
    for place in rest.indices {
      for agent in rest[place].keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        if let rows = rest[place].removeValue(forKey: agent) { try body(Self.sortedBySample(rows)) }
      }
    }
  }

  /// Rows of one agent by sample; those of the last run and of this one come one behind the other.
  private static func sortedBySample(_ rows: [UInt8]) -> [UInt8] {
    var lines: [(sample: ArraySlice<UInt8>, line: ArraySlice<UInt8>)] = []
    var isSorted = true
    var start = 0
    while start < rows.count, let end = rows[start...].firstIndex(of: 0x0A) {
      let line = rows[start...end]
      start = end + 1
      guard let tab = line.firstIndex(of: 0x09), let next = line[(tab + 1)...].firstIndex(of: 0x09) else { continue }
      let sample = line[(tab + 1)..<next]
      if let last = lines.last, sample.lexicographicallyPrecedes(last.sample) { isSorted = false }
      lines.append((sample, line))
    }
    if isSorted { return rows }
    let order = lines.indices.sorted { one, other in
      if lines[one].sample.elementsEqual(lines[other].sample) { return one < other }
      return lines[one].sample.lexicographicallyPrecedes(lines[other].sample)
    }
    return order.flatMap { lines[$0].line }
  }
}
