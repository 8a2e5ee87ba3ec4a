// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats
internal import Knowledge

/// Reads rows of genes that nothing in the tables speaks of, straight from their bytes.
///
/// Most rows of an exome are of this kind. A row that is not plainly one, by gene, class and notation, is left to
/// ``Normalizer``, which takes longer; ``unlisted(_:)`` then tells whether it is one.
struct PlainRows: Sendable {
  private let genes: GeneCatalog
  /// By gene number, whether anything in the tables speaks of the gene.
  private let isKnown: [Bool]
  private let identifiers = GeneIdentifierTable()

  /// Whether calls in the germline are read.
  private let keepsGermline: Bool

  init(genes: GeneCatalog, isKnown: [Bool], keepsGermline: Bool) {
    self.keepsGermline = keepsGermline
    self.genes = genes
    self.isKnown = isKnown
  }

  /// Such a row, before anything is made of it.
  struct Row {
    fileprivate let gene: GeneID
    fileprivate let plain: Plain
    /// What makes two such rows one, the gene and the change; of no gene where rows stand for themselves.
    let key: PlainKey
  }

  /// A row that is plainly one of those; `nil` for another.
  func find(_ record: RawRecord, _ batch: RecordBatch) -> Row? {
    // Of a start codon that became another one the protein cell says what is not so.
    guard case .mutation(let row) = record.statement, row.consequence.use != .startKept else { return nil }
    let text = batch.text.span
    if !keepsGermline, Self.origin(text.extracting(row.status.range)) == .germline { return nil }
    let change = text.extracting(row.proteinChange.range)
    let effect = row.consequence.effect
    let plain: Plain
    if change.isEmpty {
      guard effect == .spliceRegion, Self.isPlainIntronic(text.extracting(row.codingChange.range)) else {
        return nil
      }
      plain = .spliceRegion
    } else {
      guard let found = Self.plain(change, effect) else { return nil }
      plain = found
    }
    guard let gene = gene(text.extracting(row.gene.range)) else { return nil }
    // What curators say of it is said of it in the long way.
    guard row.statements.isEmpty else { return nil }
    if row.geneID.isSet, let numbered = identifiers.gene(row.geneID, in: genes), numbered != gene { return nil }
    return switch plain {
    case .spliceRegion: Row(gene: gene, plain: plain, key: PlainKey())
    case .silent(let sign):
      Row(gene: gene, plain: plain, key: PlainKey(gene: gene.rawValue, change: change, replacingLastBy: sign))
    case .missense, .nonsense:
      Row(gene: gene, plain: plain, key: PlainKey(gene: gene.rawValue, change: change))
    }
  }

  /// What a row that ``find(_:_:)`` took states.
  ///
  /// - Parameter keepsCodingChange: Whether the change of the coding sequence is wanted; costs time.
  func alteration(
    _ found: Row, _ record: RawRecord, _ batch: RecordBatch, file: Int32, keepsCodingChange: Bool
  ) -> Alteration {
    guard case .mutation(let row) = record.statement else { fatalError("a plain row states a mutation") }
    let text = batch.text.span
    let change = text.extracting(row.proteinChange.range)
    let coding = text.extracting(row.codingChange.range)
    let written = Self.string(change.isEmpty ? coding : change)
    var event = SequenceChange(effect: found.plain.effect)
    var cautions: [Caution] = []
    switch found.plain {
    case .spliceRegion: event.codingChange = written
    case .silent: event.proteinChange = ProteinChange(.synonymous, at: Self.codon(change), from: change[2])
    case .missense, .nonsense:
      let codon = Self.codon(change)
      event.proteinChange =
        found.plain.effect == .nonsense
        ? ProteinChange(.nonsense, at: codon, from: change[2])
        : ProteinChange(.substitution, at: codon, from: change[2], to: change[change.count - 1])
      if CodingPosition.disagrees(coding, codon: codon) { cautions.append(.codingChangeDisagrees) }
    }
    if row.populationFrequency > Normalizer.commonFrequency { cautions.append(.commonInPopulation) }
    if keepsCodingChange, !change.isEmpty {
      event.codingChange = SequenceNormalizer.codingChange(batch.string(row.codingChange))
    }
    return Alteration(
      gene: genes.symbol(found.gene), event: .sequence(event), asWritten: written,
      origin: Self.origin(text.extracting(row.status.range)),
      variantAlleleFraction: row.alleleFraction >= 0 ? Double(row.alleleFraction) : nil,
      cancerCellFraction: row.cellFraction >= 0 ? Double(row.cellFraction) : nil, cautions: cautions,
      source: SourceLocation(file: file, line: record.line))
  }

  /// A gene that nothing in the tables speaks of, by its symbol; `nil` for all others.
  func unknown(_ symbol: String) -> GeneID? {
    genes.gene(symbol).flatMap { isKnown[Int($0.rawValue)] ? nil : $0 }
  }

