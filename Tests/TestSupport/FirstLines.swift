// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Knowledge

/// The first line of a report against the others of its tier.
package enum FirstLines {
  /// Samples whose first opened therapy is in conflict, of another tumor's backbone or of a stopped agent while a
  /// supported one of the same tier is none of these; one line each, with how many samples have a first line.
  package static func faults(_ options: Table) -> (count: Int, faults: [String]) {
    let agents = Clinic.table.reference.agents
    func isWeak(_ row: [String: String]) -> Bool {
      let names = (row["therapy"] ?? "").components(separatedBy: " + ")
      return row["verdict"] == "conflicting" || row["proximity"] == "crossing"
        || names.contains { agents.agent($0)?.stopped.isEmpty == false }
    }
    var count = 0
    var faults: [String] = []
    let opened = options.rows.filter { $0["group"] == "opened" }
    for (sample, rows) in Dictionary(grouping: opened, by: { $0["sample_id"] ?? "" }).sorted(by: { $0.key < $1.key }) {
      let ranked = rows.sorted { Int($0["rank"] ?? "") ?? .max < Int($1["rank"] ?? "") ?? .max }
      guard let first = ranked.first else { continue }
      count += 1
      guard isWeak(first) else { continue }
      // What is folded away stands nowhere: laboratory work on other tumors.
      let better = ranked.filter { row in
        let isFolded = row["level"] == "E" && ["lineage", "other"].contains(row["proximity"])
        return row["tier"] == first["tier"] && row["verdict"] == "supported" && !isWeak(row) && !isFolded
      }
      if let one = better.first {
        faults.append("\(sample): \(first["therapy"] ?? "") stands before \(one["therapy"] ?? "")")
      }
    }
    return (count, faults)
  }
}
