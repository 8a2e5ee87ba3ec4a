// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText
package import Knowledge

/// Turns names and values of biomarkers as labs write them into canonical measurements.
///
/// Guide: Normalizing, Biomarkers.
package enum MeasurementNormalizer {
  /// A measurement from a name and a value; `nil` when they cannot be understood.
  package static func measurement(
    name: String, value: String, scale: String = "", biomarkers: BiomarkerTable = Facts.builtIn.biomarkers
  ) -> Measurement? {
    biomarkers.written(name).flatMap { measurement(of: $0, value: value, scale: scale) }
  }

  /// A measurement of a biomarker from a value; `nil` when it cannot be understood.
  static func measurement(of biomarker: Biomarker, value: String, scale: String = "") -> Measurement? {
    let text = StainSigns.plain(PlainTyping.of(value).trimmingWhiteSpace, biomarker)
    guard text.contains(where: \.isLetter) || text.hasSuffix("?") else { return plain(biomarker, text, scale) }
    if text.utf8.count > 3, Certainty.doubt(FindingPhrase(text)) != nil { return nil }
    // Of a grade with a second test beside it, what is denied is the second test: `2+ (ISH not amplified)`.
    let isGraded = biomarker.reading == .graded && StainText(text).grade != nil
    guard text.contains(" "), !isGraded else { return plain(biomarker, text, scale) }
    // What is denied is the opposite of what the words without the denial say: `loss of expression not detected`.
    let (bare, isDenied) = Negation.strip(text)
    guard isDenied else { return plain(biomarker, text, scale) }
    let isAll = ["", "detected", "present", "found", "identified", "seen"].contains(bare.lowercased())
    let looked = isAll ? soughtWord(biomarker) : bare
    return looked.flatMap { plain(biomarker, $0.trimmingWhiteSpace, scale) }.flatMap { ClinicalText.opposite($0) }
  }

  /// What a test of a biomarker looks for.
  private static func soughtWord(_ biomarker: Biomarker) -> String? {
    switch biomarker.reading {
    case .instability, .burden: "high"
    case .deficiency: "positive"
    case .structures: "present"
    default: nil
    }
  }

  /// A measurement from words that deny nothing.
  private static func plain(_ biomarker: Biomarker, _ text: String, _ scale: String) -> Measurement? {
    let name = biomarker.nameOfResults
    let text = withoutOwnName(biomarker, text)
    let lowered = text.lowercased()
    switch biomarker.reading {
    case .burden, .burdenPerMb: return burden(name, lowered)
    case .instability: return instability(lowered).map { Measurement(name: name, word: $0) }
    case .repair:
      return word(
        lowered,
        [
          ("deficient", "deficient"), ("deficien", "deficient"), ("dmmr", "deficient"), ("loss", "deficient"),
          ("proficient", "proficient"),
          ("pmmr", "proficient"), ("intact", "proficient"), ("retained", "proficient"), ("lost", "deficient"),
        ]
      ).map { Measurement(name: name, word: $0) }
    case .deficiency:
      if let found = deficiency(lowered) { return Measurement(name: name, word: found) }
      return leadingNumber(text).map { Measurement(name: name, scale: "score", number: $0) }
    case .structures:
      return word(
        lowered,
        [
          ("present", "present"), ("positive", "present"), ("mature", "present"), ("yes", "present"),
          ("absent", "absent"), ("negative", "absent"), ("no", "absent"),
        ]
      ).map { Measurement(name: name, word: $0) }
    case .share:
      let found = shares(biomarker, text, scale)
      if found.count == 1 { return found[0] }
      if text.contains(where: \.isNumber) { return nil }
      return polarity(lowered).map { Measurement(name: name, scale: scale, word: $0) }
    case .graded: return graded(name, lowered)
    case .receptor:
      // `90% (3+)` begins with the share, which is what counts.
      if StainText(text).grade != nil, !isShareFirst(text) { return stainedReceptor(name, text) }
      if let number = leadingNumber(text.drop { "<≤".contains($0) }) {
        guard isShare(lowered), (0...100).contains(number) else { return nil }
        let bound = bound(in: text.prefix { !$0.isNumber })
        return receptorStatus(number, bound).map {
          Measurement(name: name, scale: "percent", word: $0, number: number, bound: bound)
        }
      }
      return polarity(lowered).map { Measurement(name: name, word: receptorWord($0)) }
    case .type: return polarity(lowered).map { Measurement(name: name, word: $0 == "present" ? "positive" : $0) }
    case .receptors, .cells, .virus, .arm: return nil
    }
  }

  /// `HRD+` and `HRD-positive` as the result of HRD.
  private static func withoutOwnName(_ biomarker: Biomarker, _ text: String) -> String {
    guard biomarker.reading == .deficiency, text.uppercased().hasPrefix(biomarker.name) else { return text }
    let rest = text.dropFirst(biomarker.name.count)
    guard let sign = rest.first, "+- :".contains(sign) else { return text }
    if rest.count == 1 { return sign == "+" ? "positive" : sign == "-" ? "negative" : text }
    return String(rest.dropFirst()).trimmingWhiteSpace
  }

  /// A rate of mutations, or a word: `14`, `>= 10 mut/Mb`, `TMB-High (14 Muts/Mb)`, `TMB-High`, `tmb_h`.
  ///
  /// Two numbers, a count of mutations and a percentage are no rate.
  private static func burden(_ name: String, _ text: String) -> Measurement? {
    if text.utf8.last != UInt8(ascii: "%"), let number = WrittenNumber(text).value {
      return number < 0 ? nil : Measurement(name: name, number: number)
    }
    // `14 (20th percentile)`.
    let text = text.contains("percentile") ? String(text.prefix { $0 != "(" }) : text
    let numbers = text.split { !$0.isNumber && !".,".contains($0) }.filter { $0.contains(where: \.isNumber) }
    if numbers.isEmpty {
      let bare = String((text.hasPrefix("tmb") ? text.dropFirst(3) : text[...]).drop { " -_:".contains($0) })
      return word(bare, [("high", "high"), ("h", "high"), ("low", "low"), ("l", "low")]).map {
        Measurement(name: name, word: $0)
      }
    }
    let before = text.prefix { !$0.isNumber }
    let isCount = text.contains("mut") && !["mb", "megabase"].contains(where: text.contains)
    guard numbers.count == 1, !isCount, !text.contains(where: { "%?".contains($0) }),
      !isRank(text), let number = leadingNumber(text.dropFirst(before.count))
    else { return nil }
    return Measurement(name: name, number: number, bound: bound(in: before))
  }

  /// Whether the words around a number make it one of a scale of its own: `95th percentile`, `rank 12`, `Q4`, `1e2`.
  static func isRank(_ text: String) -> Bool {
    let ranks = [
      "percentile", "quantile", "quartile", "quintile", "decile", "rank", "class", "grade", "category", "level",
      "group", "tier", "bin", "step",
    ]
    if ranks.contains(where: text.contains) { return true }
    let digits = text.drop { !$0.isNumber }
    let before = text.dropLast(digits.count)
    // A sign right before the number belongs to it; one behind a word joins the two.
    if before.last == "-" || before.last == "\u{2212}", before.dropLast().last?.isLetter != true { return true }
    if before.last?.isLetter == true, before.split(whereSeparator: { !$0.isLetter }).last?.count == 1 { return true }
    let behind = digits.drop { $0.isNumber || ".,".contains($0) }
    return behind.first?.isLetter == true && !behind.hasPrefix("m") && !behind.hasPrefix("/")
  }

  /// Whether a number is one of a hundred cells, as far as the text tells: not `2/8`, `7 of 8`, `3+` and `5 (Allred)`.
  private static func isShare(_ text: String) -> Bool {
    let digits = text.drop { !$0.isNumber }
    var behind = digits.drop { $0.isNumber || ".,".contains($0) }.drop { $0 == " " }
    // `90-100%` is at least the first of the two.
    if let sign = behind.first, "-\u{2013}".contains(sign) {
      behind = behind.dropFirst().drop { $0 == " " || $0.isNumber }
    }
    if behind.hasPrefix("%") || behind.hasPrefix("percent") { return true }
    let words = behind.split { !$0.isLetter }.map(String.init)
    return !behind.contains { $0.isNumber || "/+?".contains($0) }
      && !["allred", "score", "of", "d"].contains(where: words.contains)
  }

  private static func isShareFirst(_ text: String) -> Bool {
    text.drop { $0.isNumber || $0 == "." || $0 == " " || "<≤>≥~".contains($0) }.hasPrefix("%")
  }

  /// A receptor by the strength of its stain, which is kept beside the share of cells; `nil` where the words leave it open.
  ///
  /// Any staining of one cell in a hundred is positive (PMID:31928404).
  static func stainedReceptor(_ name: String, _ text: String) -> Measurement? {
    let stain = StainText(text)
    guard let grade = stain.grade, !stain.isUnclear, (stain.share ?? 0) <= 100 else { return nil }
    let isPositive = grade > 0 && (stain.share ?? 1) >= 1
    return Measurement(
      name: name, scale: "IHC", word: isPositive ? "positive" : "negative", number: grade, share: stain.share)
  }

  /// The status that a word is: a receptor that is low is positive in one to ten cells of a hundred (PMID:31928404).
  static func receptorWord(_ word: String) -> String { word == "low" ? "positive" : word }

  /// The status of a receptor by the share of stained cells, positive from 1 percent on; `nil` where a bound leaves both.
  static func receptorStatus(_ number: Double, _ bound: Measurement.Bound) -> String? {
    switch bound {
    case .exact, .atLeast, .above: number >= 1 ? "positive" : bound == .exact ? "negative" : nil
    case .below: number <= 1 ? "negative" : nil
    case .atMost: number < 1 ? "negative" : nil
    }
  }

  /// `positive` or `negative` of a deficiency; low is neither.
  private static func deficiency(_ text: String) -> String? {
    switch text {
    case "high", "deficient": "positive"
    case "proficient": "negative"
    default: polarity(text).flatMap { ["positive", "negative"].contains($0) ? $0 : nil }
    }
  }

  /// The scores of a share, each with the scale that stands beside it: `CPS 60, TPS <1%` are two.
  ///
  /// Empty where a number has no scale of its own among several, or a part has two numbers.
  static func shares(_ biomarker: Biomarker, _ text: String, _ scale: String) -> [Measurement] {
    var found: [Measurement] = []
    let parts = PlainTyping.of(text).split { ";/()".contains($0) }.flatMap { part in
      part.split(separator: ", ").flatMap { $0.split(separator: " and ") }
    }
    let numbered = parts.filter { $0.contains(where: \.isNumber) }
    // The scale of a lone number may stand anywhere: `60 (TPS)`.
    let all = numbered.count == 1 ? scales(in: text) : []
    for part in numbered {
      let stated = scales(in: part)
      let scales = stated.isEmpty ? all : stated
      let own = scales.first ?? scale
      guard scales.count < 2, numbered.count == 1 || !scales.isEmpty,
        part.split(whereSeparator: { !$0.isNumber && $0 != "." && $0 != "," }).count == 1,
        let number = leadingNumber(part.drop { !$0.isNumber }), number <= 100, !isRank(part.lowercased())
      else { return [] }
      // `TC 2` and `IC 3` may be steps of a score.
      if ["TC", "IC"].contains(own), !scales.isEmpty, !part.contains("%"), number == 2 || number == 3 { return [] }
      found.append(
        Measurement(
          name: biomarker.nameOfResults, scale: own, number: number, bound: bound(in: part.prefix { !$0.isNumber })))
    }
    return Set(found.map(\.scale)).count == found.count ? found : []
  }

  /// The scales of a share.
  static let shareScales = ["TPS", "CPS", "TAP", "TC", "IC"]

  /// The scales that a text names: `TPS`, `CPS60`.
  private static func scales(in text: some StringProtocol) -> [String] {
    let words = text.uppercased().split { !$0.isLetter && !$0.isNumber }
    return shareScales.filter { scale in
      words.contains { $0.hasPrefix(scale) && !$0.dropFirst(scale.count).contains(where: \.isLetter) }
    }
  }

  private static func instability(_ text: String) -> String? {
    let key = text.lowercased().filter { $0.isLetter }
    if text.utf8.contains(where: { (0x30...0x39).contains($0) }), let (some, all) = FindingPhrase(text).count {
      return some == 0 ? "stable" : all == 5 ? (some > 1 ? "high" : "low") : nil
    }
    switch key {
    case "msih", "high", "msihigh", "h", "instable", "unstable", "msi", "microsatelliteinstabilityhigh",
      "microsatelliteunstable", "microsatelliteinstable", "highmsi", "positive", "present":
      return "high"
    case "msil", "low", "msilow", "l", "instabilitylow", "lowinstability", "microsatelliteinstabilitylow": return "low"
    case "nonmsih", "nonmsihigh", "notmsihigh", "notmsih", "nonmsi": return "not high"
    case "mss", "stable", "microsatellitestable", "s", "msistable", "negative", "absent": return "stable"
    default: return nil
    }
  }

  /// A grade of a stain, 0 to 3, or a word; ratios and counts of signals are no grades.
  private static func graded(_ name: String, _ text: String) -> Measurement? {
    func grade(_ number: Double) -> Measurement? {
      [0, 1, 2, 3].contains(number) ? Measurement(name: name, scale: "IHC", number: number) : nil
    }
    if let number = WrittenNumber(text).value { return text.contains("%") ? nil : grade(number) }
    let stain = StainText(text)
    // A strong stain counts from more than a tenth of the cells on.
    if stain.isUnclear || stain.grade != nil && (stain.share ?? 100) <= 10 { return nil }
    if let found = stain.grade { return grade(found) }
    if text.contains(where: { "<>\u{2264}\u{2265}".contains($0) }) { return nil }
    let others = ["ratio", "cep17", "cen17", "copies", "signal", "copy number"]
    if others.contains(where: { text.firstRange(of: $0) != nil }) { return nil }
    let tokens = text.split { " ()[]:;=/".contains($0) }
    let digits = tokens.filter { $0.count == 1 && $0.first?.isNumber == true }
    if tokens.count > 1, digits.count == 1, let number = digits.first.flatMap({ Double($0) }) { return grade(number) }
    return polarity(text)
      .map { Measurement(name: name, word: $0) }
  }

  /// `positive` or `negative` from the words labs use for them.
  package static func polarity(_ text: String) -> String? {
    word(
      text.lowercased(),
      [
        ("positive", "positive"), ("pos", "positive"), ("+", "positive"), ("yes", "positive"), ("negative", "negative"),
        ("neg", "negative"), ("-", "negative"), ("no", "negative"), ("low", "low"), ("high", "high"), ("loss", "loss"),
        ("lost", "loss"), ("intact", "intact"), ("retained", "intact"), ("present", "present"), ("absent", "absent"),
      ])
  }

  private static func word(_ text: String, _ table: [(String, String)]) -> String? {
    table.first { $0.0 == text }?.1 ?? table.first { $0.0.utf8.count > 2 && text.hasPrefix($0.0) }?.1
  }

  /// What the signs and words before a number make of it: `<10`, `at least 50`.
  static func bound(in text: some StringProtocol) -> Measurement.Bound {
    if text.isEmpty { return .exact }
    let lowered = text.lowercased()
    if lowered.contains("<=") || lowered.contains("≤") || lowered.contains("at most") || lowered.contains("up to") {
      return .atMost
    }
    if lowered.contains("<") || lowered.contains("below") || lowered.contains("less than") || lowered.contains("under")
      || lowered.contains("fewer than")
    {
      return .below
    }
    if lowered.contains(">=") || lowered.contains("≥") || lowered.contains("at least") { return .atLeast }
    if lowered.contains(">") || lowered.contains("above") || lowered.contains("more than") || lowered.contains("over ")
    {
      return .above
    }
    return .exact
  }

  /// The number at the start of a text such as `14 mut/Mb`, `>=10`, `90%`.
  static func leadingNumber(_ text: some StringProtocol) -> Double? {
    WrittenNumber(
      WrittenNumber.prefix(of: text.drop(while: { $0 == ">" || $0 == "=" || $0 == "≥" || $0 == " " }))
    ).value
  }
}
