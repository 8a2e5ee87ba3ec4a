// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// How strong a stain is and in how many of the cells, as a cell of a table or a clinician says it.
///
/// `3+ in 80 %`, `80% 3+`, `PS2+ 75%`, `2+/3+ in 80%` (so strong or stronger), `2-3+`.
struct StainText {
  /// 0 to 3; of several the weakest.
  private(set) var grade: Double?
  /// In percent.
  private(set) var share: Double?
  /// Whether the words around a grade or a share deny it, or make a bound of it that may lie on both sides of a limit:
  /// `<3+`, `not 3+`, `3+ in <50%`; and where several shares stand for several grades.
  private(set) var isUnclear = false

  /// Whether words beside a grade of 0 say that some cells are stained all the same.
  static func isUltralow(_ phrase: FindingPhrase) -> Bool {
    phrase.hasAny("ultralow", "ultra-low", "with membrane staining", "with faint membrane staining")
  }

  init(_ text: String) {
    let characters = Array(text.lowercased())
    var grades: [Int] = []
    var index = 0
    while index < characters.count {
      guard characters[index].isNumber else {
        index += 1
        continue
      }
      let start = index
      while index < characters.count, characters[index].isNumber || Self.isInNumber(characters, index) { index += 1 }
      var digits = String(characters[start..<index])
      let before = start > 0 ? characters[start - 1] : " "
      var next = index
      while next < characters.count, characters[next] == " " { next += 1 }
      var sign = next < characters.count ? characters[next] : " "
      // Of a range of shares the lower one: `50-80%`.
      if let end = Self.endOfRange(characters, next) {
        index = end
        sign = "%"
        digits = String(characters[start..<next]).trimmingWhiteSpace
      }
      if sign == "%" || String(characters[next...].prefix(7)) == "percent" {
        if share != nil || Self.isLimited(characters[..<start], below: true) { isUnclear = true }
        if share == nil { share = WrittenNumber(digits).value.flatMap { (0...100).contains($0) ? $0 : nil } }
        if share == nil { isUnclear = true }
        continue
      }
      guard let number = Int(digits), number <= 3, before != ".", !before.isNumber else { continue }
      // `IVS2+1G>A` is no grade.
      if index < characters.count, characters[index] == "+", characters[(index + 1)...].first?.isNumber != true {
        if Self.isLimited(characters[..<start], below: false)
          || Self.isDenied(characters[(index + 1)...], isStrongest: number == 3)
        {
          isUnclear = true
        }
        grades.append(number)
      } else if "-/\u{2013}".contains(sign), let other = Self.gradeBehind(characters, next) {
        // `2-3+`, `2/3+`.
        grades += [number, other]
      }
    }
    grade = grades.min().map(Double.init)
    isUnclear = isUnclear && (grade != nil || share == nil)
  }

  /// Where the percent sign stands behind the second number of a range, whose first one ends before a hyphen.
  private static func endOfRange(_ characters: [Character], _ sign: Int) -> Int? {
    guard sign < characters.count, "-\u{2013}".contains(characters[sign]) else { return nil }
    var index = sign + 1
    while index < characters.count, characters[index] == " " { index += 1 }
    let start = index
    while index < characters.count, characters[index].isNumber || isInNumber(characters, index) { index += 1 }
    let end = index
    while index < characters.count, characters[index] == " " { index += 1 }
    return end > start && index < characters.count && characters[index] == "%" ? index : nil
  }

  /// Whether the sign or word right before a number makes an upper bound of it or denies it.
  ///
  /// - Parameter below: Whether a lower bound is clear: a share of more than 50 % is one of 50 %, a grade above 2+ is not 2+.
  private static func isLimited(_ before: ArraySlice<Character>, below: Bool) -> Bool {
    let text = String(before).trimmingWhiteSpace
    let limits = [
      "<", "<=", "\u{2264}", "less than", "fewer than", "below", "under", "up to", "at most", "not", "no", "max",
    ]
    if limits.contains(where: { isEnd($0, of: text) }) { return true }
    return !below && [">", "more than", "above", "over"].contains { isEnd($0, of: text) }
  }

  /// Whether a text ends in a word or a sign.
  private static func isEnd(_ word: String, of text: String) -> Bool {
    guard text.hasSuffix(word) else { return false }
    let before = text.dropLast(word.count).last
    return word.last?.isLetter != true || before == nil || before?.isLetter == false
  }

  /// Whether the words behind a grade deny it: `3+ not seen`, and `3+ negative` of the strongest.
  private static func isDenied(_ behind: ArraySlice<Character>, isStrongest: Bool) -> Bool {
    let words = String(behind).split(separator: " ")
    guard let first = words.first else { return false }
    let seen = ["seen", "detected", "found", "present", "identified", "observed", "confirmed"]
    return ["absent", "excluded"].contains(first) || isStrongest && ["negative", "neg"].contains(first)
      || first == "not" && words.count > 1 && seen.contains(String(words[1]))
  }

  /// Whether a point or a comma belongs to the number around it.
  private static func isInNumber(_ characters: [Character], _ index: Int) -> Bool {
    characters[index] == "."
      || characters[index] == "," && index + 1 < characters.count && characters[index + 1].isNumber
  }

  /// The grade behind a hyphen or slash.
  private static func gradeBehind(_ characters: [Character], _ sign: Int) -> Int? {
    let rest = characters[(sign + 1)...].drop { $0 == " " }
    guard let first = rest.first, let number = first.wholeNumberValue, number <= 3, rest.dropFirst().first == "+" else {
      return nil
    }
    return number
  }
}
