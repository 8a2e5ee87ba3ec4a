// SPDX-License-Identifier: Apache-2.0
/// All gene symbols of a run with their other names, looked up by bytes.
///
/// A current symbol wins over an alias; an alias that two genes claim is ambiguous and is never resolved silently
/// (guide: Normalizing, Gene names). Lookup makes no `String`.
package struct GeneCatalog: Sendable {
  /// What a name in a file turned out to be.
  package enum Resolution: Equatable, Sendable {
    /// The current symbol.
    case symbol(GeneID)
    /// Another name of exactly one gene.
    case alias(GeneID)
    /// Another name of several genes.
    case ambiguous
    /// A date that a spreadsheet made of a symbol.
    case dateLike
    /// Not a name of any gene of the catalog.
    case unknown
  }

  /// Whether the name is a current symbol, letter case aside.
  package func isSymbol(_ name: String) -> Bool {
    if case .symbol = resolve(name) { return true }
    return false
  }

  /// What the build has laid out; the names of this catalog itself stand before it.
  private var laidOut: LaidOutGenes?
  /// The genes that answer to an ambiguous name, by the number of the name.
  private(set) var rivals: [Int32: [GeneID]] = [:]
  /// What names are made of: the text of a table, and behind it the names that were added one by one.
  private var text: [UInt8] = []
  private(set) var names: [Name] = []
  /// By gene: the number of its symbol's name.
  private(set) var symbols: [Int32] = []
  /// Open addressing, at most three quarters full: the number of a name, -1 where none is.
  private(set) var slots: [Int32]
  private var mask: Int

  struct Name: Sendable {
    /// Where it stands in the text.
    let start: Int32
    let count: Int32
    /// 0 or more: symbol; -1 ambiguous; -2 - id: alias.
    var meaning: Int32
  }

  /// An empty catalog with room for about `capacity` names.
  package init(capacity: Int = 1024) {
    var size = 16
    while size * 3 < capacity * 4 { size <<= 1 }
    slots = Array(repeating: -1, count: size)
    mask = size - 1
  }

  /// A catalog of the rows of a table: symbol, a cell that says nothing of names, aliases between `;`.
  ///
  /// The names stay in the table's text, which is copied whole, and each byte is looked at once.
  package init(rows: Span<UInt8>, capacity: Int) {
    self.init(capacity: capacity)
    names.reserveCapacity(capacity)
    text.reserveCapacity(rows.count + 4096)
    unsafe rows.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
    var gene = GeneID(rawValue: 0)
    var (start, column, hash) = (0, 0, Self.seed)
    var index = 0
    while index <= rows.count {
      // The last line may have no end.
      let byte = index < rows.count ? rows[index] : 0x0A
      index += 1
      guard byte == 0x09 || byte == 0x0A || byte == UInt8(ascii: ";") else {
        hash = Self.mixed(hash, byte)
        continue
      }
      let name = start..<(index - 1)
      if !name.isEmpty {
        if column == 0 { gene = addSymbol(name, hash) } else { addAlias(name, hash, of: gene) }
      }
      if byte == 0x0A { column = 0 }
      if byte == 0x09, column == 0 {
        // What the second cell says names nothing.
        while index < rows.count, rows[index] != 0x09, rows[index] != 0x0A { index += 1 }
        column = index < rows.count && rows[index] == 0x09 ? 2 : 0
        index += 1
      }
      (start, hash) = (index, Self.seed)
    }
  }

  /// A catalog of what the build has laid out of a table's rows.
  package init(_ laidOut: LaidOutGenes) {
    self.init()
    self.laidOut = laidOut
  }

  /// The number of genes.
  package var count: Int { laidOut?.count ?? symbols.count }

  /// The current symbol of a gene.
  package func symbol(_ gene: GeneID) -> String {
    if let laidOut { return laidOut.symbol(gene) }
    let name = names[Int(symbols[Int(gene.rawValue)])]
    return String(copying: text.span.extracting(Int(name.start)..<Int(name.start + name.count)))
  }

  /// Adds a current symbol; returns its number, also when it was there already.
  @discardableResult
  package mutating func addSymbol(_ name: Span<UInt8>) -> GeneID {
    readRows()
    let range = append(name)
    return addSymbol(range, hash(range))
  }

  private mutating func addSymbol(_ range: Range<Int>, _ hash: UInt64) -> GeneID {
    let slot = find(text.span.extracting(range), hash)
    let known = slots[slot]
    if known >= 0, names[Int(known)].meaning >= 0 { return GeneID(rawValue: names[Int(known)].meaning) }
    let gene = GeneID(rawValue: Int32(symbols.count))
    symbols.append(Int32(names.count))
    names.append(Name(start: Int32(range.lowerBound), count: Int32(range.count), meaning: gene.rawValue))
    take(slot)
    return gene
  }

  /// Adds another name of a gene.
  ///
  /// A current symbol of any gene keeps its meaning.
  package mutating func addAlias(_ name: Span<UInt8>, of gene: GeneID) {
    readRows()
    let range = append(name)
    addAlias(range, hash(range), of: gene)
  }

  private mutating func addAlias(_ range: Range<Int>, _ hash: UInt64, of gene: GeneID) {
    let slot = find(text.span.extracting(range), hash)
    let known = slots[slot]
    guard known >= 0 else {
      names.append(Name(start: Int32(range.lowerBound), count: Int32(range.count), meaning: -2 - gene.rawValue))
      return take(slot)
    }
    let meaning = names[Int(known)].meaning
    if meaning >= 0 || meaning == -2 - gene.rawValue { return }
    if meaning < -1 { rivals[known] = [GeneID(rawValue: -2 - meaning)] }
    rivals[known, default: []].append(gene)
    names[Int(known)].meaning = -1
  }

  /// Makes a name mean one gene whatever other tables say of it; a current symbol keeps its meaning.
  package mutating func setPreferredAlias(_ name: String, of gene: GeneID) {
    let bytes = Array(name.utf8)
    let hash = Self.hash(bytes.span)
    let known = slots[find(bytes.span, hash)]
    if known >= 0 {
      if names[Int(known)].meaning < 0 { names[Int(known)].meaning = -2 - gene.rawValue }
    } else if laidOut?.meaning(bytes.span, hash) ?? -1 < 0 {
      addAlias(append(bytes.span), hash, of: gene)
    }
  }

  /// Gives up what is laid out, to which no names can be added, and reads the rows that it was made of.
  private mutating func readRows() {
    guard let laidOut else { return }
    var parsed = laidOut.parsed()
    for name in names {
      let text = String(copying: text.span.extracting(Int(name.start)..<Int(name.start + name.count)))
      parsed.setPreferredAlias(text, of: GeneID(rawValue: -2 - name.meaning))
    }
    self = parsed
  }

  /// What a name means: see ``Name/meaning``; `nil` where it is no name of a gene.
  private func meaning(_ name: Span<UInt8>) -> Int32? {
    let hash = Self.hash(name)
    let known = slots[find(name, hash)]
    return known >= 0 ? names[Int(known)].meaning : laidOut?.meaning(name, hash)
  }

  /// Looks a name up, letter case aside.
  package func resolve(_ name: Span<UInt8>) -> Resolution {
    guard name.count > 0 else { return .unknown }
    if let meaning = meaning(name) {
      return if meaning >= 0 {
        .symbol(GeneID(rawValue: meaning))
      } else if meaning == -1 {
        .ambiguous
      } else {
        .alias(GeneID(rawValue: -2 - meaning))
      }
    }
    return Self.isSpreadsheetDate(name) ? .dateLike : .unknown
  }

  /// Looks a name up, letter case aside.
  package func resolve(_ name: String) -> Resolution {
    let bytes = Array(name.utf8)
    return resolve(bytes.span)
  }

  /// The genes that answer to an ambiguous name, letter case aside.
  package func rivals(for name: Span<UInt8>) -> [GeneID] {
    let hash = Self.hash(name)
    let known = slots[find(name, hash)]
    if known < 0 { return laidOut?.rivals(name, hash) ?? [] }
    return names[Int(known)].meaning == -1 ? rivals[known] ?? [] : []
  }

  /// The gene of a current symbol or of an alias that is not ambiguous.
  package func gene(_ name: String) -> GeneID? {
    switch resolve(name) {
    case .symbol(let gene), .alias(let gene): gene
    case .ambiguous, .dateLike, .unknown: nil
    }
  }

  /// Whether the bytes are a date such as `1-Mar`, `Sep-02` or `2-Sep-24`.
  package static func isSpreadsheetDate(_ name: Span<UInt8>) -> Bool {
    guard name.count >= 5, name.count <= 11 else { return false }
    var parts: [[UInt8]] = [[]]
    for index in name.indices {
      let byte = name[index]
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte | 0x20)
      }
    }
    guard parts.count == 2 || parts.count == 3 else { return false }
    let months = parts.count { part in part.count == 3 && monthNames.contains(String(decoding: part, as: UTF8.self)) }
    let numbers = parts.count { part in
      (1...4).contains(part.count) && part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
    return months == 1 && numbers == parts.count - 1
  }

  private static let monthNames: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Puts a name behind the text.
  private mutating func append(_ name: Span<UInt8>) -> Range<Int> {
    let start = text.count
    unsafe name.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
    return start..<text.count
  }

  /// Lets the last name stand in a free slot, or in the one of the alias that it takes the place of.
  private mutating func take(_ slot: Int) {
    slots[slot] = Int32(names.count - 1)
    if names.count * 4 > slots.count * 3 { grow() }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: -1, count: old.count * 2)
    mask = slots.count - 1
    for number in old where number >= 0 {
      let name = names[Int(number)]
      let range = Int(name.start)..<Int(name.start + name.count)
      slots[find(text.span.extracting(range), hash(range))] = number
    }
  }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(upper(byte))) &* 0x0000_0100_0000_01b3
  }

  func hash(_ range: Range<Int>) -> UInt64 { Self.hash(text.span.extracting(range)) }

  private static func hash(_ name: Span<UInt8>) -> UInt64 {
    var hash = seed
    for index in name.indices { hash = mixed(hash, name[index]) }
    return hash
  }

  /// The slot that holds the name, or the free one where it belongs.
  private func find(_ name: Span<UInt8>, _ hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while slots[slot] >= 0 {
      if holds(name, names[Int(slots[slot])]) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func holds(_ name: Span<UInt8>, _ known: Name) -> Bool {
    guard Int(known.count) == name.count else { return false }
    let start = Int(known.start)
    for index in name.indices where Self.upper(text[start + index]) != Self.upper(name[index]) { return false }
    return true
  }

  @inline(__always)
  static func upper(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte }
}

extension String {
  /// The bytes as text; bytes that are not UTF-8 are replaced.
  package init(copying bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
