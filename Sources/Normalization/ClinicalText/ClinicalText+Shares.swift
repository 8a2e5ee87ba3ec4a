// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ClinicalText {
  /// Scales of stains that are read as a share.
  static let shareScales = ["tps", "cps", "tap", "tc", "ic"]

  /// `PD-L1 TPS 60 %`.
  func share(_ written: FindingPhrase) -> [Measurement]? {
    let phrase = withoutClones(withScales(written))
    let stain = facts.biomarkers.first(.share)
    guard (stain.textNames + stain.textPhrases).contains(where: phrase.has),
      !phrase.hasAny("amplification", "amp", "amplified")
    else { return nil }
    let scores = Self.shareScales.compactMap { scale in
      phrase.value(after: scale).map { value in
        Measurement(name: stain.nameOfResults, scale: scale.uppercased(), number: value.number, bound: value.bound)
      }
    }
    // `TC3` and `IC 2` are steps of a score and no percentages; of 0 and 1 the two begin alike.
    if scores.contains(where: { isStep($0, phrase) }) { return nil }
    if !scores.isEmpty { return scores }
    let scale = Self.shareScales.first { phrase.has($0) }?.uppercased() ?? ""
    if let value = phrase.value(afterAny: stain.textNames) {
      return [Measurement(name: stain.nameOfResults, scale: scale, number: value.number, bound: value.bound)]
    }
    return MeasurementNormalizer.polarity(lastWord(phrase))
      .map { [Measurement(name: stain.nameOfResults, scale: scale, word: $0)] }
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
      let parts = word.split(separator: "-", omittingEmptySubsequences: false)
      if parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) { return true }
      return word.contains(where: \.isLetter) && word.contains(where: \.isNumber)
        && word.allSatisfy { $0.isLetter || $0.isNumber }
    }
    return FindingPhrase(phrase.words.filter { !isClone($0) }.joined(separator: " "))
  }

  func lastWord(_ phrase: FindingPhrase) -> String { phrase.words.last ?? "" }
}
