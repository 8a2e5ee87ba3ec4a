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
    for start in 0...text.count - count where text[start] == first {
      guard start == 0 || !isLetter(text[start - 1]), part.elementsEqual(text[start..<start + count]) else { continue }
      guard start + count < text.count else { return true }
      let next = text[start + count]
      let isNumber = next >= 0x30 && next <= 0x39
      if !(isLetter(text[start + count - 1]) && isLetter(next)), !(isNumber && part.elementsEqual("wt".utf8)) {
        return true
      }
    }
    return false
  }

  /// Whether the text holds the words, character by character.
  func hasCharacters(_ part: String) -> Bool {
    /// Whether a word goes on behind the part: `WT1` is a gene and not `wt`.
    func goesOn(_ part: String, _ next: Character) -> Bool {
      part.last?.isLetter == true && next.isLetter || part == "wt" && next.isNumber
    }
    guard part.utf8.count <= lowered.utf8.count else { return false }
    var index = lowered.startIndex
    while index < lowered.endIndex {
      if lowered[index...].hasPrefix(part) {
        let isStart = index == lowered.startIndex || !lowered[lowered.index(before: index)].isLetter
        let end = lowered.index(index, offsetBy: part.count)
        let isEnd = end == lowered.endIndex || !goesOn(part, lowered[end])
        if isStart, isEnd { return true }
      }
      index = lowered.index(after: index)
    }
    return false
  }

  /// Whether the text holds any of the words.
  func hasAny(_ parts: String...) -> Bool { parts.contains(where: has) }

  /// `VAF 12%`, `VAF: 0.12`, `AF=0.4`.
  var alleleFraction: Double? { share(behind: ["vaf", "allele fraction", "allele frequency", "maf", "af"]) }

  /// `CCF 0.2`, `cancer cell fraction 20%`.
  var cellFraction: Double? { share(behind: ["ccf", "cancer cell fraction"]) }

  /// The number behind one of the keys as a share; a percentage is divided.
  private func share(behind keys: [String]) -> Double? {
    for key in keys where has(key) {
      guard let start = Self.end(of: key, in: lowered) else { continue }
      let rest = lowered[start...].drop(while: { !$0.isNumber })
      guard let (number, behind) = Self.leadingNumber(rest) else { continue }
      let share = number > 1 || behind.drop { $0 == " " }.hasPrefix("%") ? number / 100 : number
      return share <= 1 ? share : nil
    }
    return nil
  }

  /// The number before a percent sign.
  var percent: Double? {
    guard let sign = lowered.firstIndex(of: "%") else { return nil }
    let digits = lowered[..<sign].reversed().drop { $0 == " " }.prefix { $0.isNumber || $0 == "." || $0 == "," }
    return Self.leadingNumber(String(digits.reversed())[...])?.number
  }

  /// The number behind one of the keys, and whether it is a bound.
  func value(after keys: String...) -> (number: Double, bound: Measurement.Bound)? { value(afterAny: keys) }

  /// The number behind one of the keys, and whether it is a bound.
  func value(afterAny keys: [String]) -> (number: Double, bound: Measurement.Bound)? {
    for key in keys where has(key) {
      guard let start = Self.end(of: key, in: lowered) else { continue }
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

  static func end(of key: String, in text: String) -> String.Index? { text.firstRange(of: key)?.upperBound }
}
