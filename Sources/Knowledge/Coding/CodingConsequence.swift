// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What a change of a gene's sequence does, told from where it lies.
package struct CodingConsequence: Hashable, Sendable {
  /// What it does.
  package var effect: VariantEffect
  /// The change of the protein; `nil` where the letters are not known.
  package var proteinChange: ProteinChange?
  /// The change in coding notation.
  package var codingChange: String
  /// The residues it lies in, where the change of the protein is not known.
  package var region: ClosedRange<Int>?
  /// The exon whose last base it changes.
  package var exonEnd: Int?
}

extension CodingGene {
  /// What becomes of bases at a position; `nil` where the gene's tables do not tell.
  ///
  /// - Parameters:
  ///   - position: The position of the first base of `reference`, counted from 1.
  ///   - reference: The bases there; empty or `-` for an insertion, which then stands behind the position.
  ///   - alternate: The bases in their place; empty or `-` for a deletion.
  package func consequence(
    at position: Int, reference: some StringProtocol, alternate: some StringProtocol, in build: GenomeBuild
  ) -> CodingConsequence? {
    guard let edit = edit(at: position, reference: reference, alternate: alternate, in: build) else { return nil }
    return consequence(of: edit)
  }

  /// A genomic change in the direction and count of the gene.
  package func edit(
    at position: Int, reference: some StringProtocol, alternate: some StringProtocol, in build: GenomeBuild
  ) -> CodingEdit? {
    guard var removed = Self.bases(reference), var inserted = Self.bases(alternate) else { return nil }
    var start = position
    // An insertion without a base before it stands behind the position, as MAF has it.
    var isAnchored = removed.isEmpty
    while let first = removed.first, first == inserted.first {
      // The base before an insertion or deletion tells as well whether build, strand and place are meant.
      if isAnother(first, at: start, in: build) { return nil }
      removed.removeFirst()
      inserted.removeFirst()
      start += 1
      isAnchored = false
    }
    while let last = removed.last, last == inserted.last {
      removed.removeLast()
      inserted.removeLast()
    }
    guard !removed.isEmpty || !inserted.isEmpty else { return nil }
    if removed.isEmpty {
      let left = isAnchored ? start : start - 1
      guard let one = point(at: left, in: build), let other = point(at: left + 1, in: build) else { return nil }
      if !isForward { inserted = inserted.reversed().map(Nucleotide.complement) }
      return CodingEdit(min(one, other), max(one, other), inserted: inserted, isInsertion: true)
    }
    guard let one = point(at: start, in: build), let other = point(at: start + removed.count - 1, in: build) else {
      return nil
    }
    if !isForward {
      removed = removed.reversed().map(Nucleotide.complement)
      inserted = inserted.reversed().map(Nucleotide.complement)
    }
    return CodingEdit(min(one, other), max(one, other), removed: removed, inserted: inserted)
  }

  /// Whether the gene has another base at a position, where its sequence is known for sure.
  private func isAnother(_ base: UInt8, at position: Int, in build: GenomeBuild) -> Bool {
    guard isSequenceSure, let point = point(at: position, in: build), point.offset == 0,
      sequence.indices.contains(point.base - 1)
    else { return false }
    return sequence[point.base - 1] != (isForward ? base : Nucleotide.complement(base))
  }

  /// A change whose bases are counted by position, in the direction and count of the gene.
  package func edit(counting genomic: CodingEdit, in build: GenomeBuild) -> CodingEdit? {
    guard let one = point(at: genomic.first.base, in: build), let other = point(at: genomic.last.base, in: build) else {
      return nil
    }
    var edit = genomic
    edit.first = min(one, other)
    edit.last = max(one, other)
    if !isForward {
      edit.removed = genomic.removed.map { $0.reversed().map(Nucleotide.complement) }
      edit.inserted = genomic.inserted.reversed().map(Nucleotide.complement)
    }
    return edit
  }

  /// The bases of a cell; empty for `-` and `.`, `nil` for anything but bases.
  private static func bases(_ text: some StringProtocol) -> [UInt8]? {
    if text == "-" || text == "." { return [] }
    var bases: [UInt8] = []
    for byte in text.utf8 {
      guard let base = Nucleotide.upper(byte) else { return nil }
      bases.append(base)
    }
    return bases
  }

