// SPDX-License-Identifier: Apache-2.0
/// A protein change in one-letter HGVS notation, such as `p.V600E`.
///
/// Accepts the spellings that tools and clinicians write and keeps one:
///
/// ```swift
/// ProteinChange("p.Val600Glu")?.description        // "p.V600E"
/// ProteinChange("p.(R213*)")?.description          // "p.R213*"
/// ProteinChange("ENSP00000288602:p.V600E,")?.description  // "p.V600E"
/// ```
///
/// Codons are counted from 1, as in HGVS.
package struct ProteinChange: Hashable, Sendable {
  /// What happens to the protein.
  package enum Consequence: Hashable, Sendable {
    /// One residue, or a run of equal length, replaced.
    case substitution
    /// A premature stop.
    case nonsense
    /// The reading frame is lost from the first changed residue on.
    case frameshift
    /// Residues removed in frame.
    case deletion
    /// Residues repeated in frame; counts as an insertion.
    case duplication
    /// Residues added in frame between two neighbors.
    case insertion
    /// Residues replaced by others in frame.
    case deletionInsertion
    /// No change of the protein.
    case synonymous
    /// The stop codon is lost and the protein runs on.
    case stopLost
    /// The first methionine is changed.
    case startLost
    /// A splice site beside this residue is changed (`p.X1010_splice`).
    case splice
  }

  /// What happens to the protein.
  package let consequence: Consequence
  /// First affected residue, counted from 1; 0 when the notation names none (`p.=`).
  package let first: Int
  /// Last affected residue, equal to ``first`` for a single one.
  package let last: Int
  /// One-letter residue at ``first``; `X` when not stated.
  package let firstResidue: Character
  /// One-letter residue at ``last``; `X` when not stated.
  package let lastResidue: Character
  /// The new residues: one letter for a substitution, the sequence of an insertion, the tail of a frameshift
  /// (`Vfs*17` is kept as `V` with ``tail`` `fs*17`).
  package let replacement: String
  /// What stands after `fs` or `ext`, as written in one-letter form; empty otherwise.
  package let tail: String

  /// A change from its parts; `last` defaults to `first`.
  package init(
    _ consequence: Consequence, first: Int, last: Int? = nil, firstResidue: Character = "X",
    lastResidue: Character? = nil, replacement: String = "", tail: String = ""
  ) {
    self.consequence = consequence
    self.first = first
    self.last = last ?? first
    self.firstResidue = firstResidue
    self.lastResidue = lastResidue ?? firstResidue
    self.replacement = replacement
    self.tail = tail
  }

  /// Whether both are the same change for a rule: frameshifts compare on the first changed residue alone,
  /// deletions and duplications on their ends, everything else on the whole notation.
  ///
  /// Guide: Normalizing, Protein changes.
  package func isEquivalent(to other: ProteinChange) -> Bool {
    guard consequence == other.consequence, first == other.first else { return false }
    switch consequence {
    case .frameshift, .stopLost, .splice, .synonymous:
      return firstResidue == other.firstResidue || firstResidue == "X" || other.firstResidue == "X"
    case .deletion, .duplication:
      return last == other.last
    case .startLost:
      return replacement == other.replacement || replacement.isEmpty || other.replacement.isEmpty
    case .substitution, .nonsense, .insertion, .deletionInsertion:
      return last == other.last && replacement == other.replacement
    }
  }

  /// The residue that a change puts at a place, where it replaces residues one by one; `nil` where it does not touch
  /// the place or leaves the residue as it was.
  package func replacedResidue(at residue: Int) -> Character? {
    guard consequence == .substitution || consequence == .deletionInsertion, first <= residue, residue <= last,
      replacement.utf8.count == last - first + 1
    else { return nil }
    let letters = Array(replacement)
    let letter = letters[residue - first]
    if residue == first, letter == firstResidue { return nil }
    if residue == last, letter == lastResidue { return nil }
    return letter.isLetter ? letter : nil
  }

  /// Whether the change holds a substitution among others: `I669_T670delinsMI` holds `T670I`.
  package func contains(_ other: ProteinChange) -> Bool {
    guard other.consequence == .substitution, other.first == other.last, last > first,
      let letter = replacedResidue(at: other.first)
    else { return false }
    return String(letter) == other.replacement
  }

  /// Whether any affected residue lies in the inclusive range.
  package func overlaps(_ range: ClosedRange<Int>) -> Bool {
    first > 0 && first <= range.upperBound && last >= range.lowerBound
  }
}

extension ProteinChange: CustomStringConvertible {
  /// The canonical notation, `p.` included.
  package var description: String {
    let start = "\(firstResidue)\(first)"
    let span = last == first ? start : "\(start)_\(lastResidue)\(last)"
    return switch consequence {
    case .substitution where last != first: "p.\(span)delins\(replacement)"
    case .substitution: "p.\(start)\(replacement)"
    case .nonsense: "p.\(start)*"
    case .frameshift: "p.\(start)\(replacement)fs\(tail)"
    case .deletion: "p.\(span)del"
    case .duplication: "p.\(span)dup"
    case .insertion: "p.\(span)ins\(replacement)"
    case .deletionInsertion: "p.\(span)delins\(replacement)"
    case .synonymous: first == 0 ? "p.=" : "p.\(start)="
    case .stopLost: "p.*\(first)\(replacement)ext\(tail)"
    case .startLost: "p.M1\(replacement.isEmpty ? "?" : replacement)"
    case .splice: "p.X\(first)_splice"
    }
  }
}
