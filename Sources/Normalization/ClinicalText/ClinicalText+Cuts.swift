// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Where a text is taken apart into findings.
extension ClinicalText {
  /// A place where a text may be taken apart.
  private struct Cut {
    /// What stands between the parts.
    enum Joint {
      /// The name of a gene or biomarker begins the second part.
      case name
      case slash
      /// `with`, `plus` or a sign for it.
      case with
      /// `without`, `no`, `with no`: the second part begins with `no`.
      case without
    }

    let left: String, right: String
    let joint: Joint
  }

  /// The findings of a text that stand side by side; the text itself where it cannot be taken apart.
  func apart(_ piece: String) -> [String] {
    guard piece.utf8.count <= 300 else { return [piece] }
    for cut in cuts(piece) where isWhole(cut.left) {
      if cut.joint == .without, Self.saysNothing(cut.right) { return apart(cut.left) }
      if cut.joint == .with, isOneFinding(cut) { continue }
      let right = completed(cut.right, behind: cut.left)
      // `FLT3 ITD/TKD negative`: the denial at the end is of both.
      let isOfBoth = cut.joint == .slash && withoutDenial(right).isDenied && !hasVerdict(cut.left)
      let left = isOfBoth ? cut.left.trimmingWhiteSpace + " not detected" : cut.left
      let rest = apart(right)
      if rest.count > 1 || !isGraded(cut.left, right) && isWhole(right) { return [left] + rest }
      // What a change or a fusion is said to be without is no word against the finding itself.
      if cut.joint == .without, statesChange(cut.left) { return [cut.left, right] }
    }
    return [piece]
  }

  /// The places where a text may be taken apart: before the name of a gene or biomarker, at a slash, at `with` and `without`.
  private func cuts(_ piece: String) -> [Cut] {
    let words = piece.split(separator: " ").map(String.init)
    let isDenied = Negation.opening(FindingPhrase(piece).lowered) != nil
    var cuts: [Cut] = []
    var depth = 0
    for (index, word) in words.enumerated() {
      if depth == 0, index > 0, let cut = cut(words, at: index, isDenied: isDenied) { cuts.append(cut) }
      if depth == 0, !isDenied, word.contains("/") {
        for slash in word.indices where word[slash] == "/" {
          let first = words[..<index] + [String(word[..<slash])]
          let second = [String(word[word.index(after: slash)...])] + words[(index + 1)...]
          // `DPYD *2A/*2A`: both are alleles of one gene.
          if second.first(where: { !$0.isEmpty })?.hasPrefix("*") == true { continue }
          cuts.append(
            Cut(left: first.joined(separator: " "), right: second.joined(separator: " "), joint: .slash))
        }
      }
      depth += word.count { "([".contains($0) } - word.count { ")]".contains($0) }
    }
    return cuts.count > 24 ? [] : cuts
  }

  private func cut(_ words: [String], at index: Int, isDenied: Bool) -> Cut? {
    let left = words[..<index].joined(separator: " ")
    let right = words[index...].joined(separator: " ")
    if let behind = Self.excluded(words, from: index) {
      return Cut(left: left, right: "no " + behind.joined(separator: " "), joint: .without)
    }
    if let behind = Self.added(words, from: index) {
      return Cut(left: left, right: behind.joined(separator: " "), joint: .with)
    }
    let before = words[index - 1].lowercased()
    let isDuplication = Self.duplications.contains(words[index]) && ["positive", "negative"].contains(before)
    guard
      isDuplication
        || startsFinding(words[index], isBehindResult: isResult(words[index - 1]))
          && !isSecondName(words[index], behind: words[..<index])
          && !Self.joiningWords.contains(before) && (!isDenied || hasVerdict(right))
    else { return nil }
    return Cut(left: left, right: right, joint: .name)
  }

  /// Whether a word is a result, or a change by itself, behind which another finding may begin.
  private func isResult(_ word: String) -> Bool {
    ["positive", "negative", "mutated", "mutant", "amplified", "rearranged", "wt"].contains(word.lowercased())
      || ProteinChange(word) != nil && genes.symbol(word) == nil && word.contains(where: \.isNumber)
  }

  // MARK: `with`

  /// What stands behind `with`, `plus` or a sign for it; `nil` where a word is none of them.
  private static func added(_ words: [String], from index: Int) -> [String]? {
    guard ["with", "+", "plus"].contains(words[index].lowercased()) else { return nil }
    let behind = words[(index + 1)...].drop { courses.contains($0.lowercased()) }
    guard let first = behind.first, first.lowercased() != "no" else { return nil }
    let lowered = behind.map { $0.lowercased() }
    // The loss of the other allele says nothing of the one that is changed.
    let isOfOtherAllele = ["loss", "lost", "deletion"].contains(lowered[0]) && lowered.contains("allele")
    return isOfOtherAllele ? ["LOH"] : Array(behind)
  }

  /// When a change came up, or on which allele it lies.
  static let courses: Set<String> = [
    "acquired", "secondary", "additional", "concurrent", "concomitant", "a", "an", "the", "new", "emergent", "emerging",
    "subclonal", "resistance", "mutation",
  ]

