// SPDX-License-Identifier: Apache-2.0
package import Alterations

extension CodingGene {
  /// Where a break of the chromosome leaves the exons of a gene.
  package struct Break: Hashable, Sendable {
    /// The last exon before the break and the first one behind it, in the direction of the gene; both are the exon that
    /// is cut where the break lies in one.
    package let exonBefore: Int?, exonBehind: Int?
    /// Coding bases before the break; `nil` where an exon is cut or the coding sequence has not begun.
    package let basesBefore: Int?
  }

  /// What a break at a position leaves of the coding exons; `nil` behind the last of them, or where the gene is not
  /// placed in the build.
  package func exons(brokenAt position: Int, in build: GenomeBuild) -> Break? {
    let placed = exons.filter { $0.start(in: build) > 0 }
    guard placed.count == exons.count, let first = exons.first else { return nil }
    /// First and last base of an exon, counted in the direction of the gene.
    func bounds(_ exon: Exon) -> (start: Int, end: Int) {
      let low = exon.start(in: build)
      let high = low + exon.bases.count - 1
      return isForward ? (low, high) : (-high, -low)
    }
    let place = isForward ? position : -position
    if place < bounds(first).start { return Break(exonBefore: nil, exonBehind: first.number, basesBefore: nil) }
    for (index, exon) in exons.enumerated() {
      let (start, end) = bounds(exon)
      if place >= start, place <= end {
        return Break(exonBefore: exon.number, exonBehind: exon.number, basesBefore: nil)
      }
      guard index + 1 < exons.count else { return nil }
      if place > end, place < bounds(exons[index + 1]).start {
        return Break(
          exonBefore: exon.number, exonBehind: exons[index + 1].number, basesBefore: exon.bases.upperBound)
      }
    }
    return nil
  }

  /// What the loss of whole exons, or their repeat behind themselves, does to the product; `nil` where it keeps the frame,
  /// or where the beginning or the end of the gene is repeated so that nothing can be told.
  ///
  /// Of a protein that loses its end the loss of a tenth is one of all that it does (PMC6185798).
  package func effect(ofExons numbers: ClosedRange<Int>, areLost: Bool) -> VariantEffect? {
    guard let first = exons.first, let last = exons.last, numbers.upperBound >= first.number else { return nil }
    if numbers.contains(first.number) { return areLost ? .startLost : nil }
    let bases = exons.lazy.filter { numbers.contains($0.number) }.reduce(0) { $0 + $1.bases.count }
    if numbers.upperBound >= last.number { return areLost && bases * 10 >= length ? .nonsense : nil }
    return bases % 3 == 0 ? nil : .frameshift
  }

  /// The whole exons that a change takes whose ends lie between exons; `nil` where it takes none or cuts one.
  package func exons(within edit: CodingEdit) -> ClosedRange<Int>? {
    guard edit.first.offset != 0, edit.last.offset != 0 else { return nil }
    let taken = exons.filter {
      edit.first < CodingPoint($0.bases.lowerBound) && CodingPoint($0.bases.upperBound) < edit.last
    }
    return taken.first.flatMap { first in taken.last.map { first.number...$0.number } }
  }
}
