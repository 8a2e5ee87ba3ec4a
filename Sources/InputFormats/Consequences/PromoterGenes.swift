// SPDX-License-Identifier: Apache-2.0
internal import CBuiltInTables
internal import DelimitedText

/// The genes whose promoter is read: those that the table of named sites gives a change of the promoter.
enum PromoterGenes {
  /// Few genes: rows before a gene are compared with each.
  private static let symbols = NamedSiteGenes.symbols(of: "coding")

  /// Whether the gene, as written, is one of them.
  static func contains(_ gene: Span<UInt8>) -> Bool { NamedSiteGenes.hold(symbols, gene) }
}

/// The genes of whose introns deletions are read: those of which the table of named sites knows a lost exon.
enum SpliceGenes {
  private static let symbols = NamedSiteGenes.symbols(of: "splice_bases")

  /// Whether the gene, as written, is one of them.
  static func contains(_ gene: Span<UInt8>) -> Bool { NamedSiteGenes.hold(symbols, gene) }
}

/// Genes of the table of named sites.
private enum NamedSiteGenes {
  /// The symbols of genes that have a site of a kind.
  static func symbols(of kind: String) -> [[UInt8]] {
    let table = Int32(ONCOMATCH_TABLE_NAMED_SITES.rawValue)
    // The bytes are constants of the program and outlive every use.
    let bytes = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(table), count: oncomatch_table_size(table))
    let rows = NamedTable(unsafe Span(_unsafeElements: bytes)).records(["gene", "kind"])
    return Set(rows.filter { $0[1] == kind }.map { $0[0] }).sorted().map { Array($0.utf8) }
  }

  /// Whether a name is one of few.
  static func hold(_ symbols: [[UInt8]], _ name: Span<UInt8>) -> Bool {
    symbols.contains { symbol in
      guard symbol.count == name.count else { return false }
      for index in symbol.indices where symbol[index] != name[index] { return false }
      return true
    }
  }
}
