// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// Finds genes by their numbers at NCBI Gene (Entrez), HGNC and Ensembl.
///
/// The index of a catalog is made when the first row asks for it: a run over files without such columns pays nothing.
package struct GeneIdentifierTable: Sendable {
  /// The tables compiled into the program.
  package init() {}

  /// An identifier's gene in a catalog of symbols; `nil` when the identifier is not known.
  package func gene(_ identifier: GeneIdentifier, in genes: GeneCatalog) -> GeneID? {
    guard identifier.isSet else { return nil }
    let row: Int32? =
      switch identifier.authority {
      case .entrez: Self.entrez[identifier.number]
      case .hgnc: Self.hgnc[identifier.number]
      case .ensembl: Self.ensembl[identifier.number]
      }
    // Rows of the table of symbols are the numbers of genes in the catalog.
    return row.flatMap { Int($0) < genes.count ? GeneID(rawValue: $0) : nil }
  }

  private static let entrez = Index(.geneIdentifiers, column: 1)
  private static let ensembl = Index(.geneIdentifiers, column: 2)
  private static let hgnc = Index(.genes, column: 1, skipping: "HGNC:".utf8.count)

  /// Rows of a table by a number that stands in one of its columns; open addressing, at most half full.
  private struct Index: Sendable {
    private var keys: [Int32]
    private var rows: [Int32]

    init(_ table: BuiltInTable, column: Int, skipping prefix: Int = 0) {
      var pairs: [(key: Int32, row: Int32)] = []
      table.withBytes { bytes in
        var walker = LineWalker()
        var finder = FieldFinder(columns: [column])
        var row: Int32 = -1
        while let line = walker.next(in: bytes) {
          if line.isEmpty || bytes[line.lowerBound] == UInt8(ascii: "#") { continue }
          defer { row += 1 }
          // The first line names the columns.
          if row < 0 { continue }
          _ = finder.find(in: bytes, line: line)
          let cell = finder.field(0).dropFirst(prefix)
          if let number = ByteText.integer(bytes.extracting(cell)), let key = Int32(exactly: number), key > 0 {
            pairs.append((key, row))
          }
        }
      }
      var size = 16
      while size < pairs.count * 2 { size <<= 1 }
      keys = [Int32](repeating: 0, count: size)
      rows = [Int32](repeating: -1, count: size)
      for pair in pairs {
        var slot = Self.slot(pair.key, size)
        while keys[slot] != 0, keys[slot] != pair.key { slot = (slot + 1) & (size - 1) }
        if keys[slot] == 0 { (keys[slot], rows[slot]) = (pair.key, pair.row) }
      }
    }

    subscript(key: Int32) -> Int32? {
      var slot = Self.slot(key, keys.count)
      while keys[slot] != 0 {
        if keys[slot] == key { return rows[slot] }
        slot = (slot + 1) & (keys.count - 1)
      }
      return nil
    }

    private static func slot(_ key: Int32, _ size: Int) -> Int {
      Int(truncatingIfNeeded: UInt32(bitPattern: key) &* 2_654_435_769 >> 7) & (size - 1)
    }
  }
}
