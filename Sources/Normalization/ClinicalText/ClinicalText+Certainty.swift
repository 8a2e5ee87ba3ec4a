// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats

/// How sure a text is of what it says: words that make a finding a question, one of an earlier test, or one of a part of
/// the tumor.
enum Certainty {
  /// Why a finding is none yet.
  enum Doubt: Hashable {
    /// In the words of the text: `suspected`, `cannot be excluded`.
    case uncertain(String)
    /// `pending`, `not tested`.
    case untested(String)
    /// `family history of`.
    case ofFamily(String)

    /// For people.
    var reason: String {
      switch self {
      case .uncertain(let words): "'\(words)' leaves open whether it is there (state it when it is confirmed)"
      case .untested(let words): "'\(words)' says that there is no result"
      case .ofFamily(let words): "'\(words)' does not speak of this tumor"
      }
    }
  }

  private static let uncertain = [
    "suspected", "suspicion of", "suspicious for", "possible", "possibly", "probable", "probably", "unlikely",
    "cannot be excluded", "can not be excluded", "cannot exclude", "cannot be ruled out", "can not be ruled out",
    "not excluded", "not ruled out", "questionable", "unconfirmed", "not confirmed", "to be confirmed", "not verified",
    "artifact", "artefact", "putative", "presumed", "presumably", "presumptive", "borderline", "inconclusive",
    "low confidence", "uncertain whether", "doubtful", "rule out", "to rule out", "r/o", "query", "likely negative",
    "may be", "might be", "could be", "indeterminate", "cannot be confirmed", "could not be confirmed",
    "not confirmable",
    "cannot be determined", "undetermined", "unclear", "low quality", "poor quality", "low-confidence", "filtered",
    "below lod",
    "below the lod", "below the limit", "below limit", "under the limit", "below detection", "below the detection",
    "under detection", "under the detection", "below threshold", "below the threshold", "below cut-off", "below cutoff",
    "below the cut-off", "below the cutoff", "disappeared", "cleared", "lost at progression", "lost on treatment",
    "lost at relapse",
    "lost in remission",
    "versus",
    "suspicious", "below reporting", "below the reporting", "discordant", "conflicting", "either", "fraglich",
    "verdacht auf", "v.a.", "nicht sicher", "suspect",
  ]
  /// Words that leave an amplification open.
  private static let weak = ["low level", "low-level", "equivocal", "marginal", "minimal"]
  private static let untested = [
    "pending", "not tested", "not done", "not performed", "not evaluable", "not assessable", "not assessed", "untested",
    "not evaluated", "not reported", "not available", "not determined", "not examined", "insufficient", "test failed",
    "failed", "not interpretable", "uninterpretable", "unassessable", "awaited", "in progress", "requested", "ordered",
    "tested for", "testing for", "no result", "no data", "n/a", "not sufficient", "not adequate", "inadequate",
    "not assayed", "not called", "not reportable", "no call", "nicht auswertbar", "nicht beurteilbar", "ausstehend",
    "not successful", "unsuccessful", "no amplifiable", "not analyzed", "not analysed", "unevaluable", "non-evaluable",
    "not informative", "non-informative", "outstanding", "to follow", "referred", "awaiting", "see separate report",
    "technical failure", "declined", "aborted", "unavailable", "cancelled", "canceled", "to be reported",
    "evaluate for",
    "assess for", "positive control", "tests ordered",
  ]
  private static let ofFamily = [
    "family history", "familial history", "mother with", "father with", "sister with", "brother with",
  ]
  private static let earlier = [
    "previously", "previous", "formerly", "history of", "earlier biopsy", "prior biopsy", "initial biopsy",
    "initially", "in the past",
  ]
  /// Words of a status that is called equivocal or unknown by right.
  private static let exempt = ["likely pathogenic", "likely oncogenic", "likely benign", "unknown significance"]

  /// Words that stand last where only a test is named, or where the words before them are left open.
  private static let lastWords = ["likely", "vs", "tbc", "nd", "n.d", "n/d", "unknown", "tbd", "na", "qns"]
  private static let tests = ["testing", "test", "analysis", "assay", "screening", "panel", "requested"]

  /// The first two bytes of all words that leave something open.
  private static let beginnings: Set<UInt16> = Set(
    (uncertain + weak + untested + ofFamily + lastWords + tests).map { word in
      word.utf8.prefix(2).reduce(0) { $0 << 8 | UInt16($1) }
    })

