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
  /// The residues at the ends, as letters.
  private let firstLetter: UInt8, lastLetter: UInt8
  /// A replacement by one residue; 0 for all else.
  private let letter: UInt8
  private let firstNumber: Int32, lastNumber: Int32
  /// What no single letter says: few changes have it, so that all are small.
  private let words: Words?

  /// A replacement of several residues, and what stands behind `fs` or `ext`.
  private final class Words: Hashable, Sendable {
    let replacement: String
    let tail: String

    init(_ replacement: String, _ tail: String) { (self.replacement, self.tail) = (replacement, tail) }

    static func == (one: Words, other: Words) -> Bool {
      one === other || one.replacement == other.replacement && one.tail == other.tail
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(replacement)
      hasher.combine(tail)
    }
  }

  /// First affected residue, counted from 1; 0 when the notation names none (`p.=`).
  package var first: Int { Int(firstNumber) }
  /// Last affected residue, equal to ``first`` for a single one.
  package var last: Int { Int(lastNumber) }
  /// One-letter residue at ``first``; `X` when not stated.
  package var firstResidue: Character { Character(UnicodeScalar(firstLetter)) }
  /// One-letter residue at ``last``; `X` when not stated.
  package var lastResidue: Character { Character(UnicodeScalar(lastLetter)) }
  /// The new residues: one letter for a substitution, the sequence of an insertion, the tail of a frameshift
  /// (`Vfs*17` is kept as `V` with ``tail`` `fs*17`).
  package var replacement: String {
    if let words { return words.replacement }
    return letter == 0 ? "" : String(UnicodeScalar(letter))
  }
  /// What stands after `fs` or `ext`, as written in one-letter form; empty otherwise.
  package var tail: String { words?.tail ?? "" }

  /// A change from its parts; `last` defaults to `first`.
  ///
  /// - Parameters:
  ///   - firstResidue: A letter of ASCII, as is the last.
  package init(
    _ consequence: Consequence, first: Int, last: Int? = nil, firstResidue: Character = "X",
    lastResidue: Character? = nil, replacement: String = "", tail: String = ""
  ) {
    self.consequence = consequence
    firstNumber = Int32(clamping: first)
    lastNumber = Int32(clamping: last ?? first)
    firstLetter = firstResidue.asciiValue ?? Self.notStated
    lastLetter = lastResidue.map { $0.asciiValue ?? Self.notStated } ?? firstLetter
    let letters = replacement.utf8
    if tail.isEmpty, letters.count < 2, letters.first.map({ $0 < 0x80 }) ?? true {
      letter = letters.first ?? 0
      words = nil
    } else {
      letter = 0
      words = Words(replacement, tail)
    }
  }

  /// A change of one residue, from its letters.
  ///
  /// - Parameters:
  ///   - residue: The residue there was, as a letter of ASCII.
  ///   - letter: The residue in its place; 0 where the consequence says it.
  package init(_ consequence: Consequence, at number: Int, from residue: UInt8, to letter: UInt8 = 0) {
    self.consequence = consequence
    firstNumber = Int32(clamping: number)
    lastNumber = firstNumber
    (firstLetter, lastLetter, self.letter) = (residue, residue, letter)
    words = nil
  }

  /// Whether what is put in holds a stop, or what is taken out reaches to the stop: the protein ends there, whatever the
  /// notation calls it.
  package var endsProtein: Bool {
    switch consequence {
    // Residues behind a stop are no protein: what has some was translated in a wrong frame.
    case .insertion:
      replacement.firstIndex(of: "*").map { replacement.index(after: $0) == replacement.endIndex } ?? false
    case .deletionInsertion: lastLetter == UInt8(ascii: "*") || replacement.utf8.contains(UInt8(ascii: "*"))
    case .deletion: lastLetter == UInt8(ascii: "*") && lastNumber > firstNumber
    default: false
    }
  }

  private static let notStated = UInt8(ascii: "X")

  /// Whether both are the same change for a rule: frameshifts compare on the first changed residue alone,
  /// deletions and duplications on their ends, everything else on the whole notation.
  ///
  /// Guide: Normalizing, Protein changes.
  package func isEquivalent(to other: ProteinChange) -> Bool {
    guard consequence == other.consequence, first == other.first else { return false }
    switch consequence {
    case .frameshift, .stopLost, .splice, .synonymous:
      return firstLetter == other.firstLetter || firstLetter == Self.notStated || other.firstLetter == Self.notStated
    case .deletion, .duplication:
      return last == other.last
    case .startLost:
      return replaces(by: other) || replacement.isEmpty || other.replacement.isEmpty
    case .substitution, .nonsense, .insertion, .deletionInsertion:
      return last == other.last && replaces(by: other)
    }
  }

  /// Whether both put the same residues there.
  private func replaces(by other: ProteinChange) -> Bool {
    words == nil && other.words == nil ? letter == other.letter : replacement == other.replacement
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

  /// The substitutions at the ends of a block of residues that are replaced one by one; none of other changes.
  package var substitutionsAtEnds: [ProteinChange] {
    guard last > first else { return [] }
    return [(first, firstResidue), (last, lastResidue)].compactMap { number, residue in
      replacedResidue(at: number).flatMap { ProteinChange("p.\(residue)\(number)\($0)") }
    }
  }

  /// Whether any affected residue lies in the inclusive range.
  package func overlaps(_ range: ClosedRange<Int>) -> Bool {
    first > 0 && first <= range.upperBound && last >= range.lowerBound
  }
}

extension ProteinChange: CustomStringConvertible {
  /// The canonical notation, `p.` included.
  package var description: String {
    if words == nil, firstNumber == lastNumber, firstNumber > 0 {
      switch consequence {
      case .substitution: return notation(endingIn: letter)
      case .nonsense: return notation(endingIn: UInt8(ascii: "*"))
      case .synonymous: return notation(endingIn: UInt8(ascii: "="))
      default: break
      }
    }
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

  /// `p.`, the residue, its number and a sign: nearly all changes, and fifteen bytes at most.
  private func notation(endingIn sign: UInt8) -> String {
    var digits = 1
    var scale: Int32 = 10
    while digits < 10, scale <= firstNumber {
      digits += 1
      scale = scale < 1_000_000_000 ? scale * 10 : .max
    }
    let count = digits + (sign == 0 ? 3 : 4)
    return unsafe String(unsafeUninitializedCapacity: count) { text in
      unsafe text[0] = UInt8(ascii: "p")
      unsafe text[1] = UInt8(ascii: ".")
      unsafe text[2] = firstLetter
      var rest = firstNumber
      for place in stride(from: 2 + digits, to: 2, by: -1) {
        unsafe text[place] = UInt8(0x30 + rest % 10)
        rest /= 10
      }
      if sign != 0 { unsafe text[3 + digits] = sign }
      return count
    }
  }
}
