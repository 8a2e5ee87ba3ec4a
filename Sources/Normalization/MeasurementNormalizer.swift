package import Alterations

/// Turns names and values of biomarkers as labs write them into canonical measurements.
///
/// Guide: Normalizing, Biomarkers.
package enum MeasurementNormalizer {
  /// A measurement from a name and a value; `nil` when they cannot be understood.
  package static func measurement(name: String, value: String, scale: String = "") -> Measurement? {
    let key = name.uppercased().filter { $0.isLetter || $0.isNumber }
    let text = value.trimmingWhiteSpace
    let lowered = text.lowercased()
    switch key {
    case "TMB", "TMBNONSYNONYMOUS", "TUMORMUTATIONALBURDEN", "TUMORMUTATIONBURDEN":
      if let number = leadingNumber(text.drop { "<≤".contains($0) }) {
        return Measurement(name: "TMB", number: number, bound: bound(in: text.prefix { !$0.isNumber }))
      }
      return word(lowered, [("high", "high"), ("h", "high"), ("low", "low"), ("l", "low")]).map {
        Measurement(name: "TMB", word: $0)
      }
    case "MSI", "MSITYPE", "MSISTATUS", "MICROSATELLITEINSTABILITY":
      return msi(lowered).map { Measurement(name: "MSI", word: $0) }
    case "MMR", "MMRSTATUS", "DMMR":
      return word(
        lowered,
        [
          ("deficient", "deficient"), ("dmmr", "deficient"), ("loss", "deficient"), ("proficient", "proficient"),
          ("pmmr", "proficient"), ("intact", "proficient"),
        ]
      ).map { Measurement(name: "MMR", word: $0) }
    case "HRD", "HRDSTATUS":
      if let found = polarity(lowered) { return Measurement(name: "HRD", word: found) }
      return leadingNumber(text).map { Measurement(name: "HRD", scale: "score", number: $0) }
    case "TLS":
      return word(
        lowered,
        [
          ("present", "present"), ("positive", "present"), ("mature", "present"), ("yes", "present"),
          ("absent", "absent"), ("negative", "absent"), ("no", "absent"),
        ]
      ).map { Measurement(name: "TLS", word: $0) }
    case "PDL1", "CD274":
      if let number = leadingNumber(text.drop(while: { !$0.isNumber })) {
        let stated = ["TPS", "CPS", "TAP", "TC", "IC"].first { text.uppercased().contains($0) }
        return Measurement(
          name: "PD-L1", scale: stated ?? scale, number: number, bound: bound(in: text.prefix { !$0.isNumber }))
      }
      return polarity(lowered).map { Measurement(name: "PD-L1", scale: scale, word: $0) }
    case "HER2", "ERBB2": return her2(lowered)
    case "ER", "ESR1", "PR", "PGR":
      let gene = key.hasPrefix("E") ? "ESR1" : "PGR"
      if let number = leadingNumber(text.drop { "<≤".contains($0) }) {
        let bound = bound(in: text.prefix { !$0.isNumber })
        return Measurement(
          name: gene, scale: "percent",
          word: number >= 1 && !(bound == .below && number <= 1) ? "positive" : "negative",
          number: number, bound: bound)
      }
      return polarity(lowered).map { Measurement(name: gene, word: $0) }
    default: return nil
    }
  }

  private static func msi(_ text: String) -> String? {
    let key = text.filter { $0.isLetter }
    switch key {
    case "msih", "high", "msihigh", "h", "instable", "unstable", "msi", "microsatelliteinstabilityhigh": return "high"
    case "msil", "low", "msilow", "l": return "low"
    case "mss", "stable", "microsatellitestable", "s": return "stable"
    default: return nil
    }
  }

  private static func her2(_ text: String) -> Measurement? {
    if let digit = text.first(where: { $0.isNumber }), let number = digit.wholeNumberValue, number <= 3,
      !text.contains("copies")
    {
      return Measurement(name: "ERBB2", scale: "IHC", number: Double(number))
    }
    return polarity(text).map { Measurement(name: "ERBB2", word: $0) }
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
    let digits = text.drop(while: { $0 == ">" || $0 == "=" || $0 == "≥" || $0 == " " }).prefix {
      $0.isNumber || $0 == "."
    }
    return Double(digits)
  }
}
