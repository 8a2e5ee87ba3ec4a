// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Findings in words that stand in another order than they are read in.
extension ClinicalText {
  /// A text in the words and the order in which findings are read.
  func reworded(_ text: String) -> String {
    var text = withMethylationApart(withVerdictsOfGrades(CodingEdit.withoutDoubt(OtherTongues.english(text))))
    for word in ["co-amplification", "coamplification"] { text = text.replacing(word, with: "amplification") }
    for word in ["co-amplified", "coamplified"] { text = text.replacing(word, with: "amplified") }
    for words in ["fusion or rearrangement", "rearrangement or fusion"] { text = text.replacing(words, with: "fusion") }
    let phrase = FindingPhrase(text)
    for (words, plain) in Self.plurals where phrase.has(words.lowercased().trimmingWhiteSpace) {
      text = text.replacing(words, with: plain)
    }
    text = withKaryotypeOnce(withProteinsLost(text, phrase))
    if phrase.hasAny("kinase", "analysis") { text = withKinaseApart(text) }
    // `E23V fs*17`.
    for end in ["fs*", "fsX", "fsTer"] { text = text.replacing(" " + end, with: end) }
    // `no evidence of an EGFR-Mutation`.
    for word in ["-mutation", "-Mutation"] { text = text.replacing(word, with: " mutation") }
    if text.contains("-") { text = withResultsApart(text) }
    text = withReceptorsShort(text)
    text = withoutAsides(text)
    if text.contains("(") { text = withBracketedChanges(text) }
    text = withReversionsApart(withDenialsSettled(withDeniedBrackets(text)))
    if text.utf8.contains(UInt8(ascii: "n")) || text.utf8.contains(UInt8(ascii: "N")) {
      text = withExclusionBehind(text)
    }
    if text.contains(" of ") { text = withListedGenes(text) }
    if mayNamePartners(text) { text = joinedPartners(text) }
    if text.contains("/") { text = withStainsApart(text) }
    if text.contains(where: \.isNumber) {
      text = Self.eachClause(Self.withCodingJoined(withGenesOfAccessions(text)), withSpliceSites)
      text = Self.eachClause(text, withExonOfCodons)
      text = withExonLetters(Self.eachClause(text, withRangesJoined))
    }
    return text.contains(" - ") ? withoutDashes(text) : text
  }

  private static let plurals = [
    (" Deletions", " deletion"), (" deletions", " deletion"), (" Insertions", " insertion"),
    (" insertions", " insertion"),
  ]

  /// The kinase domain of a fusion, which is looked at where the fusion was found, as the gene that it is of.
  private func withKinaseApart(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let lowered = words.map { $0.lowercased() }
    let place = words.indices.dropLast(2).first { place in
      let behind = (lowered[place + 1], lowered[place + 2].prefix(8))
      return (behind == ("kinase", "domain") || behind == ("mutation", "analysis"))
        && (namesPartners(words[place]) || words[place].contains("::"))
    }
    guard let place, let fusion = fusions.fusion(named: words[place]) else { return text }
    words[place] += "; " + orientation.gene(of: orientation.annotated(fusion).fusion)
    return words.joined(separator: " ")
  }

  /// `t(15;17) PML-RARA negative`: a fusion under two names is one.
  private func withKaryotypeOnce(_ text: String) -> String {
    guard text.contains("t(") else { return text }
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for place in words.indices.dropLast().reversed()
    where words[place].hasPrefix("t(") && words[place].hasSuffix(")") {
      let next = words[place + 1].filter { !"(),:".contains($0) }
      if namesPartners(next) || next.contains("::") { words.remove(at: place) }
    }
    return words.joined(separator: " ")
  }

