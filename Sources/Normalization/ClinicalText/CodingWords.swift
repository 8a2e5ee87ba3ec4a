// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Changes of the coding sequence as people type them.
extension ClinicalText {
  /// `c.2573T > G`, `c.1799 T>A`, `c.2236_2250 del 15`: the notation without the blanks in it.
  static func withCodingJoined(_ text: String) -> String {
    guard text.contains("c.") else { return text }
    var words: [Substring] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      guard let before = words.last, let start = before.firstRange(of: "c.")?.upperBound,
        goesOn(String(before[start...]), word)
      else {
        words.append(word)
        continue
      }
      words[words.count - 1] = before + word
    }
    return words.joined(separator: " ")
  }

  /// Whether a notation that was begun is not at its end, and a word goes on with it.
  private static func goesOn(_ begun: String, _ word: Substring) -> Bool {
    guard let last = begun.last, let first = word.first else { return begun.isEmpty && word.first?.isNumber == true }
    let isBases = word.prefix { $0 != ";" && $0 != "," }.allSatisfy { "ACGTacgt>".contains($0) }
    if last == ">" { return isBases }
    if begun.contains(">") { return false }
    if word == ">" { return "ACGT".contains(last) }
    let bare = word.prefix { $0 != ">" }
    if last.isNumber, word.contains(">"), !bare.isEmpty { return bare.allSatisfy { "ACGT".contains($0) } && isBases }
    if last.isNumber, ["del", "dup", "ins"].contains(where: word.hasPrefix) {
      return word.dropFirst(3).allSatisfy { $0.isNumber || "ACGT,;".contains($0) } || word.hasPrefix("delins")
    }
    // `del 15`, `ins TCG`.
    let isOpen = ["del", "dup", "ins"].contains(where: begun.hasSuffix)
    return isOpen && (first.isNumber ? word.allSatisfy(\.isNumber) : isBases)
  }

  /// `MET IVS14+1G>A`: the older name of a place beside an exon, as one that is counted from the start; where the exon is
  /// not known, as what it does.
  ///
  /// - Parameter text: Words of one finding.
  func withSpliceSites(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    // `MET splice site 2888-18_2897del28`: a change of the coding sequence without its mark.
    let lowered = words.map { $0.lowercased() }
    if let place = lowered.indices.dropLast(2).first(where: { lowered[$0] == "splice" && lowered[$0 + 1] == "site" }),
      CodingEdit(notation: "c." + words[place + 2]) != nil
    {
      words.replaceSubrange(place...place + 2, with: ["c." + words[place + 2]])
      return words.joined(separator: " ")
    }
    guard text.contains("IVS") else { return text }
    guard let place = words.firstIndex(where: { $0.contains("IVS") }),
      let site = Self.site(words[place].drop { $0 != "I" }),
      let gene = words[..<place].reversed().lazy.compactMap({ genes.symbol($0) }).first
    else { return text }
    let exons = sequences.residues.genes.gene(gene)?.exons ?? []
    let exon = exons.first { $0.number == (site.offset > 0 ? site.intron : site.intron + 1) }
    if let exon, sequences.sites.skipping(ofExon: exon.number, gene: gene) != nil {
      let base = site.offset > 0 ? exon.bases.upperBound : exon.bases.lowerBound
      words[place] = "c.\(base)\(site.offset > 0 ? "+" : "")\(site.offset)\(site.change)"
    } else if abs(site.offset) < 3 {
      words[place] = "splice site mutation"
    }
    return words.joined(separator: " ")
  }

  /// The intron, the bases from its nearer end and the change of `IVS2+1G>A`; `nil` for other words.
  private static func site(_ word: Substring) -> (intron: Int, offset: Int, change: Substring)? {
    guard word.hasPrefix("IVS") else { return nil }
    let rest = word.dropFirst(3).drop { $0 == "-" }
    let number = rest.prefix(while: \.isNumber)
    let behind = rest[number.endIndex...]
    guard let intron = Int(number), let sign = behind.first, "+-".contains(sign) else { return nil }
    let digits = behind.dropFirst().prefix(while: \.isNumber)
    guard let count = Int(digits), count > 0 else { return nil }
    return (intron, sign == "+" ? count : -count, behind[digits.endIndex...])
  }

  /// `KRAS codon 12/13 mutation`, `KRAS G12/G13`: one of two codons of an exon is a change of that exon.
  ///
  /// - Parameter clause: Words of one finding.
  func withExonOfCodons(_ clause: String) -> String {
    guard clause.contains("/") else { return clause }
    var words = clause.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let place = words.firstIndex(where: { Self.codons($0) != nil }), let codons = Self.codons(words[place]),
      // `12/13` by itself may count anything.
      words[place].first?.isLetter == true || place > 0 && words[place - 1].lowercased().hasPrefix("codon"),
      let gene = words[..<place].reversed().lazy.compactMap({ genes.symbol($0) }).first,
      let exon = (1...40).first(where: {
        reference.exons.codons(gene: gene, exon: $0).map { $0.contains(codons.0) && $0.contains(codons.1) } ?? false
      })
    else { return clause }
    words[place] = "exon \(exon)"
    let behind = words[(place + 1)...].map { $0.lowercased() }
    if behind.first == "no" || behind.first == "not" {
      words.replaceSubrange((place + 1)..., with: ["mutation", "not", "detected"])
    } else if !["mutation", "mutations", "mutant", "mutated", "wt", "wild-type", "wild", "wildtype"].contains(
      behind.first)
    {
      words.insert("mutation", at: place + 1)
    }
    if place > 0, ["codon", "codons"].contains(words[place - 1].lowercased()) { words.remove(at: place - 1) }
    return words.joined(separator: " ")
  }

  /// The two codons of `12/13`, `G12/G13` and `G12/13`; `nil` for other words.
  private static func codons(_ word: String) -> (Int, Int)? {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let numbers = parts.compactMap { part in
      Int(part.first.map { "ACDEFGHIKLMNPQRSTVWY".contains($0) } == true ? part.dropFirst() : part)
    }
    guard numbers.count == 2, numbers[0] > 9, numbers[1] > numbers[0], numbers[1] - numbers[0] < 10 else { return nil }
    return (numbers[0], numbers[1])
  }
}
