// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// Words that say that a finding is not there.
enum Negation {
  private static let before = [
    "no evidence of ", "no evidence for ", "negative for ", "no detectable ", "no signs of ", "no ", "without ",
    "absence of ", "lack of ", "lacks ", "lacking ", "free of ", "exclusion of ", "absent ", "nor ", "not ", "never ",
    "neither ", "kein nachweis einer ", "kein nachweis eines ", "kein nachweis von ", "kein nachweis der ",
    "kein nachweis ", "keine ", "kein ", "ohne ", "absence de ", "pas de ", "assenza di ", "ausencia de ",
  ]
  private static let behind = [
    "was not detected", "were not detected", "not detected", "not identified", "not found", "not present", "not seen",
    "not observed", "undetected", "undetectable", "none detected", "was ruled out", "ruled out", "was excluded",
    "has been excluded", "is excluded", "excluded", "not there", "no longer detected", "no longer detectable",
    "no longer present", "no longer seen", "not detectable", "not evident", "not identifiable", "not demonstrated",
    "not shown", "not visible", "false positive", "false-positive", "disproved", "disproven", "refuted",
    "absent in plasma", "absent in blood", "absent in tissue", "absent in ctdna", "absent in the tumor",
    "is not present", "is absent", "was absent", "none found", ": none", ": no", ": not",
    "= no", "none", "never detected", "never found", "neither detected", "nicht nachgewiesen", "nicht nachweisbar",
    "nicht detektiert", "nicht detektierbar", "nicht gefunden", "nicht vorhanden", "non détectée", "non détecté",
    "non detectee", "non detecte", "no detectada", "no detectado", "no se detecta", "non rilevata", "non rilevato",
  ]
  private static let inside = [
    ("un-amplified", "amplified"), ("unamplified", "amplified"), ("unrearranged", "rearranged"),
    ("non-rearranged", "rearranged"), ("not lost", "lost"), ("not gained", "gained"), ("not mutated", "mutated"),
    ("non-mutated", "mutated"), ("nonmutated", "mutated"), ("non-mutant", "mutated"), ("nonmutant", "mutated"),
    ("non mutant", "mutated"),
    ("not amplified", "amplified"), ("non-amplified", "amplified"), ("nonamplified", "amplified"),
    ("not rearranged", "rearranged"), ("not translocated", "rearranged"), ("not deleted", "deleted"),
    ("not high", "high"), ("not deficient", "deficient"), ("not fused", "fusion"), ("not methylated", "methylated"),
    ("unmethylated", "methylated"), ("non-methylated", "methylated"), ("nonmethylated", "methylated"),
    ("non-codeleted", "codeleted"), ("not codeleted", "codeleted"), ("not co-deleted", "codeleted"),
    ("nicht mutiert", "mutated"), ("nicht amplifiziert", "amplified"), ("nicht rearrangiert", "rearranged"),
  ]
  /// Words behind which `negative` or `absent` denies a finding and is no result of a stain.
  private static let findings: Set<String> = [
    "fusion", "fusions", "rearrangement", "rearrangements", "translocation", "amplification", "mutation", "mutations",
    "mutated", "mutant", "mut", "exon", "exons", "skipping", "itd", "tkd", "ptd", "kdd", "viii", "deletion", "variant",
    "variants", "amp", "amplified", "gain", "loss", "rearranged", "fused", "deleted", "codeletion", "co-deletion",
    "codeleted", "co-deleted", "methylation", "hypermethylation", "methylated", "promoter", "instability",
    "deficiency", "alteration", "alterations", "m", "codon", "testing", "overexpression", "type",
    "insertion", "insertions", "duplication", "frameshift", "truncation", "nonsense", "missense",
  ]
  private static let refusals: Set<String> = [
    "negative", "neg", "absent", "no", "0", "negativ", "absente", "assente", "ausente", "négatif", "négative",
    "negativo", "negativa", "0%", "nein", "non",
  ]

  /// The finding without the words that deny it, and whether there were such words.
  ///
  /// - Parameter isFinding: Whether a word is a gene and its change in one, or the two partners of a fusion.
  static func strip(_ text: String, isFinding: (String) -> Bool = { _ in false }) -> (text: String, isDenied: Bool) {
    let phrase = FindingPhrase(text)
    let lowered = phrase.lowered
    if let start = opening(lowered) { return (String(text.dropFirst(start.count)), true) }
    for end in behind {
      if let range = range(of: end, in: lowered) {
        return (cutting(range, of: lowered, from: text), true)
      }
    }
    for (denial, plain) in inside {
      if let range = range(of: denial, in: lowered) {
        return (cutting(range, of: lowered, from: text, putting: plain), true)
      }
    }
    if let inner = deniedInside(text, phrase) { return (inner, true) }
    if let rest = withoutRefusal(phrase, isFinding) { return (rest, true) }
    return (text, false)
  }

  /// The words of a denial that a text, in lower case, begins with.
  static func opening(_ lowered: String) -> String? { before.first(where: lowered.hasPrefix) }

