// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What a change does to a place where exons are joined.
package struct JunctionTouch: Hashable, Sendable {
  /// What of the place is changed.
  package enum Part: Sendable {
    /// One of the two bases before or behind the exon.
    case site
    /// Bases of the tract before the exon are lost.
    case tract
    /// The exon's last base.
    case lastBase
  }

  /// The number of the exon.
  package let exon: Int
  /// What of its place is changed.
  package let part: Part
}

extension CodingGene {
  /// How many bases before an exon belong to the tract that splicing needs.
  private static let tractLength = 20
  /// How many bases a deletion in the tract takes at least.
  private static let leastTractLoss = 5

  /// The exons whose splicing a change of the coding sequence touches.
  package func junctions(touchedBy edit: CodingEdit) -> [JunctionTouch] {
    func touches(_ first: CodingPoint, _ last: CodingPoint) -> Bool {
      if edit.isInsertion || edit.isDuplication { return first <= edit.first && edit.last <= last && first != last }
      return edit.first <= last && first <= edit.last
    }
    var found: [JunctionTouch] = []
    for (index, exon) in exons.enumerated() {
      let (start, end) = (exon.bases.lowerBound, exon.bases.upperBound)
      // Most changes lie within an exon, far from its ends.
      if edit.first <= edit.last,
        edit.last.base < start || edit.first.base > end || edit.first.base > start && edit.last.base < end
      {
        continue
      }
      if index > 0 {
        if touches(CodingPoint(start, offset: -2), CodingPoint(start, offset: -1)) {
          found.append(JunctionTouch(exon: exon.number, part: .site))
        } else if edit.isDeletion, edit.first.base == start, edit.first.offset < 0, edit.last.base == start,
          edit.last.offset - edit.first.offset + 1 >= Self.leastTractLoss,
          touches(CodingPoint(start, offset: -Self.tractLength), CodingPoint(start, offset: -3))
        {
          found.append(JunctionTouch(exon: exon.number, part: .tract))
        }
      }
      guard index + 1 < exons.count else { continue }
      if touches(CodingPoint(end, offset: 1), CodingPoint(end, offset: 2)) {
        found.append(JunctionTouch(exon: exon.number, part: .site))
      } else if !edit.isInsertion, !edit.isDuplication, touches(CodingPoint(end), CodingPoint(end)) {
        found.append(JunctionTouch(exon: exon.number, part: .lastBase))
      }
    }
    return found
  }

  /// The exon whose last base a substitution changes, as far as its letters alone tell.
  package func exonEnd(changedBy change: ProteinChange) -> Int? {
    guard change.consequence == .substitution, change.first == change.last, !sequence.isEmpty,
      let codon = bases(ofResidue: change.first), codon.upperBound <= sequence.count,
      let exon = exons.dropLast().first(where: { codon.contains($0.bases.upperBound) })
    else { return nil }
    let old = Array(sequence[(codon.lowerBound - 1)..<codon.upperBound])
    var isFound = false
    for place in 0..<3 {
      for base in "ACGT".utf8 where base != old[place] {
        var new = old
        new[place] = base
        guard String(Nucleotide.residue(new)) == change.replacement else { continue }
        if codon.lowerBound + place != exon.bases.upperBound { return nil }
        isFound = true
      }
    }
    return isFound ? exon.number : nil
  }

  /// Whether the base beside which a point lies begins or ends an exon, as the tables or a known transcript count bases.
  package func isBesideExon(_ point: CodingPoint) -> Bool {
    func isBorder(_ base: Int) -> Bool {
      exons.contains { (point.offset < 0 ? $0.bases.lowerBound : $0.bases.upperBound) == base }
    }
    if point.offset == 0 || isBorder(point.base) { return true }
    // Before the first base and behind the last one lie bases that no residue is made of.
    if point.base <= 1 || point.base >= length { return true }
    let residue = (point.base + 2) / 3
    return isBorder(point.base - 3 * numberShift(ofResidue: residue))
      || numberings.contains { $0.residues.contains(residue) && isBorder(point.base - 3 * $0.shift) }
  }

  /// The exons that hold a residue, or end or begin beside it.
  package func exons(beside residue: Int) -> [Int] {
    guard let codon = bases(ofResidue: residue) else { return [] }
    return exons.filter { $0.bases.lowerBound <= codon.upperBound + 3 && $0.bases.upperBound >= codon.lowerBound - 3 }
      .map(\.number)
  }
}
