internal import DelimitedText
internal import Knowledge
internal import Matching

/// What two reports of one sample say differently; rows of changes.tsv.
package enum ChangeList {
  private struct Claim {
    let tier: String
    let verdict: String
    let level: String
    let rule: String

    var text: String { (tier.isEmpty ? level : tier) + " " + verdict }
  }

  /// Rows of changes.tsv, sorted by therapy and direction.
  ///
  /// Of all rows about a therapy in one direction the first counts, which is the strongest. Context is left out.
  ///
  /// - Parameters:
  ///   - before: The sample's rows of therapies.tsv in the last run.
  ///   - now: Its rows in this run.
  ///   - cause: `input`, `table` or `program`.
  package static func rows(sampleID: String, before: [UInt8], now: [UInt8], cause: String) -> [UInt8] {
    if before == now { return [] }
    let old = claims(before)
    let new = claims(now)
    var buffer = TSVWriter()
    for key in Set(old.keys).union(new.keys).sorted(by: { ($0.therapy, $0.direction) < ($1.therapy, $1.direction) }) {
      let change: String
      switch (old[key], new[key]) {
      case (nil, _?): change = "gained"
      case (_?, nil): change = "lost"
      case (let first?, let second?):
        let (one, other) = (order(first), order(second))
        if one != other {
          change = other < one ? "tier_up" : "tier_down"
        } else if first.verdict != second.verdict {
          change = "verdict"
        } else {
          continue
        }
      case (nil, nil): continue
      }
      buffer.cell(sampleID)
      buffer.cell(key.therapy)
      buffer.cell(key.direction)
      buffer.cell(change)
      buffer.cell(old[key]?.text ?? "")
      buffer.cell(new[key]?.text ?? "")
      buffer.cell(cause)
      buffer.cell(new[key]?.rule ?? old[key]?.rule ?? "")
      buffer.endRow()
    }
    return buffer.bytes
  }

  private struct Key: Hashable {
    let therapy: String
    let direction: String
  }

  private static func claims(_ rows: [UInt8]) -> [Key: Claim] {
    var claims: [Key: Claim] = [:]
    for line in rows.split(separator: 0x0A) {
      let cells = RowCells(line)
      let key = Key(therapy: cells.text(TherapyColumn.therapy), direction: cells.text(TherapyColumn.direction))
      guard key.direction != Rule.Direction.context.rawValue, !key.therapy.isEmpty, claims[key] == nil else { continue }
      claims[key] = Claim(
        tier: cells.text(TherapyColumn.tier), verdict: cells.text(TherapyColumn.verdict),
        level: cells.text(TherapyColumn.level), rule: cells.text(TherapyColumn.rule))
    }
    return claims
  }

  private static func order(_ claim: Claim) -> Int {
    if case .step(let step)? = Tier(named: claim.tier)?.grade { return step.place }
    return 10 + (Rule.Level(rawValue: claim.level)?.place ?? Rule.Level.allCases.count)
  }
}

/// Where therapies.tsv keeps what other tables are made from.
enum TherapyColumn {
  static let therapy = 5
  static let direction = 6
  static let level = 7
  static let tier = 8
  static let verdict = 15
  static let rule = 18
}
