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

  /// Adds rows of therapies.tsv, each with its line end.
  public mutating func addTherapies(_ rows: [UInt8]) {
    Self.project(rows, therapyPlaces, where: therapyPlaces[2], is: "sensitivity", into: &therapies)
  }

  /// Adds rows of alterations.tsv, each with its line end.
  public mutating func addAlterations(_ rows: [UInt8]) {
    Self.project(rows, alterationPlaces, where: alterationPlaces[4], is: "matched", into: &alterations)
  }

  /// Appends the cells at `places` of each row whose cell at `column` is `word`.
  private static func project(
    _ rows: [UInt8], _ places: [Int], where column: Int, is word: StaticString, into table: inout [UInt8]
  ) {
    let bytes = rows.span
    let last = places.max() ?? 0
    var cells: [Range<Int>] = []
    cells.reserveCapacity(last + 2)
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte == 0x09 || byte == 0x0A else { continue }
      if cells.count <= last { cells.append(start..<index) }
      start = index + 1
      guard byte == 0x0A else { continue }
      if cells.count > last, equals(bytes.extracting(cells[column]), word) {
        for (number, place) in places.enumerated() {
          if number > 0 { table.append(0x09) }
          unsafe bytes.extracting(cells[place]).withUnsafeBufferPointer { unsafe table.append(contentsOf: $0) }
        }
        table.append(0x0A)
      }
      cells.removeAll(keepingCapacity: true)
    }
  }

  private static func equals(_ cell: Span<UInt8>, _ word: StaticString) -> Bool {
    guard cell.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { buffer in
      for index in cell.indices where cell[index] != (unsafe buffer[index]) { return false }
      return true
    }
  }
}
