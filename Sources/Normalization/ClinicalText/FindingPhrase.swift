// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// One finding's words.
struct FindingPhrase {
  /// The text as written.
  let text: String
  /// The text in lower case with hyphens of every kind as `-`.
  let lowered: String
  /// Words as written: separated by white space, with brackets and colons at their ends dropped.
  let words: [String]
  /// The bytes of `lowered` where all are ASCII, so that a byte is a character; else `nil`.
  private let bytes: [UInt8]?

  init(_ text: String) {
    self.text = text
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      lowered = text.lowercased()
      bytes = Array(lowered.utf8)
    } else {
      lowered = String(text.lowercased().map { "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}".contains($0) ? "-" : $0 })
      bytes = nil
    }
    words = text.split(whereSeparator: \.isWhitespace).map { word in
      var view = word[...]
      while let first = view.first, "([".contains(first) { view = view.dropFirst() }
      while let last = view.last, ":,.)]".contains(last), !(last == ")" && view.contains("(")) {
        view = view.dropLast()
      }
      return String(view)
    }.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { words.isEmpty }

  /// Whether the text holds the words.
  func has(_ part: String) -> Bool {
    if let bytes { Self.holds(bytes, part.utf8) } else { hasCharacters(part) }
  }

  /// What ``hasCharacters(_:)`` says of a text of ASCII.
  ///
  /// A finding is asked for some 150 words, and most rows hold none of them.
  private static func holds(_ text: [UInt8], _ part: String.UTF8View) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    let count = part.count
    guard let first = part.first, count <= text.count else { return false }
    func isDigit(_ place: Int) -> Bool { text.indices.contains(place) && text[place] >= 0x30 && text[place] <= 0x39 }
    /// Whether a number goes on: `ihc 3` is none of `ihc 30` and `ihc 3.5`.
    func isCut(_ start: Int, _ end: Int) -> Bool {
      let isPoint = end < text.count && (text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ","))
      return isDigit(start) && isDigit(start - 1)
        || isDigit(end - 1) && (isDigit(end) || isPoint && isDigit(end + 1))
    }
    for start in 0...text.count - count where text[start] == first {
      let end = start + count
      guard start == 0 || !isLetter(text[start - 1]), part.elementsEqual(text[start..<end]), !isCut(start, end) else {
        continue
      }
      guard end < text.count else { return true }
      if !(isLetter(text[end - 1]) && isLetter(text[end])), !(isDigit(end) && part.elementsEqual("wt".utf8)) {
        return true
      }
    }
    return false
  }

  /// Whether the text holds the words, character by character.
  func hasCharacters(_ part: String) -> Bool { range(of: part) != nil }

  /// Where the words stand first.
  func range(of part: String) -> Range<String.Index>? {
    /// Whether a word goes on behind the part: `WT1` is a gene and not `wt`.
    func goesOn(_ part: String, _ next: Character) -> Bool {
      part.last?.isLetter == true && next.isLetter || part == "wt" && next.isNumber
    }
    /// Whether a number goes on before or behind a range.
    func isCut(_ range: Range<String.Index>) -> Bool {
      let before = lowered[..<range.lowerBound].last, behind = lowered[range.upperBound...].prefix(2)
      let goesOn =
        behind.first?.isNumber == true
        || behind.first.map { ".,".contains($0) } == true && behind.last?.isNumber == true
      return lowered[range].first?.isNumber == true && before?.isNumber == true
        || lowered[range].last?.isNumber == true && goesOn
    }
    guard part.utf8.count <= lowered.utf8.count else { return nil }
    var index = lowered.startIndex
    while index < lowered.endIndex {
      if lowered[index...].hasPrefix(part) {
        let isStart = index == lowered.startIndex || !lowered[lowered.index(before: index)].isLetter
        let end = lowered.index(index, offsetBy: part.count)
        let isEnd = end == lowered.endIndex || !goesOn(part, lowered[end])
        if isStart, isEnd, !isCut(index..<end) { return index..<end }
      }
      index = lowered.index(after: index)
    }
    return nil
  }

  /// Whether the text holds any of the words.
  func hasAny(_ parts: String...) -> Bool { parts.contains(where: has) }

  /// `VAF 12%`, `VAF: 0.12`, `AF=0.4`.
  var alleleFraction: Double? { share(behind: ["vaf", "allele fraction", "allele frequency", "af", "maf"]) }

  /// `CCF 0.2`, `cancer cell fraction 20%`.
  var cellFraction: Double? { share(behind: ["ccf", "cancer cell fraction"]) }

  /// The number behind one of the keys as a share; a percentage is divided.
  private func share(behind keys: [String]) -> Double? {
    for key in keys where has(key) {
      guard let start = end(of: key) else { continue }
      // `MAF P59H`: what a change stands between is no share.
      let between = lowered[start...].prefix { !$0.isNumber }
      guard ["", "of", "is", "about", "ca"].contains(between.filter(\.isLetter)) else { continue }
      guard let (number, behind) = Self.leadingNumber(lowered[between.endIndex...]) else { continue }
      let share = number > 1 || behind.drop { $0 == " " }.hasPrefix("%") ? number / 100 : number
      return share <= 1 ? share : nil
    }
    return nil
  }

  /// The number before a percent sign, of a range the lower one, and whether it is a bound.
  var percent: (number: Double, bound: Measurement.Bound)? {
    guard let sign = lowered.firstIndex(of: "%") else { return nil }
    /// The number that a text ends in, and what stands before it.
    func ending(_ text: Substring) -> (number: Double, before: Substring)? {
      var text = text
      while let last = text.last, last == " " || last == "%" { text = text.dropLast() }
      let digits = text.reversed().prefix { $0.isNumber || $0 == "." || $0 == "," }
      guard let number = Self.leadingNumber(String(digits.reversed())[...])?.number else { return nil }
      return (number, text.dropLast(digits.count))
    }
    guard var found = ending(lowered[..<sign]) else { return nil }
    var before = found.before
    while before.last == " " { before = before.dropLast() }
    // `50-75%`, `50 to 75%`.
    for joint in ["-", "\u{2013}", " to", " bis"] where before.hasSuffix(joint) {
      if let lower = ending(before.dropLast(joint.count)), lower.number < found.number { found = lower }
    }
    let words = String(found.before.reversed().prefix { !$0.isNumber }.reversed())
    return (found.number, MeasurementNormalizer.bound(in: words))
  }

  /// The number behind one of the keys, and whether it is a bound.
  func value(after keys: String...) -> (number: Double, bound: Measurement.Bound)? { value(afterAny: keys) }

  /// The number behind one of the keys, and whether it is a bound.
  func value(afterAny keys: [String]) -> (number: Double, bound: Measurement.Bound)? {
    for key in keys where has(key) {
      guard let start = end(of: key) else { continue }
      let between = lowered[start...].prefix { !$0.isNumber }
      let rest = lowered[start...].dropFirst(between.count)
      guard let (number, _) = Self.leadingNumber(rest) else { continue }
      return (number, MeasurementNormalizer.bound(in: between))
    }
    return nil
  }

  /// The number behind one of the keys.
  func number(after keys: String...) -> Double? { value(afterAny: keys)?.number }

  /// The number that a text begins with, read whole, and what stands behind it; `nil` where it is unclear.
  static func leadingNumber(_ text: Substring) -> (number: Double, behind: Substring)? {
    var digits = text.prefix { $0.isNumber || $0 == "." || $0 == "," }
    while let last = digits.last, !last.isNumber { digits = digits.dropLast() }
    guard let number = WrittenNumber(digits).value else { return nil }
    return (number, text.dropFirst(digits.count))
  }

  /// Of how many things that were counted how many had it: `22/50 cells`, `3 of 5 markers`.
  var count: (some: Int, all: Int)? {
    let counted = ["cells", "nuclei", "markers", "marker", "loci", "cell", "signals", "sites", "tumor", "tumour"]
    let tokens = words.flatMap { word in
      word.contains("/") ? word.split(separator: "/").map(String.init) : [word.lowercased()]
    }
    for index in tokens.indices.dropLast() {
      guard let some = Int(tokens[index]) else { continue }
      let skips = ["of", "out"].contains(tokens[index + 1]) ? (tokens[index + 1] == "out" ? 3 : 2) : 1
      guard index + skips < tokens.count, let all = Int(tokens[index + skips]), all >= some, all > 0, all < 1_000_000
      else { continue }
      let behind = tokens[(index + skips + 1)...].prefix(2)
      if skips > 1 || behind.contains(where: { counted.contains($0.lowercased()) }) { return (some, all) }
    }
    return nil
  }

  /// Where the words end that ``has(_:)`` finds: `af` is none of `RAF1`.
  private func end(of key: String) -> String.Index? { range(of: key)?.upperBound }
}
