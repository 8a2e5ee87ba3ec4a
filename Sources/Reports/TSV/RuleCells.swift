internal import DelimitedText
internal import Guarding
public import TargetTable

/// The cells of therapies.tsv that a rule alone decides, made when first written and kept for all samples of a run.
public final class RuleCells: Sendable {
  /// What one rule gives to its rows.
  struct Cells: Sendable {
    /// therapy, direction, level.
    let claim: [UInt8]
    /// body, status, status_date.
    let standing: [UInt8]
    /// references, table_version, line, note.
    let support: [UInt8]
  }

  private let table: TargetTable
  private let known: Guarded<[Cells?]>

  /// The cells of the rules of a table.
  public init(table: TargetTable) {
    self.table = table
    known = Guarded([Cells?](repeating: nil, count: table.rules.count))
  }

  /// The cells of the rule at a place of the table.
  func cells(of place: Int) -> Cells {
    if let cells = known.withLock({ $0[place] }) { return cells }
    let rule = table.rules[place]
    let cells = Cells(
      claim: Self.joined([rule.therapy, rule.direction.rawValue, rule.level.rawValue]),
      standing: Self.joined([rule.body.rawValue, rule.status.rawValue, rule.statusDate]),
      support: Self.joined([
        rule.references.joined(separator: ";"), table.version(of: rule), rule.line.rawValue, rule.note,
      ]))
    known.withLock { $0[place] = cells }
    return cells
  }

  private static func joined(_ texts: [String]) -> [UInt8] {
    var buffer = TSVBuffer()
    for text in texts { buffer.cell(text) }
    return buffer.bytes
  }
}
