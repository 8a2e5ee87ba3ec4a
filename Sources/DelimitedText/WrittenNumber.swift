// SPDX-License-Identifier: Apache-2.0
/// A number as people and programs write it, read whole or not at all.
///
/// A comma may divide decimals or thousands. Where the digits do not tell which, as in `1,234`, the number is unclear
/// unless it is known how the other numbers beside it are written.
package enum WrittenNumber: Hashable, Sendable {
  /// What divides the decimals of numbers that stand together.
  package enum Convention: Sendable {
    case point, comma
  }

  case value(Double)
  /// Decimals or thousands; only other numbers tell.
  case unclear
  /// No number.
  case none

  /// The number; `nil` when it is unclear or none.
  package var value: Double? {
    if case .value(let value) = self { return value }
    return nil
  }

  /// Reads a text that is a number from end to end; a percent sign behind it is passed over.
  package init(_ text: some StringProtocol, convention: Convention? = nil) {
    var body = text[...]
    while let first = body.first, first.isWhitespace { body = body.dropFirst() }
    while let last = body.last, last.isWhitespace || last == "%" { body = body.dropLast() }
    guard !body.isEmpty, body.utf8.count < 40 else {
      self = .none
      return
    }
    // Neither `0x14`, nor `inf` and `nan`.
    if body.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }), let value = Double(body) {
      self = value.isFinite ? .value(value) : .none
      return
    }
    self = Self.divided(String(body), convention)
  }

  /// A number with commas, blanks, apostrophes or several points in it.
  private static func divided(_ text: String, _ convention: Convention?) -> WrittenNumber {
    var sign = ""
    var digits: [Character] = []
    for (place, character) in text.enumerated() {
      switch character {
      case "+", "-":
        guard place == 0 else { return .none }
        sign = String(character)
      case "0"..."9", ".", ",": digits.append(character)
      case " ", "\u{A0}", "\u{202F}", "'", "\u{2019}": digits.append(" ")
      default: return .none
      }
    }
    guard let first = digits.first, first.isNumber, digits.last?.isNumber == true else { return .none }
    // Blanks and apostrophes divide thousands alone.
    guard let groups = whole(digits.split(separator: " ", omittingEmptySubsequences: false)) else { return .none }
    digits = groups
    let points = digits.count { $0 == "." }
    let commas = digits.count { $0 == "," }
    if points > 0, commas > 0 {
      let isPoint = digits.lastIndex(of: ".") ?? 0 > digits.lastIndex(of: ",") ?? 0
      return number(digits, thousands: isPoint ? "," : ".", decimal: isPoint ? "." : ",", sign)
    }
    if points > 1 { return number(digits, thousands: ".", decimal: ",", sign) }
    if commas > 1 { return number(digits, thousands: ",", decimal: ".", sign) }
    guard commas == 1, let comma = digits.firstIndex(of: ",") else {
      return Double(sign + String(digits)).map { .value($0) } ?? .none
    }
    let isEither = digits.count - comma == 4 && comma <= 3 && digits[0] != "0"
    switch convention {
    case nil where isEither: return .unclear
    case .point where isEither: return number(digits, thousands: ",", decimal: ".", sign)
    default: return number(digits, thousands: ".", decimal: ",", sign)
    }
  }

  /// The first part with those behind it, which are groups of three digits; the last may have decimals.
  private static func whole(_ parts: [ArraySlice<Character>]) -> [Character]? {
    guard parts.count > 1 else { return parts.first.map(Array.init) }
    for (place, part) in parts.enumerated() {
      let digits = part.prefix(while: \.isNumber).count
      if place == 0 ? !(1...3).contains(digits) : digits != 3 { return nil }
      if place < parts.count - 1, part.count != digits { return nil }
    }
    return parts.flatMap { Array($0) }
  }

  private static func number(
    _ digits: [Character], thousands: Character, decimal: Character, _ sign: String
  ) -> WrittenNumber {
    let parts = digits.split(separator: decimal, omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.count == 1 || !parts[1].contains(thousands) else { return .none }
    let groups = parts[0].split(separator: thousands, omittingEmptySubsequences: false)
    for (place, group) in groups.enumerated() where groups.count > 1 {
      if place == 0 ? !(1...3).contains(group.count) : group.count != 3 { return .none }
    }
    let plain = sign + String(groups.flatMap { Array($0) }) + (parts.count == 2 ? "." + String(parts[1]) : "")
    return Double(plain).map { .value($0) } ?? .none
  }

  /// How numbers that stand together are written, as far as one of them tells.
  package static func convention(of texts: some Sequence<String>) -> Convention? {
    var sawPoint = false
    var sawComma = false
    for text in texts {
      guard case .value = WrittenNumber(text) else { continue }
      let point = text.lastIndex(of: ".")
      let comma = text.lastIndex(of: ",")
      switch (point, comma) {
      case (let point?, let comma?):
        if point > comma { sawPoint = true } else { sawComma = true }
      case (_?, nil): sawPoint = true
      case (nil, _?): sawComma = true
      default: break
      }
    }
    return sawPoint == sawComma ? nil : sawPoint ? .point : .comma
  }

  /// A whole number that is not negative, read whole: counts have no decimals, so that a comma or a point before three
  /// digits divides thousands; `nil` when it is none, and for `1.000`, which may be one.
  package static func whole(_ text: String) -> Int? {
    let isThousands = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
      .allSatisfy { $0.count == 3 && $0.allSatisfy(\.isNumber) }
    let points = text.count { $0 == "." }
    if points == 1, isThousands, text.hasSuffix(".000") { return nil }
    let plain = points == 1 && isThousands && !text.hasPrefix("0") ? String(text.filter { $0 != "." }) : text
    guard let value = WrittenNumber(plain, convention: .point).value, value >= 0, value < 1e15,
      value == value.rounded()
    else { return nil }
    return Int(value)
  }

  /// Where the number ends that a text begins with: `12,5` in `12,5 mut/Mb`.
  package static func prefix<Text: StringProtocol>(of text: Text) -> Text.SubSequence {
    var end = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if character.isNumber {
        end = text.index(after: index)
      } else if character != ".", character != ",", character != " ", character != "'", character != "\u{A0}" {
        break
      } else if character == " " || character == "\u{A0}" || character == "'" {
        // A blank within a number stands before three digits.
        let next = text[text.index(after: index)...].prefix { $0.isNumber }
        if next.count != 3 || end == text.startIndex { break }
      }
      index = text.index(after: index)
    }
    return text[..<end]
  }
}
