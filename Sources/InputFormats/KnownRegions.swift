// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import CBuiltInTables
internal import DelimitedText

/// Where the tables know coding exons, in any build; made when the first file without annotation is read.
struct KnownRegions: Sendable {
  static let builtIn = KnownRegions()

  /// Bases beside an exon that belong to it here: its splice sites and the tract before it.
  private static let margin = 40
  /// Bases before a gene's coding sequence, where its promoter lies.
  private static let promoterMargin = 300

  /// By chromosome: ranges in order, none touching another.
  private let ranges: [String: [ClosedRange<Int>]]

  private init() {
    let table = Int32(ONCOMATCH_TABLE_CODING_EXONS.rawValue)
    // The bytes are constants of the program and outlive every use.
    let buffer = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(table), count: oncomatch_table_size(table))
    var all: [String: [ClosedRange<Int>]] = [:]
    for row in NamedTable(unsafe Span(_unsafeElements: buffer)).records(["gene", "chromosome", "exons"]) {
      let hasPromoter = PromoterGenes.contains(Array(row[0].utf8).span)
      let margin = hasPromoter ? Self.promoterMargin : Self.margin
      for exon in row[2].split(separator: ";") {
        let parts = exon.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 4, let length = Int(parts[1]) else { continue }
        for start in [Int(parts[2]), Int(parts[3])].compactMap({ $0 }) {
          all[row[1], default: []].append((start - margin)...(start + length + margin))
        }
      }
    }
    let alleles = Int32(ONCOMATCH_TABLE_DOSE_ALLELES.rawValue)
    let bytes = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(alleles), count: oncomatch_table_size(alleles))
    for row in NamedTable(unsafe Span(_unsafeElements: bytes)).records(["grch37", "grch38"]) {
      for site in row.flatMap({ $0.split(separator: ";") }) {
        let parts = site.split(separator: ":")
        guard parts.count == 4, let position = Int(parts[1]) else { continue }
        all[String(parts[0]), default: []].append(position...(position + parts[2].utf8.count))
      }
    }
    ranges = all.mapValues { ranges in
      var joined: [ClosedRange<Int>] = []
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let last = joined.last, range.lowerBound <= last.upperBound {
          joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
        } else {
          joined.append(range)
        }
      }
      return joined
    }
  }

  /// Whether bases from a position on touch one of the regions.
  func contains(_ position: Int, length: Int, on chromosome: Span<UInt8>) -> Bool {
    guard let ranges = ranges[Chromosome.plain(ByteText.string(chromosome))] else { return false }
    let place = ranges.lowerBound(isBefore: { $0.upperBound < position })
    return place < ranges.count && ranges[place].lowerBound <= position + max(1, length)
  }
}