  /// Whether what stands behind `with` tells more of the finding before it: its change, its breakpoint, its partner, or the
  /// protein behind an instability.
  private func isOneFinding(_ cut: Cut) -> Bool {
    let (before, behind) = (FindingPhrase(cut.left), FindingPhrase(cut.right))
    if behind.hasAny("breakpoint", "breakpoints", "signal", "signals") { return true }
    let (first, second) = (SequenceNormalizer.exon(in: before), SequenceNormalizer.exon(in: behind))
    var quiet = Understanding()
    let found = stated(before, &quiet) ?? []
    let namesGene = behind.words.contains { word in
      isGeneName(word) && !Self.plainWords.contains(word.lowercased())
        || facts.namedChanges.gene(joinedIn: word.lowercased().filter { $0.isLetter || $0.isNumber }) != nil
    }
    // `EML4 exon 13 with ALK exon 20` names the exons of a fusion, `KIT exon 11 plus exon 17` two of a gene.
    if first != nil, second != nil, namesGene, !namesKind(before), !namesKind(behind) { return true }
    for finding in found {
      switch finding.event {
      case .fusion: if second != nil, !namesKind(behind) { return true }
      case .sequence(let change): if change.unnamed != nil, !namesGene { return true }
      case .measurement:
        let isOfRepair = facts.biomarkers.named(finding.gene).map { [.instability, .repair].contains($0.reading) }
        if isOfRepair == true, facts.biomarkers.first(.repair).genes.contains(where: { behind.has($0.lowercased()) }) {
          return true
        }
      case .copyNumber, .wildType, .absent: break
      }
    }
    return false
  }

  /// Whether a phrase says what happened, beside naming an exon.
  private func namesKind(_ phrase: FindingPhrase) -> Bool {
    phrase.hasAny(
      "deletion", "insertion", "mutation", "mutated", "mutant", "skipping", "duplication", "del", "ins", "dup",
      "variant")
      || phrase.words.contains { $0.contains(where: \.isNumber) && ProteinChange($0) != nil && genes.symbol($0) == nil }
  }

  /// What goes on about the gene before it, with its name: `LOH`, `TKD negative`, `no exon 17 mutation`.
  private func completed(_ right: String, behind left: String) -> String {
    let words = right.split(separator: " ").map(String.init)
    guard let first = words.first, !isWhole(right) else { return right }
    let isDenied = first.lowercased() == "no"
    let own = isDenied ? Array(words.dropFirst()) : words
    guard isDenied || own.first.map({ Self.goingOn.contains($0.lowercased()) }) ?? false,
      !own.contains(where: { isGeneName($0) && !Self.plainWords.contains($0.lowercased()) })
    else { return right }
    var quiet = Understanding()
    let gene = continuingGene(stated(FindingPhrase(withoutDenial(left).text), &quiet) ?? [])
    let whole = (isDenied ? ["no"] : []) + [gene] + own
    return !gene.isEmpty && isWhole(whole.joined(separator: " ")) ? whole.joined(separator: " ") : right
  }

  /// Names that say nothing without the gene before them: `FLT3 ITD+ TKD-`.
  private static let duplications: Set<String> = ["ITD", "TKD", "PTD"]

  /// Words that go on about the gene of the finding before them.
  private static let goingOn: Set<String> = ["amplification", "amplified", "amp", "loh", "itd", "tkd", "exon"]

  // MARK: `without`

  /// What stands behind `without`, `no` or `with no`; `nil` where a word is none of them.
  private static func excluded(_ words: [String], from index: Int) -> ArraySlice<String>? {
    let word = words[index].lowercased()
    let isPair = word == "with" && index + 1 < words.count && words[index + 1].lowercased() == "no"
    let start = index + (isPair ? 2 : 1)
    guard ["without", "w/o", "ohne", "no"].contains(word) || isPair, start < words.count,
      !["longer", "result", "results", "call", "data"].contains(words[start].lowercased())
    else { return nil }
    return words[start...]
  }

  /// Whether an exclusion names no gene and no change: `no other mutation`, `no kinase domain mutation`.
  private static func saysNothing(_ exclusion: String) -> Bool {
    exclusion.split(separator: " ").dropFirst().allSatisfy { vagueWords.contains($0.lowercased()) }
  }

  private static let vagueWords: Set<String> = [
    "other", "others", "additional", "further", "resistance", "secondary", "acquired", "known", "kinase", "domain",
    "concurrent", "concomitant", "mutation", "mutations", "alteration", "alterations", "change", "changes", "variant",
    "variants", "co-mutation", "co-mutations", "comutation", "comutations", "evidence", "of", "any",
  ]

  private func statesChange(_ text: String) -> Bool {
    let (bare, isDenied) = withoutDenial(text)
    var quiet = Understanding()
    return !isDenied
      && (stated(FindingPhrase(bare), &quiet) ?? []).contains { finding in
        switch finding.event {
        case .sequence, .fusion: true
        default: false
        }
      }
  }
}
