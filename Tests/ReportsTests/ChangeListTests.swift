// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import TestSupport
import Testing
@testable import Reports

/// What became of a therapy between two runs.
struct ChangeListTests {
  private static func row(_ group: String, _ tier: String, _ verdict: String = "supported") -> TSVRow {
    let values = [
      "sample_id": "S1", "tumor_type": "LMS", "therapy": "pazopanib", "group": group, "tier": tier, "verdict": verdict,
      "standing": "literature", "rule_ids": "R1", "because": "TP53 p.R175H",
    ]
    let text = OutputTable.options.columns.map { values[$0] ?? "" }.joined(separator: "\t") + "\n"
    return TSVRow(Array(text.utf8), header: OutputTable.options.header)
  }

  @Test(
    "a tier goes up or down within its kind alone",
    arguments: [
      (("opened", "II-C"), ("by_tumor_type", "H:A1"), "verdict"),
      (("by_tumor_type", "H:A1"), ("opened", "I-A"), "verdict"),
      (("opened", "II-C"), ("closed", "R:II-C"), "verdict"), (("opened", "I-A"), ("opened", "II-C"), "tier_down"),
      (("opened", "II-D"), ("conditional", "II-C"), "tier_up"),
      (("by_tumor_type", "H:A1"), ("by_tumor_type", "H:C"), "tier_down"),
    ] as [((String, String), (String, String), String)])
  func tiers(before: (String, String), now: (String, String), change: String) {
    let rows = ChangeList.rows(
      sampleID: "S1", before: Self.row(before.0, before.1), now: Self.row(now.0, now.1), cause: .table)
    let cells = String(decoding: rows, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
    #expect(cells.count > 3 && cells[3] == change)
  }
}
