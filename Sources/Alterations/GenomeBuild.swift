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

  /// The name of the reference: `GRCh38`.
  public var name: String {
    switch self {
    case .grch37: "GRCh37"
    case .grch38: "GRCh38"
    }
  }

  private static let words37 = ["grch37", "hg19", "b37", "hs37", "g1k_v37", "ncbi37", "build37"]
  private static let words38 = ["grch38", "hg38", "b38", "hs38", "ncbi38", "build38"]

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
