// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What a text rules out, in the words in which it is read: left as written, a change that is denied would be taken for
/// one that is there.
extension ClinicalText {
  /// A text with its exclusions, its denied lists and its denials behind a comma in the usual words.
  func withDenialsSettled(_ text: String) -> String {
    Self.withDenialsBesideFindings(text).split(separator: ";", omittingEmptySubsequences: false).map { clause in
      guard clause.contains(where: \.isNumber) else { return String(clause) }
      let settled = excluding(clause.split(separator: " ").map(String.init)).joined(separator: " ")
      return settled.split(separator: ",", omittingEmptySubsequences: false).map { piece in
        guard piece.contains(where: \.isNumber) else { return String(piece) }
        let words = piece.split(separator: " ").map(String.init)
        let denied = withLossesDenied(withListsDenied(words)).joined(separator: " ")
        return piece.hasPrefix(" ") ? " " + denied : denied
      }.joined(separator: ",")
    }.joined(separator: ";")
  }

  // MARK: `negative (G12C, G12D)`

  /// `EGFR negative (L858R, exon 19 deletion)`: each of what a bracket behind a denial lists, denied.
  func withDeniedBrackets(_ text: String) -> String {
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return text }
    let outer = text[..<open].split(separator: " ").map(String.init)
    // `HRD negative (GIS 30)`: what is no gene has a score in the bracket.
    let isScore = outer.first.flatMap { facts.biomarkers.written(GeneNameKey.plain($0)) }?.genes.isEmpty == true
    guard outer.count > 1, !isScore, Self.endsInDenial(outer),
      let gene = leadingGenes(FindingPhrase(outer[0])).flatMap({ $0.genes.count == 1 ? $0.genes[0] : nil })
    else { return text }
    let inner = text[text.index(after: open)...].dropLast()
    let items = Self.split(String(inner)).flatMap { item -> [String] in
      let changes = changes(item)
      return changes.isEmpty ? item.split(separator: "/").map { String($0).trimmingWhiteSpace } : changes
    }
    let denied = items.compactMap { item -> String? in
      let finding = namesPartners(item) ? item : "\(gene) \(item)"
      return isWhole(finding) ? "\(finding) not detected" : nil
    }
    return denied.count == items.count ? denied.joined(separator: ", ") : text
  }

  // MARK: `other than G12C`

  private static let exclusions = [
    ["other", "than"], ["except", "for"], ["apart", "from"], ["aside", "from"], ["but", "not"], ["except"],
    ["excluding"], ["non"],
  ]

  /// `KRAS mutation other than G12C` as `KRAS mutation non-G12C`.
  private func excluding(_ words: [String]) -> [String] {
    var settled: [String] = []
    var index = 0
    while index < words.count {
      if let change = behind("non-", words[index]) ?? behind("non", words[index]), isListOfChanges(change) {
        settled += changes(change).map { "non-" + $0 }
        index += 1
        continue
      }
      let lowered = words[index...].prefix(2).map { $0.lowercased().filter { !"(,".contains($0) } }
      let start = Self.exclusions.first { lowered.starts(with: $0) }
      if start == nil, lowered.first?.hasPrefix("non-ex") != true {
        settled.append(words[index])
        index += 1
        continue
      }
      var next = index + (start?.count ?? 0)
      var found: [String] = []
      while next < words.count {
        let word = words[next].filter { !"(),".contains($0) }
        if isListOfChanges(word) { found += changes(word) } else if !["or", "and", "the"].contains(word) { break }
        next += 1
      }
      if !found.isEmpty {
        settled += found.map { "non-" + $0 }
        index = next
      } else if let exon = exon(words, from: next) {
        if settled.last.map({ !Self.kinds.contains($0.lowercased()) }) ?? false { settled.append("mutation") }
        settled.append("(not \(exon.words))")
        index = exon.end
      } else {
        settled.append(words[index])
        index += 1
      }
    }
    return settled
  }

  private static let kinds: Set<String> = [
    "deletion", "insertion", "mutation", "mutations", "deletions", "insertions", "variant", "del", "ins", "mutated",
  ]

  /// `exon 19 deletion`, `non-exon 19 deletion` as what stands behind `not`.
  private func exon(_ words: [String], from start: Int) -> (words: String, end: Int)? {
    guard start < words.count else { return nil }
    var own = Array(words[start...].prefix(3)).map { $0.filter { !"(),".contains($0) } }
    if own[0].lowercased().hasPrefix("non-") { own[0] = String(own[0].dropFirst(4)) }
    guard own[0].lowercased().hasPrefix("ex"),
      let end = own.firstIndex(where: { Self.kinds.contains($0.lowercased()) }),
      own.contains(where: { $0.contains(where: \.isNumber) })
    else { return nil }
    return (own[...end].joined(separator: " "), start + end + 1)
  }

  private func behind(_ start: String, _ word: String) -> String? {
    let bare = word.filter { !"(),".contains($0) }
    guard bare.lowercased().hasPrefix(start), bare.count > start.count else { return nil }
    return String(bare.dropFirst(start.count))
  }

  /// Whether a word is one change or codon, or several with slashes between: `V600`, `G12C/G12D`, `V600E/K`.
  private func isListOfChanges(_ word: String) -> Bool { !changes(word).isEmpty }

  /// The changes of such a word, each whole.
  private func changes(_ word: String) -> [String] {
    var found: [String] = []
    for part in word.split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
      if part.count == 1, part.allSatisfy(\.isUppercase), let last = found.last, last.last?.isLetter == true {
        found.append(last.dropLast() + part)
        continue
      }
      guard part.contains(where: \.isNumber), part.first?.isLetter == true, genes.symbol(part) == nil,
        ProteinChange(part) != nil || SequenceNormalizer.codon(part) != nil
      else { return [] }
      found.append(part)
    }
    return found
  }

  // MARK: `V600E/V600K negative`

  /// Changes with a slash or `and` between, of which one denial speaks, with `or` between: each of them is denied.
  private func withListsDenied(_ words: [String]) -> [String] {
    guard words.count > 2, Self.endsInDenial(words) else { return words }
    var settled: [String] = []
    for (index, word) in words.enumerated() {
      let list = changes(word.filter { !"(),".contains($0) })
      if list.count > 1 {
        settled += list.flatMap { ["or", $0] }.dropFirst()
      } else if let slash = word.firstIndex(of: "/"), Self.kinds.contains(word[..<slash].lowercased()),
        isListOfChanges(String(word[word.index(after: slash)...]))
      {
        settled += [String(word[..<slash]), "or", String(word[word.index(after: slash)...])]
      } else if ["and", "&", "+", "/"].contains(word.lowercased()), index > 0, index + 1 < words.count,
        let before = changes(words[index - 1]).first, let after = changes(words[index + 1]).first,
        word == "/" || Self.codon(before) == Self.codon(after)
      {
        // `L858R and T790M negative` may speak of the second alone; of one residue there is no second.
        settled.append("or")
      } else {
        settled.append(word)
      }
    }
    return settled
  }

  private static func codon(_ change: String) -> String { change.filter(\.isNumber) }

  private static func endsInDenial(_ words: [String]) -> Bool {
    let last = words[words.count - 1].lowercased().filter { $0.isLetter }
    return ["negative", "neg", "absent", "undetected"].contains(last)
      || words[words.count - 2].lowercased() == "not" && Negation.isBare(words.suffix(2).joined(separator: " "))
  }

  // MARK: `T790M lost`, `< LOD`

  /// A change that was lost is not there; one below what the assay sees is not called.
  ///
  /// What else was lost beside a change, such as the other allele, denies nothing.
  private func withLossesDenied(_ words: [String]) -> [String] {
    guard let change = words.lastIndex(where: { isListOfChanges($0.filter { !"(),".contains($0) }) }) else {
      return words
    }
    let lowered = words.map { $0.lowercased() }
    if lowered.last == "lost", change == words.count - 2 { return words.dropLast() + ["not", "detected"] }
    if lowered.starts(with: ["loss", "of"]), change == words.count - 1, change <= 3 {
      return words.dropFirst(2) + ["not", "detected"]
    }
    let tail = lowered[(change + 1)...].joined()
    let isBelow =
      tail.hasPrefix("<") && (tail.hasSuffix("lod") || tail.hasSuffix("%"))
      || tail.hasPrefix("0copies") || tail.hasPrefix("0copy")
    return isBelow ? words[...change] + ["below", "LOD"] : words
  }

  // MARK: `G12C, not detected`

  /// A denial alone between commas is of the finding before it.
  private static func withDenialsBesideFindings(_ text: String) -> String {
    guard text.contains(","), text.contains(where: \.isNumber) || text.contains("-") else { return text }
    var pieces: [String] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let bare = piece.trimmingPrefix(while: { $0 == " " }).lowercased()
      let isDenial = Negation.isBare(bare) || ["negative", "neg", "absent"].contains(bare)
      if isDenial, let last = pieces.last, !last.allSatisfy({ $0 == " " }) {
        pieces[pieces.count - 1] = last + piece
      } else {
        pieces.append(piece)
      }
    }
    return pieces.joined(separator: ",")
  }
}
