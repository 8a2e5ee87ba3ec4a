// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The cells of a row that may say more of a rearrangement than its own columns: frame, exons, kind.
///
/// Files say it in `Event_Info`, `Annotation`, `Comments`, in a column `Frame` or one of their own; a cell is kept where
/// its words, or the name of its column, speak of it.
struct RearrangementCells: Sendable {
  private let columns: [(place: Int, name: String, saysFrame: Bool, isTold: Bool)]

  /// Longer cells are sequences and lists of reads.
  private static let longest = 2_000
  private static let words: [String] = [
    "frame", "sense", "exon", "ex14", "skip", "delet", "duplic", "invers", "3to3", "5to5", "fusion", "rearrang",
    "intragenic",
    "variant", "itd", "ptd", "kdd", "v7", "::",
  ]
  private static let wordBytes: [[UInt8]] = words.map { Array($0.utf8) }
  private static let isBeginning: [Bool] = (0...255).map { byte in wordBytes.contains { $0[0] == UInt8(byte) } }
  /// Columns whose words always speak of the rearrangement.
  private static let told: Set<String> = [
    "event_info", "annotation", "comments", "comment", "class", "sv_type", "svtype", "sv_class", "type", "event",
    "note",
    "notes", "structural_variant_type", "connection_type", "connectiontype", "ct", "description", "effect",
  ]

  /// - Parameter taken: Columns that are read for what they are: sample, genes, reads.
  init(_ header: InputHeader, taken: [Int?]) {
    let taken = Set(taken.compactMap { $0 })
    columns = header.cells.indices.filter { !taken.contains($0) }.map { place in
      let name = header.cells[place].lowercased()
      return (place, name, name.contains("frame"), Self.told.contains(name))
    }
  }

  /// The cells, a line for each.
  func text(_ fields: RowFields, _ text: Span<UInt8>) -> String {
    var lines: [String] = []
    for column in columns {
      let cell = fields.cell(column.place, text)
      if cell.isEmpty || cell.count > Self.longest { continue }
      if column.saysFrame {
        // `Frame` says OUT, `is_inframe` says false.
        lines.append("\(column.name) \(fields.string(column.place, text))")
      } else if column.isTold || Self.speaks(text.extracting(cell)) {
        lines.append(fields.string(column.place, text))
      }
    }
    // Each cell is a line, whatever ends of line a quoted one holds.
    let parts = lines.map { $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x80 } ? $0 : Self.onOneLine($0) }
    return parts.joined(separator: "\n")
  }

  private static func onOneLine(_ text: String) -> String { text.map { $0.isNewline ? " " : String($0) }.joined() }

  /// Whether a cell has one of the words, letter case aside.
  private static func speaks(_ cell: Span<UInt8>) -> Bool {
    for start in cell.indices {
      let first = cell[start] >= 0x41 && cell[start] <= 0x5A ? cell[start] + 0x20 : cell[start]
      guard isBeginning[Int(first)] else { continue }
      for word in wordBytes where word[0] == first && start + word.count <= cell.count {
        var place = 1
        while place < word.count, cell[start + place] == word[place] || isUpper(cell[start + place], word[place]) {
          place += 1
        }
        if place == word.count { return true }
      }
    }
    return false
  }

  private static func isUpper(_ byte: UInt8, _ lower: UInt8) -> Bool {
    byte >= 0x41 && byte <= 0x5A && byte + 0x20 == lower
  }
}
