/// The cells of one row of a table of ours.
struct RowCells {
  private let cells: [ArraySlice<UInt8>]

  init(_ row: ArraySlice<UInt8>) {
    cells = row.split(separator: 0x09, omittingEmptySubsequences: false)
  }

  /// A cell of therapies.tsv as text.
  func text(_ column: Int) -> String {
    column < cells.count ? String(decoding: cells[column], as: UTF8.self) : ""
  }
}