  /// Whether a text of ASCII holds no word that leaves something open, as far as the beginnings of its words tell: most
  /// texts in the cells of files need not be taken apart.
  static func isPlain(_ text: String) -> Bool {
    // The byte before the last two, as lower case; a blank before the first.
    var (before, pair): (UInt8, UInt16) = (0x20, 0x20)
    for byte in text.utf8 {
      if byte >= 0x80 || byte == UInt8(ascii: "?") { return false }
      let first = UInt8(pair & 0xFF)
      pair = pair << 8 | UInt16(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      let isInWord = before >= 0x61 && before <= 0x7A
      if !isInWord, beginnings.contains(pair) { return false }
      before = first
    }
    return true
  }

  /// What a finding's words leave open; `nil` where they state it.
  static func doubt(_ phrase: FindingPhrase) -> Doubt? {
    if exempt.contains(where: phrase.has), !uncertain.prefix(4).contains(where: phrase.has) { return nil }
    if let words = ofFamily.first(where: phrase.has) { return .ofFamily(words) }
    if let words = untested.first(where: phrase.has) { return .untested(words) }
    if let words = uncertain.first(where: phrase.has) { return .uncertain(words) }
    if phrase.hasAny("amplification", "amplified", "amp"), !phrase.has("2+"), let words = weak.first(where: phrase.has)
    {
      return .uncertain(words)
    }
    if let last = phrase.words.last?.lowercased() {
      if ["likely", "vs", "tbc"].contains(last) { return .uncertain(last) }
      if ["nd", "n.d", "n/d"].contains(last) || isTestAlone(phrase, last) || isOpen(phrase, last) {
        return .untested(last)
      }
    }
    if let doubt = behindNot(phrase) ?? ofGermline(phrase) { return doubt }
    if phrase.has("vs") { return .uncertain("vs") }
    // `M1?` is a change of the first residue, and where a frameshift ends may not be known.
    let isNotation =
      phrase.words.last.map { word in
        ["*?", "Ter?", "X?", "fs?"].contains(where: word.hasSuffix) || ProteinChange(word)?.consequence == .startLost
      } ?? false
    if phrase.lowered.contains(":r.") { return nil }
    return phrase.lowered.hasPrefix("?") || phrase.lowered.hasSuffix("?") && !isNotation ? .uncertain("?") : nil
  }

  /// What `not` makes of the word behind it: `not sequenced` is no result, `not certain` is none yet; of another word it is
  /// not known what is denied.
  private static func behindNot(_ phrase: FindingPhrase) -> Doubt? {
    for (place, word) in phrase.words.enumerated().dropLast() where word.lowercased() == "not" {
      let next = phrase.words[place + 1]
      guard next.count > 2, next.allSatisfy({ $0.isLowercase }), !goingOn.contains(next) else { continue }
      switch ResultWords.builtIn.meaning(of: "not " + next) {
      case .absent, .present: continue
      case .untested: return .untested("not " + next)
      case .uncertain: return .uncertain("not " + next)
      case nil: if !Negation.namesFinding(next) { return .uncertain("not " + next) }
      }
    }
    return nil
  }

  /// Words that say nothing by themselves behind `not`.
  private static let goingOn: Set<String> = [
    "the", "any", "yet", "known", "specified", "otherwise", "only", "pathogenic", "oncogenic", "germline", "somatic",
    "more", "less", "being", "been", "applicable", "codon", "ex",
  ]

  /// `BRCA2 mutation germline negative`: what the patient was not born with may be there in the tumor.
  private static func ofGermline(_ phrase: FindingPhrase) -> Doubt? {
    let words = phrase.words.suffix(2).map { $0.lowercased() }
    guard phrase.words.count > 3, words.count == 2, ["germline", "somatic"].contains(words[0]),
      ["negative", "neg", "absent"].contains(words[1])
    else { return nil }
    return .uncertain(words.joined(separator: " "))
  }

  /// `EGFR L858R unknown`, `FLT3-ITD status unknown`: what is not known is the finding itself and nothing beside it, such as
  /// its partner or its allele fraction.
  private static func isOpen(_ phrase: FindingPhrase, _ last: String) -> Bool {
    guard ["unknown", "tbd", "na", "qns"].contains(last) else { return false }
    let before = phrase.words.dropLast().reversed().drop { ["status", "result"].contains($0.lowercased()) }.first ?? ""
    let isChange = before.hasPrefix("c.") || before.contains(where: \.isNumber) && ProteinChange(before) != nil
    let partners = before.split(separator: "-")
    let isFusion =
      before.contains("::")
      || partners.count == 2 && partners.allSatisfy { $0.count > 2 && $0.first?.isUppercase == true }
    return isChange || isFusion || Negation.namesFinding(before.split(separator: "-").last ?? "")
  }

  /// `BRAF V600E testing`, `ALK FISH analysis`: a test without what it found.
  private static func isTestAlone(_ phrase: FindingPhrase, _ last: String) -> Bool {
    tests.contains(last)
      && !phrase.hasAny("positive", "negative", "detected", "mutated", "wt", "by", "wild-type", "no", "amplified")
  }

  /// The words by which a finding is one of an earlier test.
  static func isEarlier(_ phrase: FindingPhrase) -> String? { earlier.first(where: phrase.has) }

  /// The text without words that place it in time; they say nothing of the finding itself.
  static func withoutTime(_ text: String) -> String {
    let words = ["previously", "previous", "formerly", "initially", "earlier", "history", "detected", "known"]
    let kept = text.split(separator: " ").filter { !words.contains($0.lowercased()) }
    return kept.first?.lowercased() == "of" ? kept.dropFirst().joined(separator: " ") : kept.joined(separator: " ")
  }
}
