// SPDX-License-Identifier: Apache-2.0
/// The WHO grade of a tumor as sheets and clinicians write it.
package enum TumorGrade {
  /// Reads a cell: `2`, `II`, `G2`, `WHO grade 2`; `nil` when it says no grade.
  ///
  /// A range such as `2-3` and words such as `high` are no grade.
  package static func read(_ cell: String) -> Int? {
    let words = words(cell)
    let rest = words.filter { !["who", "cns", "grade"].contains($0) }
    guard rest.count == 1, let word = rest.first else { return nil }
    return number(word.first == "g" ? String(word.dropFirst()) : word)
  }

  /// Whether a cell says in words what is no grade of the WHO: `high`, `poorly differentiated`, `GX`.
  package static func isWord(_ cell: String) -> Bool {
    let words = words(cell).filter { $0 != "grade" && $0 != "tumor" }
    return !words.isEmpty
      && words.allSatisfy { known in
        [
          "high", "low", "intermediate", "well", "moderately", "moderate", "poorly", "poor", "differentiated",
          "undifferentiated", "anaplastic", "gx", "gb", "unknown", "borderline", "dedifferentiated",
        ].contains(known)
      }
  }

  /// The grade that a text states with the word for it: `astrocytoma, grade II`; `nil` when it states none.
  package static func stated(in text: String) -> Int? {
    let words = words(text)
    for (place, word) in words.enumerated() where word == "grade" && place + 1 < words.count {
      if let grade = number(words[place + 1]) { return grade }
    }
    return nil
  }

  /// The words of a tumor type, in lower case, without those that state a grade.
  static func dropped(from words: [String]) -> [String] {
    var kept: [String] = []
    for (place, word) in words.enumerated() {
      let isNumber = place > 0 && words[place - 1] == "grade" && number(word) != nil
      let isBefore = word == "who" && place + 1 < words.count && words[place + 1] == "grade"
      if !isNumber, !isBefore { kept.append(word) }
    }
    return kept
  }

  private static func number(_ word: String) -> Int? {
    switch word {
    case "1", "i": 1
    case "2", "ii": 2
    case "3", "iii": 3
    case "4", "iv": 4
    default: nil
    }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
  }
}
