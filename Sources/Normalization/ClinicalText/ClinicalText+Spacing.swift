// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Signs, blanks and brackets that join or part words in other places than findings are read in.
extension ClinicalText {
  /// A text with the blanks, signs and short words of the usual way of writing.
  func spaced(_ text: String) -> String {
    var text = text
    if text.contains("(") { text = withBracketsApart(withStainsUnglued(text)) }
    if text.contains("=") { text = withEqualSigns(text) }
    if text.contains(" ") { text = withWordsSettled(text) }
    if text.contains("-") { text = withRangesOfGenes(text) }
    if text.contains("/") { text = withNamesJoined(text) }
    if text.contains("0") { text = Self.eachPart(text, withNoShare) }
    if text.contains("no ") { text = Self.eachPart(text, withNoFindingBehind) }
    return text
  }

  // MARK: `L858R 0.00%`

  /// A change with a share of nothing, or without a read of it, as one that was not found.
  private func withNoShare(_ part: String) -> String {
    let words = part.split(separator: " ").map(String.init)
    guard let change = words.lastIndex(where: { isNamedChangeOrKind($0.filter { !"(),:".contains($0) }) }),
      change + 1 < words.count
    else { return part }
    let tail = words[(change + 1)...].joined(separator: " ").lowercased().split { " :=()[]~".contains($0) }.map(
      String.init)
    let values = tail.filter { !Self.wordsOfShares.contains($0) }
    let isShare = values.count < tail.count
    guard values.count == 1 || values.count == 2 && ["%", "reads", "copies", "percent"].contains(values[1]) else {
      return part
    }
    let isPlain = values[0] == "0" && (isShare || values.count == 2)
    let isDecimal =
      ["0.", "0,"].contains { values[0].hasPrefix($0) }
      && values[0].dropFirst(2).allSatisfy { $0 == "0" || $0 == "%" } && values[0].count > 2
    let isCount = values[0].hasPrefix("0/") && values[0].dropFirst(2).allSatisfy(\.isNumber) && values[0].count > 2
    guard isPlain || isDecimal || isCount || values[0] == "0%" else { return part }
    return words[...change].joined(separator: " ") + " not detected"
  }

  /// `V600E no mutation`, `exon 2 no mutation`: a denial behind what it is said of in the usual words.
  private func withNoFindingBehind(_ part: String) -> String {
    let words = part.split(separator: " ").map(String.init)
    guard words.count > 3, words[words.count - 2] == "no",
      ["mutation", "mutations", "variant", "change"].contains(words[words.count - 1].lowercased()),
      words[..<(words.count - 2)].contains(where: { $0.contains(where: \.isNumber) }),
      !words[words.count - 3].hasSuffix(":")
    else { return part }
    let isExon = words.contains { $0.lowercased().hasPrefix("ex") }
    return words[..<(words.count - 2)].joined(separator: " ") + (isExon ? " mutation not detected" : " not detected")
  }

  private func isNamedChangeOrKind(_ word: String) -> Bool {
    word.contains(where: \.isNumber) && genes.symbol(word) == nil && namesChange(word)
      || ["mutation", "fusion", "itd", "skipping", "rearrangement"].contains(word.lowercased()) || namesPartners(word)
  }

  private static let wordsOfShares: Set<String> = [
    "vaf", "af", "maf", "allele", "allelic", "variant", "frequency", "fraction", "freq", "ratio",
  ]

  // MARK: Brackets

