// SPDX-License-Identifier: Apache-2.0
internal import CBuiltInTables
internal import DelimitedText

/// The genes whose promoter is read: those that the table of named sites, or that of alleles for the dose of drugs, gives
/// a change of the promoter.
enum PromoterGenes {
  /// Few genes: rows before a gene are compared with each.
  private static let symbols = NamedSiteGenes.symbols(of: "coding") + NamedSiteGenes.withPromoterAlleles()

  /// Whether the gene, as written, is one of them.
  static func contains(_ gene: Span<UInt8>) -> Bool { NamedSiteGenes.hold(symbols, gene) }
}

/// The genes of whose introns deletions are read: those of which the table of named sites knows a lost exon.
enum SpliceGenes {
  private static let symbols = NamedSiteGenes.symbols(of: "splice_bases")

  /// Whether the gene, as written, is one of them.
  static func contains(_ gene: Span<UInt8>) -> Bool { NamedSiteGenes.hold(symbols, gene) }
}

/// The genes of which alleles for the dose of drugs are read, which may lie in introns and have numbers in dbSNP.
enum DoseGenes {
  /// The symbols, few.
  static let symbols = NamedSiteGenes.withNumberedAlleles()

  /// Positions of their alleles in any build, sorted.
  private static let positions = NamedSiteGenes.allelePositions()

  /// Whether the gene, as written, is one of them.
  static func contains(_ gene: Span<UInt8>) -> Bool { NamedSiteGenes.hold(symbols, gene) }

  /// Whether an allele lies at a position of some chromosome.
  static func mayLie(at position: Int) -> Bool {
    let place = positions.lowerBound(isBefore: { $0 < position })
    return place < positions.count && positions[place] == position
  }
}

/// Genes of the table of named sites.
private enum NamedSiteGenes {
  /// The symbols of genes that have a site of a kind.
  static func symbols(of kind: String) -> [[UInt8]] {
    let rows = table(ONCOMATCH_TABLE_NAMED_SITES).records(["gene", "kind"])
    return Set(rows.filter { $0[1] == kind }.map { $0[0] }).sorted().map { Array($0.utf8) }
  }

  /// The symbols of genes with an allele whose change lies before the coding sequence.
  static func withPromoterAlleles() -> [[UInt8]] {
    let rows = table(ONCOMATCH_TABLE_DOSE_ALLELES).records(["gene", "coding"])
    return Set(rows.filter { $0[1].contains("c.-") }.map { $0[0] }).sorted().map { Array($0.utf8) }
  }

  /// The symbols of genes with an allele that has a number.
  static func withNumberedAlleles() -> [[UInt8]] {
    let rows = table(ONCOMATCH_TABLE_DOSE_ALLELES).records(["gene", "rs"])
    return Set(rows.filter { !$0[1].isEmpty }.map { $0[0] }).sorted().map { Array($0.utf8) }
  }

  /// Where alleles lie in any build.
  static func allelePositions() -> [Int] {
    let rows = table(ONCOMATCH_TABLE_DOSE_ALLELES).records(["grch37", "grch38"])
    let sites = rows.flatMap { $0.flatMap { $0.split(separator: ";") } }
    return Set(sites.compactMap { site in site.split(separator: ":").dropFirst().first.flatMap { Int($0) } }).sorted()
  }

  private static func table(_ table: oncomatch_table) -> NamedTable {
    let place = Int32(table.rawValue)
    // The bytes are constants of the program and outlive every use.
    let bytes = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(place), count: oncomatch_table_size(place))
    return NamedTable(unsafe Span(_unsafeElements: bytes))
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
