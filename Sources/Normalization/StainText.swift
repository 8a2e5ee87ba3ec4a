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
      let digits = String(characters[start..<index])
      let before = start > 0 ? characters[start - 1] : " "
      var next = index
      while next < characters.count, characters[next] == " " { next += 1 }
      let sign = next < characters.count ? characters[next] : " "
      if sign == "%" || String(characters[next...].prefix(7)) == "percent" {
        if share == nil { share = WrittenNumber(digits).value }
        continue
      }
      guard let number = Int(digits), number <= 3, before != ".", !before.isNumber else { continue }
      if index < characters.count, characters[index] == "+" {
        grades.append(number)
      } else if "-/\u{2013}".contains(sign), let other = Self.gradeBehind(characters, next) {
        // `2-3+`, `2/3+`.
        grades += [number, other]
      }
    }
    grade = grades.min().map(Double.init)
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
