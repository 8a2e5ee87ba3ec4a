internal import Alterations
internal import DelimitedText

/// What a class of a MAF means for reading the row.
enum VariantClassification {
  /// What to do with a row of the class.
  enum Use: Sendable {
    case coding
    case silent
    /// Outside of coding sequence and splice sites.
    case noncoding
    /// A promoter or flank: kept for genes whose promoter matters.
    case flank
    /// Near a splice site; the coding change tells whether at it.
    case nearSplice
    case fusion
    case unknown
  }

  /// The use of a cell of `Variant_Classification`.
  static func use(of cell: Span<UInt8>) -> Use {
    guard cell.count > 1 else { return .unknown }
    switch cell[0] | 0x20 {
    case UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "t"):
      if ByteText.equals(cell, "Targeted_Region") { return .noncoding }
      return .coding
    case UInt8(ascii: "s"):
      if ByteText.equals(cell, "Silent") || ByteText.equals(cell, "Synonymous")
        || ByteText.equals(cell, "synonymous_variant")
      {
        return .silent
      }
      if ByteText.equals(cell, "Splice_Region") || ByteText.equals(cell, "splice_region_variant") { return .nearSplice }
      return .coding
    case UInt8(ascii: "f"):
      return ByteText.equals(cell, "Fusion") ? .fusion : .coding
    case UInt8(ascii: "3"):
      return .noncoding
    case UInt8(ascii: "5"):
      return ByteText.equals(cell, "5'Flank") || ByteText.equals(cell, "5'UTR") ? .flank : .noncoding
    case UInt8(ascii: "i"):
      if ByteText.equals(cell, "Intron") { return .nearSplice }
      return ByteText.equals(cell, "IGR") || ByteText.equals(cell, "intergenic_variant") ? .noncoding : .coding
    case UInt8(ascii: "r"), UInt8(ascii: "l"):
      return .noncoding
    case UInt8(ascii: "u"):
      if ByteText.equals(cell, "upstream_gene_variant") { return .flank }
      return .unknown
    case UInt8(ascii: "d"):
      if ByteText.equals(cell, "downstream_gene_variant") { return .noncoding }
      return .coding
    default:
      return .unknown
    }
  }
}
