// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// The cells of therapies.tsv that a rule alone decides.
final class RuleCells: Sendable {
  /// therapy, direction, level.
  let claim: [UInt8]
  /// body, status, status_date.
  let regulatoryStatus: [UInt8]
  /// references, table_version, line, note.
  let support: [UInt8]

  /// The cells of a rule.
  init(_ rule: Rule, of table: KnowledgeBase) {
    claim = Self.joined([rule.therapy, rule.direction.rawValue, rule.level.rawValue])
    regulatoryStatus = Self.joined([rule.authority.rawValue, rule.regulatoryStatus.rawValue, rule.statusDate])
    support = Self.joined([
      rule.references.joined(separator: ";"), table.version(of: rule), rule.line.rawValue, rule.note,
    ])
  }

  private static func joined(_ texts: [String]) -> [UInt8] {
    var buffer = TSVWriter()
    for text in texts { buffer.cell(text) }
    return buffer.bytes
  }
}
