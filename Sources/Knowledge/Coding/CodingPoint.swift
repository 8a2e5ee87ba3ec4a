// SPDX-License-Identifier: Apache-2.0
/// A base as coding notation counts it: `1799`, or `3028+1` beside an exon.
package struct CodingPoint: Hashable, Comparable, Sendable {
  /// The base of the coding sequence, counted from 1; of the nearest exon for a base between exons.
  package let base: Int
  /// Bases behind (above 0) or before (below 0) that base, outside of exons; 0 in an exon.
  package let offset: Int

  /// A base; of an exon unless an offset is given.
  package init(_ base: Int, offset: Int = 0) {
    self.base = base
    self.offset = offset
  }

  /// Whether it is one of the two bases beside an exon.
  package var isCanonicalSpliceSite: Bool { offset != 0 && abs(offset) <= 2 }

  package static func < (left: CodingPoint, right: CodingPoint) -> Bool {
    (left.base, left.offset) < (right.base, right.offset)
  }
}

extension CodingPoint: CustomStringConvertible {
  /// As coding notation writes it.
  package var description: String {
    if base == 1, offset < 0 { return "\(offset)" }
    return offset == 0 ? "\(base)" : offset > 0 ? "\(base)+\(offset)" : "\(base)\(offset)"
  }
}

/// A change of a coding sequence: bases from first to last replaced by others.
package struct CodingEdit: Hashable, Sendable {
  /// The first base that is replaced; for an insertion the base behind which it stands.
  package var first: CodingPoint
  /// The last base that is replaced; for an insertion the base before which it stands.
  package var last: CodingPoint
  /// The replaced bases as the text states them; `nil` where it does not.
  package var removed: [UInt8]?
  /// The bases in their place, in the direction of the gene.
  package var inserted: [UInt8]
  /// Whether nothing is replaced.
  package var isInsertion: Bool
  /// Whether the bases from first to last are repeated behind themselves.
  package var isDuplication: Bool
  /// Whether the bases from first to last are turned round: the opposite strand's stand in their place.
  package var isInversion: Bool

  /// A change from its parts.
  package init(
    _ first: CodingPoint, _ last: CodingPoint, removed: [UInt8]? = nil, inserted: [UInt8] = [],
    isInsertion: Bool = false, isDuplication: Bool = false, isInversion: Bool = false
  ) {
    self.first = first
    self.last = last
    self.removed = removed
    self.inserted = inserted
    self.isInsertion = isInsertion
    self.isDuplication = isDuplication
    self.isInversion = isInversion
  }

  /// Whether the bases from first to last are lost and nothing stands in their place.
  package var isDeletion: Bool { inserted.isEmpty && !isInsertion && !isDuplication && !isInversion }

  /// Whether it lies between exons and leaves the two bases beside each of them whole.
  package var isBesideSpliceSite: Bool {
    guard first.offset != 0, last.offset != 0, first.base == last.base, (first.offset < 0) == (last.offset < 0) else {
      return false
    }
    return isInsertion
      ? !(first.isCanonicalSpliceSite && last.isCanonicalSpliceSite)
      : !first.isCanonicalSpliceSite && !last.isCanonicalSpliceSite
  }

  /// Reads `c.1799T>A`, `c.T1799A`, `c.2235_2249del15`, `c.1799_1800delinsAA`, `c.3024_3028+3delinsTG`, `c.5266dupC`;
  /// `nil` for what is none of these.
  package init?(notation text: some StringProtocol) {
    var reader = CodingNotation(text.utf8)
    guard let edit = reader.read() else { return nil }
    self = edit
  }

  /// A text with ranges like `(4185+1_4186-1)_(4357+1_4358-1)del` as they are read: the ends next to what is surely gone.
  package static func withoutDoubt(_ text: String) -> String {
    text.contains(")_(") ? String(decoding: CodingNotation.withoutDoubt(Array(text.utf8)), as: UTF8.self) : text
  }
}

/// A reader over the bytes of one coding notation.
private struct CodingNotation {
  private var text: [UInt8]
  private var position = 0

