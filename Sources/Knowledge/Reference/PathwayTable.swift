// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Which genes drive or hold back which pathway.
package struct PathwayTable: Sendable {
  /// A gene's part in a pathway.
  package struct Member: Sendable {
    /// The pathway's name.
    package let pathway: String
    /// The gene symbol.
    package let gene: String
    /// What it does there.
    package let role: Role
  }

  /// What a gene does in a pathway.
  package enum Role: String, Sendable {
    case activator, suppressor
  }

  /// All members in table order.
  package private(set) var members: [Member] = []
  private var byGene: [String: [Member]] = [:]

  static func builtIn() -> PathwayTable {
    var table = PathwayTable()
    BuiltInTable.pathways.forEachRecord(["pathway", "gene", "role"]) { record in
      guard let role = Role(rawValue: record[2]) else { preconditionFailure("pathways: no role '\(record[2])'") }
      let member = Member(pathway: record[0], gene: record[1], role: role)
      table.members.append(member)
      table.byGene[member.gene, default: []].append(member)
    }
    return table
  }

  /// Whether it is a pathway's name.
  package func contains(_ name: String) -> Bool { members.contains { $0.pathway == name } }

  /// The parts a gene plays.
  package func roles(of gene: String) -> [Member] { byGene[gene] ?? [] }
}
