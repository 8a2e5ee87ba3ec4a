// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import CBuiltInTables
internal import DelimitedText

/// The one vocabulary of classes and consequences, whatever tool writes them: `Missense_Mutation`, `missense_variant`,
/// `nonsynonymous SNV`.
///
/// Words are compared as bytes, letter case aside, with blanks, hyphens and underscores alike; no `String` is made of a
/// row.
package struct Consequences: Sendable {
  /// What a cell of one or several words says.
  package struct Reading: Sendable {
    /// What the word of the highest severity says.
    package var consequence = Consequence.notStated
    /// Its severity; 0 without a word.
    package var severity = 0
    /// Where it stands in the text.
    package var word = 0..<0
    /// Where the first word stands that the vocabulary does not hold; empty when it holds them all.
    package var unknown = 0..<0
  }

  /// A word of the vocabulary; its bytes are a part of ``spellings``.
  private struct Entry {
    let start: Int32
    let count: Int32
    let severity: Int
    let consequence: Consequence
  }

  /// The severity of a word that the vocabulary does not hold: above all that is not looked at, so that nothing beside
  /// it takes the row out, and below what states a change of the protein.
  static let unknownSeverity = 55
  /// The lowest severity of a word that speaks of the inside of a transcript.
  static let insideTranscript = 20

  private var entries: [Entry] = []
  /// The words as the table spells them, one behind the other.
  private var spellings: [UInt8] = []
  /// Numbers of entries, -1 for none; at most half full.
  private var slots: [Int16] = []

  /// The vocabulary compiled into the program.
  package static let builtIn = withBuiltInTable { Consequences($0) }

  /// Hands the table of ``builtIn`` to `body`.
  package static func withBuiltInTable<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let table = Int32(ONCOMATCH_TABLE_CONSEQUENCES.rawValue)
    // The bytes are constants of the program and outlive every use.
    let bytes = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(table), count: oncomatch_table_size(table))
    return body(unsafe Span(_unsafeElements: bytes))
  }

  /// The vocabulary of a table with the columns `term`, `effect`, `use` and `severity`.
  ///
  /// It is made once a run and at the start of it, from bytes; a word that stands there twice keeps its first meaning.
  package init(_ table: Span<UInt8>) {
    slots = [Int16](repeating: -1, count: 1024)
    var walker = LineWalker()
    var finder = FieldFinder(columns: [])
    var isHeader = true
    var effect = VariantEffect.unknown
    var use = Consequence.Use.protein
    while let line = walker.next(in: table) {
      guard !line.isEmpty, table[line.lowerBound] != UInt8(ascii: "#") else { continue }
      if isHeader {
        isHeader = false
        let header = ByteText.string(table.extracting(line)).split(separator: "\t").map(String.init)
        finder = FieldFinder(
          columns: ["term", "effect", "use", "severity"].map { header.firstIndex(of: $0) ?? -1 })
        continue
      }
      _ = finder.find(in: table, line: line)
      // Rows of one effect and use follow each other.
      if !Self.same(table.extracting(finder.field(1)), effect.rawValue) {
        effect = VariantEffect(rawValue: ByteText.string(table.extracting(finder.field(1)))) ?? .unknown
      }
      if !Self.same(table.extracting(finder.field(2)), use.rawValue) {
        use = Consequence.Use(rawValue: ByteText.string(table.extracting(finder.field(2)))) ?? .protein
      }
      add(
        table.extracting(finder.field(0)), Consequence(effect: effect, use: use),
        severity: ByteText.count(table.extracting(finder.field(3))) ?? Self.unknownSeverity)
    }
  }

  private static func same(_ cell: Span<UInt8>, _ text: String) -> Bool {
    var index = 0
    for byte in text.utf8 {
      guard index < cell.count, cell[index] == byte else { return false }
      index += 1
    }
    return index == cell.count
  }

  private mutating func add(_ word: Span<UInt8>, _ consequence: Consequence, severity: Int) {
    if word.isEmpty || find(word) != nil { return }
    if entries.count * 2 >= slots.count { grow() }
    place(Int16(entries.count), word)
    entries.append(
      Entry(start: Int32(spellings.count), count: Int32(word.count), severity: severity, consequence: consequence))
    for index in word.indices { spellings.append(word[index]) }
  }

  private mutating func place(_ number: Int16, _ word: Span<UInt8>) {
    var slot = slot(of: word)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = number
  }

  private mutating func grow() {
    slots = [Int16](repeating: -1, count: slots.count * 2)
    for (number, entry) in entries.enumerated() {
      let word = Array(spellings[Int(entry.start)..<Int(entry.start + entry.count)])
      place(Int16(number), word.span)
    }
  }

  /// What a cell says; of several words between `&`, `,`, `;`, `+` and `|` the most severe counts.
  package func read(_ cell: Range<Int>, in text: Span<UInt8>) -> Reading {
    var reading = Reading()
    if cell.isEmpty { return reading }
    if let entry = find(text.extracting(cell)) {
      reading.consequence = entries[entry].consequence
      reading.severity = entries[entry].severity
      reading.word = cell
      return reading
    }
    var start = cell.lowerBound
    while start < cell.upperBound {
      var end = start
      while end < cell.upperBound, !Self.isSeparator(text[end]) { end += 1 }
      let word = ByteText.trimmed(start..<end, in: text)
      start = end + 1
      if word.isEmpty { continue }
      let entry = find(text.extracting(word))
      if entry == nil, reading.unknown.isEmpty { reading.unknown = word }
      let severity = entry.map { entries[$0].severity } ?? Self.unknownSeverity
      guard severity > reading.severity else { continue }
      reading.consequence = entry.map { entries[$0].consequence } ?? .notKnown
      reading.severity = severity
      reading.word = word
    }
    return reading
  }

  /// What one word says; `nil` when the vocabulary does not hold it.
  package func consequence(of word: Span<UInt8>) -> Consequence? { find(word).map { entries[$0].consequence } }

  /// Whether one of the words of a cell has this effect.
  func says(_ effect: VariantEffect, _ cell: Range<Int>, in text: Span<UInt8>) -> Bool {
    var start = cell.lowerBound
    while start < cell.upperBound {
      var end = start
      while end < cell.upperBound, !Self.isSeparator(text[end]) { end += 1 }
      if consequence(of: text.extracting(start..<end))?.effect == effect { return true }
      start = end + 1
    }
    return false
  }

  private func find(_ word: Span<UInt8>) -> Int? {
    if word.isEmpty { return nil }
    var slot = slot(of: word)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if isEntry(number, word) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isEntry(_ number: Int, _ word: Span<UInt8>) -> Bool {
    let entry = entries[number]
    guard Int(entry.count) == word.count else { return false }
    let start = Int(entry.start)
    let spellings = spellings.span
    var index = 0
    // Most words are spelled as in the table: eight bytes at a time, all of them within both texts.
    while index + 8 <= word.count {
      let left = unsafe word.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let right = unsafe spellings.bytes.unsafeLoadUnaligned(fromByteOffset: start + index, as: UInt64.self)
      if left != right { break }
      index += 8
    }
    while index < word.count {
      let (left, right) = (word[index], spellings[start + index])
      if left != right, Self.folded(left) != Self.folded(right) { return false }
      index += 1
    }
    return true
  }

  /// A place by four of the bytes and their number; the words differ in these, and few share a place.
  private func slot(of word: Span<UInt8>) -> Int {
    let count = word.count
    let ends = UInt32(Self.folded(word[0])) | UInt32(Self.folded(word[count - 1])) << 8
    let inner = UInt32(Self.folded(word[count / 2])) << 16 | UInt32(Self.folded(word[count / 3])) << 24
    let mixed = ((ends | inner) ^ UInt32(truncatingIfNeeded: count)) &* 0x9E37_79B1
    return Int(mixed >> 16) & (slots.count - 1)
  }

  @inline(__always)
  private static func folded(_ byte: UInt8) -> UInt8 {
    if byte >= 0x41, byte <= 0x5A { return byte | 0x20 }
    return byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") ? UInt8(ascii: " ") : byte
  }

  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "+"), UInt8(ascii: "|"): true
    default: false
    }
  }
}
