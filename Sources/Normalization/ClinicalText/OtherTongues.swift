// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Words of German, French, Spanish and Italian reports, put in English before a finding is read.
enum OtherTongues {
  /// A run of letters, or what stands between two of them.
  private struct Token {
    var text: String
    let isWord: Bool
  }

  /// The text in English; the text itself where no word of another language is known in it.
  static func english(_ text: String) -> String {
    var tokens = tokens(text)
    let languages = Set(
      tokens.indices.compactMap { known(at: $0, in: tokens)?.word }.filter { !$0.isParticle }.flatMap(\.languages))
    guard !languages.isEmpty else { return text }
    for index in tokens.indices {
      guard let found = known(at: index, in: tokens),
        !found.word.isParticle || found.word.languages.contains(where: languages.contains)
      else { continue }
      tokens[index].text = found.word.english
      for place in index + 1..<index + found.count { tokens[place].text = "" }
      // `EGFR-Wildtyp` is two words in English.
      if index > 0, tokens[index - 1].text == "-", index > 1 { tokens[index - 1].text = " " }
      // `l'exon`: the mark goes with the word before it.
      let next = index + found.count
      if next < tokens.count, "'\u{2019}".contains(tokens[next].text) {
        tokens[next].text = found.word.english.isEmpty ? "" : " "
      }
    }
    return tokens.map(\.text).joined().split(separator: " ").joined(separator: " ")
  }

  /// The word of another language that begins at a token, and how many tokens it takes.
  private static func known(at index: Int, in tokens: [Token]) -> (word: ForeignWord, count: Int)? {
    let token = tokens[index]
    guard token.isWord, !isSymbol(token.text), !(index > 0 && tokens[index - 1].text.last?.isNumber == true),
      !(index + 1 < tokens.count && tokens[index + 1].text.first?.isNumber == true)
    else { return nil }
    let lowered = token.text.lowercased()
    if index + 2 < tokens.count, [" ", "'", "\u{2019}"].contains(tokens[index + 1].text), tokens[index + 2].isWord,
      let word = ForeignWord("\(lowered) \(tokens[index + 2].text.lowercased())")
    {
      return (word, 3)
    }
    return ForeignWord(lowered).map { ($0, 1) }
  }

  /// A word in letters other than Latin and Greek ones, which may say that a finding is not there; `nil` where there is none.
  static func unknownScript(_ text: String) -> String? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    let isForeign = { (character: Character) in
      character.isLetter
        && character.unicodeScalars.allSatisfy { $0.value > 0x3FF && !(0x1E00...0x2FFF).contains($0.value) }
    }
    return text.split { !isForeign($0) }.first.map(String.init)
  }

  /// Short words in capitals are symbols of genes.
  private static func isSymbol(_ text: String) -> Bool {
    text.count <= 4 && text == text.uppercased() && text.utf8.allSatisfy { $0 < 0x80 }
  }

  private static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    for character in text {
      let isWord = character.isLetter
      // Digits belong to what stands around them: `L858R`, `exon19`.
      if let last = tokens.last, isWord == last.isWord, isWord || !"'\u{2019} ".contains(character),
        isWord || !"'\u{2019} ".contains(last.text)
      {
        tokens[tokens.count - 1].text.append(character)
      } else {
        tokens.append(Token(text: String(character), isWord: isWord))
      }
    }
    return tokens
  }
}