  /// An insertion at the border of an exon that reads as well one base further inside: bases of the exon that stand twice.
  ///
  /// The aligner chooses one of the two places; the splice site is as it was in both. `nil` where there is one place alone,
  /// or the sequence is not known for sure.
  private func movedIntoExon(_ edit: CodingEdit) -> CodingEdit? {
    guard edit.isInsertion, isSequenceSure, let first = edit.inserted.first, let last = edit.inserted.last else {
      return nil
    }
    let base = edit.first.base
    guard edit.last.base == base, sequence.indices.contains(base - 1) else { return nil }
    let own = sequence[base - 1]
    if edit.first.offset == 0, edit.last.offset == 1, last == own, base > 1 {
      return CodingEdit(
        CodingPoint(base - 1), CodingPoint(base), inserted: [last] + edit.inserted.dropLast(), isInsertion: true)
    }
    if edit.first.offset == -1, edit.last.offset == 0, first == own, base < length {
      return CodingEdit(
        CodingPoint(base), CodingPoint(base + 1), inserted: edit.inserted.dropFirst() + [first], isInsertion: true)
    }
    return movedOverAcceptor(edit)
  }

  /// An insertion before the acceptor of an exon that repeats the acceptor and the start of the exon: `EGFR
  /// c.2284-6_2284-5insTCCAGGAAGCCT`, the leftmost place of `p.A763_Y764insFQEA`.
  ///
  /// Bases of introns are not in the tables; that those of the acceptor stand twice is told by its letters in the
  /// insertion, by the whole start of the exon behind them, and by a frame that is kept.
  private func movedOverAcceptor(_ edit: CodingEdit) -> CodingEdit? {
    let (count, base) = (-edit.last.offset, edit.last.base)
    guard edit.last.offset < 0, edit.first.base == base, edit.first.offset == edit.last.offset - 1,
      isBesideExon(edit.last), count < edit.inserted.count, edit.inserted.count.isMultiple(of: 3)
    else { return nil }
    let (intron, exon) = (edit.inserted.prefix(count), Array(edit.inserted.dropFirst(count)))
    guard intron.last == UInt8(ascii: "G"), count < 2 || intron.dropLast().last == UInt8(ascii: "A"),
      sequence[(base - 1)...].starts(with: exon)
    else { return nil }
    return CodingEdit(
      CodingPoint(base), CodingPoint(base + 1), inserted: exon.dropFirst() + intron + [exon[0]], isInsertion: true)
  }

  /// What a change in coding notation does; `nil` where the gene's tables do not tell.
  package func consequence(of edit: CodingEdit) -> CodingConsequence? {
    guard edit.first.base >= 1, edit.last.base <= length else { return nil }
    let edit = movedIntoExon(edit) ?? edit
    if edit.first.offset != 0 || edit.last.offset != 0 { return besideExon(edit) }
    var (first, last) = (edit.first.base, edit.last.base)
    var inserted = edit.inserted
    if edit.isInsertion {
      guard last == first + 1 else { return nil }
      last = first
      first += 1
    } else if edit.isDuplication {
      guard !sequence.isEmpty else { return withoutLetters(edit, first..<(last + 1), grownBy: last - first + 1) }
      inserted = Array(sequence[(first - 1)..<last])
      first = last + 1
    } else if edit.isInversion {
      guard !sequence.isEmpty else { return nil }
      inserted = sequence[(first - 1)..<last].reversed().map(Nucleotide.complement)
    }
    // From here on the bases first...last, none when last is first - 1, give way to the inserted ones.
    let replaced = first..<(last + 1)
    if sequence.isEmpty { return withoutLetters(edit, replaced, grownBy: inserted.count - replaced.count) }
    if let removed = edit.removed {
      guard Array(sequence[(first - 1)..<last]) == removed else { return nil }
    }
    return translated(replaced, inserted, edit)
  }

  // MARK: Beside exons