  /// Whether a text is nothing but a denial: `not detected`.
  static func isBare(_ text: String) -> Bool {
    behind.contains(text.lowercased()) || ["no", "none", "not"].contains(text.lowercased())
  }

  /// Whether a text holds words that deny.
  static func isDenied(_ text: String) -> Bool { strip(text).isDenied }

  /// Words behind which a method, a material or a time stands.
  private static let circumstances: Set<String> = ["by", "in", "on", "at", "from", "per", "using", "via", "after"]

  /// `ALK fusion negative`, `EGFR ex19del neg`, `BRAF V600E: no`, `BRAF V600E-negative`, `KIT D816V negative in blood`: the
  /// words before the refusal, where they name a finding.
  private static func withoutRefusal(_ phrase: FindingPhrase, _ isFinding: (String) -> Bool) -> String? {
    var words = phrase.words
    if let place = words.indices.dropFirst().first(where: { circumstances.contains(words[$0].lowercased()) }),
      refusals.contains(words[place - 1].lowercased()), saysNoMore(words[place...])
    {
      words.removeSubrange(place...)
    }
    guard var last = words.popLast() else { return nil }
    if let hyphen = last.lastIndex(of: "-"), ProteinChange(String(last[..<hyphen])) != nil {
      words.append(String(last[..<hyphen]))
      last = String(last[last.index(after: hyphen)...])
    }
    guard refusals.contains(last.lowercased()), !isValue(last, of: words.last) else { return nil }
    func names(_ word: String) -> Bool {
      let lowered = word.lowercased()
      let isExon = lowered.hasPrefix("ex") && lowered.contains(where: \.isNumber)
      return isExon || findings.contains(lowered) || word.hasPrefix("c.")
        || word.contains(where: \.isNumber) && (ProteinChange(word) != nil || SequenceNormalizer.codon(word) != nil)
    }
    // Behind a joint it is what stands there that is refused: `KRAS G12C with nodes negative` denies no change.
    if let joint = words.lastIndex(where: { ["with", "+", "plus"].contains($0.lowercased()) }),
      !words[(joint + 1)...].contains(where: { names($0) || isFinding($0) })
    {
      return nil
    }
    let isNamed =
      words.dropFirst().contains(where: names)
      || words.contains { $0.contains("::") || isFinding($0) }
    return isNamed ? words.joined(separator: " ") : nil
  }

  /// Whether a number is the value of what stands before it: `CN 0`, `copy number 0`, `IHC 0`.
  static func isValue(_ word: String, of before: String?) -> Bool {
    guard word.first == "0", let before else { return false }
    return quantities.contains(before.lowercased().filter(\.isLetter))
  }

  private static let quantities: Set<String> = [
    "cn", "number", "copies", "copy", "tcn", "mcn", "ihc", "ish", "loh", "score", "tps", "cps", "tc", "ic", "ploidy",
  ]

  /// Whether words that tell how or where something was looked for hold no result and no change.
  private static func saysNoMore(_ words: ArraySlice<String>) -> Bool {
    !words.contains { word in
      ["positive", "pos", "detected", "present", "found", "with"].contains(word.lowercased())
        || word.contains(where: \.isNumber) && ProteinChange(word) != nil
    }
  }

  /// Whether a word names a kind of finding: `fusion`, `ITD`.
  static func namesFinding(_ word: some StringProtocol) -> Bool { findings.contains(word.lowercased()) }

  /// `ALK: no rearrangement`, `MET without amplification`, `BRAF: no V600E`: the text without the word that denies what
  /// follows it.
  private static func deniedInside(_ text: String, _ phrase: FindingPhrase) -> String? {
    let words = text.split(separator: " ").map(String.init)
    guard
      let place = words.firstIndex(where: { ["no", "without", "not", "lacking", "lacks"].contains($0.lowercased()) }),
      place > 0, place + 1 < words.count
    else { return nil }
    var rest = words
    rest.remove(at: place)
    // `no evidence of`, `without evidence of`.
    if rest.indices.contains(place + 1), ["evidence", "sign", "signs"].contains(rest[place].lowercased()),
      rest[place + 1].lowercased() == "of"
    {
      rest.removeSubrange(place...place + 1)
    }
    return rest.joined(separator: " ")
  }

  private static func range(of part: String, in text: String) -> Range<Int>? {
    let text = Array(text)
    let part = Array(part)
    guard text.count >= part.count, let first = part.first else { return nil }
    for start in 0...(text.count - part.count) where text[start..<start + part.count].elementsEqual(part) {
      let end = start + part.count
      let begins = start == 0 || !first.isLetter || !text[start - 1].isLetter
      if begins, end == text.count || !text[end].isLetter { return start..<end }
    }
    return nil
  }

  private static func cutting(
    _ range: Range<Int>, of lowered: String, from text: String, putting word: String = ""
  ) -> String {
    // The two texts have the same characters one by one unless lower-casing changed their number.
    let source = Array(text).count == Array(lowered).count ? Array(text) : Array(lowered)
    return String(source[..<range.lowerBound] + Array(word) + source[range.upperBound...]).trimmingWhiteSpace
  }
}
