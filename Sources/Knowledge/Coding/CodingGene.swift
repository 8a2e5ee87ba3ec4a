// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// A gene's coding sequence: where it lies in two builds of the genome, and its letters as far as they are known.
///
/// Residues are counted as the tables count them, which for a few genes is another transcript's way.
package final class CodingGene: Sendable {
  /// An exon, as far as it codes.
  package struct Exon: Sendable {
    /// Its number, counted from the start of the transcript.
    package let number: Int
    /// Its bases in the coding sequence, counted from 1.
    package let bases: ClosedRange<Int>
    /// The lowest position of its coding bases in GRCh37 and GRCh38; 0 where not known.
    let starts: (Int, Int)
    /// What is added to the residue of the sequence.
    let shift: Int

    func start(in build: GenomeBuild) -> Int { build == .grch37 ? starts.0 : starts.1 }
  }

  /// How other transcripts number residues.
  struct Numbering: Sendable {
    /// Without version.
    let transcripts: [String]
    /// The residues there for which it holds.
    let residues: ClosedRange<Int>
    /// What is added to them here.
    let shift: Int

    /// - Parameter cells: A row of transcript_numbering.tsv.
    init?(_ cells: [String]) {
      guard cells.count == 5, let first = Int(cells[2]), let last = Int(cells[3]), first <= last,
        let shift = Int(cells[4])
      else { return nil }
      transcripts = cells[1].split(separator: ";").map(String.init)
      residues = first...last
      self.shift = shift
    }
  }

  /// The current symbol.
  package let symbol: String
  /// The chromosome without `chr`.
  package let chromosome: String
  /// Whether it runs in the direction of the reference.
  package let isForward: Bool
  /// Transcripts, without version, that number residues as the tables do.
  package let transcripts: [String]
  /// How other transcripts number residues.
  let numberings: [Numbering]
  /// The exons in the order of the transcript.
  package let exons: [Exon]
  /// What is added to residues of the sequence, each once.
  private let shifts: [Int]
  /// The coding sequence; empty where it is not known.
  package let sequence: [UInt8]
  /// Whether a stop may be called from the sequence.
  package let isSequenceSure: Bool
  /// The residues of the sequence.
  let protein: [Character]
  /// Codons that are known without the sequence, by residue; several where they are not plain.
  let codons: [Int: [[UInt8]]]

  /// - Parameters:
  ///   - cells: A row of coding_exons.tsv.
  ///   - numberings: The gene's rows of transcript_numbering.tsv.
  init?(_ cells: [String], sequence: [String]?, codons: [[String]], numberings: [[String]] = []) {
    guard cells.count == 5 else { return nil }
    self.numberings = numberings.compactMap(Numbering.init)
    symbol = cells[0]
    chromosome = cells[1]
    isForward = cells[2] == "+"
    transcripts = cells[3].split(separator: ";").map(String.init)
    var next = 1
    exons = cells[4].split(separator: ";").compactMap { item in
      let parts = item.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
      guard parts.count >= 4, parts[1] > 0 else { return nil }
      defer { next += parts[1] }
      return Exon(
        number: parts[0], bases: next...(next + parts[1] - 1), starts: (parts[2], parts[3]),
        shift: parts.count > 4 ? parts[4] : 0)
    }
    shifts = Set(exons.map(\.shift)).sorted()
    self.sequence = sequence.map { Array($0[2].utf8) } ?? []
    isSequenceSure = sequence.map { $0[1] != "low" } ?? false
    protein = stride(from: 0, to: self.sequence.count - 2, by: 3).map { [bases = self.sequence] start in
      Nucleotide.residue(bases[start..<start + 3])
    }
    self.codons = Dictionary(
      codons.compactMap { row in
        Int(row[1]).map { ($0, row[2].split(separator: ";").map { Array($0.utf8) }) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of bases that code.
  package var length: Int { exons.last?.bases.upperBound ?? 0 }

  /// Whether a change takes away so much of the protein's end that what is left is a shortened protein.
  package func losesItsEnd(_ change: ProteinChange) -> Bool {
    let last = length / 3 - 1
    guard last > 0, change.consequence == .deletion || change.consequence == .deletionInsertion else { return false }
    return change.last >= last - 1 && change.last - change.first >= 30
  }

  // MARK: Places

  /// The base at a position; `nil` away from the coding exons and their nearest 60 bases.
  package func point(at position: Int, in build: GenomeBuild) -> CodingPoint? {
    for (index, exon) in exons.enumerated() {
      let start = exon.start(in: build)
      guard start > 0 else { continue }
      let end = start + exon.bases.count - 1
      guard position >= start - 60, position <= end + 60 else { continue }
      if position >= start, position <= end {
        return CodingPoint(exon.bases.lowerBound + (isForward ? position - start : end - position))
      }
      // Behind the first and before the last coding base there is an intron; before and behind them there may be none.
      let isBefore = isForward ? position < start : position > end
      let distance = position < start ? start - position : position - end
      if isBefore, index > 0 { return CodingPoint(exon.bases.lowerBound, offset: -distance) }
      if !isBefore, index + 1 < exons.count { return CodingPoint(exon.bases.upperBound, offset: distance) }
    }
    return nil
  }

  /// The exon of a base of the coding sequence.
  package func exon(ofBase base: Int) -> Exon? {
    let place = exons.lowerBound(isBefore: { $0.bases.upperBound < base })
    return place < exons.count && exons[place].bases.contains(base) ? exons[place] : nil
  }

  /// The residue of a base of the coding sequence.
  package func residue(ofBase base: Int) -> Int? {
    exon(ofBase: base).map { (base - 1) / 3 + 1 + $0.shift }
  }

  /// The residue of a codon of the sequence, both counted from 1.
  func residue(ofCodon codon: Int) -> Int { residue(ofBase: codon * 3 - 2) ?? codon }

  /// The codon of the sequence that is a residue's; `nil` where the gene has no such residue.
  func codon(ofResidue residue: Int) -> Int? {
    shifts.lazy.map { (codon: residue - $0, shift: $0) }.first { codon, shift in
      codon > 0 && exon(ofBase: codon * 3 - 2)?.shift == shift
    }?.codon
  }

  /// What a residue becomes where one base of its codon is replaced; `nil` where its codon is not known, is one of another
  /// letter, or has another base there.
  ///
  /// - Parameter place: The place of the base in the codon, from 0.
  package func residue(
    _ letter: Character, _ residue: Int, replacing base: UInt8, at place: Int, by other: UInt8
  ) -> Character? {
    guard let codon = codon(ofResidue: residue) else { return nil }
    let start = codon * 3 - 3
    let known = sequence.isEmpty ? codons[residue] ?? [] : [Array(sequence.dropFirst(start).prefix(3))]
    guard known.count == 1, known[0].count == 3, known[0][place] == base, Nucleotide.residue(known[0]) == letter else {
      return nil
    }
    var bases = known[0]
    bases[place] = other
    return Nucleotide.residue(bases)
  }

  /// The bases of a residue's codon.
  package func bases(ofResidue residue: Int) -> ClosedRange<Int>? {
    codon(ofResidue: residue).map { ($0 * 3 - 2)...($0 * 3) }
  }

  /// Whether a residue can be a letter; `nil` where that is not known.
  package func fits(_ letter: Character, at residue: Int) -> Bool? {
    if !protein.isEmpty {
      guard let codon = codon(ofResidue: residue), codon <= protein.count else { return false }
      return protein[codon - 1] == letter
    }
    guard let known = codons[residue] else {
      return residue > length / 3 + (exons.last?.shift ?? 0) ? false : nil
    }
    let letters = Set(known.map { Nucleotide.residue($0) })
    return letters.contains(letter) ? (letters.count == 1 ? true : nil) : false
  }
}

extension CodingGene {
  /// What the tables' number of a residue has over that of the sequence.
  package func numberShift(ofResidue residue: Int) -> Int { codon(ofResidue: residue).map { residue - $0 } ?? 0 }

  /// Whether residues lie in one exon and reach neither end of it.
  package func isInsideExon(_ residues: ClosedRange<Int>) -> Bool {
    let shift = numberShift(ofResidue: residues.lowerBound)
    let (first, last) = (3 * (residues.lowerBound - shift) - 2, 3 * (residues.upperBound - shift))
    return exons.contains { $0.bases.lowerBound + 3 <= first && last <= $0.bases.upperBound - 3 }
  }
}