  private func besideExon(_ edit: CodingEdit) -> CodingConsequence? {
    if edit.isDeletion, edit.first.base == 1, edit.first.offset < 0, edit.last >= CodingPoint(3) {
      return CodingConsequence(effect: .startLost, codingChange: Self.notation(edit))
    }
    // Inside an exon there is no base beside it.
    guard isBesideExon(edit.first), isBesideExon(edit.last) else { return nil }
    let inner = edit.first.offset == 0 ? edit.first : edit.last
    let isOverJunction = edit.first.offset == 0 || edit.last.offset == 0
    let touchesSite: Bool
    if edit.isInsertion {
      // Between two bases of the site; between it and its neighbors the site may be left whole.
      touchesSite = edit.first.isCanonicalSpliceSite && edit.last.isCanonicalSpliceSite
    } else {
      touchesSite = isOverJunction || coversSite(edit)
    }
    let base =
      isOverJunction ? inner.base : abs(edit.first.offset) < abs(edit.last.offset) ? edit.first.base : edit.last.base
    let coding = Self.notation(edit)
    if edit.isDuplication, edit.first.offset < 0, edit.last.offset == 0, edit.last.base < length {
      // The acceptor stands twice: the first of the two is used as before, and the exon grows.
      let end = edit.last.base + 1
      return withoutLetters(edit, end..<end, grownBy: edit.last.base - edit.first.base + 1 - edit.first.offset)
    }
    guard touchesSite else {
      let near = min(abs(edit.first.offset), abs(edit.last.offset))
      return CodingConsequence(effect: near <= 8 ? .spliceRegion : .noncoding, codingChange: coding)
    }
    return CodingConsequence(
      effect: .splice, proteinChange: residue(ofBase: base).map { ProteinChange(.splice, first: $0) },
      codingChange: coding)
  }

  /// Whether one of the two bases beside an exon is among those that are replaced.
  private func coversSite(_ edit: CodingEdit) -> Bool {
    if edit.first.isCanonicalSpliceSite || edit.last.isCanonicalSpliceSite { return true }
    // From one intron into the next, or over the middle of an intron.
    return edit.first.base != edit.last.base || edit.first.offset.signum() != edit.last.offset.signum()
  }

  /// The change in coding notation.
  private static func notation(_ edit: CodingEdit) -> String {
    func text(_ bases: [UInt8]) -> String { String(decoding: bases, as: UTF8.self) }
    let span = edit.first == edit.last ? "\(edit.first)" : "\(edit.first)_\(edit.last)"
    if edit.isInsertion { return "c.\(span)ins\(text(edit.inserted))" }
    if edit.isDuplication { return "c.\(span)dup" }
    if edit.isInversion { return "c.\(span)inv" }
    if edit.inserted.isEmpty { return "c.\(span)del" }
    if edit.first == edit.last, let removed = edit.removed, removed.count == 1, edit.inserted.count == 1 {
      return "c.\(span)\(text(removed))>\(text(edit.inserted))"
    }
    return "c.\(span)delins\(text(edit.inserted))"
  }

  // MARK: Without letters

  /// What is certain where the sequence is not known: a known codon's change, a shifted frame, the residues touched.
  private func withoutLetters(_ edit: CodingEdit, _ replaced: Range<Int>, grownBy growth: Int) -> CodingConsequence? {
    let lowest = min(replaced.lowerBound, length)
    guard let first = residue(ofBase: lowest), let last = residue(ofBase: max(lowest, replaced.upperBound - 1)) else {
      return nil
    }
    let coding = Self.notation(edit)
    if growth != 0 {
      let effect: VariantEffect =
        growth % 3 != 0 ? .frameshift : growth < 0 ? .inframeDeletion : .inframeInsertion
      return CodingConsequence(
        effect: effect, codingChange: coding, region: min(first, last)...max(first, last),
        exonEnd: exonEnd(in: replaced))
    }
    guard first == last, let known = codons[first], !replaced.isEmpty else { return nil }
    let offset = (replaced.lowerBound - 1) % 3
    var changes: Set<ProteinChange> = []
    for codon in known {
      if let removed = edit.removed, Array(codon[offset..<offset + removed.count]) != removed { continue }
      var new = codon
      new.replaceSubrange(offset..<offset + replaced.count, with: edit.inserted)
      changes.insert(Self.substitution(Nucleotide.residue(codon), first, Nucleotide.residue(new)))
    }
    guard changes.count == 1, let change = changes.first else { return nil }
    return CodingConsequence(
      effect: VariantEffect(change), proteinChange: change, codingChange: coding, exonEnd: exonEnd(in: replaced))
  }

