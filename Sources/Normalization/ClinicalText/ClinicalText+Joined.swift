// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Genes written as one word with what was found: `ALK+`, `EGFRex19del`, `BRAFmut`, `H3K27M`, `RET-rearranged`.
extension ClinicalText {
  /// The members of a family that a name stands for; `nil` when it is no family whose members are known.
  func family(named name: String) -> [String]? {
    if let members = facts.phrases.family(name.uppercased()) { return members }
    if case .family(let family) = genes.normalize(name) { return facts.phrases.family(family) }
    return nil
  }

  /// The word of a phrase that stands for several genes.
  func familyName(_ phrase: FindingPhrase) -> String? {
    phrase.words.first { $0.contains("/") || family(named: $0) != nil }
  }

  /// A finding with its gene and the rest apart, where one word holds both; else as it was.
  func unglued(_ piece: String) -> String {
    var words = piece.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    guard let first = words.first, !first.contains("::"), !Self.isWholeName(first) else { return piece }
    let key = first.lowercased().filter { $0.isLetter || $0.isNumber }
    if facts.namedChanges.gene(joinedIn: key) != nil, sequences.namedClass(first) != nil { return piece }
    if let gene = genes.symbol(first), facts.fusionRoles.isTestOfRearrangement(gene),
      let place = words.firstIndex(where: { ["fish+", "fish-"].contains($0.lowercased()) })
    {
      words[place] = words[place].hasSuffix("+") ? "FISH positive" : "FISH negative"
      return words.joined(separator: " ")
    }
    let found =
      signed(first, isAlone: words.count == 1) ?? (isKnownName(first) ? nil : hyphened(first) ?? prefixed(first))
    guard let (name, rest) = found else { return piece }
    // Before a change of its own a gene with a residue behind it is a misspelled one: `TPP53 p.R175H`.
    let residue = rest.prefix { $0 != " " }
    if residue.first?.isLetter == true, residue.dropFirst().allSatisfy(\.isNumber),
      words.dropFirst().contains(where: { ProteinChange($0) != nil })
    {
      return piece
    }
    words.replaceSubrange(0...0, with: rest.isEmpty ? [name] : [name, rest])
    return words.joined(separator: " ")
  }

  /// Whether a word is an accession, in which no symbol is looked for: `ENSP00000646891.2:p.V600E`.
  private static func isWholeName(_ word: String) -> Bool {
    word.hasPrefix("ENS") && word.dropFirst(3).prefix(4).contains(where: \.isNumber)
  }

  private func isKnownName(_ written: String) -> Bool {
    let word = written.hasSuffix(":") ? String(written.dropLast()) : written
    if case .protein = genes.normalize(word) { return true }
    if facts.biomarkers.written(GeneNameKey.plain(word)) != nil { return true }
    return isOneGene(word) || family(named: word) != nil
  }

  private func isOneGene(_ word: String) -> Bool { genes.symbol(word) != nil }

  /// `ALK+` and `ALK-`: a rearrangement where tests of the gene look for one; `EGFR+` a mutation.
  private func signed(_ word: String, isAlone: Bool) -> (String, String)? {
    guard isAlone, let sign = word.last, "+-\u{2212}\u{2013}".contains(sign) else { return nil }
    let name = String(word.dropLast())
    guard facts.biomarkers.ofGene(genes.symbol(name) ?? "") == nil,
      !facts.phrases.isReceptor(GeneNameKey.plain(name))
    else { return nil }
    let members = family(named: name) ?? genes.symbol(name).map { [$0] } ?? []
    guard let gene = members.first else { return nil }
    if facts.fusionRoles.isTestOfRearrangement(gene) { return (name, sign == "+" ? "fusion" : "fusion negative") }
    if sign != "+", facts.phrases.meansMutation(name.uppercased()) { return (name, "mutation negative") }
    return sign == "+" && facts.phrases.meansMutation(name.uppercased()) ? (name, "mutation") : nil
  }

  /// `EGFR-mutated`, `RET-rearranged`, `NTRK-positive`, `H3K27-altered`.
  private func hyphened(_ word: String) -> (String, String)? {
    guard let cut = word.lastIndex(of: "-") else { return nil }
    let name = String(word[..<cut])
    let rest = String(word[word.index(after: cut)...])
    guard Self.joinedWords.contains(rest.lowercased()) else { return nil }
    if isKnownName(name) {
      let gene = family(named: name)?.first ?? genes.symbol(name) ?? ""
      let isFusion = rest.lowercased() == "positive" && facts.fusionRoles.isTestOfRearrangement(gene)
      return (name, isFusion ? "fusion" : rest)
    }
    return prefixed(name).map { ($0.0, $0.1 + " " + rest) }
  }

