internal import DelimitedText

/// What the cohort's page is made from: of the tables only the rows and cells that it shows.
package struct CohortFeed: Sendable {
  /// Rows of samples.tsv with a header.
  package private(set) var samples: [UInt8]
  /// sample_id, therapy, direction, verdict, rung and tier of rows that speak for a therapy.
  package private(set) var therapies: [UInt8]
  /// sample_id, gene, kind, class and outcome of alterations that a rule reads.
  package private(set) var alterations: [UInt8]

  private static let therapyColumns = ["sample_id", "therapy", "direction", "verdict", "rung", "tier"]
  private static let alterationColumns = ["sample_id", "gene", "kind", "class", "outcome"]
  private let therapyPlaces: [Int]
  private let alterationPlaces: [Int]

  /// A feed of no samples yet.
  package init() {
    samples = Array((OutputTable.samples.columns.joined(separator: "\t") + "\n").utf8)
    therapies = Array((Self.therapyColumns.joined(separator: "\t") + "\n").utf8)
    alterations = Array((Self.alterationColumns.joined(separator: "\t") + "\n").utf8)
    therapyPlaces = Self.therapyColumns.map { OutputTable.therapies.columns.firstIndex(of: $0) ?? 0 }
    alterationPlaces = Self.alterationColumns.map { OutputTable.alterations.columns.firstIndex(of: $0) ?? 0 }
  }

  /// Adds rows of samples.tsv.
  package mutating func addSamples(_ rows: [UInt8]) { samples += rows }

  /// Adds rows of therapies.tsv, each with its line end.
  package mutating func addTherapies(_ rows: [UInt8]) {
    Self.project(rows, therapyPlaces, where: 2, is: "sensitivity", into: &therapies)
  }

  /// Adds rows of alterations.tsv, each with its line end.
  package mutating func addAlterations(_ rows: [UInt8]) {
    Self.project(rows, alterationPlaces, where: 4, is: "matched", into: &alterations)
  }

  /// Appends the cells at `places` of each row whose cell number `slot` of them is `word`.
  private static func project(
    _ rows: [UInt8], _ places: [Int], where slot: Int, is word: StaticString, into table: inout [UInt8]
  ) {
    let bytes = rows.span
    let last = places.max() ?? 0
    var walker = LineWalker()
    var finder = FieldFinder(columns: places)
    var cells = [Range<Int>](repeating: 0..<0, count: places.count)
    while let line = walker.next(in: bytes) {
      guard finder.find(in: bytes, line: line, fields: &cells) > last, equals(bytes.extracting(cells[slot]), word)
      else { continue }
      for (number, cell) in cells.enumerated() {
        if number > 0 { table.append(0x09) }
        unsafe bytes.extracting(cell).withUnsafeBufferPointer { unsafe table.append(contentsOf: $0) }
      }
      table.append(0x0A)
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
