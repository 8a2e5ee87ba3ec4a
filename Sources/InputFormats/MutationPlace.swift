// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import CBuiltInTables
internal import DelimitedText

/// Where a change lies, and what it is in other transcripts, as a row states it.
package struct MutationPlace: Sendable {
  /// What the change is in one transcript.
  package struct Block: Sendable {
    /// The accession as written.
    package var transcript = ""
    /// The change of the coding sequence as written.
    package var codingChange = ""
    /// The change of the protein as written.
    package var proteinChange = ""

    /// A block with nothing known.
    package init() {}
  }

  /// The transcript that the row's own change counts on, as written; empty when not given.
  package var transcript = ""
  /// The chromosome as written.
  package var chromosome = ""
  /// The position of the first base, counted from 1; 0 when not given.
  package var position = 0
  /// The bases there; `-` for none.
  package var reference = ""
  /// The bases in their place; `-` for none.
  package var alternate = ""
  /// The change in genomic notation as written, where the row gives one: `chr7:g.140753336A>T`; empty when not given.
  package var notation = ""
  /// The build by which the position is counted, where the row or its file says so.
  package var build: GenomeBuild?
  /// Numbers of the change in dbSNP as written; kept of genes with alleles for the dose of drugs alone.
  package var numbers = ""
  /// The genotype as a VCF writes it; kept of the same genes.
  package var genotype = ""
  /// What the change is in further transcripts of the gene.
  package var others: [Block] = []

  /// A place with nothing known.
  package init() {}
}

/// A row's place while it is being read: cells behind one another with tabs between.
struct PlaceText {
  private(set) var bytes: [UInt8] = []

  /// - Parameter build: The build by which the position is counted.
  init(
    transcript: Span<UInt8>, chromosome: Span<UInt8>, position: Span<UInt8>, reference: Span<UInt8>,
    alternate: Span<UInt8>, notation: Span<UInt8>, build: GenomeBuild?
  ) {
    bytes.reserveCapacity(256)
    append(transcript)
    append(chromosome)
    append(position)
    append(reference)
    append(alternate)
    append(notation)
    if let build { bytes.append(build.rawValue) }
  }

  private mutating func append(_ cell: Span<UInt8>) {
    let start = bytes.count
    unsafe cell.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    // A quoted cell may hold a tab, which would divide it.
    if LineWalker.firstIndex(of: 0x09, in: cell, from: 0) != nil {
      let kept = bytes[start...].filter { $0 != 0x09 }
      bytes.replaceSubrange(start..., with: kept)
    }
    bytes.append(0x09)
  }

  /// What stands in place of a transcript before a number of dbSNP and a genotype.
  static let identity = Array("#".utf8)

  /// Adds numbers of dbSNP, and the genotype.
  mutating func identify(numbers: Span<UInt8>, genotype: Span<UInt8>) {
    add(transcript: Self.identity.span, codingChange: numbers, proteinChange: genotype)
  }

  /// Adds what the change is in another transcript.
  mutating func add(transcript: Span<UInt8>, codingChange: Span<UInt8>, proteinChange: Span<UInt8>) {
    bytes.append(0x09)
    append(transcript)
    append(codingChange)
    append(proteinChange)
    bytes.removeLast()
  }
}

extension RecordBatch {
  /// Where a change lies; `nil` where the row does not say, or where nobody asks because the tables know no exon of the
  /// gene.
  package func place(of mutation: RawMutation) -> MutationPlace? {
    guard !mutation.place.isEmpty else { return nil }
    let whole = self.text.span.extracting(mutation.place.range)
    var cells: [Range<Int>] = []
    cells.reserveCapacity(32)
    var start = 0
    for index in whole.indices where whole[index] == 0x09 {
      cells.append(start..<index)
      start = index + 1
    }
    cells.append(start..<whole.count)
    guard cells.count >= 7 else { return nil }
    func text(_ index: Int) -> String { ByteText.string(whole.extracting(cells[index])) }
    var place = MutationPlace()
    place.transcript = text(0)
    place.chromosome = text(1)
    place.position = Int(text(2)) ?? 0
    place.reference = text(3)
    place.alternate = text(4)
    place.notation = text(5)
    if !cells[6].isEmpty { place.build = GenomeBuild(rawValue: whole[cells[6].lowerBound]) }
    // A versioned accession says more than the column of the build.
    let byAccession =
      GenomeBuild(chromosomeAccession: place.notation) ?? GenomeBuild(chromosomeAccession: place.chromosome)
    if let byAccession { place.build = byAccession }
    var index = 7
    while index + 2 < cells.count {
      var block = MutationPlace.Block()
      block.transcript = text(index)
      block.codingChange = text(index + 1)
      block.proteinChange = text(index + 2)
      if block.transcript == "#" {
        (place.numbers, place.genotype) = (block.codingChange, block.proteinChange)
      } else {
        place.others.append(block)
      }
      index += 3
    }
    return place
  }

