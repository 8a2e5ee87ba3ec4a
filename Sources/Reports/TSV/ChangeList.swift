package import DelimitedText
internal import Knowledge
internal import Matching

/// What made a report differ from the last one; a word of changes.tsv.
package enum ChangeCause: String, CaseIterable, Sendable {
  case input, table, program
}

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
  package static func rows(sampleID: String, before: TSVRow, now: TSVRow, cause: ChangeCause) -> [UInt8] {
    if before.isSameTable(as: now) { return [] }
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
      buffer.cell(cause.rawValue)
      buffer.cell(new[key]?.rule ?? old[key]?.rule ?? "")
      buffer.endRow()
    }
    return buffer.bytes
  }

  private struct Key: Hashable {
    let therapy: String
    let direction: String
  }

  private static func claims(_ rows: TSVRow) -> [Key: Claim] {
    var claims: [Key: Claim] = [:]
    var row = rows
    while row.next() {
      let key = Key(therapy: row["therapy"], direction: row["direction"])
      guard key.direction != Rule.Direction.context.rawValue, !key.therapy.isEmpty, claims[key] == nil else { continue }
      claims[key] = Claim(tier: row["tier"], verdict: row["verdict"], level: row["level"], rule: row["rule_id"])
    }
    return claims
  }

  private static func order(_ claim: Claim) -> Int {
    if case .step(let step)? = Tier(named: claim.tier)?.grade { return step.place }
    return 10 + (Rule.Level(rawValue: claim.level)?.place ?? Rule.Level.allCases.count)
  }
}
