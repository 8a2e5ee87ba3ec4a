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
    let key = name.uppercased().filter { $0.isLetter || $0.isNumber }
    return biomarkers.written(key).flatMap { measurement(of: $0, value: value, scale: scale) }
  }

  /// A measurement of a biomarker from a value; `nil` when it cannot be understood.
  static func measurement(of biomarker: Biomarker, value: String, scale: String = "") -> Measurement? {
    let text = PlainTyping.of(value).trimmingWhiteSpace
    guard text.contains(where: \.isLetter) || text.hasSuffix("?") else { return plain(biomarker, text, scale) }
    if text.utf8.count > 3, Certainty.doubt(FindingPhrase(text)) != nil { return nil }
    guard text.contains(" ") else { return plain(biomarker, text, scale) }
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
    let lowered = text.lowercased()
    switch biomarker.reading {
    case .burden, .burdenPerMb:
      if let number = leadingNumber(text.drop { "<≤".contains($0) }) {
        return Measurement(name: name, number: number, bound: bound(in: text.prefix { !$0.isNumber }))
      }
      // `TMB-High`, `tmb_h`.
      let bare = String((lowered.hasPrefix("tmb") ? lowered.dropFirst(3) : lowered[...]).drop { " -_:".contains($0) })
      return word(bare, [("high", "high"), ("h", "high"), ("low", "low"), ("l", "low")]).map {
        Measurement(name: name, word: $0)
      }
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
      if let found = polarity(lowered) { return Measurement(name: name, word: found) }
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
      if let number = leadingNumber(text.drop(while: { !$0.isNumber })) {
        let stated = ["TPS", "CPS", "TAP", "TC", "IC"].first { text.uppercased().contains($0) }
        return Measurement(
          name: name, scale: stated ?? scale, number: number, bound: bound(in: text.prefix { !$0.isNumber }))
      }
      return polarity(lowered).map { Measurement(name: name, scale: scale, word: $0) }
    case .graded: return graded(name, lowered)
    case .receptor:
      if let number = leadingNumber(text.drop { "<≤".contains($0) }) {
        let bound = bound(in: text.prefix { !$0.isNumber })
        return Measurement(
          name: name, scale: "percent",
          word: number >= 1 && !(bound == .below && number <= 1) ? "positive" : "negative",
          number: number, bound: bound)
      }
      return polarity(lowered).map { Measurement(name: name, word: $0) }
    case .type: return polarity(lowered).map { Measurement(name: name, word: $0 == "present" ? "positive" : $0) }
    case .receptors, .cells, .virus, .arm: return nil
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
    if let found = StainText(text).grade { return grade(found) }
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
    let lowered = text.lowercased()
    func has(_ part: String) -> Bool {
      var view = lowered[...]
      while !view.isEmpty {
        if view.hasPrefix(part) { return true }
        view = view.dropFirst()
      }
      return false
    }
    if has("<=") || has("≤") || has("at most") || has("up to") { return .atMost }
    if has("<") || has("below") || has("less than") || has("under") || has("fewer than") { return .below }
    if has(">=") || has("≥") || has("at least") { return .atLeast }
    if has(">") || has("above") || has("more than") || has("over ") { return .above }
    return .exact
  }

  /// The number at the start of a text such as `14 mut/Mb`, `>=10`, `90%`.
  static func leadingNumber(_ text: some StringProtocol) -> Double? {
    WrittenNumber(
      WrittenNumber.prefix(of: text.drop(while: { $0 == ">" || $0 == "=" || $0 == "≥" || $0 == " " }))
    ).value
  }
}