  init(_ bytes: some Sequence<UInt8>) {
    text = Self.withoutDoubt(Array(bytes))
    text.removeAll { $0 <= 0x20 || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") }
    if text.count > 2, text[0] | 0x20 == UInt8(ascii: "c"), text[1] == UInt8(ascii: ".") { text.removeFirst(2) }
  }

  /// `(4185+1_4186-1)_(4357+1_4358-1)del`, whose ends lie somewhere in introns, with those next to what is surely gone.
  static func withoutDoubt(_ text: [UInt8]) -> [UInt8] {
    guard let between = text.indices.first(where: { text[$0...].starts(with: ")_(".utf8) }),
      let open = text[..<between].lastIndex(of: UInt8(ascii: "(")),
      let close = text[(between + 3)...].firstIndex(of: UInt8(ascii: ")")),
      let first = text[open..<between].lastIndex(of: UInt8(ascii: "_")),
      let last = text[(between + 3)..<close].firstIndex(of: UInt8(ascii: "_"))
    else { return text }
    return Array(text[..<open]) + text[(first + 1)..<between] + [UInt8(ascii: "_")] + text[(between + 3)..<last]
      + text[(close + 1)...]
  }

  mutating func read() -> CodingEdit? {
    guard text.count <= 2000 else { return nil }
    let before = bases()
    guard let first = point() ?? pointBeforeStart() else { return nil }
    if !before.isEmpty {
      // ANNOVAR puts the reference before the number: `T1799A`.
      let after = bases()
      guard before.count == 1, after.count == 1, isAtEnd else { return nil }
      return CodingEdit(first, first, removed: before, inserted: after)
    }
    var last = first
    if take("_") {
      guard let second = point(), first <= second else { return nil }
      last = second
    }
    // Away from the start codon a count from it is one of a promoter.
    if first.base == 1, first.offset < 0, last < CodingPoint(3) { return nil }
    if take("delins") { return replacement(first, last, removed: nil) }
    if take("del") {
      let removed = bases()
      if take("ins") { return replacement(first, last, removed: removed) }
      skipDigits()
      return isAtEnd ? CodingEdit(first, last, removed: removed.isEmpty ? nil : removed) : nil
    }
    if take("dup") {
      _ = bases()
      skipDigits()
      return isAtEnd ? CodingEdit(first, last, isDuplication: true) : nil
    }
    if take("inv") {
      skipDigits()
      return isAtEnd && first != last ? CodingEdit(first, last, isInversion: true) : nil
    }
    if take("ins") {
      let inserted = bases()
      guard !inserted.isEmpty, isAtEnd, first != last else { return nil }
      return CodingEdit(first, last, inserted: inserted, isInsertion: true)
    }
    let removed = bases()
    if take(">") { return replacement(first, last, removed: removed) }
    // `600_601VK` and the like are no bases; two runs of bases are what ANNOVAR writes: `1799_1800AA`.
    return first != last && !removed.isEmpty && isAtEnd
      ? CodingEdit(first, last, inserted: removed) : nil
  }

  private mutating func replacement(_ first: CodingPoint, _ last: CodingPoint, removed: [UInt8]?) -> CodingEdit? {
    let inserted = bases()
    guard !inserted.isEmpty, isAtEnd else { return nil }
    return CodingEdit(first, last, removed: removed.flatMap { $0.isEmpty ? nil : $0 }, inserted: inserted)
  }

  private var isAtEnd: Bool { position == text.count }

  private mutating func take(_ word: StaticString) -> Bool {
    guard position + word.utf8CodeUnitCount <= text.count else { return false }
    let isNext = word.withUTF8Buffer { bytes in
      for index in 0..<bytes.count where text[position + index] | 0x20 != (unsafe bytes[index]) | 0x20 { return false }
      return true
    }
    if isNext { position += word.utf8CodeUnitCount }
    return isNext
  }

  private mutating func bases() -> [UInt8] {
    var found: [UInt8] = []
    while position < text.count, let base = Nucleotide.upper(text[position]) {
      found.append(base)
      position += 1
    }
    return found
  }

  private mutating func skipDigits() {
    while position < text.count, text[position] >= 0x30, text[position] <= 0x39 { position += 1 }
  }

  private mutating func number() -> Int? {
    let start = position
    skipDigits()
    guard position > start, position - start <= 9 else { return nil }
    return Int(String(decoding: text[start..<position], as: UTF8.self))
  }

  private mutating func point() -> CodingPoint? {
    guard let base = number(), base > 0 else { return nil }
    guard position < text.count else { return CodingPoint(base) }
    let sign = text[position]
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return CodingPoint(base) }
    position += 1
    guard let offset = take("?") ? Self.somewhere : number(), offset > 0 else { return nil }
    return CodingPoint(base, offset: sign == UInt8(ascii: "+") ? offset : -offset)
  }

  /// `-232`, counted back from the start codon.
  private mutating func pointBeforeStart() -> CodingPoint? {
    let start = position
    guard take("-"), let offset = number(), offset > 0 else {
      position = start
      return nil
    }
    // `-19-?`: somewhere before that.
    if take("-") || take("+") { guard take("?") || number() != nil else { return nil } }
    return CodingPoint(1, offset: -offset)
  }

  /// How far from its exon a base lies of which that is not known: `4186-?`.
  private static let somewhere = 1000
}

/// Letters of bases and codons.
package enum Nucleotide {
  /// A base in upper case; `nil` for what is none.
  package static func upper(_ byte: UInt8) -> UInt8? {
    switch byte & 0xDF {
    case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"): byte & 0xDF
    default: nil
    }
  }

  /// The base on the other strand.
  package static func complement(_ base: UInt8) -> UInt8 {
    switch base {
    case UInt8(ascii: "A"): UInt8(ascii: "T")
    case UInt8(ascii: "C"): UInt8(ascii: "G")
    case UInt8(ascii: "G"): UInt8(ascii: "C")
    default: UInt8(ascii: "A")
    }
  }

  /// The residue of a codon, `*` for a stop.
  static func residue(_ codon: some Collection<UInt8>) -> Character {
    var index = 0
    for base in codon {
      index *= 4
      switch base {
      case UInt8(ascii: "T"): index += 0
      case UInt8(ascii: "C"): index += 1
      case UInt8(ascii: "A"): index += 2
      default: index += 3
      }
    }
    return codonTable[index & 63]
  }

  /// Residues in the order of bases T, C, A, G.
  private static let codonTable = Array("FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG")
}