  /// `MLH1 absent, PMS2 negative`: what is said of each repair protein as what is said of all; a stain that is negative in
  /// each of them is a loss and no denial.
  private func withProteinsLost(_ text: String, _ phrase: FindingPhrase) -> String {
    guard phrase.hasAny("lost", "absent", "negative", "neg", "deficient") || text.contains("-") else { return text }
    let proteins = facts.biomarkers.first(.repair).genes
    guard proteins.count(where: { phrase.lowered.contains($0.lowercased()) }) > 1 else { return text }
    return text.split(separator: ";", omittingEmptySubsequences: false).map { clause in
      var (lost, results): ([String], Int) = ([], 0)
      for word in clause.split(whereSeparator: { " ,:/()".contains($0) }) {
        let lowered = word.lowercased()
        if proteins.contains(word.uppercased()) {
          lost.append(word.uppercased())
        } else if ["lost", "absent", "negative", "neg", "deficient", "-"].contains(lowered) {
          results += 1
        } else if lowered.hasSuffix("-"), proteins.contains(lowered.dropLast().uppercased()) {
          // `MLH1-`: a minus is a stain that is negative.
          lost.append(lowered.dropLast().uppercased())
          results += 1
        } else if !Self.besideProteins.contains(lowered) {
          return String(clause)
        }
      }
      return lost.count > 1 && results == lost.count ? "loss of " + lost.joined(separator: " and ") : String(clause)
    }.joined(separator: ";")
  }

  private static let besideProteins: Set<String> = [
    "and", "expression", "protein", "nuclear", "staining", "by", "ihc", "immunohistochemistry", "in", "tumor", "cells",
    "mmr", "status",
  ]

  /// `hormone receptor positive` under the name by which such results are read.
  private func withReceptorsShort(_ text: String) -> String {
    let receptors = facts.biomarkers.first(.receptors)
    var text = text
    for name in receptors.textNames where name.contains(" ") && text.lowercased().contains(name) {
      for written in [name, name.prefix(1).uppercased() + name.dropFirst()] {
        text = text.replacing(written, with: receptors.name)
      }
    }
    return text
  }

  /// `EGFR L858R-positive`, `BRAF V600E-mutant`: a word of a result that a hyphen joins to what it is said of.
  private func withResultsApart(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.enumerated().map { place, word in
      guard let hyphen = word.lastIndex(of: "-"), hyphen != word.startIndex else { return String(word) }
      // `FISH-HER2`, `IHC-ALK`: the test before what it looks for.
      if let first = word.firstIndex(of: "-"), case let name = word[word.index(after: first)...],
        ["fish", "cish", "sish", "ish", "ihc"].contains(word[..<first].lowercased()), isGeneName(String(name))
      {
        return "\(name) \(word[..<first])"
      }
      let (name, result) = (word[..<hyphen], word[word.index(after: hyphen)...])
      let bare = result.lowercased().filter { $0.isLetter }
      guard Self.joinedResults.contains(bare), !["non", "double", "triple"].contains(name.lowercased()) else {
        return String(word)
      }
      // `in BCR-ABL1-negative MPN` says what kind of tumor it is.
      if bare == "negative", place + 1 < words.count, result.last?.isLetter == true { return String(word) }
      return "\(name) \(result)"
    }.joined(separator: " ")
  }

  private static let joinedResults: Set<String> = [
    "positive", "negative", "mutant", "mutated", "altered", "rearranged", "amplified", "deleted", "deficient",
  ]

  /// A text without the words of a sentence that its finding is put into: `patient has FLT3-ITD`.
  private static func withoutOpening(_ text: String) -> String {
    let words = text.split(separator: " ")
    let rest = words.drop { openingWords.contains($0.lowercased()) }
    return rest.isEmpty || rest.count == words.count ? text : rest.joined(separator: " ")
  }

  private static let openingWords: Set<String> = [
    "the", "this", "patient", "patients", "tumor", "tumour", "sample", "case", "with", "has", "have", "had", "harbors",
    "harbours", "harboring", "harbouring", "carries", "carrying", "shows", "showed", "showing",
  ]

