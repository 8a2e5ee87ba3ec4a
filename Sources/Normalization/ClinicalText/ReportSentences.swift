// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Sentences of reports, in which a denial holds for a whole list and stands far from what it denies.
///
/// Left to the reader of single findings, `negative for` behind a subject or `were not detected` behind a list would
/// leave items of the list as if they had been found.
extension ClinicalText {
  /// A text in clauses whose denials stand beside each finding that they hold for.
  func withSentencesSettled(_ text: String) -> String {
    guard text.utf8.contains(0x20), Self.maySettle(text) else { return text }
    let sentences = Self.sentences(text.replacing("\n", with: ";")).map { sentence in
      // A heading for a whole list holds up to the next one.
      var heading: ListHeading?
      return Self.clauses(sentence).map { clause in
        let plain = Self.withoutResults(clause)
        if let (own, list) = ListHeading.read(plain) {
          heading = own
          return own.said(of: Self.items(list))
        }
        if let own = heading, !plain.contains(":") { return " " + own.said(of: Self.items(plain)) }
        heading = nil
        let settled = withExonsApart(withHeading(plain))
        return withDeniedList(settled) ?? withRefusedList(settled) ?? settled
      }.joined(separator: ";")
    }
    return Self.withResultsBehind(sentences.joined(separator: "; "))
  }

  // MARK: `BRAF V600E. Result: not detected.`

  /// A result in a clause of its own beside the finding before it.
  private static func withResultsBehind(_ text: String) -> String {
    let clauses = clauses(text)
    guard clauses.count > 1 else { return text }
    var joined: [String] = []
    for clause in clauses {
      var bare = clause.lowercased().trimmingWhiteSpace
      if bare.hasSuffix(".") { bare.removeLast() }
      for start in ["result:", "results:"] where bare.hasPrefix(start) {
        bare = String(bare.dropFirst(start.count)).trimmingWhiteSpace
      }
      let isDenial =
        Negation.isBare(bare) && bare != "no" || ["negative", "absent", "no mutation detected"].contains(bare)
      if isDenial, let last = joined.last, !last.trimmingWhiteSpace.isEmpty, !last.contains(",") {
        joined[joined.count - 1] = last + " " + (bare == "no mutation detected" ? "not detected" : bare)
      } else {
        joined.append(clause)
      }
    }
    return joined.joined(separator: ";")
  }

  // MARK: `KRAS exon 2 and exon 3: wild type`

  /// Exons of one gene with one result behind the colon: each of them with it.
  private func withExonsApart(_ clause: String) -> String {
    guard let colon = clause.firstIndex(of: ":") else { return clause }
    let result = String(clause[clause.index(after: colon)...]).trimmingWhiteSpace
    let lowered = result.lowercased()
    let says = ["wild type", "wild-type", "wt", "wildtype", "negative", "not detected", "no mutation"].contains(lowered)
    let heading = String(clause[..<colon])
    guard says, let gene = heading.split(separator: " ").first.map(String.init), isGeneName(gene),
      heading.lowercased().contains("exon")
    else { return clause }
    let items = Self.items(heading.trimmingWhiteSpace)
    guard items.count > 1 else { return clause }
    let exons = items.enumerated().map { place, item in
      (place == 0 ? item : "\(gene) \(item)").replacing(" mutation", with: "")
    }
    guard exons.allSatisfy({ $0.lowercased().contains("exon") }) else { return clause }
    let words =
      lowered.hasPrefix("w")
      ? "mutation not detected" : "mutation " + (lowered == "no mutation" ? "not detected" : lowered)
    return exons.map { "\($0) \(words)" }.joined(separator: "; ")
  }

  /// Whether a text may hold what is settled here; most findings do not, and are not searched for it.
  private static func maySettle(_ text: String) -> Bool {
    if text.utf8.contains(UInt8(ascii: ":")) { return true }
    var isEnd = false
    for byte in text.utf8 {
      if isEnd, byte == 0x20 { return true }
      isEnd = byte == UInt8(ascii: ".")
    }
    return FindingPhrase(text).hasAny(
      "not", "negative", "evidence", "lacked", "lacks", "lacking", "absence", "could", "unable", "cannot")
  }

  /// What stands between semicolons outside of brackets: `t(9;22)` is one name.
  private static func clauses(_ text: String) -> [String] {
    var (clauses, depth) = ([""], 0)
    for character in text {
      if character == ";", depth == 0 {
        clauses.append("")
        continue
      }
      if "([".contains(character) { depth += 1 } else if ")]".contains(character) { depth = max(0, depth - 1) }
      clauses[clauses.count - 1].append(character)
    }
    return clauses
  }

  // MARK: Sentences

