// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What bcftools csq says of a stretch of a protein and of its bases: `600V>600E`, `746ELREA>746E`, `140753336A>T`.
///
/// Layout: https://samtools.github.io/bcftools/howtos/csq-calling.html.
enum CodingRange {
  /// The change in the notation of proteins; `nil` where nothing changes or the text says something else.
  ///
  /// - Parameter shiftsFrame: Whether the residues behind the first that changes are of another frame.
  static func proteinChange(_ cell: Span<UInt8>, shiftsFrame: Bool) -> String? {
    let parts = ByteText.string(cell).split(separator: ">")
    guard parts.count == 2, let place = Int(parts[0].prefix(while: \.isNumber)),
      Int(parts[1].prefix(while: \.isNumber)) == place
    else { return nil }
    var old = Array(parts[0].drop(while: \.isNumber))
    var new = Array(parts[1].drop(while: \.isNumber))
    guard !old.isEmpty, (old + new).allSatisfy({ $0.isUppercase || $0 == "*" }) else { return nil }
    // Residues of a change that is long stand around `..` or are left out; the place of the first stays.
    var first = place
    var before: Character?
    while let left = old.first, let right = new.first, left == right {
      before = left
      old.removeFirst()
      new.removeFirst()
      first += 1
    }
    if shiftsFrame {
      guard let residue = old.first else { return nil }
      return "p.\(residue)\(first)fs"
    }
    while let left = old.last, let right = new.last, left == right {
      // Without a residue before them, residues that were put in are told by the one behind them.
      if old.count == 1, before == nil { break }
      old.removeLast()
      new.removeLast()
    }
    return notation(old, new, first, before)
  }

  private static func notation(
    _ old: [Character], _ new: [Character], _ first: Int, _ before: Character?
  ) -> String? {
    guard let start = old.first, let end = old.last else {
      // Residues that were put in, told by the one before them.
      guard let before, !new.isEmpty else { return nil }
      return "p.\(before)\(first - 1)delins\(before)\(String(new))"
    }
    if old.count == 1, new.count == 1 { return "p.\(start)\(first)\(new[0])" }
    let range = old.count == 1 ? "\(start)\(first)" : "\(start)\(first)_\(end)\(first + old.count - 1)"
    if let stop = new.firstIndex(of: "*") {
      return stop == 0 ? "p.\(start)\(first)*" : "p.\(range)delins\(String(new[...stop]))"
    }
    return new.isEmpty ? "p.\(range)del" : "p.\(range)delins\(String(new))"
  }

  /// Whether what becomes of the bases, `140753336A>T+140753338C>G`, ends in an allele; true where nothing is said.
  static func names(_ cell: Range<Int>, _ allele: Range<Int>, _ text: Span<UInt8>) -> Bool {
    if cell.isEmpty { return true }
    var start = cell.lowerBound
    for index in cell.lowerBound...cell.upperBound {
      let isEnd = index == cell.upperBound || text[index] == UInt8(ascii: "+")
      if !isEnd, text[index] == UInt8(ascii: ">") { start = index + 1 }
      if isEnd, ByteText.areSame(start..<index, allele, text) { return true }
    }
    return false
  }
}
