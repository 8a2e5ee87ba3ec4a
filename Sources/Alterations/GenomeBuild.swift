// SPDX-License-Identifier: Apache-2.0
/// A reference of the human genome by which positions are counted.
public enum GenomeBuild: UInt8, Hashable, Sendable, CaseIterable {
  case grch37 = 37
  case grch38 = 38

  /// The build that a word, a file name or an accession names; `nil` where it names none, or both.
  ///
  /// ```swift
  /// GenomeBuild("hg19")              // .grch37
  /// GenomeBuild("GCA_000001405.15")  // .grch38
  /// ```
  public init?(_ text: some StringProtocol) {
    let word = text.lowercased()
    if let named = Self.plainName(word) {
      self = named
      return
    }
    let is37 = Self.words37.contains { word.contains($0) } || Self.accession(word, of: "gcf_", last: 25) == .grch37
    let is38 = Self.words38.contains { word.contains($0) } || Self.accession(word, of: "gcf_", last: 25) == .grch38
    let byAccession = Self.accession(word, of: "gca_", last: 14)
    switch (is37 || byAccession == .grch37, is38 || byAccession == .grch38) {
    case (true, false): self = .grch37
    case (false, true): self = .grch38
    default: return nil
    }
  }

  /// The build that the versioned accession of a chromosome is of, at the beginning of a text: `NC_000007.13`; `nil` for
  /// another text or version (RefSeq, assemblies GCF_000001405.25 and GCF_000001405.40).
  package init?(chromosomeAccession text: some StringProtocol) {
    guard text.hasPrefix("NC_0000") else { return nil }
    let rest = text.dropFirst(7)
    let behind = rest.dropFirst(2)
    guard let number = Int(rest.prefix(2)), Self.versions37.indices.contains(number - 1), behind.first == ".",
      let version = Int(behind.dropFirst().prefix(while: \.isNumber))
    else { return nil }
    switch version - Self.versions37[number - 1] {
    case 0: self = .grch37
    case 1: self = .grch38
    default: return nil
    }
  }

  /// Of chromosomes 1 to 22, X and Y the versions of their accessions in GRCh37; in GRCh38 each is one higher.
  private static let versions37 = [
    10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9,
  ]

  /// The build in which a chromosome has so many bases; `nil` where it has in none, or it is none of 1 to 22, X and Y.
  package init?(chromosomeLength bases: Int) {
    if Self.lengths37.contains(bases) {
      self = .grch37
    } else if Self.lengths38.contains(bases) {
      self = .grch38
    } else {
      return nil
    }
  }

  private static let lengths37: Set<Int> = [
    249_250_621, 243_199_373, 198_022_430, 191_154_276, 180_915_260, 171_115_067, 159_138_663, 146_364_022, 141_213_431,
    135_534_747, 135_006_516, 133_851_895, 115_169_878, 107_349_540, 102_531_392, 90_354_753, 81_195_210, 78_077_248,
    59_128_983, 63_025_520, 48_129_895, 51_304_566, 155_270_560, 59_373_566,
  ]
  private static let lengths38: Set<Int> = [
    248_956_422, 242_193_529, 198_295_559, 190_214_555, 181_538_259, 170_805_979, 159_345_973, 145_138_636, 138_394_717,
    133_797_422, 135_086_622, 133_275_309, 114_364_328, 107_043_718, 101_991_189, 90_338_345, 83_257_441, 80_373_285,
    58_617_616, 64_444_167, 46_709_983, 50_818_468, 156_040_895, 57_227_415,
  ]

  /// The name of the reference: `GRCh38`.
  public var name: String {
    switch self {
    case .grch37: "GRCh37"
    case .grch38: "GRCh38"
    }
  }

  private static let words37 = ["grch37", "hg19", "b37", "hs37", "g1k_v37", "ncbi37", "build37", "assembly19"]
  private static let words38 = ["grch38", "hg38", "b38", "hs38", "ncbi38", "build38", "assembly38"]

  /// The names that nearly all files use, as a whole.
  private static func plainName(_ word: String) -> GenomeBuild? {
    switch word {
    case "37", "37.0", "19", "grch37", "hg19", "b37": .grch37
    case "38", "38.0", "grch38", "hg38": .grch38
    default: nil
    }
  }

  /// The build of an accession of the assembly; versions up to `last` are the older build and its patches.
  private static func accession(_ word: String, of prefix: String, last: Int) -> GenomeBuild? {
    let name = prefix + "000001405."
    guard let place = word.range(ofPart: name), let version = Int(word[place...].prefix(while: \.isNumber)) else {
      return nil
    }
    return version <= last ? .grch37 : .grch38
  }
}

extension String {
  /// Where the text behind a part begins.
  fileprivate func range(ofPart part: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(part) { return self.index(index, offsetBy: part.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
