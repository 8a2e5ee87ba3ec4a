// SPDX-License-Identifier: Apache-2.0
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
    let group: String
    let tier: String
    let verdict: String
    let level: String
    let standing: String
    let rule: String
    let alteration: String

    var text: String { (tier.isEmpty ? level : tier) + " " + verdict }

    /// `sensitivity`, `resistance` or `no_benefit`.
    var direction: Rule.Direction {
      switch TherapyOption.Group(rawValue: group) {
      case .closed: .resistance
      case .noBenefit: .noBenefit
      case .opened, .conditional, .byTumorType, .withdrawn, nil: .sensitivity
      }
    }
  }

  /// Rows of changes.tsv, sorted by therapy: one for each whose verdict, tier or standing changed.
  ///
  /// - Parameters:
  ///   - before: The sample's rows of options.tsv in the last run.
  ///   - now: Its rows in this run.
  package static func rows(sampleID: String, before: TSVRow, now: TSVRow, cause: ChangeCause) -> [UInt8] {
    if before.isSameTable(as: now) { return [] }
    let old = claims(before)
    let new = claims(now)
    var buffer = TSVWriter()
    for key in Set(old.keys).union(new.keys).sorted(by: { ($0.therapy, $0.tumorType) < ($1.therapy, $1.tumorType) }) {
      let change: String
      switch (old[key], new[key]) {
      case (nil, _?): change = "gained"
      case (_?, nil): change = "lost"
      case (let first?, let second?):
        if let (one, other) = places(first, second), one != other {
          change = other < one ? "tier_up" : "tier_down"
        } else if first.text != second.text || first.group != second.group || first.standing != second.standing {
          change = "verdict"
        } else {
          continue
        }
      case (nil, nil): continue
      }
      buffer.cell(sampleID)
      buffer.cell(key.therapy)
      buffer.cell((new[key] ?? old[key])?.direction.rawValue ?? "")
      buffer.cell(change)
      // Where the words are the same, what became of its standing makes the difference.
      let isSameText = old[key]?.text == new[key]?.text
      for claim in [old[key], new[key]] {
        buffer.cell(claim.map { isSameText ? "\($0.text), \($0.standing)" : $0.text } ?? "")
      }
      buffer.cell(cause.rawValue)
      buffer.cell(new[key]?.rule ?? old[key]?.rule ?? "")
      buffer.cell(new[key]?.alteration ?? old[key]?.alteration ?? "")
      buffer.endRow()
    }
    return buffer.bytes
  }

  private struct Key: Hashable {
    let therapy: String
    let tumorType: String
  }

  private static func claims(_ rows: TSVRow) -> [Key: Claim] {
    var claims: [Key: Claim] = [:]
    var row = rows
    while row.next() {
      let key = Key(therapy: row["therapy"], tumorType: row["tumor_type"])
      let because = row["because"]
      claims[key] = Claim(
        group: row["group"], tier: row["tier"], verdict: row["verdict"], level: row["level"],
        standing: row["standing"], rule: row["rule_ids"], alteration: because.isEmpty ? row["against"] : because)
    }
    return claims
  }

  /// The places of two tiers in one order; `nil` where they are of different kinds: an alteration's tier against one by
  /// tumor type, or what is opened against what is closed.
  private static func places(_ one: Claim, _ other: Claim) -> (Int, Int)? {
    guard one.direction == other.direction, let left = Tier(named: one.tier), let right = Tier(named: other.tier) else {
      return nil
    }
    switch (left.grade, right.grade) {
    case (.step(let first), .step(let second)): return (first.place, second.place)
    case (.histology(let first), .histology(let second)): return (first.place, second.place)
    default: return nil
    }
  }
}
