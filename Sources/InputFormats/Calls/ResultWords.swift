// SPDX-License-Identifier: Apache-2.0
internal import CBuiltInTables
internal import DelimitedText

/// What words say of a finding that was looked for, wherever they stand: in a column of results, in the place of a change,
/// beside a finding in a clinician's words.
package struct ResultWords: Sendable {
  /// What they say of it.
  package enum Meaning: String, Sendable {
    case absent, untested, uncertain, present
  }

  /// Where words say it.
  package enum Place: String, Sendable {
    /// As the words of a cell, and behind a finding.
    case any
    /// In the place of a change, and behind a finding.
    case behind
    /// Before a finding.
    case before
  }

  private var meanings: [Place: [String: Meaning]] = [:]
  /// How many words the longest of them has.
  package private(set) var longest = 1

  /// The table compiled into the program.
  package static let builtIn = ResultWords(table)

  private static var table: NamedTable {
    let place = Int32(ONCOMATCH_TABLE_RESULT_WORDS.rawValue)
    // The bytes are constants of the program and outlive every use.
    let bytes = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(place), count: oncomatch_table_size(place))
    return NamedTable(unsafe Span(_unsafeElements: bytes))
  }

  private init(_ table: NamedTable) {
    for row in table.records(["words", "meaning", "place"]) {
      guard let meaning = Meaning(rawValue: row[1]), let place = Place(rawValue: row[2]) else { continue }
      meanings[place, default: [:]][Self.key(row[0])] = meaning
      longest = max(longest, row[0].split(separator: " ").count)
    }
  }

  /// What a text that is nothing but a result says; `nil` where it is something else.
  package func meaning(of text: some StringProtocol, in places: Set<Place> = [.any, .behind]) -> Meaning? {
    let key = Self.key(text)
    return key.isEmpty ? nil : places.lazy.compactMap { meanings[$0]?[key] }.first
  }

  /// The letters and digits of all words that say something as the words of a cell.
  static func cells(_ meanings: Set<Meaning>) -> [[UInt8]] {
    (builtIn.meanings[.any] ?? [:]).filter { meanings.contains($0.value) }.map { Array($0.key.utf8) }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }

  /// The letters and digits of words, or the sign that they are.
  private static func key(_ text: some StringProtocol) -> String {
    let key = InputHeader.key(String(text))
    return key.isEmpty ? String(text.filter { !" ()[]:=,.".contains($0) }) : key
  }
}
