// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

/// Changes that are stated without being named, as clinicians write them and files repeat it: `V600`, `D816X`,
/// `exon 19 deletion`, `mutated`.
///
/// Guide: Normalizing, Changes that are not named.
extension SequenceNormalizer {
  // MARK: A codon without its new residue

  /// What a residue without a change, or with `X` in place of the new one, says; `nil` where the text is neither.
  ///
  /// - Parameters:
  ///   - change: What the text is as a protein change; an `X` at its end has been read as a stop.
  ///   - effect: What the class of the row says.
  func residueStatement(
    _ gene: String, _ text: String, _ change: ProteinChange?, _ effect: VariantEffect
  ) -> (change: ProteinChange?, isUnclear: Bool)? {
    if let change {
      guard change.consequence == .nonsense, Self.endsInX(text) else { return nil }
      switch effect {
      case .missense: return (.anyResidue(at: change.first, from: change.firstResidue), false)
      case .unknown, .structural: break
      default: return nil
      }
      guard let reference, reference.roles[gene]?.isOncogene == true || reference.roles[gene] == nil else { return nil }
      if reference.hotspots.hasSubstitutions(at: current(gene, change).first, of: gene) {
        return (.anyResidue(at: change.first, from: change.firstResidue), false)
      }
      return reference.roles[gene]?.isOncogene == true && reference.roles[gene]?.isSuppressor != true
        ? (change, true) : nil
    }
    guard let (residue, codon) = Self.codon(text), codon > 1 else { return nil }
    switch effect {
    case .missense, .unknown, .structural: return (.anyResidue(at: codon, from: residue), false)
    case .nonsense: return (ProteinChange(.nonsense, first: codon, firstResidue: residue), false)
    default: return nil
    }
  }

  private func current(_ gene: String, _ change: ProteinChange) -> ProteinChange {
    currentNumbering(gene: gene, change) ?? change
  }

