// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ClinicalText {
  /// Scales of stains that are read as a share.
  static let shareScales = MeasurementNormalizer.shareScales.map { $0.lowercased() }

  /// `PD-L1 TPS 60 %`.
  func share(_ written: FindingPhrase) -> [Measurement]? {
    let phrase = withoutClones(withScales(written))
    let stain = facts.biomarkers.first(.share)
    guard (stain.textNames + stain.textPhrases).contains(where: phrase.has) || isOfStainAlone(phrase),
      !phrase.hasAny("amplification", "amp", "amplified")
    else { return nil }
    if let steps = steps(FindingPhrase(withScales(written).lowered)) { return steps }
    // `TPS 5/10` is no share.
    let isRatio = phrase.words.contains { word in
      let parts = word.split(separator: "/", omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    }
    if isRatio { return nil }
    let scores = Self.shareScales.compactMap { scale in
      phrase.value(after: scale).map { value in
        Measurement(name: stain.nameOfResults, scale: scale.uppercased(), number: value.number, bound: value.bound)
      }
    }
    // `TC3` and `IC 2` are steps of a score and no percentages; of 0 and 1 the two begin alike.
    if scores.contains(where: { isStep($0, phrase) }) { return nil }
    if !scores.isEmpty { return scores.contains { $0.number ?? 0 > 100 } ? nil : scores }
    // A share of tumor cells is on the scale of tumor cells, whatever it is called.
    let scale =
      Self.shareScales.first { phrase.has($0) }?.uppercased()
      ?? (phrase.hasAny("tumor cells", "tumour cells", "tumor-cells") && phrase.percent != nil ? "TC" : "")
    if let value = phrase.value(afterAny: stain.textNames) {
      guard value.number <= 100 else { return nil }
      return [Measurement(name: stain.nameOfResults, scale: scale, number: value.number, bound: value.bound)]
    }
    return MeasurementNormalizer.polarity(lastWord(phrase))
      .map { [Measurement(name: stain.nameOfResults, scale: scale, word: $0)] }
  }

  /// `CPS 10` and `TPS 60 %`, scales that no other stain has.
  private func isOfStainAlone(_ phrase: FindingPhrase) -> Bool {
    guard let first = phrase.words.first?.lowercased() else { return false }
    return ["tps", "cps"].contains { scale in
      first == scale || first.hasPrefix(scale) && first.dropFirst(scale.count).allSatisfy { !$0.isLetter }
    } && phrase.lowered.contains(where: \.isNumber)
  }

  /// `TC3/IC0`, `IC 2/3`: steps of a score as the shares at which they begin; `nil` where there are none.
  ///
  /// Of several steps the lowest holds. A lone 0 or 1 may be a share as well, and means the same; `TC 3` may be three
  /// percent where the test is not named.
  private func steps(_ phrase: FindingPhrase) -> [Measurement]? {
    let stain = facts.biomarkers.first(.share).nameOfResults
    if phrase.lowered.contains("%") { return nil }
    let found = ["tc", "ic"].compactMap { scale -> Measurement? in
      guard phrase.has(scale), let place = phrase.lowered.firstRange(of: scale) else { return nil }
      let behind = phrase.lowered[place.upperBound...]
      guard behind.first?.isNumber == true || phrase.lowered.contains("sp142") else { return nil }
      let digits = behind.drop { " -:=".contains($0) }.prefix { $0.isNumber || $0 == "/" }
      let steps = digits.split(separator: "/").map(String.init)
      guard let lowest = steps.min(), steps.allSatisfy({ $0.count == 1 && $0 <= "3" }),
        let limits = facts.scoreLimits.limits(of: stain, namedIn: scale + lowest)
      else { return nil }
      return lowest == "0"
        ? Measurement(name: stain, scale: scale.uppercased(), number: limits.stableBelow, bound: .below)
        : Measurement(name: stain, scale: scale.uppercased(), number: limits.highFrom, bound: .atLeast)
    }
    let isOfSteps = found.contains { $0.number != 1 } || found.count == 2
    return isOfSteps ? found : nil
  }

  /// Whether a score of tumor or immune cells is written as a step from 0 to 3.
  private func isStep(_ score: Measurement, _ phrase: FindingPhrase) -> Bool {
    guard ["TC", "IC"].contains(score.scale), let number = score.number, number == 2 || number == 3 else {
      return false
    }
    return !phrase.lowered.contains("%")
  }

  /// With the short name of a scale in the place of its words.
  private func withScales(_ phrase: FindingPhrase) -> FindingPhrase {
    var text = phrase.lowered
    for (words, scale) in Self.scaleWords where text.contains(words) {
      text = String(text.split(separator: words, omittingEmptySubsequences: false).joined(separator: Substring(scale)))
    }
    return text == phrase.lowered ? phrase : FindingPhrase(text)
  }

  private static let scaleWords = [
    ("combined positive score", "cps"), ("combined positivity score", "cps"), ("tumor proportion score", "tps"),
    ("tumour proportion score", "tps"), ("tumor area positivity", "tap"), ("tumour area positivity", "tap"),
  ]

  /// Without the names of antibodies, `22C3`, `SP142`, `28-8`, whose digits are no result.
  private func withoutClones(_ phrase: FindingPhrase) -> FindingPhrase {
    let names = facts.biomarkers.first(.share).textNames
    func isClone(_ word: String) -> Bool {
      let lowered = word.lowercased()
      if word.contains("%") || names.contains(where: lowered.hasPrefix) { return false }
      if Self.shareScales.contains(where: lowered.hasPrefix) { return false }
      return AntibodyClone.mayBeClone(word)
    }
    return FindingPhrase(phrase.words.filter { !isClone($0) }.joined(separator: " "))
  }

  func lastWord(_ phrase: FindingPhrase) -> String { phrase.words.last ?? "" }
}
