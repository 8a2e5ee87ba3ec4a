/// What the cohort's page is made from: of the tables only the rows and cells that it shows.
public struct CohortFeed: Sendable {
  /// Rows of samples.tsv with a header.
  public private(set) var samples: [UInt8]
  /// sample_id, therapy, direction, verdict, rung and tier of rows that speak for a therapy.
  public private(set) var therapies: [UInt8]
  /// sample_id, gene, kind, class and outcome of alterations that a rule reads.
  public private(set) var alterations: [UInt8]

  private static let therapyColumns = ["sample_id", "therapy", "direction", "verdict", "rung", "tier"]
  private static let alterationColumns = ["sample_id", "gene", "kind", "class", "outcome"]
  private let therapyPlaces: [Int]
  private let alterationPlaces: [Int]

  /// A feed of no samples yet.
  public init() {
    samples = Array((OutputTable.samples.columns.joined(separator: "\t") + "\n").utf8)
    therapies = Array((Self.therapyColumns.joined(separator: "\t") + "\n").utf8)
    alterations = Array((Self.alterationColumns.joined(separator: "\t") + "\n").utf8)
    therapyPlaces = Self.therapyColumns.map { OutputTable.therapies.columns.firstIndex(of: $0) ?? 0 }
    alterationPlaces = Self.alterationColumns.map { OutputTable.alterations.columns.firstIndex(of: $0) ?? 0 }
  }

  /// Adds rows of samples.tsv.
  public mutating func addSamples(_ rows: [UInt8]) { samples += rows }

  /// Adds rows of therapies.tsv.
  public mutating func addTherapies(_ rows: [UInt8]) {
    let direction = therapyPlaces[2]
    Self.project(rows, therapyPlaces, into: &therapies) { cells in
      cells[direction].elementsEqual("sensitivity".utf8)
    }
  }

  /// Adds rows of alterations.tsv.
  public mutating func addAlterations(_ rows: [UInt8]) {
    let outcome = alterationPlaces[4]
    Self.project(rows, alterationPlaces, into: &alterations) { cells in
      cells[outcome].elementsEqual("matched".utf8)
    }
  }

  private static func project(
    _ rows: [UInt8], _ places: [Int], into table: inout [UInt8], where isWanted: ([ArraySlice<UInt8>]) -> Bool
  ) {
    for line in rows.split(separator: 0x0A) {
      let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
      guard cells.count > (places.max() ?? 0), isWanted(cells) else { continue }
      for (number, place) in places.enumerated() {
        if number > 0 { table.append(0x09) }
        table += cells[place]
      }
      table.append(0x0A)
    }
  }
}
