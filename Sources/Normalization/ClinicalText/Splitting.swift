// SPDX-License-Identifier: Apache-2.0
extension ClinicalText {
  /// Parts between commas, semicolons, `and` and words of contrast that stand outside of brackets.
  static func split(_ text: String) -> [String] {
    let characters = Array(text)
    let lists = exonLists(characters)
    var parts: [String] = []
    var part = ""
    var depth = 0
    var word = ""
    func endWord(_ separator: Character?, at place: Int) {
      let isJoint = depth == 0 && joints.contains(word.lowercased())
      if isJoint, !lists.contains(where: { $0.contains(place - word.count) }) {
        parts.append(part)
        part = ""
      } else {
        part += word
      }
      if let separator { part.append(separator) }
      word = ""
    }
    for (place, character) in characters.enumerated() {
      switch character {
      // `EML4-ALK E13;A20` names the exons of one fusion.
      case ";" where isExonOfFusion(word[...]) && isExonOfFusion(Self.word(characters, behind: place)):
        word.append(character)
      case "(", "[":
        depth += 1
        word.append(character)
      case ")", "]":
        depth = max(0, depth - 1)
        word.append(character)
      case ",", ";", "\n":
        if depth > 0 || isDecimal(characters, place) || lists.contains(where: { $0.contains(place) }) {
          word.append(character)
          continue
        }
        endWord(nil, at: place)
        parts.append(part)
        part = ""
      case " ", "\t": endWord(" ", at: place)
      default: word.append(character)
      }
    }
    endWord(nil, at: characters.count)
    parts.append(part)
    return parts.map(\.trimmingWhiteSpace).filter { !$0.isEmpty }
  }

  private static let joints: Set<String> = ["and", "und", "&", "but", "whereas", "while", "however", "aber", "sowie"]

  /// Words behind which a list of numbers is one thing: `exons 18, 19, 20 and 21`.
  private static let numbered: Set<String> = ["exon", "exons", "codon", "codons", "ex", "exs"]

  /// Whether a comma stands within a number, as in `14,2`; between items of a list it does not.
  private static func isDecimal(_ characters: [Character], _ place: Int) -> Bool {
    guard characters[place] == ",", place > 0, place + 1 < characters.count, characters[place - 1].isNumber,
      characters[place + 1].isNumber
    else { return false }
    var start = place
    while start > 0, characters[start - 1].isNumber { start -= 1 }
    if start > 0, characters[start - 1].isLetter || ".,_*".contains(characters[start - 1]) { return false }
    var end = place + 1
    while end < characters.count, characters[end].isNumber { end += 1 }
    let goesOn = end + 1 < characters.count && characters[end] == "," && characters[end + 1].isNumber
    return !goesOn
  }

  /// Where lists of exons and codons stand, from their first number to their last.
  private static func exonLists(_ characters: [Character]) -> [Range<Int>] {
    var lists: [Range<Int>] = []
    var index = 0
    while index < characters.count {
      let start = index
      while index < characters.count, characters[index].isLetter { index += 1 }
      let isNumbered = numbered.contains(String(characters[start..<index]).lowercased())
      guard index > start, isNumbered else {
        index = max(index, start + 1)
        continue
      }
      let first = index
      var last = index
      var place = index
      while place < characters.count {
        let character = characters[place]
        if character.isNumber {
          last = place
        } else if character.isLetter {
          let word = characters[place...].prefix(while: \.isLetter)
          let next = characters[(place + word.count)...].drop { $0 == " " }.first
          guard ["and", "und", "or"].contains(String(word).lowercased()), next?.isNumber == true else { break }
          place += word.count - 1
        } else if !" ,-/&:.".contains(character) {
          break
        }
        place += 1
      }
      if last > first { lists.append(first..<last) }
      index = max(index, last)
    }
    return lists
  }

  /// `E13`, `E6b`, `A20`: a letter with the number of an exon.
  private static func isExonOfFusion(_ word: Substring) -> Bool {
    guard let first = word.first, first.isUppercase, first.isASCII else { return false }
    let rest = word.dropFirst()
    let digits = rest.prefix(while: \.isNumber)
    let variant = rest.dropFirst(digits.count)
    return (1...2).contains(digits.count)
      && (variant.isEmpty || variant.count == 1 && variant.allSatisfy(\.isLowercase))
  }

  private static func word(_ characters: [Character], behind place: Int) -> Substring {
    Substring(String(characters[(place + 1)...].prefix { $0.isLetter || $0.isNumber }))
  }

}
