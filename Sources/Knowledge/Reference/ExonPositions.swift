// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// Where the coding exons of a gene lie in two builds of the genome, by which a rearrangement inside it is read.
package struct ExonPositions: Sendable {
  /// A place in a gene.
  package enum Place: Hashable, Sendable {
    case exon(Int)
    /// Between two exons; behind this one, in the direction of the gene.
    case intron(after: Int)

    /// The last exon that is whole before the place, in the direction of the gene.
    package var exonBefore: Int {
      switch self {
      case .exon(let number), .intron(after: let number): number
      }
    }

    /// The first exon that is whole behind the place, in the direction of the gene.
    package var exonBehind: Int {
      switch self {
      case .exon(let number): number
      case .intron(after: let number): number + 1
      }
    }
  }

  /// The exons with their bases in a build, as they lie on the chromosome.
  private let exons: [GenomeBuild: [(number: Int, bases: ClosedRange<Int>)]]
  private let isForward: Bool
  /// Whether the loss or repeat of some of them has a name.
  package let haveNames: Bool

  /// Where the coding exons of a gene lie; `nil` where the tables do not have them.
  ///
  /// - Parameter isSuppressor: Whether the loss of exons counts that has no name; else there have to be names.
  package init?(_ symbol: String, genes: CodingGenes, sites: NamedSites, isSuppressor: Bool) {
    haveNames = sites.namesExons(of: symbol)
    guard haveNames || isSuppressor, let gene = genes.gene(symbol) else { return nil }
    isForward = gene.isForward
    var exons: [GenomeBuild: [(number: Int, bases: ClosedRange<Int>)]] = [:]
    for build in GenomeBuild.allCases {
      exons[build] = gene.exons.compactMap { exon in
        let start = exon.start(in: build)
        return start > 0 ? (exon.number, start...(start + exon.bases.count - 1)) : nil
      }.sorted { $0.1.lowerBound < $1.1.lowerBound }
    }
    self.exons = exons
  }

  /// The place of a position; `nil` when it lies outside of the gene.
  package func place(of position: Int, build: GenomeBuild) -> Place? {
    let exons = exons[build] ?? []
    // Callers count the first base of the other side or the last of this one.
    if let hit = exons.first(where: { $0.bases.lowerBound - 1 <= position && position <= $0.bases.upperBound + 1 }) {
      return .exon(hit.number)
    }
    for (left, right) in zip(exons, exons.dropFirst())
    where left.bases.upperBound < position && position < right.bases.lowerBound {
      return .intron(after: isForward ? left.number : right.number)
    }
    return nil
  }

  /// The build in which two positions are ends of exons; `nil` when both builds fit or neither does.
  package func build(ofEnds positions: [Int]) -> GenomeBuild? {
    let fitting = GenomeBuild.allCases.filter { areEnds(positions, build: $0) }
    return fitting.count == 1 ? fitting[0] : nil
  }

  /// Whether all positions are ends of exons.
  package func areEnds(_ positions: [Int], build: GenomeBuild) -> Bool {
    positions.allSatisfy { position in
      (exons[build] ?? []).contains {
        abs($0.bases.lowerBound - position) <= 1 || abs($0.bases.upperBound - position) <= 1
      }
    }
  }
}
