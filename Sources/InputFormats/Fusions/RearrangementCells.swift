internal import DelimitedText

/// The cells of a row that may say more of a rearrangement than its own columns: frame, exons, kind.
///
/// Files say it in `Event_Info`, `Annotation`, `Comments`, in a column `Frame` or one of their own; a cell is kept where
/// its words, or the name of its column, speak of it.
struct RearrangementCells: Sendable {
  private let columns: [(place: Int, name: String, isTold: Bool)]

  /// Longer cells are sequences and lists of reads.
  private static let longest = 2_000
  private static let words: [String] = [
    "frame", "sense", "exon", "ex14", "skip", "delet", "duplic", "invers", "3to3", "5to5", "fusion", "rearrang",
    "intragenic",
    "variant", "itd", "ptd", "kdd", "v7", "::",
  ]
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
      return (place, name, Self.told.contains(name))
    }
  }

  /// The cells, a line for each.
  func text(_ fields: RowFields, _ text: Span<UInt8>) -> String {
    var lines: [String] = []
    for column in columns {
      let cell = fields.cell(column.place, text)
      if cell.isEmpty || cell.count > Self.longest { continue }
      let written = fields.string(column.place, text)
      if column.name.contains("frame") {
        // `Frame` says OUT, `is_inframe` says false.
        lines.append("\(column.name) \(written)")
      } else if column.isTold {
        lines.append(written)
      } else {
        let lowered = written.lowercased()
        if Self.words.contains(where: lowered.contains) { lines.append(written) }
      }
    }
    return lines.map { $0.map { $0.isNewline ? " " : String($0) }.joined() }.joined(separator: "\n")
  }
}
