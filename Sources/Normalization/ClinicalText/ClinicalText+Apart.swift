// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Findings that stand side by side without a comma, and denials that hold for more than one of them.
///
/// `KIT V559D PDGFRA wt`, `MSI-H/dMMR`, `EGFR L858R without T790M`: read as one finding, what is said of the second would
/// be taken for the first.
extension ClinicalText {
  /// Whether a stain in grades is on both sides: its tests are one statement.
  func isGraded(_ left: String, _ right: String) -> Bool {
    let gene = facts.biomarkers.first(.graded).nameOfResults
    return [left, right].allSatisfy { leadingGenes(FindingPhrase($0))?.genes == [gene] }
  }

  /// Whether a word may begin a finding: the name of a gene or of a biomarker, alone or joined with its change.
  ///
  /// - Parameter isBehindResult: Whether a result or a change stands before it, so that a name in lower case is one:
  ///   `hr positive her2 negative`.
  func startsFinding(_ word: String, isBehindResult: Bool = false) -> Bool {
    var base = word[...]
    while let last = base.last, "+-:,.)".contains(last) { base = base.dropLast() }
    let name = String(base)
    let isPlain = !name.contains(where: \.isUppercase) && !name.hasPrefix("p53") && !name.hasPrefix("d")
    guard name.count > 1, !isPlain || isBehindResult, !Self.plainWords.contains(name.lowercased()),
      !Self.units.contains(name.lowercased())
    else { return false }
    if isGeneName(name) || ProteinChange(name) != nil && genes.symbol(name) == nil { return true }
    if facts.biomarkers.written(name) != nil || namesFindings(name) { return true }
    if isPlain { return false }
    if Self.biomarkerStarts.contains(where: name.lowercased().hasPrefix) { return true }
    return unglued(glued(word)) != word || fusions.fusion(named: name) != nil && name.contains("-")
  }

  /// Whether a bare change names what the words before it speak of: `KRAS mutation G12V` is one finding, `L858R T790M` are
  /// two.
  func isSecondName(_ word: String, behind words: ArraySlice<String>) -> Bool {
    guard let change = bareChange(word) else { return false }
    let before = words.compactMap(bareChange)
    return before.isEmpty
      ? !isOfOtherExon(change, FindingPhrase(words.joined(separator: " "))) : before.contains(change)
  }

  /// Whether a change lies outside of the exon that a phrase names: `EGFR del19 T790M` are two findings.
  private func isOfOtherExon(_ change: ProteinChange, _ phrase: FindingPhrase) -> Bool {
    guard let genes = leadingGenes(phrase)?.genes, genes.count == 1, let exon = SequenceNormalizer.exon(in: phrase),
      let codons = reference.exons.codons(gene: genes[0], exon: exon)
    else { return false }
    return !codons.contains(change.first)
  }

  private func bareChange(_ word: String) -> ProteinChange? {
    let name = word.filter { !"+,:".contains($0) }
    let bare = name.hasSuffix("-") ? String(name.dropLast()) : name
    guard bare.contains(where: \.isNumber), genes.symbol(bare) == nil else { return nil }
    return ProteinChange(bare)
  }

  /// Words behind which no new finding begins.
  static let joiningWords: Set<String> = [
    "or", "nor", "vs", "versus", "of", "in", "to", "by", "for", "with", "and", "not", "no", "than", "from", "the",
  ]
  private static let units: Set<String> = [
    "cn", "gcn", "vaf", "af", "ccf", "ihc", "ish", "tpm", "tps", "cps", "ic", "tc",
  ]
  private static let biomarkerStarts = ["tmb", "msi", "mss", "dmmr", "pmmr", "hrd", "pd-l1", "pdl1", "mmr"]

  func hasVerdict(_ text: String) -> Bool {
    let phrase = FindingPhrase(text)
    return Negation.isDenied(text)
      || phrase.hasAny(
        "positive", "detected", "present", "found", "rearranged", "amplified", "mutated", "wt", "wild-type")
  }

  /// Whether a text is understood by itself.
  func isWhole(_ text: String) -> Bool {
    let pieces = outsideBrackets(spelledSigns(text)).flatMap { expand($0) }
    return !pieces.isEmpty
      && pieces.allSatisfy { piece in
        let (bare, isDenied) = withoutDenial(piece)
        let phrase = FindingPhrase(bare)
        // `FLT3-TKD negative`: the name stands for a finding by itself.
        if isDenied, namesFindings(bare) { return true }
        if Certainty.doubt(FindingPhrase(piece)) != nil { return leadingGenes(phrase) != nil }
        // A bare change goes on about the gene before it.
        if phrase.words.count <= 2, let first = phrase.words.first, first.contains(where: \.isNumber),
          ProteinChange(first) != nil, genes.symbol(first) == nil
        {
          return true
        }
        var quiet = Understanding()
        let found = isDenied ? denied(phrase, &quiet) : stated(phrase, &quiet)
        return found.map { !$0.isEmpty } ?? false
      }
  }

  // MARK: Denials and words that hold for several

