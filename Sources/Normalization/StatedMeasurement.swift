// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText
package import Knowledge

/// A biomarker as a table states it: its name, value, unit and method in cells of their own.
///
/// Labs put the scale and the assay into any of them: `PD-L1 TPS`, `PD-L1` in `%` by `22C3 TPS`, `HER2 (FISH)`.
package struct StatedMeasurement: Sendable {
  /// The name without the words for scale and assay.
  package let plainName: String
  /// Whether a cell beside the value names an assay or a scale, which is what a stain has.
  package let namesAssay: Bool
  /// Whether the unit is one that the rules count in; a ratio of HER2, an H-score or a count of mutations is not.
  package let isReadable: Bool
  /// The measurement; `nil` when it is none of the scores and receptors that are known by name.
  package let measurement: Measurement?
  /// What a second test beside it found, and the status that the two make: `2+ FISH negative`.
  package let beside: [Measurement]

  /// Reads the cells of a row.
  package init(
    name: String, value: String, unit: String = "", method: String = "",
    facts: Facts = .builtIn
  ) {
    let biomarkers = facts.biomarkers
    let nameWords = Self.words(name)
    let asides = Self.words(unit) + Self.words(method)
    let kept = Self.bare(nameWords, biomarkers)
    let plainName = kept.isEmpty ? name : kept.joined(separator: " ")
    self.plainName = plainName
    let upper = (asides + nameWords).map { $0.uppercased() }
    namesAssay = plainName != name || upper.contains { ["IHC", "IMMUNOHISTOCHEMISTRY"].contains($0) }
    let scale = upper.first(where: Self.scales.contains) ?? ""
    let key = Self.key([plainName])
    let number = WrittenNumber(WrittenNumber.prefix(of: value)).value
    let isHybridized = upper.contains(where: Self.hybridizations.contains)
    guard let biomarker = biomarkers.written(key) else {
      (isReadable, measurement, beside) = (true, nil, [])
      return
    }
    var value = Self.withoutUntested(value)
    if biomarker.reading == .receptor || biomarker.reading == .share, let number, (0...1).contains(number),
      asides.contains(where: { ["FRACTION", "PROPORTION"].contains($0.uppercased()) })
    {
      value = String(number * 100)
    }
    let read = { (scale: String) in MeasurementNormalizer.measurement(of: biomarker, value: value, scale: scale) }
    let counted = Self.counted(biomarker, [name, method, unit, value], facts)
    var tests = biomarker.reading == .graded ? Self.hybridized(biomarker, value, counted) : []
    switch biomarker.reading {
    case .graded:
      let word = Self.hybridizationWord(value) ?? counted
      let isOfTest = isHybridized || upper.contains(where: Self.ratios.contains)
      isReadable = !isOfTest || word != nil
      let own =
        isOfTest ? word.map { Measurement(name: biomarker.nameOfResults, scale: "ISH", word: $0) } : read("")
      measurement = own ?? tests.first
      tests = Self.graded(beside: measurement, tests, value)
    case .burden:
      isReadable = unit.isEmpty || number == nil || unit.lowercased().hasSuffix("mb") || key == unit.uppercased()
      measurement = read("")
    case .receptor:
      let isOtherScale =
        upper.contains { $0.hasPrefix("ALLRED") || $0.hasPrefix("H-SCORE") || $0 == "HSCORE" }
        || asides.contains { $0.uppercased() == "SCORE" }
      isReadable = number == nil || !isOtherScale && (number ?? 0) <= 100
      measurement = read("")
    case .share:
      isReadable = true
      value = AntibodyClone.without(value)
      let scores = MeasurementNormalizer.shares(biomarker, value, scale)
      measurement = scores.first ?? read(scale)
      tests = Array(scores.dropFirst())
    default:
      isReadable = true
      measurement = read(scale)
    }
    beside = tests
  }

  /// What the ratio of a hybridization says that the cells of a row state; `nil` where they state none.
  private static func counted(_ biomarker: Biomarker, _ cells: [String], _ facts: Facts) -> String? {
    guard biomarker.reading == .graded else { return nil }
    return HybridizationCount(FindingPhrase(PlainTyping.of(cells.joined(separator: " "))))?
      .result(of: biomarker.nameOfResults, facts.stainGrades)
  }

  /// What stands beside the result of a stain in grades: other tests, and a status that its words add.
  private static func graded(beside kept: Measurement?, _ tests: [Measurement], _ value: String) -> [Measurement] {
    let others = kept?.scale == "ISH" ? tests.filter { $0 != kept } : tests
    guard let kept, kept.number == 0, StainText.isUltralow(FindingPhrase(PlainTyping.of(value))) else { return others }
    return others + [Measurement(name: kept.name, word: "ultralow")]
  }

  private static let scales = Set(MeasurementNormalizer.shareScales)
  /// Tests by in situ hybridization.
  static let hybridizations = ["FISH", "CISH", "SISH", "DISH", "ISH"]
  /// Words for what a hybridization with two probes counts.
  private static let ratios: Set<String> = ["RATIO", "CEP17", "CEN17"]
  private static let qualifiers: Set<String> = [
    "IHC", "ISH", "FISH", "CISH", "SISH", "DISH", "SCORE", "STATUS", "STAIN", "STAINING", "EXPRESSION",
  ]

  /// A grade and a hybridization in one cell: `2+ FISH negative`, `2+/FISH+`, `IHC 2+, ISH amplified`.
  ///
  /// - Parameter counted: What the ratio in the cells says.
  private static func hybridized(_ biomarker: Biomarker, _ value: String, _ counted: String?) -> [Measurement] {
    let phrase = FindingPhrase(PlainTyping.of(value))
    let isEquivocal = phrase.has("2+")
    let made = { (word: String) in
      let ofTest = Measurement(name: biomarker.nameOfResults, scale: "ISH", word: word)
      return isEquivocal ? [ofTest, Measurement(name: biomarker.nameOfResults, word: word)] : [ofTest]
    }
    if Certainty.doubt(phrase) != nil || phrase.has("not yet") { return [] }
    let named = hybridizations.filter { phrase.has($0.lowercased()) }
    // Two tests in one cell may have found two things.
    guard named.count == 1, let test = named.first else { return named.isEmpty ? counted.map(made) ?? [] : [] }
    let lowered = test.lowercased()
    let behind = phrase.lowered.firstRange(of: lowered).map { FindingPhrase(String(phrase.lowered[$0.upperBound...])) }
    // `FISH-positive` is no minus.
    let isMinus =
      phrase.lowered.firstRange(of: lowered + "-").map { phrase.lowered[$0.upperBound...].first?.isLetter != true }
      ?? false
    let isDenied =
      isMinus
      || behind?.hasAny("negative", "neg", "not", "no", "non-amplified", "unamplified") ?? false
    let isFound = phrase.has(lowered + "+") || behind?.hasAny("positive", "pos", "amplified", "amplification") ?? false
    guard isDenied || isFound else { return counted.map(made) ?? [] }
    return made(isDenied ? "negative" : "positive")
  }

  /// The parts of a cell that hold a result, where others say that there is none: `3+ (FISH not done)` is `3+`.
  ///
  /// The whole cell where all of it has a result, or none of it.
  static func withoutUntested(_ value: String) -> String {
    guard value.contains(where: { ",;(".contains($0) }), value.contains(where: \.isNumber) else { return value }
    let parts = value.split { ",;()".contains($0) }.map { String($0).trimmingWhiteSpace }.filter { !$0.isEmpty }
    let told = parts.filter { part in
      if case .untested? = Certainty.doubt(FindingPhrase(PlainTyping.of(part))) { return false }
      return true
    }
    guard told.count < parts.count, told.contains(where: { $0.contains(where: \.isNumber) }) else { return value }
    return told.joined(separator: ", ")
  }

  /// The words of a name without those for scale, assay and antibody: `PD-L1 (22C3) TPS`.
  private static func bare(_ words: [String], _ biomarkers: BiomarkerTable) -> [String] {
    let kept = words.filter {
      !qualifiers.contains($0.uppercased()) && !ratios.contains($0.uppercased()) && !scales.contains($0.uppercased())
    }
    let named = kept.filter { !AntibodyClone.mayBeClone($0) || biomarkers.written(key([$0])) != nil }
    return named.count < kept.count && biomarkers.written(key(named))?.reading == .share ? named : kept
  }

  /// The form in which names of biomarkers are compared.
  static func key(_ words: [String]) -> String {
    BiomarkerTable.key(words.joined())
  }

  private static let separators = Array(" ()[]_/:,;".utf8)

  private static func words(_ text: String) -> [String] {
    text.utf8.split { separators.contains($0) }.map { String(Substring($0)) }
  }

  /// `positive` or `negative`; a ratio or a count of signals needs the other of the two and is none.
  private static func hybridizationWord(_ value: String) -> String? {
    let lowered = value.lowercased()
    if ["amplified", "amp"].contains(lowered) { return "positive" }
    if ["not amplified", "non-amplified", "nonamplified", "unamplified"].contains(lowered) { return "negative" }
    return MeasurementNormalizer.polarity(lowered).flatMap { ["positive", "negative"].contains($0) ? $0 : nil }
  }
}
