// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// Where the exons of a few genes lie, in two builds of the genome: of those whose lost or repeated exons have a name.
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

  private struct Exon: Sendable {
    let number: Int
    let bases: [GenomeBuild: ClosedRange<Int>]
  }

  private struct Gene: Sendable {
    let chromosome: String
    let isForward: Bool
    var exons: [Exon] = []
  }

  private let genes: [String: Gene]

  /// The table compiled into the program.
  package static let builtIn = ExonPositions()

  private init() {
    var genes: [String: Gene] = [:]
    let columns = [
      "gene", "chromosome", "strand", "exon", "start_grch37", "end_grch37", "start_grch38", "end_grch38",
    ]
    for record in BuiltInTable.exonPositions.text.records(columns) {
      let numbers = (3...7).compactMap { Int(record[$0]) }
      guard numbers.count == 5, numbers[1] <= numbers[2], numbers[3] <= numbers[4] else { continue }
      genes[record[0], default: Gene(chromosome: record[1], isForward: record[2] == "+")].exons.append(
        Exon(
          number: numbers[0], bases: [.grch37: numbers[1]...numbers[2], .grch38: numbers[3]...numbers[4]]))
    }
    self.genes = genes
  }

  /// The place of a position in a gene; `nil` when the gene is not in the table or the position not in it.
  package func place(of position: Int, in gene: String, build: GenomeBuild) -> Place? {
    guard let own = genes[gene] else { return nil }
    let exons = own.exons.compactMap { exon in exon.bases[build].map { (exon.number, $0) } }
      .sorted { $0.1.lowerBound < $1.1.lowerBound }
    // Callers count the first base of the other side or the last of this one.
    if let hit = exons.first(where: { $0.1.lowerBound - 1 <= position && position <= $0.1.upperBound + 1 }) {
      return .exon(hit.0)
    }
    for (left, right) in zip(exons, exons.dropFirst())
    where left.1.upperBound < position && position < right.1.lowerBound {
      return .intron(after: own.isForward ? left.0 : right.0)
    }
    return nil
  }

  /// The build in which two positions are ends of exons of the gene; `nil` when both builds fit or neither does.
  package func build(ofEnds positions: [Int], in gene: String) -> GenomeBuild? {
    guard let own = genes[gene] else { return nil }
    let fitting = GenomeBuild.allCases.filter { build in
      positions.allSatisfy { position in
        own.exons.contains { exon in
          exon.bases[build].map { abs($0.lowerBound - position) <= 1 || abs($0.upperBound - position) <= 1 } ?? false
        }
      }
    }
    return fitting.count == 1 ? fitting[0] : nil
  }
}
