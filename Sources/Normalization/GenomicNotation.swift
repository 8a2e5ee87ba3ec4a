// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

/// A change in genomic notation: `chr7:g.140753336A>T`, `7:140753336A>T`, `7-140753336-A-T`,
/// `NC_000007.14:g.55242465_55242479del`.
struct GenomicNotation {
  /// The chromosome without `chr`.
  let chromosome: String
  /// The change, its bases counted by position.
  let edit: CodingEdit

  /// Reads one word; `nil` for what is none.
  init?(_ text: String) {
    // Oncotator and Funcotator write `g.` before the chromosome.
    let text = text.hasPrefix("g.") ? text.dropFirst(2) : text[...]
    var parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    if parts.count == 1 { parts = Self.dashed(text) }
    guard parts.count == 2 else { return nil }
    let name = Chromosome.plain(parts[0])
    guard name == "X" || name == "Y" || Int(name).map({ (1...22).contains($0) }) == true else { return nil }
    var body = parts[1][...]
    if body.hasPrefix("g.") { body = body.dropFirst(2) }
    // `7:140753336:A:T` and `7:140753336 A/T` name both bases behind the position.
    let cells = body.split(whereSeparator: { ":-/_ ".contains($0) })
    let notation =
      cells.count == 3 && Int(cells[0]) != nil && cells[1].allSatisfy(\.isLetter) && cells[2].allSatisfy(\.isLetter)
      ? Self.plain(cells) : String(body)
    guard let notation, notation.first?.isNumber == true, let edit = CodingEdit(notation: notation),
      edit.first.offset == 0, edit.last.offset == 0, edit.first.base > 1000
    else { return nil }
    chromosome = name
    self.edit = edit
  }

  /// `7-140753336-A-T` as chromosome and the rest.
  private static func dashed(_ text: Substring) -> [String] {
    let cells = text.split(separator: "-").map(String.init)
    guard cells.count == 4 else { return [] }
    return [cells[0], cells[1...].joined(separator: ":")]
  }

  private static func plain(_ cells: [Substring]) -> String? {
    // No chromosome has a billion bases; a longer number would not hold the end of the change.
    guard cells[0].utf8.count <= 9, let start = Int(cells[0]) else { return nil }
    let end = start + cells[1].count - 1
    if cells[1].count == 1, cells[2].count == 1 { return "\(start)\(cells[1])>\(cells[2])" }
    return start == end ? "\(start)delins\(cells[2])" : "\(start)_\(end)delins\(cells[2])"
  }
}