  /// `KRAS G12C detected. EGFR not detected.`: a full stop between words ends a sentence.
  private static func sentences(_ text: String) -> [String] {
    guard text.contains(". ") else { return [text] }
    var sentences: [String] = []
    var words: [Substring] = []
    let all = text.split(separator: " ", omittingEmptySubsequences: false)
    for (place, word) in all.enumerated() {
      let bare = word.dropLast()
      let isEnd =
        word.last == "." && place + 1 < all.count && all[place + 1].first?.isUppercase == true && bare.count > 1
        && !bare.contains(".") && !abbreviations.contains(bare.lowercased())
        && (bare.last.map { $0.isLetter || $0.isNumber || ")%+*]".contains($0) } ?? false)
      words.append(isEnd ? bare : word)
      if isEnd {
        sentences.append(words.joined(separator: " "))
        words = []
      }
    }
    if !words.isEmpty { sentences.append(words.joined(separator: " ")) }
    return sentences
  }

  private static let abbreviations: Set<String> = [
    "vs", "approx", "ca", "resp", "incl", "neg", "pos", "amp", "mut", "no", "dr",
  ]

  // MARK: No result

  /// `could not be performed` and `not yet resulted` in the words for a test without a result.
  private static func withoutResults(_ clause: String) -> String {
    var text = clause
    let lowered = clause.lowercased()
    for start in ["could not be ", "cannot be ", "can not be ", "was unable to be ", "unable to be "] {
      guard lowered.contains(start) else { continue }
      for end in ["performed", "determined", "assessed", "evaluated", "tested", "analyzed", "analysed", "interpreted"] {
        text = replacing(start + end, in: text, with: "not tested")
      }
    }
    if lowered.contains("not yet ") {
      for end in ["resulted", "available", "reported", "received", "complete", "completed"] {
        text = replacing("not yet " + end, in: text, with: "pending")
      }
    }
    return text
  }

  private static func replacing(_ words: String, in text: String, with other: String) -> String {
    let lowered = text.lowercased()
    guard lowered.utf8.count == text.utf8.count, let range = lowered.firstRange(of: words) else { return text }
    let start = lowered.utf8.distance(from: lowered.startIndex, to: range.lowerBound)
    let end = lowered.utf8.distance(from: lowered.startIndex, to: range.upperBound)
    let bytes = Array(text.utf8)
    return String(decoding: bytes[..<start], as: UTF8.self) + other + String(decoding: bytes[end...], as: UTF8.self)
  }

  // MARK: Headings

  /// A heading with its result behind a colon: `BRAF V600E: no mutation detected`, `Estrogen receptor: positive`,
  /// `Microsatellite instability: MSS`.
  private func withHeading(_ clause: String) -> String {
    guard let colon = clause.firstIndex(of: ":"), clause[clause.index(after: colon)...].first == " " else {
      return clause
    }
    let heading = String(clause[..<colon]).trimmingWhiteSpace
    let result = String(clause[clause.index(after: colon)...]).trimmingWhiteSpace
    let words = result.lowercased().split(separator: " ").map(String.init)
    guard !words.isEmpty, !heading.isEmpty else { return clause }
    // What a heading looks for is no finding: the score behind it is.
    if heading.lowercased().hasPrefix("microsatellite instability") { return "MSI: " + result }
    if Self.emptyResults.contains(result.lowercased()) { return heading + " not tested" }
    // `MET exon 14: no skipping`, `EGFR exon 21: no L858R`: what the exon has not.
    if words[0] == "no", words.count == 2, let gene = heading.split(separator: " ").first.map(String.init),
      isGeneName(gene), heading.lowercased().contains("exon")
    {
      let what = String(result.dropFirst(3))
      return isChange(what) ? "\(gene) \(what) not detected" : "\(heading) \(what) not detected"
    }
    if result == "N" || Self.saysNo(words) {
      // What a gene alone has not is said behind the colon: `ALK: no rearrangement`.
      return isGeneName(heading) ? clause : heading + " not detected"
    }
    if isGeneName(heading), words.starts(with: ["negative", "for"]), words.dropFirst(2).allSatisfy(Self.isNoun) {
      return "\(heading): no mutation"
    }
    // The word for the finding stands in the heading already.
    if words.count == 2, Self.isNoun(words[0]), Self.results.contains(words[1]) { return heading + " " + words[1] }
    // A name of several words is joined behind the colon as before it.
    return heading.contains(" ") && !heading.contains(",") && Self.results.contains(words[0])
      ? "\(heading) \(result)" : clause
  }

  private static let emptyResults: Set<String> = [
    "n/a", "na", "see comment", "see note", "see below", "see report", "-", "--",
  ]
  private static let results: Set<String> = ["positive", "negative", "detected", "present", "absent", "identified"]

  /// `no mutation`, `no pathogenic variant identified`: no more than that nothing was found.
  private static func saysNo(_ words: [String]) -> Bool {
    guard words.first == "no", words.count > 1 else { return false }
    return words.dropFirst().allSatisfy {
      isNoun($0) || results.contains($0) || ["found", "seen", "was", "were"].contains($0)
    }
  }

  /// Whether what stands behind `no`, in lower case, is no more than what was looked for.
  static func saysNothingFound(_ text: String) -> Bool {
    let words = text.split(separator: " ").map(String.init)
    return !words.isEmpty && saysNo(["no"] + words)
  }

