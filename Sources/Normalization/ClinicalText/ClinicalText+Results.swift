// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

/// Results beside a finding that its reading would leave out: `EGFR ex19del-`, `dMMR neg`, `METex14 wild type`,
/// `ALK rearrangement equivocal`, `loss of EML4-ALK`, `EGFR ex19del positive`.
///
/// Nearly all findings are read with their result. A word of a result that changes nothing of what is read was not read;
/// left out, what it denies would be taken for a finding.
extension ClinicalText {
  /// A finding and the words of a result that stand beside it.
  struct BesideResult {
    /// The finding without them.
    let finding: String
    let words: String
    let meaning: ResultWords.Meaning
    /// Whether the words stand before the finding.
    let isBefore: Bool
    /// Whether the words can be said of nothing else: `wild type for`, `awaiting`.
    let isClear: Bool
  }

  /// The result that the reading of a part leaves out; `nil` where there is none.
  func unreadResult(of text: String) -> BesideResult? {
    if isPlainChange(text) { return nil }
    for result in results(beside: text) {
      guard let own = quietly(result.finding),
        own.contains(where: { $0.event != .wildType || result.meaning != .present })
      else { continue }
      let isOfTests = own.contains { if case .measurement = $0.event { true } else { false } }
      let whole = quietly(text)
      let isSame = whole.map { $0.map(\.event) == own.map(\.event) } ?? true
      // A finding with a result was read as something else: as a stain of its gene, or as a loss of copies.
      let isAnother =
        whole?.allSatisfy {
          switch $0.event {
          case .measurement: true
          case .copyNumber: own.allSatisfy(\.isSequence)
          case .sequence, .fusion, .wildType, .absent: false
          }
        } == true
      guard
        result.isClear || !isOfTests && isAnother || isSame && (result.meaning != .present || whole == nil)
      else { continue }
      guard !isOpenByRight(own, result) else { continue }
      return !result.isClear && concernsAside(result, own) ? nil : result
    }
    return nil
  }

  /// Takes an unread result off a part, which it then denies or states.
  ///
  /// - Returns: Why the finding is none yet; `nil` where it is one.
  func settle(_ part: inout FindingPart, _ phrase: inout FindingPhrase) -> String? {
    guard !part.isDenied, let result = unreadResult(of: part.text) else { return nil }
    switch result.meaning {
    case .absent, .present:
      part = FindingPart(text: result.finding, isDenied: result.meaning == .absent, written: part.written)
      phrase = FindingPhrase(part.text)
      return nil
    case .untested: return Certainty.Doubt.untested(result.words).reason
    case .uncertain: return Certainty.Doubt.uncertain(result.words).reason
    }
  }

  /// Whether a text is a gene and its change, as most are: no word of a result stands beside them.
  private func isPlainChange(_ text: String) -> Bool {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2, words[1].last.map({ $0.isLetter || $0 == "*" }) == true,
      let change = ProteinChange(words[1]), change.first > 0
    else { return false }
    return words[1].contains(where: \.isNumber) && genes.symbol(words[0]) != nil
  }

  private func quietly(_ text: String) -> [Alteration]? {
    var quiet = Understanding()
    guard let found = read(FindingPhrase(text), isDenied: false, &quiet), !found.isEmpty else { return nil }
    return found
  }

  /// Findings with what may be their result taken off, the longest result first.
  private func results(beside text: String) -> [BesideResult] {
    let table = ResultWords.builtIn
    let words = text.split(separator: " ").map(String.init)
    var found: [BesideResult] = []
    func add(_ finding: [String], _ result: [String], _ places: Set<ResultWords.Place>) {
      let finding = Self.withoutJoint(finding.joined(separator: " "))
      let words = result.joined(separator: " ")
      guard !finding.isEmpty, let meaning = table.meaning(of: words, in: places) else { return }
      found.append(
        BesideResult(
          finding: finding, words: words.filter { !"():".contains($0) }, meaning: meaning,
          isBefore: places == [.before],
          isClear: places == [.before] && (words.hasSuffix("for") || meaning == .untested)))
    }
    for count in (1...max(1, min(table.longest, words.count - 1))).reversed() where count < words.count {
      add(words.dropLast(count), words.suffix(count), [.any, .behind])
      add(Array(words.dropFirst(count)), Array(words.prefix(count)), [.before])
    }
    // `ALK rearrangement-`, `BCR-ABL1+`, `non-dMMR`.
    if let last = text.last, last == "-" || last == "+",
      text.dropLast().last.map({ $0.isLetter || $0.isNumber || $0 == ")" }) == true
    {
      add([String(text.dropLast())], [String(last)], [.behind])
    }
    if let hyphen = text.firstIndex(of: "-"), hyphen > text.startIndex {
      add([String(text[text.index(after: hyphen)...])], [String(text[..<hyphen])], [.before])
    }
    return found
  }

  /// A finding without what joins a result to it: `ALK rearrangement:`, `EGFR ex19del is`.
  private static func withoutJoint(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    while let last = words.last, ["is", "was", "=", ":", "-", "(", "status", "result"].contains(last.lowercased()) {
      words.removeLast()
    }
    if let last = words.last { words[words.count - 1] = String(last.reversed().drop { ":=(".contains($0) }.reversed()) }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether a result is the usual word for what was read: a stain of 2+ is equivocal by definition.
  private func isOpenByRight(_ found: [Alteration], _ result: BesideResult) -> Bool {
    guard result.meaning == .uncertain else { return false }
    return found.contains { finding in
      guard case .measurement(let measured) = finding.event else { return false }
      return facts.stainGrades.isOpen(measured)
    }
  }

  /// Whether a result is of the word beside it, and that is none of what was found: `BRCA2 mutation germline negative`,
  /// `loss of heterozygosity TP53 R175H`.
  private func concernsAside(_ result: BesideResult, _ found: [Alteration]) -> Bool {
    let words = result.finding.split(separator: " ").map(String.init)
    guard words.count > 1, result.isBefore || !Negation.namesFinding(words[words.count - 1]) else { return false }
    let rest = result.isBefore ? words.dropFirst() : words.dropLast()
    return quietly(rest.joined(separator: " "))?.map(\.event) == found.map(\.event)
  }
}
