// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A word of a report in another language.
package struct ForeignWord: Sendable {
  private static let table = SortedTable(.foreignWords)

  /// The English word; empty where there is none to be said.
  package let english: String
  /// Whether it is read only beside another word of one of its languages.
  package let isParticle: Bool
  /// The languages that it is of.
  package let languages: [String]

  /// What a word, or two with a blank between them, in lower case, is in English; `nil` where the table does not know it.
  package init?(_ words: String) {
    guard let row = Self.table.rows(words).first, row.count == 4 else { return nil }
    english = row[1]
    isParticle = row[2] == "yes"
    languages = row[3].split(separator: ";").map(String.init)
  }
}