  /// Such a row in another notation, which ``find(_:_:)`` leaves alone, with what is kept of it; `nil` for what is more
  /// than that.
  ///
  /// - Parameter alteration: One of a gene that ``unknown(_:)`` names.
  func unlisted(_ alteration: Alteration) -> Alteration? {
    guard case .sequence(let change) = alteration.event, change.namedClass.isEmpty, change.region == nil,
      alteration.source != nil, alteration.cancerCellFraction == nil, alteration.cautions.isPlain
    else { return nil }
    if let protein = change.proteinChange {
      let effect: VariantEffect
      switch protein.consequence {
      case .substitution: effect = .missense
      case .nonsense: effect = .nonsense
      case .synonymous: effect = .synonymous
      default: return nil
      }
      guard change.effect == effect, protein.first > 0, protein.first == protein.last else { return nil }
    } else {
      guard change.effect == .spliceRegion, !change.codingChange.isEmpty else { return nil }
    }
    var unlisted = alteration
    unlisted.cautions = alteration.cautions.plain
    unlisted.copyNumber = nil
    unlisted.depth = nil
    // As exact as in the short way.
    unlisted.variantAlleleFraction = alteration.variantAlleleFraction.map { Double(Float($0)) }
    return unlisted
  }

  /// What makes an alteration one with such rows; `nil` when no such row can say the same.
  func key(_ alteration: Alteration, of gene: GeneID) -> PlainKey? {
    guard case .sequence(let change) = alteration.event, let protein = change.proteinChange, change.namedClass.isEmpty
    else { return nil }
    let text = Array(protein.description.utf8)
    guard text.count >= 5, text.count <= PlainKey.longest else { return nil }
    return PlainKey(gene: gene.rawValue, change: text.span)
  }

  private static let germlineWords = ["germline", "constitutional", "inherited"]

  /// Germline or somatic, as a file says it.
  static func origin(_ status: Span<UInt8>) -> AlterationOrigin {
    if ByteText.equals(status, "somatic") { return .somatic }
    if ByteText.equals(status, "germline") { return .germline }
    // `Germline (heterozygous)`, `germline_het`, `Constitutional`.
    guard status.count >= 9 else { return .unknown }
    let isSaid = germlineWords.contains { word in
      guard status.count >= word.utf8.count else { return false }
      let after = status.count == word.utf8.count ? 0x20 : status[word.utf8.count]
      let isLetter = (0x41...0x5A).contains(after & 0xDF)
      return !isLetter && zip(word.utf8, status.indices).allSatisfy { $0 == status[$1] | 0x20 }
    }
    return isSaid ? .germline : .unknown
  }

  private func gene(_ name: Span<UInt8>) -> GeneID? {
    switch genes.resolve(name) {
    case .symbol(let found): isKnown[Int(found.rawValue)] ? nil : found
    // A short alias may be what a clinic calls a receptor.
    case .alias(let found): name.count <= 3 || isKnown[Int(found.rawValue)] ? nil : found
    case .ambiguous, .dateLike, .unknown: nil
    }
  }

  fileprivate enum Plain {
    case missense, nonsense, spliceRegion
    /// Ends in `=` in its canonical form.
    case silent(UInt8)

    var effect: VariantEffect {
      switch self {
      case .missense: .missense
      case .nonsense: .nonsense
      case .spliceRegion: .spliceRegion
      case .silent: .synonymous
      }
    }
  }

  /// What `p.V600E` and its like are where the class says the same; `nil` for all else.
  private static func plain(_ change: Span<UInt8>, _ stated: VariantEffect) -> Plain? {
    guard change.count >= 5, change.count <= longestChange else { return nil }
    guard change[0] == UInt8(ascii: "p"), change[1] == UInt8(ascii: ".") else { return nil }
    let first = change[2]
    let last = change[change.count - 1]
    guard isResidue(first), change[3] != 0x30 else { return nil }
    for index in 3..<(change.count - 1) where change[index] < 0x30 || change[index] > 0x39 { return nil }
    // A change of the first residue is a lost start, whatever the class says.
    if change.count == 5, change[3] == 0x31 { return nil }
    if last == first || last == UInt8(ascii: "=") {
      return stated == .synonymous ? .silent(UInt8(ascii: "=")) : nil
    }
    if isResidue(last) { return stated == .missense ? .missense : nil }
    return last == UInt8(ascii: "*") && stated == .nonsense ? .nonsense : nil
  }

  /// `p.`, a residue, seven digits, a residue: no protein is longer.
  private static let longestChange = 11

  /// The codon of a change that ``plain(_:_:)`` takes.
  private static func codon(_ change: Span<UInt8>) -> Int {
    var number = 0
    for index in 3..<(change.count - 1) { number = number * 10 + Int(change[index] &- 0x30) }
    return number
  }

  /// Whether a coding change is plainly written and not at a splice site.
  private static func isPlainIntronic(_ coding: Span<UInt8>) -> Bool {
    guard coding.count > 4, coding.count <= 60, coding[0] == UInt8(ascii: "c"), coding[1] == UInt8(ascii: ".") else {
      return false
    }
    for index in coding.indices {
      switch coding[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: ">"), UInt8(ascii: "_"):
        continue
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        // The two bases beside an exon are the site itself; a number of several digits is not among them.
        guard index + 2 < coding.count, coding[index + 1] > 0x30, coding[index + 1] <= 0x39 else { return false }
        let isOneDigit = coding[index + 2] < 0x30 || coding[index + 2] > 0x39
        if isOneDigit, coding[index + 1] <= 0x32 { return false }
      default: return false
      }
    }
    return true
  }

  private static func isResidue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A"), UInt8(ascii: "C")...UInt8(ascii: "I"), UInt8(ascii: "K")...UInt8(ascii: "N"),
      UInt8(ascii: "P")...UInt8(ascii: "T"), UInt8(ascii: "V"), UInt8(ascii: "W"), UInt8(ascii: "Y"):
      true
    default: false
    }
  }

  /// Bytes that are ASCII, as text.
  private static func string(_ bytes: Span<UInt8>) -> String {
    unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
