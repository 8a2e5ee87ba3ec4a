// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

extension GenomeBuild {
  /// The build that a cell names, as ``init(_:)`` reads it; the usual names are known without making a text of them.
  init?(cell: Span<UInt8>) {
    if cell.isEmpty { return nil }
    if ByteText.equals(cell, "grch38") || ByteText.equals(cell, "38") || ByteText.equals(cell, "hg38") {
      self = .grch38
    } else if ByteText.equals(cell, "grch37") || ByteText.equals(cell, "37") || ByteText.equals(cell, "hg19") {
      self = .grch37
    } else {
      self.init(ByteText.string(cell))
    }
  }
}
