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
    let name = biomarker.nameOfResults
    let text = value.trimmingWhiteSpace
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
          ("deficient", "deficient"), ("dmmr", "deficient"), ("loss", "deficient"), ("proficient", "proficient"),
          ("pmmr", "proficient"), ("intact", "proficient"),
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
    switch key {
    case "msih", "high", "msihigh", "h", "instable", "unstable", "msi", "microsatelliteinstabilityhigh",
      "microsatelliteunstable", "microsatelliteinstable", "highmsi", "positive", "present":
      return "high"
    case "msil", "low", "msilow", "l": return "low"
    case "mss", "stable", "microsatellitestable", "s", "msistable", "negative", "absent": return "stable"
    default: return nil
    }
  }

  /// A grade of a stain, 0 to 3, or a word.
  private static func graded(_ name: String, _ text: String) -> Measurement? {
    if let digit = text.first(where: { $0.isNumber }), let number = digit.wholeNumberValue, number <= 3,
      !text.contains("copies")
    {
      return Measurement(name: name, scale: "IHC", number: Double(number))
    }
    return polarity(text).map { Measurement(name: name, word: $0) }
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
    if has(">") || has("above") || has("more than") || has("over") { return .above }
    return .exact
  }

  /// The number at the start of a text such as `14 mut/Mb`, `>=10`, `90%`.
  static func leadingNumber(_ text: some StringProtocol) -> Double? {
    WrittenNumber(
      WrittenNumber.prefix(of: text.drop(while: { $0 == ">" || $0 == "=" || $0 == "≥" || $0 == " " }))
    ).value
  }
}
