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

  private var symbols: [String] = []
  /// Whether the name is a current symbol, letter case aside.
  package func isSymbol(_ name: String) -> Bool {
    if case .symbol = resolve(name) { return true }
    return false
  }

  /// The genes that answer to an ambiguous name, by the start of the name.
  private var rivals: [Int32: [GeneID]] = [:]
  /// Each name behind a byte that holds its length.
  private var names: [UInt8] = []
  /// Open addressing, at most three quarters full: where the name stands, and what it means.
  private var slots: [Slot]
  private var mask: Int
  private var used = 0

  private struct Slot: Sendable {
    var start: Int32 = -1
    /// 0 or more: symbol; -1 ambiguous; -2 - id: alias.
    var meaning: Int32 = 0
  }

  /// An empty catalog with room for about `capacity` names.
  package init(capacity: Int = 1024) {
    var size = 16
    while size * 3 < capacity * 4 { size <<= 1 }
    slots = Array(repeating: Slot(), count: size)
    mask = size - 1
    names.reserveCapacity(capacity * 8)
  }

  /// The number of genes.
  package var count: Int { symbols.count }

  /// The current symbol of a gene.
  package func symbol(_ gene: GeneID) -> String { symbols[Int(gene.rawValue)] }

  /// Adds a current symbol; returns its number, also when it was there already.
  @discardableResult
  package mutating func addSymbol(_ name: Span<UInt8>) -> GeneID {
    let slot = find(name)
    if slots[slot].start >= 0, slots[slot].meaning >= 0 { return GeneID(rawValue: slots[slot].meaning) }
    let gene = GeneID(rawValue: Int32(symbols.count))
    symbols.append(String(copying: name))
    set(slot, name, meaning: gene.rawValue)
    return gene
  }

  /// Adds another name of a gene.
  ///
  /// A current symbol of any gene keeps its meaning.
  package mutating func addAlias(_ name: Span<UInt8>, of gene: GeneID) {
    let slot = find(name)
    guard slots[slot].start >= 0 else { return set(slot, name, meaning: -2 - gene.rawValue) }
    let meaning = slots[slot].meaning
    if meaning >= 0 || meaning == -2 - gene.rawValue { return }
    if meaning < -1 { rivals[slots[slot].start] = [GeneID(rawValue: -2 - meaning)] }
    rivals[slots[slot].start, default: []].append(gene)
    slots[slot].meaning = -1
  }

  /// Makes a name mean one gene whatever other tables say of it; a current symbol keeps its meaning.
  package mutating func setPreferredAlias(_ name: String, of gene: GeneID) {
    let bytes = Array(name.utf8)
    let slot = find(bytes.span)
    if slots[slot].start < 0 {
      set(slot, bytes.span, meaning: -2 - gene.rawValue)
    } else if slots[slot].meaning < 0 {
      slots[slot].meaning = -2 - gene.rawValue
    }
  }

  /// Looks a name up, letter case aside.
  package func resolve(_ name: Span<UInt8>) -> Resolution {
    guard name.count > 0 else { return .unknown }
    let slot = slots[find(name)]
    if slot.start >= 0 {
      return if slot.meaning >= 0 {
        .symbol(GeneID(rawValue: slot.meaning))
      } else if slot.meaning == -1 {
        .ambiguous
      } else {
        .alias(GeneID(rawValue: -2 - slot.meaning))
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
    let slot = slots[find(name)]
    return slot.start >= 0 && slot.meaning == -1 ? rivals[slot.start] ?? [] : []
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

  private mutating func set(_ slot: Int, _ name: Span<UInt8>, meaning: Int32) {
    let start = names.count
    // No name is longer; one that were would never be found.
    names.append(UInt8(clamping: name.count))
    for index in name.indices { names.append(Self.upper(name[index])) }
    slots[slot] = Slot(start: Int32(start), meaning: meaning)
    used += 1
    if used * 4 > slots.count * 3 { grow() }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    mask = slots.count - 1
    for slot in old where slot.start >= 0 {
      let first = Int(slot.start) + 1
      let place = find(names.span.extracting(first..<first + Int(names[first - 1])))
      slots[place] = slot
    }
  }

  /// The slot that holds the name, or the free one where it belongs.
  private func find(_ name: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in name.indices {
      hash = (hash ^ UInt64(Self.upper(name[index]))) &* 0x0000_0100_0000_01b3
    }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while slots[slot].start >= 0 {
      if holds(name, at: Int(slots[slot].start)) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func holds(_ name: Span<UInt8>, at start: Int) -> Bool {
    guard Int(names[start]) == name.count else { return false }
    for index in name.indices where names[start + 1 + index] != Self.upper(name[index]) { return false }
    return true
  }

  @inline(__always)
  private static func upper(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte }
}

extension String {
  /// The bytes as text; bytes that are not UTF-8 are replaced.
  package init(copying bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
