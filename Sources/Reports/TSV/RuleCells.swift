internal import DelimitedText
public import TargetTable

/// The cells of therapies.tsv that a rule alone decides, made once for all samples.
public struct RuleCells: Sendable {
  /// What one rule gives to its rows.
  struct Cells: Sendable {
    /// therapy, direction, level.
    let claim: [UInt8]
    /// body, status, status_date.
    let standing: [UInt8]
    /// references, table_version, line, note.
    let support: [UInt8]
  }

  let cells: [Cells]

  /// The cells of all rules of a table.
  public init(table: TargetTable) {
    func joined(_ texts: [String]) -> [UInt8] {
      var buffer = TSVBuffer()
      for text in texts { buffer.cell(text) }
      return buffer.bytes
    }
    cells = table.rules.map { rule in
      Cells(
        claim: joined([rule.therapy, rule.direction.rawValue, rule.level.rawValue]),
        standing: joined([rule.body.rawValue, rule.status.rawValue, rule.statusDate]),
        support: joined([
          rule.references.joined(separator: ";"), table.version(of: rule), rule.line.rawValue, rule.note,
        ]))
    }
  }
}