  /// Parts of a list completed: a denial at its start holds up to the part with `or`, and genes at its end take the words
  /// of the part before them (`no mutations in EGFR, KRAS or BRAF`).
  func carried(_ pieces: [String]) -> [String] {
    var result = pieces
    for start in pieces.indices where Negation.opening(FindingPhrase(pieces[start]).lowered) != nil {
      let behind = pieces[(start + 1)...]
      // `No ALK, ROS1, or RET fusions detected`: the verb at the end closes the list as well as `or` does.
      let closed = behind.firstIndex { Self.withoutVerb($0) != $0 }
      guard let end = behind.firstIndex(where: { FindingPhrase($0).hasAny("or", "nor") }) ?? closed else { continue }
      let between = pieces[(start + 1)...end].map(Self.withoutVerb)
      guard between.allSatisfy({ Negation.opening(FindingPhrase($0).lowered) == nil && !hasVerdict($0) }) else {
        continue
      }
      for index in start + 1...end { result[index] = "no " + between[index - start - 1] }
    }
    return result
  }

  /// The end of a denied list without the verb of its sentence: `RET fusions were identified`.
  private static func withoutVerb(_ piece: String) -> String {
    var words = piece.split(separator: " ")
    guard words.count > 1, let last = words.last?.lowercased().filter(\.isLetter),
      ["detected", "identified", "found", "seen", "present", "observed"].contains(last),
      words[words.count - 2].lowercased() != "not"
    else { return piece }
    words.removeLast()
    if let verb = words.last?.lowercased(), ["was", "were", "is", "are"].contains(verb) { words.removeLast() }
    return words.joined(separator: " ")
  }

  /// The items of a denied text with `or` in it, each denied, and each with the words of the first where it is a gene alone.
  func deniedItems(_ piece: String) -> [String]? {
    guard let opening = Negation.opening(FindingPhrase(piece).lowered) else { return nil }
    var items: [[String]] = [[]]
    for word in piece.dropFirst(opening.count).split(whereSeparator: \.isWhitespace).map(String.init) {
      if ["or", "nor"].contains(word.lowercased()) {
        items.append([])
      } else {
        items[items.count - 1].append(word)
      }
    }
    items.removeAll(where: \.isEmpty)
    // `no KRAS or NRAS mutation`: genes alone take the words of the last one.
    if let last = items.last, last.count > 1, items.allSatisfy({ isGeneName($0[0]) }),
      items.count > 1, items.dropLast().allSatisfy({ $0.count == 1 })
    {
      return items.map { "no \($0[0]) \(last.dropFirst().joined(separator: " "))" }
    }
    guard items.count > 1, let first = items.first,
      !items.dropLast().contains(where: { $0.count == 1 && isGeneName($0[0]) })
    else { return nil }
    let place = first.firstIndex { isGeneName($0) && !Self.plainWords.contains($0.lowercased()) }
    return items.map { item in
      guard item.count == 1, let place, isGeneName(item[0]) else { return "no " + item.joined(separator: " ") }
      var words = first
      words[place] = item[0]
      return "no " + words.joined(separator: " ")
    }
  }

  /// Why it is open whether a denial before a part holds for it as well; `nil` where it does not.
  ///
  /// `no EGFR mutation, ALK fusion` may be either; `no EGFR mutation, KRAS G12C` goes on with what was found.
  func openDenial(_ part: FindingPart, behind before: FindingPart?) -> String? {
    guard let before, before.isDenied, !part.isDenied,
      let opening = Negation.opening(FindingPhrase(before.written).lowered)
    else { return nil }
    let (denied, phrase) = (FindingPhrase(before.text), FindingPhrase(part.text))
    let namesOne = phrase.words.first.map({ isGeneName($0) || namesPartners($0) }) ?? false
    guard !hasVerdict(part.written), namesOne || isBareChange(phrase) else { return nil }
    var quiet = Understanding()
    if case .measurement? = stated(phrase, &quiet)?.first?.event { return nil }
    // `negative for` speaks of a list; `no` may end at the comma.
    guard opening.hasSuffix(" of ") || opening.hasSuffix(" for ") || Self.isOneKind(denied, phrase) else { return nil }
    return "'\(opening.trimmingWhiteSpace)' before it may hold for it too (write that it was found, or that it was not)"
  }

  /// Why it is open whether a refusal at the end of the next part holds for a part as well: `ALK fusion and ROS1 fusion
  /// negative` may be both; `EGFR L858R and ALK negative` is not.
  ///
  /// With a colon before the denial it may be of the whole list: `t(4;14), t(14;16), del(17p): negative`.
  func openRefusal(behind part: FindingPart, _ rest: ArraySlice<FindingPart>, in text: String) -> String? {
    guard !part.isDenied, !hasVerdict(part.written), isSpecific(FindingPhrase(part.text)) else { return nil }
    var before = part
    for next in rest {
      guard isSpecific(FindingPhrase(next.text)), Negation.opening(FindingPhrase(next.written).lowered) == nil else {
        return nil
      }
      let isJoined = [" and ", " & "].contains { text.contains(before.written + $0 + next.written) }
      let isListed = text.contains(before.written + ", " + next.written) && namesItsGene(next)
      let last = FindingPhrase(next.written).words.last?.lowercased() ?? ""
      let isDenied = next.isDenied || ["negative", "neg", "absent"].contains(last)
      if isDenied, isJoined && next.isDenied || isListed && next.written.contains(":") {
        return "the denial behind it may hold for it too (write that it was found, or that it was not)"
      }
      guard isListed, !isDenied, !hasVerdict(next.written) else { return nil }
      before = next
    }
    return nil
  }

