internal import DelimitedText

/// Which genes drive or hold back which pathway.
package struct PathwayTable: Sendable {
  /// A gene's part in a pathway.
  package struct Member: Sendable {
    /// The pathway's name.
    package let pathway: String
    /// The gene symbol.
    package let gene: String
    /// `activator` or `suppressor`.
    package let role: String
  }

  /// All members in table order.
  package private(set) var members: [Member] = []
  private var byGene: [String: [Member]] = [:]

  static func builtIn() -> PathwayTable {
    var table = PathwayTable()
    for record in BuiltInTable.pathways.text.records(["pathway", "gene", "role"]) {
      let member = Member(pathway: record[0], gene: record[1], role: record[2])
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