  private static func substitution(_ old: Character, _ residue: Int, _ new: Character) -> ProteinChange {
    if old == new { return ProteinChange(.synonymous, first: residue, firstResidue: old) }
    if old == "*" {
      return ProteinChange(.stopLost, first: residue, firstResidue: "*", replacement: String(new))
    }
    if new == "*" { return ProteinChange(.nonsense, first: residue, firstResidue: old) }
    if residue == 1, old == "M" {
      return ProteinChange(.startLost, first: 1, firstResidue: "M", replacement: String(new))
    }
    return ProteinChange(.substitution, first: residue, firstResidue: old, replacement: String(new))
  }

  /// The exon whose last base is among the bases; the last exon ends without a junction.
  private func exonEnd(in bases: Range<Int>) -> Int? {
    exons.dropLast().first { bases.contains($0.bases.upperBound) }?.number
  }
}

// MARK: - Translation

extension CodingGene {
  private func translated(_ replaced: Range<Int>, _ inserted: [UInt8], _ edit: CodingEdit) -> CodingConsequence? {
    var bases = sequence
    bases.replaceSubrange((replaced.lowerBound - 1)..<(replaced.upperBound - 1), with: inserted)
    let start = (replaced.lowerBound - 1) / 3
    var changed: [Character] = Array(protein[..<min(start, protein.count)])
    var place = start * 3
    while place + 3 <= bases.count {
      changed.append(Nucleotide.residue(bases[place..<place + 3]))
      place += 3
    }
    var result = CodingConsequence(
      effect: .unknown, codingChange: settled(replaced, inserted, edit), exonEnd: exonEnd(in: replaced))
    let growth = inserted.count - replaced.count
    let change = growth % 3 == 0 ? inFrame(changed, codon: start + 1) : frameshift(changed)
    guard let change else { return nil }
    // A sequence that may carry a variant must not make a stop of it.
    if !isSequenceSure, change.consequence == .nonsense { return nil }
    result.proteinChange = change
    result.effect = VariantEffect(change)
    return result
  }

  /// A shifted frame, from the first residue that differs on.
  private func frameshift(_ changed: [Character]) -> ProteinChange? {
    var first = 0
    while first < protein.count, first < changed.count, protein[first] == changed[first] { first += 1 }
    guard first < protein.count else { return nil }
    let residue = residue(ofCodon: first + 1)
    if first == 0 { return ProteinChange(.startLost, first: 1, firstResidue: "M") }
    guard first < changed.count else {
      return ProteinChange(.frameshift, first: residue, firstResidue: protein[first])
    }
    if changed[first] == "*" { return ProteinChange(.nonsense, first: residue, firstResidue: protein[first]) }
    if protein[first] == "*" {
      return ProteinChange(.stopLost, first: residue, firstResidue: "*", replacement: String(changed[first]))
    }
    let stop = changed[first...].firstIndex(of: "*").map { "fs*\($0 - first + 1)" } ?? "fs"
    return ProteinChange(
      .frameshift, first: residue, firstResidue: protein[first], replacement: String(changed[first]),
      tail: String(stop.dropFirst(2)))
  }

