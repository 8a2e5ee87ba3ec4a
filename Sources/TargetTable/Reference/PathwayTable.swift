/// Which genes drive or hold back which pathway.
public struct PathwayTable: Sendable {
  /// A gene's part in a pathway.
  public struct Member: Sendable {
    /// The pathway's name.
    public let pathway: String
    /// The gene symbol.
    public let gene: String
    /// `activator` or `suppressor`.
    public let role: String
  }

  /// All members in table order.
  public private(set) var members: [Member] = []
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
  public func contains(_ name: String) -> Bool { members.contains { $0.pathway == name } }

  /// The parts a gene plays.
  public func roles(of gene: String) -> [Member] { byGene[gene] ?? [] }
}