  private static let joinedWords: Set<String> = [
    "mutated", "mutant", "mutation", "mut", "rearranged", "rearrangement", "fusion", "fused", "translocated",
    "positive",
    "negative", "amplified", "amplification", "amp", "altered", "alteration", "deleted", "deletion", "loss",
    "wildtype", "wt", "overexpression", "overexpressed", "deficient", "low", "high", "skipping", "ex14", "itd",
  ]

  /// A gene that a longer word begins with: `METex14del`, `IDH1mut`, `gBRCAm`, `FGFR1amp`, `BRAFV600`, `H3K27M`.
  private func prefixed(_ word: String) -> (String, String)? {
    // "MET" with a sign for "deleted" before the number of the exon.
    if let delta = word.firstIndex(where: { "\u{0394}\u{2206}".contains($0) }), isOneGene(String(word[..<delta])) {
      return (String(word[..<delta]), "exon " + word[word.index(after: delta)...].filter(\.isNumber) + " deletion")
    }
    for cut in word.indices.reversed() where cut != word.startIndex {
      var name = String(word[..<cut])
      while let last = name.last, "-_".contains(last) { name.removeLast() }
      var rest = String(word[cut...])
      while let head = rest.first, "-_".contains(head) { rest.removeFirst() }
      // A sign between names parts them: `KMT2A/MLLT3`, `TPM3>ALK`.
      guard name.count >= 2, !rest.isEmpty, !name.contains(where: { "/>:;".contains($0) }) else { continue }
      // The first digit of an exon is none of the gene: `MET14del`.
      if rest.first?.isNumber == true, genes.symbol(name) != name { continue }
      guard let words = joined(rest) else {
        // A shorter name would take letters of a gene that stands there: `EGFR19xyz`.
        if genes.symbol(name) == name { return nil }
        continue
      }
      if isOneGene(name) || family(named: name) != nil { return (name, words) }
      if facts.phrases.histone(name.uppercased(), residueIn: [rest]) != nil { return (name, words) }
      // The letters for germline, tumor and somatic before the name: `gBRCAm`, `tBRCA1mut`.
      if let letter = name.first, let origin = Self.origins[letter] {
        let bare = String(name.dropFirst())
        if bare.first?.isUppercase == true, isOneGene(bare) || family(named: bare) != nil {
          return (bare, words + origin)
        }
      }
    }
    if let letter = word.first, let origin = Self.origins[letter] {
      let bare = String(word.dropFirst())
      if bare.first?.isUppercase == true, isOneGene(bare) || family(named: bare) != nil {
        return (bare, origin.trimmingWhiteSpace)
      }
    }
    return nil
  }

  private static let origins: [Character: String] = ["g": " germline", "s": " somatic", "t": ""]

  /// What stands behind the name of a gene in one word with it; `nil` when it is nothing of the kind.
  private func joined(_ rest: String) -> String? {
    switch rest.lowercased() {
    case "mut", "mt", "mutated", "mutant": return "mutation"
    case "m": return rest == "m" ? "mutation" : nil
    case "r": return rest == "r" ? "rearrangement" : nil
    case "wt": return "wt"
    case "amp": return "amplification"
    case "fus", "fusion": return "fusion"
    default: break
    }
    let lowered = rest.lowercased()
    // `EGFR19del`, `EGFR21L858R`: the number of the exon before what is there.
    let digits = rest.prefix(while: \.isNumber)
    if (1...2).contains(digits.count), case let behind = rest.dropFirst(digits.count), !behind.isEmpty {
      if let noun = ["del": "deletion", "ins": "insertion", "dup": "duplication"][behind.lowercased()] {
        return "exon \(digits) \(noun)"
      }
      if let change = ProteinChange(String(behind)), change.consequence == .substitution { return String(behind) }
    }
    if lowered.hasPrefix("ex"), lowered.dropFirst(2).first?.isNumber == true || lowered.hasPrefix("exon") {
      return rest
    }
    if let change = ProteinChange(rest), change.consequence != .synonymous, rest.contains(where: \.isNumber),
      rest.first?.isUppercase == true
    {
      return rest
    }
    return rest.first?.isUppercase == true && SequenceNormalizer.codon(rest) != nil ? rest : nil
  }
}
