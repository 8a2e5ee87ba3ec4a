// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// Changes of proteins as people type them where no tool would: `p.W557-K558del`, `delE746_A750`, `L 858 R`,
/// `p.858L>R`.
enum ProteinSpelling {
  /// The change in the usual notation; `nil` where the text is no such spelling of one.
  static func change(_ written: String) -> ProteinChange? {
    let text = PlainTyping.of(written)
    guard text.utf8.count <= 40, text.utf8.allSatisfy({ $0 < 0x80 }), text.contains(where: \.isNumber) else {
      return nil
    }
    var body = text.hasPrefix("p.") ? text.dropFirst(2) : text[...]
    if body.hasPrefix("("), body.hasSuffix(")") { body = body.dropFirst().dropLast() }
    let tight = body.filter { $0 != " " }
    let forms = [
      underscored(tight), turned(tight), swapped(tight), replacedAndInserted(tight),
      tight == body ? nil : substitution(tight),
    ]
    for spelled in forms {
      if let spelled, let change = ProteinChange("p." + spelled) { return change }
    }
    return nil
  }

  /// `L858R` of `L 858 R`; `E 19 del` is an exon.
  private static func substitution(_ text: String) -> String? {
    let before = text.prefix(while: \.isLetter)
    let rest = text.dropFirst(before.count)
    let after = rest.drop(while: \.isNumber)
    let isResidue = { (name: Substring) in (name.count == 1 || name.count == 3) && name.allSatisfy(\.isLetter) }
    return isResidue(before) && isResidue(after) && after.first?.isUppercase == true ? text : nil
  }

  /// `W557-K558del` with the sign that stands between residues.
  private static func underscored(_ text: String) -> String? {
    guard let dash = text.firstIndex(of: "-"), dash > text.startIndex, text[text.index(before: dash)].isNumber,
      text[text.index(after: dash)...].first?.isLetter == true
    else { return nil }
    return text.replacingCharacter(at: dash, with: "_")
  }

  /// `G776VinsC`, a residue that another and an inserted one replace, as `G776delinsVC`.
  static func replacedAndInserted(_ text: String) -> String? {
    guard let word = text.firstRange(of: "ins"), let own = ProteinChange("p." + text[..<word.lowerBound]),
      own.consequence == .substitution, let residue = text[..<word.lowerBound].last, residue.isUppercase
    else { return nil }
    let inserted = text[word.upperBound...]
    guard !inserted.isEmpty, inserted.allSatisfy({ "ACDEFGHIKLMNPQRSTVWY".contains($0) }) else { return nil }
    return "\(text[..<word.lowerBound].dropLast())delins\(residue)\(inserted)"
  }

  /// `delE746_A750` with what happened behind the residues.
  private static func turned(_ text: String) -> String? {
    for word in ["del", "dup"] where text.lowercased().hasPrefix(word) {
      let residues = String(text.dropFirst(word.count))
      guard residues.first?.isUppercase == true, residues.last?.isNumber == true else { return nil }
      return (underscored(residues) ?? residues) + word
    }
    return nil
  }

  /// `858L>R` with the residue before its number.
  private static func swapped(_ text: String) -> String? {
    let digits = text.prefix(while: \.isNumber)
    let letters = text.dropFirst(digits.count).split(separator: ">", omittingEmptySubsequences: false)
    guard !digits.isEmpty, letters.count == 2, letters.allSatisfy({ $0.count == 1 || $0.count == 3 }) else {
      return nil
    }
    return "\(letters[0])\(digits)\(letters[1])"
  }
}

extension String {
  fileprivate func replacingCharacter(at place: Index, with character: Character) -> String {
    self[..<place] + String(character) + self[index(after: place)...]
  }
}