  /// `NM_033360.4(KRAS):p.(Gly12Cys)` with its gene first, where the transcript is none that is known.
  private func withGenesOfAccessions(_ text: String) -> String {
    guard text.contains("):"), !text.contains("::"), !text.contains(":r.") else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard let open = word.firstIndex(of: "("), let close = word[open...].firstIndex(of: ")"),
        word[close...].hasPrefix("):"), let symbol = genes.symbol(String(word[word.index(after: open)..<close]))
      else { return String(word) }
      let (accession, change) = (word[..<open], word[close...].dropFirst(2))
      let own = accession + ":" + change
      if SequenceNormalizer.accession(String(own)).isEmpty { return String(word) }
      if sequences.residues.genes.symbol(ofTranscript: String(accession)) != nil { return String(word) }
      return symbol + " " + (change.hasPrefix("p.") ? change : own)
    }.joined(separator: " ")
  }

  /// A text without words that say nothing of what was found: on which allele the second of two changes lies, that it
  /// followed the first, and which protein of a fusion it is.
  private func withoutAsides(_ text: String) -> String {
    var text = Self.withoutOpening(text)
    for (words, gene) in facts.phrases.asides where text.contains(words) {
      text = text.replacing("\(words) \(gene)", with: gene)
    }
    for (words, plain) in [
      (" in cis with ", " with "), (" in trans with ", " with "), (" followed by ", " with "),
      (" in addition to ", " with "), (" in cis", ""),
      (" in trans", ""), (" (cis)", ""), (" (trans)", ""),
    ] where text.contains(words) { text = text.replacing(words, with: plain) }
    return text
  }

  /// `EGFR L858R - ALK negative`: a dash between findings is a comma; signs at the ends of findings are results.
  private func withoutDashes(_ text: String) -> String {
    text.split(separator: ";", omittingEmptySubsequences: false).map { clause in
      var words = clause.split(separator: " ").map(String.init)
      guard let last = words.last, !last.hasSuffix("+"), !last.hasSuffix("-"),
        !last.hasSuffix(")") || !last.hasPrefix("(")
      else { return String(clause) }
      for index in words.indices.reversed() where words[index] == "-" && index > 0 && index + 1 < words.count {
        if startsFinding(words[index + 1]), isWhole(words[..<index].joined(separator: " ")) { words[index] = "," }
      }
      return words.joined(separator: " ")
    }.joined(separator: ";")
  }

  /// `BRCA2 p.S1982fs with reversion`, `BRCA2 p.S1982_A1983del reversion`: that a loss is reverted is a finding beside the
  /// change that a text names, whichever of the two it is said of.
  private func withReversionsApart(_ text: String) -> String {
    guard text.lowercased().contains("rever") else { return text }
    return text.split(separator: ";", omittingEmptySubsequences: false).map { clause in
      let words = FindingPhrase(String(clause)).words
      let isReverted = words.contains { SeveralChanges.reversions.contains($0.lowercased()) }
      guard isReverted, let gene = words.lazy.compactMap({ genes.symbol($0) }).first, words.contains(where: isChange)
      else { return String(clause) }
      let rest = words.filter {
        !SeveralChanges.reversions.contains($0.lowercased()) && !Self.besideReversion.contains($0.lowercased())
      }
      return (rest + [";", gene, "reversion"]).joined(separator: " ")
    }.joined(separator: ";")
  }

  private static let besideReversion: Set<String> = ["with", "and", "a", "mutation", "secondary", "acquired", "by"]

  /// `ER/PR/HER2 negative`: each stain with the result.
  private func withStainsApart(_ text: String) -> String {
    text.split(separator: ";", omittingEmptySubsequences: false).map { clause in
      let words = clause.split(separator: " ").map(String.init)
      guard words.count == 2, let result = MeasurementNormalizer.polarity(words[1]) else { return String(clause) }
      let names = words[0].split(separator: "/").map(String.init)
      let known = (facts.biomarkers.all(.receptor) + facts.biomarkers.all(.graded)).flatMap { [$0.name] + $0.textNames }
        .map { GeneNameKey.plain($0) }
      guard names.count > 2, names.allSatisfy({ known.contains(GeneNameKey.plain($0)) }) else { return String(clause) }
      return names.map { "\($0) \(result)" }.joined(separator: "; ")
    }.joined(separator: ";")
  }

  // MARK: What a change is not

  /// `PDGFRA exon 18 non-D842V`, `BRAF non-V600E (G469A)`: beside an exon or a change what was ruled out is said behind it.
  private func withExclusionBehind(_ text: String) -> String {
    var clauses: [String] = []
    for clause in text.split(separator: ";", omittingEmptySubsequences: false) {
      var words = clause.split(separator: " ").map(String.init)
      guard let place = words.firstIndex(where: { Self.excluded($0) != nil }), let change = Self.excluded(words[place])
      else {
        clauses.append(String(clause))
        continue
      }
      words.remove(at: place)
      let rest = FindingPhrase(words.joined(separator: " "))
      let namesExon = SequenceNormalizer.exon(in: rest) != nil
      guard namesExon || rest.words.contains(where: { $0.contains(where: \.isNumber) && isChange($0) }) else {
        clauses.append(String(clause))
        continue
      }
      if namesExon, !rest.hasAny("mutation", "mutated", "mutant", "deletion", "insertion", "del", "ins", "variant") {
        words.append("mutation")
      }
      clauses.append((words + ["(not \(change))"]).joined(separator: " "))
    }
    return clauses.joined(separator: ";")
  }

  /// The change of `non-D842V`.
  private static func excluded(_ word: String) -> String? {
    let bare = word.filter { !"(),".contains($0) }
    guard bare.lowercased().hasPrefix("non-") else { return nil }
    let change = String(bare.dropFirst(4))
    return change.contains(where: \.isNumber)
      && (ProteinChange(change) != nil || SequenceNormalizer.codon(change) != nil) ? change : nil
  }

  // MARK: Partners of a fusion

  private func mayNamePartners(_ text: String) -> Bool {
    let lowered = text.lowercased()
    if lowered.contains("between") || lowered.contains("fusion of ") { return true }
    return (lowered.contains("ex") || lowered.contains(" e")) && text.contains(where: \.isNumber)
  }

  /// A piece of a text: a run of letters, digits and dots, or one other character.
  private struct Piece {
    let text: String
    let isWord: Bool
  }

  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber || character == "." {
        word.append(character)
        continue
      }
      if !word.isEmpty { pieces.append(Piece(text: word, isWord: true)) }
      word = ""
      pieces.append(Piece(text: String(character), isWord: false))
    }
    if !word.isEmpty { pieces.append(Piece(text: word, isWord: true)) }
    return pieces
  }

  /// A partner with its exon, where one begins at a piece.
  private struct Partner {
    let gene: String
    let exon: String
    let end: Int
  }

  private func partner(at start: Int, in pieces: [Piece]) -> Partner? {
    guard start < pieces.count, pieces[start].isWord, pieces[start].text.contains(where: \.isUppercase),
      genes.symbol(pieces[start].text) != nil, !Self.plainWords.contains(pieces[start].text.lowercased())
    else { return nil }
    var place = start + 1
    func skip(_ characters: String) {
      while place < pieces.count, !pieces[place].isWord, characters.contains(pieces[place].text) { place += 1 }
    }
    var end = place
    skip(" (")
    var exon = ""
    if place < pieces.count, pieces[place].isWord {
      let word = pieces[place].text.lowercased()
      for mark in ["exons", "exon", "ex", "e"] where word.hasPrefix(mark) && exon.isEmpty {
        let digits = word.dropFirst(mark.count).drop { $0 == "." }
        if !digits.isEmpty, digits.count < 4, digits.allSatisfy(\.isNumber) {
          exon = String(digits)
          place += 1
        } else if digits.isEmpty {
          place += 1
          skip(" ")
          if place < pieces.count, pieces[place].text.allSatisfy(\.isNumber), pieces[place].text.count < 4 {
            exon = pieces[place].text
            place += 1
          }
        }
      }
    }
    if !exon.isEmpty {
      skip(")")
      end = place
    }
    return Partner(gene: pieces[start].text, exon: exon, end: end)
  }

  /// `EML4 exon 13 - ALK exon 20`, `fusion between EML4 (exon 13) and ALK (exon 20)`, `fusion of EML4 and ALK` as one name.
  private func joinedPartners(_ text: String) -> String {
    let pieces = Self.pieces(text)
    for start in pieces.indices {
      guard let first = partner(at: start, in: pieces) else { continue }
      var place = first.end
      var joint = ""
      while place < pieces.count, place - first.end < 6, partner(at: place, in: pieces) == nil {
        joint += pieces[place].text
        place += 1
      }
      guard let second = partner(at: place, in: pieces), genes.symbol(first.gene) != genes.symbol(second.gene),
        isJoint(joint, first, second, behind: pieces[..<start].map(\.text).joined())
      else { continue }
      func name(_ partner: Partner) -> String {
        partner.exon.isEmpty ? partner.gene : "\(partner.gene)(\(partner.exon))"
      }
      var head = pieces[..<start].map(\.text).joined()
      for word in ["between ", "of ", "of the ", "the "] where head.lowercased().hasSuffix(word) {
        head = String(head.dropLast(word.count))
      }
      let tail = pieces[second.end...].map(\.text).joined()
      return head + name(first) + (joint.contains("::") ? "::" : "-") + name(second) + tail
    }
    return text
  }

  /// Whether what stands between two genes joins them to a fusion, and does not list them.
  private func isJoint(
    _ joint: String, _ first: Partner, _ second: Partner, behind head: String
  ) -> Bool {
    let symbols = [first.gene, second.gene].map { genes.symbol($0) ?? "" }
    // Of two genes whose fusions are looked for, or of none, both are listed.
    guard
      symbols.count(where: { facts.fusionRoles.role(of: $0) != nil }) == 1 || joint.contains("::")
        || isNamedPair(symbols[0], symbols[1])
    else { return false }
    let hasExons = !first.exon.isEmpty && !second.exon.isEmpty
    switch joint.lowercased().split(separator: " ").joined(separator: " ") {
    case "::", "--": return hasExons
    case "-", "\u{2013}", "\u{2014}", "_", ">", "->", "/", ":":
      return hasExons
    case "and", "with", "to":
      let words = head.lowercased().split(separator: " ").suffix(3)
      return words.contains("between") || words.last == "of" && words.contains { $0.hasPrefix("fusion") }
    case "fused to", "joined to", "fused with": return true
    default: return false
    }
  }

  // MARK: A gene that stands last

  /// A finding with its gene first, where the words before the gene say what happened to it: `deletion of exon 19 of EGFR`,
  /// `high PD-L1 expression`; `nil` where there is not one gene in it.
  func geneFirst(_ phrase: FindingPhrase) -> String? {
    let words = phrase.words
    func isName(_ word: String) -> Bool {
      let lowered = word.lowercased()
      guard !Self.plainWords.contains(lowered), !Self.ofExons.contains(lowered), word.contains(where: \.isUppercase)
      else { return false }
      return isGeneName(word) || facts.biomarkers.written(word) != nil
    }
    let places = words.indices.filter { isName(words[$0]) }
    guard let place = places.first, place > 0, places.count == 1 else { return nil }
    var before = Array(words[..<place])
    while let last = before.last, ["of", "in", "the", "for", "gene"].contains(last.lowercased()) { before.removeLast() }
    var behind = Array(words[(place + 1)...])
    if behind.first?.lowercased() == "gene" { behind.removeFirst() }
    guard !before.isEmpty else { return nil }
    // `deletion of exon 19` is read as `exon 19 deletion`.
    if before.count > 2, let joint = before.firstIndex(where: { ["of", "in"].contains($0.lowercased()) }), joint > 0 {
      before = Array(before[(joint + 1)...]) + before[..<joint]
    }
    before.removeAll { ["of", "in", "the", "a", "an"].contains($0.lowercased()) }
    return ([words[place]] + before + behind).joined(separator: " ")
  }

  private static let ofExons: Set<String> = ["exon", "exons", "codon", "ex"]

  /// `FLT3-TKD (D835V)` with its gene apart; `nil` where the first word is not a gene with more behind a hyphen.
  func hyphenOpened(_ phrase: FindingPhrase) -> String? {
    guard phrase.words.count > 1, let first = phrase.words.first, let hyphen = first.firstIndex(of: "-"),
      genes.symbol(String(first[..<hyphen])) != nil
    else { return nil }
    let rest = phrase.words.dropFirst().map { $0.filter { !"()".contains($0) } }
    return ([String(first[..<hyphen]), String(first[first.index(after: hyphen)...])] + rest).joined(separator: " ")
  }
}