  /// A change that keeps the frame: what is left when equal residues at both ends are taken off, those before it first,
  /// so that it lies as far behind as it can.
  private func inFrame(_ changed: [Character], codon: Int) -> ProteinChange? {
    var first = 0
    while first < protein.count, first < changed.count, protein[first] == changed[first] { first += 1 }
    if first == protein.count, first == changed.count {
      guard codon <= protein.count else { return nil }
      return ProteinChange(.synonymous, first: residue(ofCodon: codon), firstResidue: protein[codon - 1])
    }
    var (oldEnd, newEnd) = (protein.count, changed.count)
    while oldEnd > first, newEnd > first, protein[oldEnd - 1] == changed[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    let removed = protein[first..<oldEnd]
    var added = changed[first..<newEnd]
    if first == 0 {
      let isOne = removed.count == 1 && added.count == 1
      return ProteinChange(.startLost, first: 1, firstResidue: "M", replacement: isOne ? String(added) : "")
    }
    let start = residue(ofCodon: first + 1)
    if let old = removed.first, removed.count == 1, let new = added.first, added.count == 1 {
      return Self.replaced(old, start, new)
    }
    if let stop = added.firstIndex(of: "*") {
      guard stop > first else {
        return removed.first.map { ProteinChange(.nonsense, first: start, firstResidue: $0) }
          ?? ProteinChange(.nonsense, first: start, firstResidue: protein[first])
      }
      added = added[...stop]
    }
    if removed.isEmpty { return insertion(String(added), before: first) }
    let end = residue(ofCodon: oldEnd)
    guard let from = removed.first, let to = removed.last else { return nil }
    if added.isEmpty {
      return ProteinChange(.deletion, first: start, last: end, firstResidue: from, lastResidue: to)
    }
    return ProteinChange(
      .deletionInsertion, first: start, last: end, firstResidue: from, lastResidue: to, replacement: String(added))
  }

  /// A block that keeps residues at its ends, as the change of the others: `A775delinsAYVMA` is `Y772_A775dup`; `nil` where
  /// it keeps none or the letters are not known.
  package func withoutKeptEnds(_ change: ProteinChange) -> ProteinChange? {
    guard change.consequence == .deletionInsertion,
      change.replacement.first == change.firstResidue || change.replacement.last == change.lastResidue,
      let first = codon(ofResidue: change.first), let last = codon(ofResidue: change.last),
      last - first == change.last - change.first, first > 1, last < protein.count,
      fits(change.firstResidue, at: change.first) == true, fits(change.lastResidue, at: change.last) == true,
      change.replacement.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A })
    else { return nil }
    return inFrame(protein[..<(first - 1)] + Array(change.replacement) + protein[last...], codon: first)
  }

  private static func replaced(_ old: Character, _ residue: Int, _ new: Character) -> ProteinChange {
    if old == "*" { return ProteinChange(.stopLost, first: residue, firstResidue: "*", replacement: String(new)) }
    if new == "*" { return ProteinChange(.nonsense, first: residue, firstResidue: old) }
    return ProteinChange(.substitution, first: residue, firstResidue: old, replacement: String(new))
  }

  /// Residues added before a place, counted from 0: repeated neighbors, or new ones.
  private func insertion(_ added: String, before place: Int) -> ProteinChange? {
    let letters = Array(added)
    if letters.count <= place, Array(protein[(place - letters.count)..<place]) == letters, let from = letters.first,
      let to = letters.last
    {
      return ProteinChange(
        .duplication, first: residue(ofCodon: place - letters.count + 1), last: residue(ofCodon: place),
        firstResidue: from, lastResidue: to)
    }
    guard place > 0, place < protein.count else { return nil }
    return ProteinChange(
      .insertion, first: residue(ofCodon: place), last: residue(ofCodon: place + 1),
      firstResidue: protein[place - 1], lastResidue: protein[place], replacement: added)
  }

  /// The coding notation, as far behind as equal bases allow.
  private func settled(_ replaced: Range<Int>, _ inserted: [UInt8], _ edit: CodingEdit) -> String {
    if edit.isDuplication { return Self.notation(edit) }
    var (first, last) = (replaced.lowerBound, replaced.upperBound - 1)
    if inserted.isEmpty {
      while last < sequence.count, sequence[first - 1] == sequence[last] {
        first += 1
        last += 1
      }
      return Self.notation(CodingEdit(CodingPoint(first), CodingPoint(last)))
    }
    guard replaced.isEmpty else { return Self.notation(edit) }
    var bases = inserted
    var behind = last
    while behind < sequence.count, sequence[behind] == bases[0] {
      bases.append(bases.removeFirst())
      behind += 1
    }
    if behind >= bases.count, Array(sequence[(behind - bases.count)..<behind]) == bases {
      return Self.notation(
        CodingEdit(CodingPoint(behind - bases.count + 1), CodingPoint(behind), isDuplication: true))
    }
    return Self.notation(
      CodingEdit(CodingPoint(behind), CodingPoint(behind + 1), inserted: bases, isInsertion: true))
  }
}