  /// `c.2573T>G(p.L858R)`, `L858R(exon 21)` with a blank before the bracket, and `(c.2573T>G; p.L858R)` with a comma in it.
  private func withBracketsApart(_ text: String) -> String {
    var spaced = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
      let inner = rest[rest.index(after: open)..<close]
      let items = inner.split { ";,".contains($0) }.map { String($0).trimmingWhiteSpace }
      let namesChange = items.contains { namesChangeOrExon($0) }
      spaced += rest[..<open]
      if namesChange, let last = spaced.last, last.isLetter || last.isNumber || "*)".contains(last) { spaced += " " }
      // Between chromosomes, bands and exons of partners the semicolon is a part of the name, and between changes it is a
      // list.
      let isList = namesChange && items.count > 1 && spaced.last == " " && isOneChange(items)
      spaced += "(" + (isList ? items.joined(separator: ", ") : String(inner)) + ")"
      rest = rest[rest.index(after: close)...]
    }
    return spaced + rest
  }

  /// Whether items are one change in several notations, with its exon or its fraction.
  private func isOneChange(_ items: [String]) -> Bool {
    var changes = 0
    for item in items {
      let lowered = item.lowercased()
      if item.hasPrefix("c.") || lowered.hasPrefix("vaf") || item.hasSuffix("%") { continue }
      if lowered.hasPrefix("ex"), lowered.drop(while: \.isLetter).allSatisfy({ $0.isNumber || $0 == " " }) { continue }
      guard namesChangeOrExon(item) else { return false }
      changes += 1
    }
    return changes < 2
  }

  private func namesChangeOrExon(_ item: String) -> Bool {
    if item.hasPrefix("p.") || item.hasPrefix("c.") { return true }
    let lowered = item.lowercased()
    if lowered.hasPrefix("ex"), lowered.dropFirst(2).contains(where: \.isNumber) { return true }
    return item.count > 3 && !item.contains(":") && item.contains(where: \.isNumber) && genes.symbol(item) == nil
      && (ProteinChange(item).map { $0.consequence == .substitution && $0.first > 9 } ?? false)
  }

  // MARK: Equal signs

  /// `EGFR = L858R`, `EGFR mutation=L858R`: an equal sign before a change or an exon as a colon.
  private func withEqualSigns(_ text: String) -> String {
    var words: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2, ["mutation", "variant", "change", "alteration", "status"].contains(parts[0].lowercased()) {
        words += parts[1].isEmpty ? [parts[0] + ":"] : [parts[0] + ":", parts[1]]
      } else {
        words.append(word)
      }
    }
    for place in words.indices.dropLast().reversed() where words[place] == "=" && place > 0 {
      let next = words[place + 1]
      let isExon =
        ["exon", "ex"].contains(next.lowercased()) || isBareNumber(next) && words[place - 1].lowercased() == "exon"
      guard isExon || next.contains(where: \.isNumber) && namesChange(next) else { continue }
      // `KIT exon = 11` says the number of the exon.
      if !isBareNumber(next), let last = words[place - 1].last, last.isLetter || last.isNumber {
        words[place - 1] += ":"
      }
      words.remove(at: place)
    }
    return words.joined(separator: " ")
  }

  private func isBareNumber(_ word: String) -> Bool { !word.isEmpty && word.allSatisfy(\.isNumber) }

  private func namesChange(_ word: String) -> Bool {
    word.hasPrefix("p.") || word.hasPrefix("c.") || word.first?.isLetter == true && ProteinChange(word) != nil
  }

  // MARK: Words

  private static let signsOfPartners: Set<String> = ["-", "::", "/", "--"]
  private static let nounsOfResults: Set<String> = [
    "fusion", "rearrangement", "translocation", "amplification", "deletion", "gain",
  ]
  private static let results: Set<String> = ["detected", "present", "found", "identified", "seen", "positive", "yes"]

  private static let denials: Set<String> = ["negative", "not", "absent", "neg", "pos"]

  private func withWordsSettled(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count > 1 else { return text }
    for place in words.indices.dropFirst() {
      words[place] = Self.writtenOut(words[place], isLast: place == words.count - 1)
    }
    if words.count == 2, ["detected", "present", "yes"].contains(words[1].lowercased()) {
      // Of a defect that is looked for these words are the result.
      let name = words[0].hasSuffix(":") ? String(words[0].dropLast()) : words[0]
      if facts.biomarkers.written(GeneNameKey.plain(name))?.reading == .deficiency { return name + " positive" }
    }
    for place in words.indices.dropLast().reversed() where place + 1 < words.count {
      let (word, next) = (words[place], words[place + 1])
      let lowered = word.lowercased()
      // `ex 11`, `ex. 11`.
      if let own = ProteinSpelling.replacedAndInserted(next) { words[place + 1] = own }
      if lowered == "ex" || lowered == "ex.", next.first?.isNumber == true { words[place] = "exon" }
      if place > 0, let joined = partners(words[place - 1], word, next, in: words, at: place) {
        words.replaceSubrange((place - 1)...(place + 1), with: [joined])
        continue
      }
      // `ALK status: positive` as `ALK: positive`.
      if place > 0, ["status", "status:"].contains(lowered), isGeneName(words[place - 1]),
        Self.results.contains(next.lowercased()) || Self.denials.contains(next.lowercased())
      {
        words[place - 1] += ":"
        words.remove(at: place)
        continue
      }
      // `ALK: fusion detected` as `ALK fusion detected`.
      if word.hasSuffix(":"), word.count > 2, place + 2 < words.count, Self.nounsOfResults.contains(next.lowercased()),
        Self.results.contains(words[place + 2].lowercased().filter(\.isLetter)), isGeneName(String(word.dropLast()))
      {
        words[place] = String(word.dropLast())
      }
    }
    return withLostExons(words).joined(separator: " ")
  }

  /// `neg`, `pos.` at the end of a finding as the whole word.
  private static func writtenOut(_ word: String, isLast: Bool) -> String {
    let bare = word.filter { !",;.".contains($0) }
    let whole: String
    switch bare.lowercased() {
    case "-ve": whole = "negative"
    case "+ve": whole = "positive"
    case "neg" where isLast || bare != word: whole = "negative"
    case "pos" where isLast || bare != word: whole = "positive"
    default: return word
    }
    return whole + (word.last.map { ",;".contains($0) } == true ? String(word.suffix(1)) : "")
  }

  /// `EML4 - ALK`, `EML4 :: ALK`, `ETV6 / ABL1` as one name; a dash between findings joins none.
  private func partners(_ first: String, _ sign: String, _ second: String, in words: [String], at place: Int) -> String?
  {
    guard Self.signsOfPartners.contains(sign) else { return nil }
    let bare = second.filter { !",;.".contains($0) }
    guard let five = genes.symbol(first), let three = genes.symbol(bare), five != three,
      first.contains(where: \.isUppercase), bare.contains(where: \.isUppercase)
    else { return nil }
    // What stands before or behind may make two findings of them: `KRAS wt / NRAS G12D`.
    let isFirst = place == 1 || [",", ";", ":"].contains(where: words[place - 2].hasSuffix)
    let behind = place + 2 < words.count ? words[place + 2].lowercased().filter(\.isLetter) : ""
    guard sign == "::" || isFirst,
      second != bare || behind.isEmpty || Self.wordsOfFusions.contains(behind)
        || ["positive", "detected"].contains(behind) && hasOneFusionRole(five, three)
    else { return nil }
    guard sign == "::" || Self.wordsOfFusions.contains(behind) || hasOneFusionRole(five, three) else { return nil }
    return first + (sign == "::" ? "::" : "-") + second
  }

  /// `loss of MET exon 14` as skipping.
  private func withLostExons(_ words: [String]) -> [String] {
    let lowered = words.map { $0.lowercased() }
    guard let exon = lowered.firstIndex(of: "exon"), exon + 1 < words.count,
      let number = Int(words[exon + 1].filter(\.isNumber)), words[exon + 1].first?.isNumber == true
    else { return words }
    return skipped(number, words) ?? words
  }

  private static let wordsOfLoss: [[String]] = [
    ["loss", "of"], ["lacks"], ["lacking"], ["without"], ["lack", "of"], ["lost"],
  ]

  /// Where an exon is known to be skipped, its loss is that finding and denies nothing.
  private func skipped(_ exon: Int, _ words: [String]) -> [String]? {
    let bare = words.map { $0.lowercased() }
    guard let gene = words.lazy.filter({ $0.contains(where: \.isUppercase) }).compactMap({ genes.symbol($0) }).first,
      let named = sequences.namedClass("exon \(exon) skipping"),
      facts.namedChanges.gene(joinedIn: "\(gene)exon\(exon)skipping".lowercased()) == gene
        || facts.namedChanges.gene(joinedIn: "\(gene)ex\(exon)".lowercased()) == gene,
      let loss = Self.wordsOfLoss.first(where: { wanted in bare.indices.contains { bare[$0...].starts(with: wanted) } })
    else { return nil }
    let own: Set<String> = Set(loss + ["of", "the", "in", "exon", String(exon), gene.lowercased()])
    // A noun behind the exon is what is denied: `without MET exon 14 mutation`.
    guard bare.allSatisfy({ own.contains($0) || $0.isEmpty }) else { return nil }
    return [gene, named]
  }

  /// `FLT3/ITD` as `FLT3-ITD`.
  private func withNamesJoined(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let parts = word.split(separator: "/")
      guard parts.count == 2, facts.namedChanges.gene(joinedIn: parts.joined().lowercased()) != nil,
        sequences.namedClass(String(parts[1])) != nil
      else { return String(word) }
      return parts.joined(separator: "-")
    }.joined(separator: " ")
  }

  // MARK: `NTRK1-3`

  /// A range of genes of one family as each of them.
  private func withRangesOfGenes(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let parts = word.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let last = Int(parts[1]), let digit = parts[0].last?.wholeNumberValue, digit < last,
        last < 10, parts[0].count > 3
      else { return String(word) }
      let stem = String(parts[0].dropLast())
      let members = (digit...last).map { stem + String($0) }
      guard stem.last?.isLetter == true, members.allSatisfy({ genes.symbol($0) == $0 }) else { return String(word) }
      return stem + (digit...last).map(String.init).joined(separator: "/")
    }.joined(separator: " ")
  }
}