  private static func endsInX(_ text: String) -> Bool {
    guard let last = text.utf8.last(where: { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ",") }) else { return false }
    return last | 0x20 == UInt8(ascii: "x")
  }

  /// `V600`, `p.V600`, `Val600`, and with what stands for no residue behind it: `V600?`, `V600E/K`, `V600mut`.
  static func codon(_ text: String) -> (residue: Character, codon: Int)? {
    guard text.utf8.count <= 24 else { return nil }
    var view = text[...]
    if view.hasPrefix("p.") { view = view.dropFirst(2) }
    view = view.drop(while: { $0 == "(" })
    while let last = view.last, ")?,".contains(last) { view = view.dropLast() }
    for ending in ["-mutant", "-mutated", "-altered", "mut", "Xaa"] where view.hasSuffix(ending) {
      view = view.dropLast(ending.count)
    }
    // One of several residues: `V600E/K`.
    if let slash = view.firstIndex(of: "/") {
      let others = view[view.index(after: slash)...].split(separator: "/")
      guard others.allSatisfy({ $0.count == 1 && $0.allSatisfy(isResidue) }), let last = view[..<slash].last,
        isResidue(last)
      else { return nil }
      view = view[..<slash].dropLast()
    }
    let letters = view.prefix(while: \.isLetter)
    let digits = view.dropFirst(letters.count)
    guard (1...5).contains(digits.count), let codon = Int(digits), codon > 0, let first = letters.first else {
      return nil
    }
    if letters.count == 1, isResidue(first) { return (first, codon) }
    guard letters.count == 3, let whole = ProteinChange("p.\(letters)\(codon)="), whole.firstResidue != "X",
      whole.first == whole.last
    else {
      return nil
    }
    return (whole.firstResidue, codon)
  }

  private static func isResidue(_ character: Character) -> Bool { "ACDEFGHIKLMNPQRSTVWY".contains(character) }

  // MARK: An exon, or the gene alone

  /// What the words of a cell say of a change without naming it; `nil` when they say nothing of the kind.
  func statement(
    gene: String, _ phrase: FindingPhrase, stated effect: VariantEffect
  ) -> (change: SequenceChange, cautions: [Caution])? {
    if let exon = exonChange(of: gene, phrase, codons: { reference?.exons.codons(gene: gene, exon: $0) }) {
      return (exon, exon.region == nil ? [] : [.changeNotStated])
    }
    guard !phrase.isEmpty else { return nil }
    if phrase.words.allSatisfy({ Self.mutationWords.contains($0.lowercased()) }) {
      let isOpen = effect == .unknown || effect == .structural
      return (isOpen ? SequenceChange(.unspecified) : SequenceChange(effect: effect), [.changeNotStated])
    }
    // The class in the place of the change: `frameshift`.
    guard let named = ClinicalText.effect(named: phrase.lowered), named != .synonymous,
      effect == .unknown || effect == named
    else { return nil }
    return (SequenceChange(effect: named), [.changeNotStated])
  }

  private static let mutationWords: Set<String> = [
    "mut", "mutation", "mutated", "mutant", "mutations", "detected", "present", "positive", "somatic",
  ]

  /// `exon 19 deletion`, `ex20ins`, `exon 11 mutation`, `19del`.
  ///
  /// - Parameter codons: The codons of an exon of the gene; `nil` for those that nobody knows.
  func exonChange(
    of gene: String, _ phrase: FindingPhrase, codons: (_ exon: Int) -> ClosedRange<Int>?
  ) -> SequenceChange? {
    guard let exon = Self.exon(in: phrase) else { return nil }
    // Whole exons of a suppressor, of which an exon alone says no more than where a change lies elsewhere.
    let words = RearrangementWords([phrase.text])
    let events = words.exonEvents
    if events.count == 1, let change = change(of: gene, events[0], words.frame) { return change }
    let exons = events.count == 1 ? events[0].exons ?? exon...exon : exon...exon
    let region = codons(exons.lowerBound).flatMap { first in
      codons(exons.upperBound).map { first.lowerBound...max(first.upperBound, $0.upperBound) }
    }
    let skipping = sites.skipping(ofExon: exon, gene: gene)
    let isLost =
      phrase.hasAny("deletion", "del", "deleted", "loss") || phrase.lowered.contains("\u{3B4}\(exon)")
      || phrase.lowered.contains("\(exon)del")
      || phrase.lowered.contains("del\(exon)") || Self.namesResidues(behind: "del", phrase)
    let isAdded =
      phrase.hasAny("insertion", "ins", "duplication", "dup") || phrase.lowered.contains("\(exon)ins")
      || phrase.lowered.contains("ins\(exon)") || Self.namesResidues(behind: "ins", phrase)
    let isMutated = phrase.hasAny(
      "mutation", "mutations", "mutated", "mutant", "mut", "variant", "alteration", "altered")
    if let skipping {
      let isSkipped = phrase.hasAny("skipping", "skip", "skipped") || phrase.lowered.contains("\(exon)skip")
      // The exon by itself, or lost as a whole, is what the table names.
      let isNamed = isSkipped || isLost || !isAdded && phrase.hasAny("splice", "splicing", "spliced", "splice-site")
      if isNamed || !isAdded && !isMutated { return SequenceChange(effect: .splice, namedClass: skipping) }
    }
    let (effect, word): (VariantEffect, String) =
      isLost && !isAdded
      ? (.inframeDeletion, "deletion") : isAdded && !isLost ? (.inframeInsertion, "insertion") : (.unknown, "mutation")
    guard region != nil || isLost || isAdded || isMutated else { return nil }
    return SequenceChange(
      effect: effect, namedClass: "\(RearrangementWords.ExonEvent.words(exons)) \(word)", region: region)
  }

  /// `exon 20 insYVMA`, `exon 19 delELREA`: residues without their place.
  private static func namesResidues(behind kind: String, _ phrase: FindingPhrase) -> Bool {
    phrase.words.contains { word in
      word.hasPrefix(kind) && word.count > kind.count && word.dropFirst(kind.count).allSatisfy(isResidue)
    }
  }

  /// What the loss or repeat of whole exons is called, or does to a suppressor; `nil` where neither is known.
  private func change(
    of gene: String, _ event: RearrangementWords.ExonEvent, _ frame: Fusion.Frame
  ) -> SequenceChange? {
    if frame != .outOfFrame, let name = sites.name(of: event, in: gene) {
      return SequenceChange(effect: VariantEffect(ofNamedClass: name), namedClass: name)
    }
    if frame == .inFrame { return nil }
    if let loss = loss(of: gene, event) { return loss }
    guard frame == .outOfFrame, reference?.roles[gene]?.isSuppressor == true else { return nil }
    return SequenceChange(effect: .frameshift, namedClass: "\(event), out of frame")
  }

  /// Units of what is not an exon.
  private static let units: Set<String> = [
    "bp", "base", "bases", "nt", "nucleotides", "kb", "mb", "aa", "amino", "residue", "residues", "codon", "codons",
    "copy", "copies", "allele", "alleles", "exons", "genes", "times", "x",
  ]

  /// Whether a phrase lists exons: `exons 18, 19 and 21`; a range is one thing.
  static func namesSeveralExons(_ phrase: FindingPhrase) -> Bool {
    guard let start = phrase.words.firstIndex(where: { ["exon", "exons"].contains($0.lowercased()) }) else {
      return false
    }
    var numbers = 0
    for word in phrase.words[(start + 1)...] {
      let parts = word.split(whereSeparator: { ",/&".contains($0) })
      if parts.isEmpty || ["and", "or", "und"].contains(word.lowercased()) { continue }
      guard parts.allSatisfy({ $0.allSatisfy { $0.isNumber || $0 == "-" } && $0.contains(where: \.isNumber) }) else {
        break
      }
      numbers += parts.count
    }
    return numbers > 1
  }

  /// The exon that a phrase names: `exon 19`, `ex19del`, `19del`, `del19`.
  static func exon(in phrase: FindingPhrase) -> Int? {
    for word in phrase.words.map({ $0.lowercased() }) {
      for start in ["exon", "ex", "e"] where word.hasPrefix(start) {
        let digits = word.dropFirst(start.count).drop(while: { "-. ".contains($0) }).prefix(while: \.isNumber)
        let rest = word.dropFirst(start.count).drop(while: { "-. ".contains($0) }).dropFirst(digits.count)
        if let exon = Int(digits), exon < 400, start != "e" || ["del", "ins"].contains(rest) { return exon }
      }
      if word.first == "\u{3B4}" || word.first == "\u{2206}", let exon = Int(word.dropFirst()), (2...60).contains(exon)
      {
        return exon
      }
      for kind in ["del", "ins"] {
        let digits =
          word.hasPrefix(kind) ? word.dropFirst(kind.count) : word.hasSuffix(kind) ? word.dropLast(kind.count) : ""
        if let exon = Int(digits.drop(while: { $0 == "-" })), (2...60).contains(exon) { return exon }
      }
    }
    let kinds = ["del", "deletion", "ins", "insertion"]
    for (place, (word, next)) in zip(phrase.words, phrase.words.dropFirst()).enumerated() {
      let isBehind = kinds.contains(word.lowercased())
      let number = isBehind ? next : kinds.contains(next.lowercased()) ? word : ""
      let unit = isBehind && place + 2 < phrase.words.count ? phrase.words[place + 2].lowercased() : ""
      if units.contains(unit.filter(\.isLetter)) { continue }
      if let exon = Int(number), (2...60).contains(exon) { return exon }
    }
    if let exon = phrase.number(after: "exon", "exons", "ex", "ex.").flatMap({ Int(exactly: $0) }) { return exon }
    return nil
  }
}