  /// Keeps a row's place.
  mutating func keep(_ place: PlaceText) -> TextSlice { keep(place.bytes.span) }
}

/// The genes whose coding exons, or alleles for the dose of drugs, the tables know; of others no place is kept.
enum CodingGeneNames {
  /// Numbers of names by their slot, 0 where there is none.
  private static let slots: [UInt64] = {
    var slots = [UInt64](repeating: 0, count: 4096)
    let table = Int32(ONCOMATCH_TABLE_CODING_EXONS.rawValue)
    // The bytes are constants of the program and outlive every use.
    let buffer = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(table), count: oncomatch_table_size(table))
    let bytes = unsafe Span(_unsafeElements: buffer)
    var walker = LineWalker()
    while let line = walker.next(in: bytes) {
      guard !line.isEmpty, bytes[line.lowerBound] != UInt8(ascii: "#") else { continue }
      let end = LineWalker.firstIndex(of: 0x09, in: bytes, from: line.lowerBound) ?? line.upperBound
      let number = number(bytes.extracting(line.lowerBound..<end))
      var slot = Int(truncatingIfNeeded: number) & 4095
      while slots[slot] != 0 { slot = (slot + 1) & 4095 }
      slots[slot] = number
    }
    for symbol in DoseGenes.symbols where !contains(symbol.span, slots) {
      var slot = Int(truncatingIfNeeded: number(symbol.span)) & 4095
      while slots[slot] != 0 { slot = (slot + 1) & 4095 }
      slots[slot] = number(symbol.span)
    }
    return slots
  }()

  /// Whether the place of a row is kept: of such a gene, of one that may be written by another name than its symbol, and of
  /// a row that states no change of the protein, since names are resolved behind the readers.
  static func keepPlace(of gene: Span<UInt8>, statesProtein: Bool) -> Bool {
    !statesProtein || contains(gene) || isOtherName(gene)
  }

  /// Whether a name is written like no symbol: in lower case, or a number of a database.
  private static func isOtherName(_ gene: Span<UInt8>) -> Bool {
    guard gene.count > 3 else { return gene.isEmpty || gene[0] >= 0x61 || gene[0] <= 0x39 }
    // Symbols of open reading frames hold small letters behind a number: `C1orf112`.
    if gene[0] >= 0x61 || gene[0] <= 0x39 || gene[1] == UInt8(ascii: "-") { return true }
    return gene.count > 10 && gene[0] == UInt8(ascii: "E") && gene[1] == UInt8(ascii: "N")
      || gene[0] == UInt8(ascii: "H") && gene[1] == UInt8(ascii: "G") && gene[3] == UInt8(ascii: "C")
  }

  /// Whether the gene, by its symbol as written, is one of them.
  static func contains(_ gene: Span<UInt8>) -> Bool { contains(gene, slots) }

  private static func contains(_ gene: Span<UInt8>, _ slots: [UInt64]) -> Bool {
    let number = number(gene)
    var slot = Int(truncatingIfNeeded: number) & 4095
    while slots[slot] != 0 {
      if slots[slot] == number { return true }
      slot = (slot + 1) & 4095
    }
    return false
  }

  /// A number that names of genes do not share.
  private static func number(_ name: Span<UInt8>) -> UInt64 {
    var number: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in name.indices { number = (number ^ UInt64(name[index])) &* 0x0000_0100_0000_01B3 }
    number ^= number >> 32
    return number | 1
  }
}
