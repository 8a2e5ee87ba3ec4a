// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What a dual-probe hybridization counted: the ratio of a gene to its centromere, and the copies of the gene a cell.
///
/// `HER2/CEP17 ratio 2.8, HER2 copies 7.1`. A ratio of copies without the word for it (`log2 ratio`) is none of these.
struct HybridizationCount {
  /// The gene's signals for each signal of the centromere.
  let ratio: Double
  /// The gene's signals a cell; `nil` where they are not stated.
  let copies: Double?

  /// `nil` where a phrase states no ratio to a centromere or of a hybridization, or one that is only a bound.
  init?(_ phrase: FindingPhrase) {
    guard phrase.has("ratio") || Self.isOfCentromere(phrase), !phrase.hasAny("log2", "log"),
      Self.isOfCentromere(phrase) || StatedMeasurement.hybridizations.contains(where: { phrase.has($0.lowercased()) }),
      let ratio = Self.number(in: phrase, behind: ["ratio"] + Self.centromeres, ["", "of", "is", "was"])
    else { return nil }
    self.ratio = ratio.value
    let names = ["copies", "copy number", "signals", "copy"]
    let before = names.lazy.compactMap { Self.number(in: phrase, before: $0) }.first { $0.start != ratio.start }
    let copies = before ?? Self.number(in: phrase, behind: names, ["", "of", "is", "was", "cell", "percell", "number"])
    self.copies = copies?.value
  }

  /// Whether a phrase names the centromere that copies are counted against.
  static func isOfCentromere(_ phrase: FindingPhrase) -> Bool {
    centromeres.contains(where: phrase.has)
  }

  private static let centromeres = ["cep17", "cen17", "cep-17", "cen-17", "cep7", "cen7", "cep-7", "cen-7"]

  /// The result of the test: `positive`, `negative`, or `nil` where a stain has to decide.
  ///
  /// Copies between the limits leave a ratio that is amplified as it is; with another ratio, or where one of the two
  /// says the other of what the other says, the guideline asks for the stain.
  func result(of gene: String, _ grades: StainGrades) -> String? {
    guard let byRatio = grades.answer("positive", gene: gene, scale: "ISH ratio", ratio) else { return nil }
    let word = byRatio == .yes ? "positive" : "negative"
    guard let copies else { return word }
    switch grades.answer("positive", gene: gene, scale: "ISH copies", copies) {
    case byRatio: return word
    case .open: return byRatio == .yes ? word : nil
    default: return nil
    }
  }

  private typealias Found = (value: Double, start: String.Index)

  /// The number behind one of the keys where nothing but some words stands between.
  private static func number(in phrase: FindingPhrase, behind keys: [String], _ fillers: Set<String>) -> Found? {
    for key in keys where phrase.has(key) {
      guard let end = phrase.range(of: key)?.upperBound else { continue }
      let between = phrase.lowered[end...].prefix { !$0.isNumber }
      guard fillers.contains(between.filter(\.isLetter)),
        !between.contains(where: { "<>\u{2264}\u{2265}".contains($0) }),
        let (value, _) = FindingPhrase.leadingNumber(phrase.lowered[between.endIndex...])
      else { continue }
      return (value, between.endIndex)
    }
    return nil
  }

  /// The number that ends right before a key: `7.1 copies`.
  private static func number(in phrase: FindingPhrase, before key: String) -> Found? {
    guard phrase.has(key), let start = phrase.range(of: key)?.lowerBound else { return nil }
    var text = phrase.lowered[..<start]
    while text.last == " " { text = text.dropLast() }
    let digits = text.reversed().prefix { $0.isNumber || $0 == "." || $0 == "," }
    let first = text.index(text.endIndex, offsetBy: -digits.count)
    // `HER2 copies 7`: the digit is a part of the name.
    guard !digits.isEmpty, text[..<first].last?.isLetter != true else { return nil }
    return FindingPhrase.leadingNumber(text[first...]).map { ($0.number, first) }
  }
}
