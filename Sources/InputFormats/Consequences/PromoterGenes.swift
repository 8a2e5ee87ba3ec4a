internal import CBuiltInTables
internal import DelimitedText

/// The genes whose promoter is read: those that the table of named sites gives a change of the promoter.
enum PromoterGenes {
  /// Few genes: rows before a gene are compared with each.
  private static let symbols: [[UInt8]] = {
    let table = Int32(ONCOMATCH_TABLE_NAMED_SITES.rawValue)
    // The bytes are constants of the program and outlive every use.
    let bytes = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(table), count: oncomatch_table_size(table))
    let rows = NamedTable(unsafe Span(_unsafeElements: bytes)).records(["gene", "kind"])
    return Set(rows.filter { $0[1] == "coding" }.map { $0[0] }).sorted().map { Array($0.utf8) }
  }()

  /// Whether the gene, as written, is one of them.
  static func contains(_ gene: Span<UInt8>) -> Bool {
    symbols.contains { symbol in
      guard symbol.count == gene.count else { return false }
      for index in symbol.indices where symbol[index] != gene[index] { return false }
      return true
    }
  }
}
