// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText
internal import SystemIO

/// The genes whose coding exons are known, read from their tables when they are asked for.
package struct CodingGenes: Sendable {
  private static let exons = SortedTable(.codingExons)
  private static let sequences = SortedTable(.codingSequences)
  private static let codons = SortedTable(.knownCodons)
  private static let numbering = SortedTable(.transcriptNumbering)
  private static let others = SortedTable(.otherNumbering)
  private static let positions = SortedTable(.knownPositions)
  private static let cache = Locked<[String: CodingGene?]>([:])
  private static let places = GenePlaces()

  /// The genes of the built-in tables.
  package init() {}

  /// A gene; `nil` where its exons are not in the tables.
  package func gene(_ symbol: String) -> CodingGene? {
    if let known = Self.cache.withLock({ $0[symbol] }) { return known }
    let found = Self.exons.rows(symbol).first.flatMap { cells in
      let sequence = Self.sequences.rows(symbol).first
      return CodingGene(
        cells, sequence: sequence, codons: sequence == nil ? Self.codons.rows(symbol) : [],
        numberings: Self.numbering.rows(symbol))
    }
    Self.cache.withLock { $0[symbol] = .some(found) }
    return found
  }

  /// The genes whose coding exons, or the bases beside them, hold a position.
  package func genes(at position: Int, chromosome: String, in build: GenomeBuild) -> [CodingGene] {
    Self.places.symbols(at: position, chromosome: chromosome, in: build).compactMap { gene($0) }
      .filter { $0.point(at: position, in: build) != nil }
  }

  /// What a transcript's number of a residue has over the tables' number; 0 where it numbers alike, `nil` where it is
  /// not known.
  package func shift(of gene: CodingGene, transcript: String, residue: Int) -> Int? {
    let name = Self.withoutVersion(transcript)
    if gene.transcripts.contains(name) { return 0 }
    return gene.numberings.first { $0.residues.contains(residue) && $0.transcripts.contains(name) }?.shift
  }

  /// Residues of the tables that other transcripts number so, such as `V600` for `V640`.
  package func otherNumbers(gene: String, letter: Character, residue: Int) -> [(letter: Character, residue: Int)] {
    Self.others.rows(gene, "\(letter)\(residue)").first.map { row in
      row[2].split(separator: ";").compactMap { item in
        guard let letter = item.first, let number = Int(item.dropFirst()) else { return nil }
        return (letter, number)
      }
    } ?? []
  }

  /// A recurrent substitution that is listed by its position, of a gene whose sequence is not known.
  package func knownSubstitution(
    of gene: CodingGene, at position: Int, reference: String, alternate: String, in build: GenomeBuild
  ) -> CodingConsequence? {
    guard gene.sequence.isEmpty else { return nil }
    let column = build == .grch37 ? 2 : 3
    for row in Self.positions.rows(gene.symbol, gene.chromosome)
    where row.count == 7 && row[column] == String(position) && row[4] == reference && row[5] == alternate {
      guard let change = ProteinChange(row[6]) else { continue }
      return CodingConsequence(effect: VariantEffect(change), proteinChange: change, codingChange: "")
    }
    return nil
  }

  /// The gene of a transcript, whether it numbers as the tables do or otherwise.
  package func symbol(ofTranscript accession: String) -> String? {
    Self.transcripts[Self.withoutVersion(accession)]
  }

  /// Genes by transcript, made when a transcript without a gene is asked for.
  private static let transcripts: [String: String] = {
    var genes: [String: String] = [:]
    for table in [BuiltInTable.codingExons, .transcriptNumbering] {
      for row in table.text.records(["gene", "transcripts"]) {
        for name in row[1].split(separator: ";") where genes[String(name)] == nil { genes[String(name)] = row[0] }
      }
    }
    return genes
  }()

  /// An accession without its version.
  package static func withoutVersion(_ name: String) -> String {
    name.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
  }
}

/// Where genes lie, by build and chromosome; made when the first change without a gene is read.
private struct GenePlaces: Sendable {
  private struct Span: Sendable {
    let range: ClosedRange<Int>
    let symbol: String
  }

  private let byBuild: [GenomeBuild: [String: [Span]]]

  init() {
    var byBuild: [GenomeBuild: [String: [Span]]] = [:]
    for cells in BuiltInTable.codingExons.text.records(["gene", "chromosome", "strand", "transcripts", "exons"]) {
      guard let gene = CodingGene(cells, sequence: nil, codons: []) else { continue }
      for build in GenomeBuild.allCases {
        let starts = gene.exons.map { ($0.start(in: build), $0.start(in: build) + $0.bases.count) }
          .filter { $0.0 > 0 }
        guard let first = starts.map(\.0).min(), let last = starts.map(\.1).max() else { continue }
        byBuild[build, default: [:]][gene.chromosome, default: []].append(
          Span(range: (first - 60)...(last + 60), symbol: gene.symbol))
      }
    }
    self.byBuild = byBuild
  }

  func symbols(at position: Int, chromosome: String, in build: GenomeBuild) -> [String] {
    byBuild[build]?[chromosome]?.filter { $0.range.contains(position) }.map(\.symbol) ?? []
  }
}