  private static func isNoun(_ word: String) -> Bool {
    nounsOfResults.contains(word.last == "." ? String(word.dropLast()) : word)
  }

  private static let nounsOfResults: Set<String> = [
    "mutation", "mutations", "variant", "variants", "alteration", "alterations", "rearrangement", "rearrangements",
    "fusion", "fusions", "amplification", "deletion", "pathogenic", "likely", "or", "evidence", "of", "abnormality",
    "abnormalities", "change", "changes", "clinically", "significant", "known", "a", "any",
  ]

  // MARK: Denials of lists

  private static let listDenials = [
    "negative for ", "no evidence of ", "without evidence of ", "lacked ", "lacks ", "lacking ", "absence of ",
  ]

  /// `The tumor was negative for EGFR L858R, ALK fusion and RET fusion`: each item with the denial; `nil` where a text is no
  /// such list.
  private func withDeniedList(_ clause: String) -> String? {
    let lowered = clause.lowercased()
    guard lowered.utf8.count == clause.utf8.count else { return nil }
    for denial in Self.listDenials {
      guard let range = lowered.firstRange(of: denial) else { continue }
      let start = lowered.utf8.distance(from: lowered.startIndex, to: range.lowerBound)
      let end = lowered.utf8.distance(from: lowered.startIndex, to: range.upperBound)
      let bytes = Array(clause.utf8)
      let subject = String(decoding: bytes[..<start], as: UTF8.self)
      // Of a gene before the denial it is that gene which is negative.
      guard subject.isEmpty || subject.last == " ",
        !subject.split(separator: " ").contains(where: { namesFinding(String($0)) })
      else { return nil }
      let list = String(decoding: bytes[end...], as: UTF8.self)
      let items = Self.items(list)
      guard !items.contains(where: hasVerdict) else { return nil }
      if items.count > 1, items.allSatisfy({ $0.contains(" ") || namesWhole($0) }) || items.contains(where: namesWhole)
      {
        return items.map { "no \($0)" }.joined(separator: "; ")
      }
      return subject.isEmpty ? nil : "negative for " + list
    }
    return nil
  }

  /// `BRAF V600E, MET exon 14 skipping and RET fusion were not detected`: each item with the denial; `nil` where it may be
  /// said of the last one alone.
  private func withRefusedList(_ clause: String) -> String? {
    let lowered = clause.lowercased()
    guard lowered.utf8.count == clause.utf8.count else { return nil }
    for denial in ["not detected", "not identified", "not found", "not seen", "not present"]
    where lowered.hasSuffix(denial) {
      var list = String(clause.dropLast(denial.count)).trimmingWhiteSpace
      var isPlural = false
      for verb in [" were", " are"] where list.lowercased().hasSuffix(verb) {
        list = String(list.dropLast(verb.count))
        isPlural = true
      }
      let items = Self.items(list)
      guard items.count > 2 || isPlural && items.count > 1,
        [" and ", " or ", " nor "].contains(where: list.lowercased().contains), !items.contains(where: hasVerdict),
        items.contains(where: namesWhole), Negation.opening(lowered) == nil
      else { return nil }
      return items.map { "\($0) not detected" }.joined(separator: "; ")
    }
    return nil
  }

  /// The items of a list between commas and joining words, brackets left whole.
  private static func items(_ list: String) -> [String] {
    var items: [String] = [""]
    var depth = 0
    for word in list.split(separator: " ") {
      let isJoint = depth == 0 && ["and", "or", "nor", "&"].contains(word.lowercased())
      depth += word.count { "([".contains($0) } - word.count { ")]".contains($0) }
      if isJoint {
        items.append("")
        continue
      }
      let isEnd = depth == 0 && word.last == ","
      let bare = isEnd ? word.dropLast() : word
      items[items.count - 1] += items[items.count - 1].isEmpty ? bare : " " + bare
      if isEnd { items.append("") }
    }
    return items.filter { !$0.isEmpty }
  }

  /// Whether an item is more than the name of a gene: a change, partners, a translocation, an arm.
  private func namesWhole(_ item: String) -> Bool {
    let phrase = FindingPhrase(item)
    if !KaryotypeChange.all(in: phrase.lowered).isEmpty || item.contains("::") { return true }
    if phrase.lowered.hasPrefix("del(") || phrase.words.contains(where: namesPartners) { return true }
    return phrase.words.count > 1 && phrase.words.contains(where: isGeneName)
  }

  /// Whether a word of a subject names what a result is of.
  private func namesFinding(_ word: String) -> Bool {
    let bare = word.filter { !"(),:".contains($0) }
    if ["NGS", "FISH", "IHC", "PCR", "RNA", "DNA", "CNV"].contains(bare) { return false }
    // A word of a sentence holds no digit and one capital letter at most.
    return bare.contains(where: \.isNumber) || bare.count(where: \.isUppercase) > 1
      || facts.biomarkers.written(bare) != nil
  }
}