  /// Whether a finding stands by itself, and does not go on about the gene before it.
  private func namesItsGene(_ part: FindingPart) -> Bool {
    let phrase = FindingPhrase(part.text)
    if !KaryotypeChange.all(in: phrase.lowered).isEmpty || phrase.lowered.hasPrefix("del(") { return true }
    return phrase.words.first.map { isGeneName($0) || namesPartners($0) } ?? false
  }

  /// Whether two findings are both named changes, or both called by a word such as `fusion`.
  private static func isOneKind(_ one: FindingPhrase, _ other: FindingPhrase) -> Bool {
    func isNamed(_ phrase: FindingPhrase) -> Bool {
      phrase.words.contains { $0.contains(where: \.isNumber) && ProteinChange($0) != nil }
    }
    let isNoun = nouns.contains(where: one.has) && nouns.contains(where: other.has)
    return isNamed(one) && isNamed(other) || isNoun && !isNamed(other)
  }

  /// Whether a finding is more than the name of a gene: a change, a pair of partners, or a word such as `fusion`.
  private func isSpecific(_ phrase: FindingPhrase) -> Bool {
    !KaryotypeChange.all(in: phrase.lowered).isEmpty || phrase.lowered.hasPrefix("del(")
      || Self.nouns.contains(where: phrase.has) || phrase.hasAny("itd", "tkd")
      || phrase.words.contains(where: namesPartners)
      || phrase.words.contains { $0.contains(where: \.isNumber) && ProteinChange($0) != nil }
  }

  private static let nouns = [
    "fusions", "rearrangements", "mutations", "alterations", "variants", "fusion", "rearrangement", "translocation",
    "mutation", "amplification", "deletion", "skipping", "variant",
  ]

  private func isBareChange(_ phrase: FindingPhrase) -> Bool {
    phrase.words.first.map { ProteinChange($0) != nil && genes.symbol($0) == nil } ?? false
  }

  // MARK: What was named and not read

  /// Whether a text holds a refusal that nothing was made of: what was read in it may be what was not found.
  func isRefused(_ phrase: FindingPhrase, _ found: [Alteration]) -> Bool {
    let isPresent = found.contains { finding in
      switch finding.event {
      case .sequence, .copyNumber, .fusion: true
      case .measurement, .wildType, .absent: false
      }
    }
    return isPresent
      && phrase.words.indices.contains { place in
        // `triple negative` and `HER2-negative` are of the tumor.
        ["negative", "neg", "absent", "undetected"].contains(phrase.words[place].lowercased())
          && (place == 0 || phrase.words[place - 1].lowercased() != "triple")
      }
  }

  /// Changes that a phrase names beside those that were read.
  func unreadChanges(_ phrase: FindingPhrase, _ found: [Alteration]) -> [String] {
    var read = 0
    for finding in found {
      switch finding.event {
      case .sequence, .absent(.sequence): read += 1
      case .copyNumber, .fusion, .absent: break
      case .measurement, .wildType: return []
      }
    }
    var (named, words): ([ProteinChange], [String]) = ([], [])
    for (place, word) in phrase.words.enumerated() where !word.contains("::") {
      let isAside = place > 0 && ["or", "not"].contains(phrase.words[place - 1].lowercased())
      guard !isAside, let change = bareChange(word), !named.contains(change) else { continue }
      named.append(change)
      words.append(word)
    }
    return Array(words.dropFirst(read))
  }

  /// Genes that a phrase names and none of its findings is of: they stand where nothing was read.
  func unread(_ phrase: FindingPhrase, _ found: [Alteration]) -> [String] {
    var known: Set<String> = []
    for finding in found {
      known.insert(finding.gene)
      known.insert(String(finding.gene.prefix { $0 != " " }))
      var event = finding.event
      if case .absent(let inner) = event { event = inner }
      if case .fusion(let fusion) = event { known.formUnion([fusion.fivePrimeGene, fusion.threePrimeGene]) }
    }
    // Of scores and families the genes behind them are no findings of their own.
    guard found.allSatisfy({ genes.symbol($0.gene) != nil }) else { return [] }
    // `CHIC2 deletion` is the name of a fusion.
    if rearrangements.contains(where: { !$0.isOfKaryotype && phrase.has($0.name) }) { return [] }
    return phrase.words.filter { word in
      word.count > 2 && word == word.uppercased() && !Self.plainWords.contains(word.lowercased())
        && genes.symbol(word) == word && !known.contains(word)
    }
  }
}
