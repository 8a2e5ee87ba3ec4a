// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// Where genes lie on the chromosomes, in two builds of the genome.
///
/// Read when first asked for: a night without segments never does.
package struct GeneCoordinates: Sendable {
  /// A gene by the middle of it.
  private struct Place: Sendable {
    let middle: Int
    let gene: String
  }

  /// A gene with its bounds.
  package struct Body: Sendable {
    package let gene: String
    /// First and last base, counted from 1.
    package let bases: ClosedRange<Int>
    /// Whether it runs in the direction of the positions.
    package let isForward: Bool
  }

  /// Genes by build and chromosome, in the order of their middles.
  private let places: [GenomeBuild: [String: [Place]]]

  /// Genes whose direction is known, by build and chromosome.
  private let bodies: [GenomeBuild: [String: [Body]]]

  /// By gene: whether it runs in the direction of the positions.
  private let directions: [String: Bool]

  /// Genes on the sex chromosomes, without those that both of them have.
  private let onSexChromosomes: Set<String>

  /// The table compiled into the program.
  package static let builtIn = GeneCoordinates()

  private init() {
    var places: [GenomeBuild: [String: [Place]]] = [:]
    var bodies: [GenomeBuild: [String: [Body]]] = [:]
    var directions: [String: Bool] = [:]
    var onSexChromosomes: Set<String> = []
    let columns = ["gene", "chromosome", "start_grch37", "end_grch37", "start_grch38", "end_grch38", "strand"]
    for record in BuiltInTable.geneCoordinates.text.records(columns) {
      // The first pseudoautosomal region ends before 2,781,479 in GRCh38; genes of interest lie in no other.
      if ["X", "Y"].contains(record[1]), Int(record[4]) ?? .max > 2_781_479 { onSexChromosomes.insert(record[0]) }
      if !record[6].isEmpty { directions[record[0]] = record[6] == "+" }
      for (build, first) in [(GenomeBuild.grch37, 2), (.grch38, 4)] {
        guard let start = Int(record[first]), let end = Int(record[first + 1]) else { continue }
        places[build, default: [:]][record[1], default: []].append(
          Place(middle: start + (end - start) / 2, gene: record[0]))
        guard start <= end, !record[6].isEmpty else { continue }
        bodies[build, default: [:]][record[1], default: []].append(
          Body(gene: record[0], bases: start...end, isForward: record[6] == "+"))
      }
    }
    self.onSexChromosomes = onSexChromosomes
    self.bodies = bodies
    self.directions = directions
    self.places = places.mapValues { $0.mapValues { $0.sorted { $0.middle < $1.middle } } }
  }

  /// The genes whose middle lies between two positions, both counted from 1 and both included, in their order.
  ///
  /// - Parameter chromosome: As written: `chr17`, `17`, `X` or `23`.
  package func genes(on chromosome: String, from start: Int, to end: Int, build: GenomeBuild) -> [String] {
    guard let own = places[build]?[Chromosome.plain(chromosome)] else { return [] }
    return own[own.lowerBound(isBefore: { $0.middle < start })...].prefix { $0.middle <= end }.map(\.gene)
  }

  /// The genes in which a position lies, in the order of the table.
  package func genes(on chromosome: String, at position: Int, build: GenomeBuild) -> [Body] {
    (bodies[build]?[Chromosome.plain(chromosome)] ?? []).filter { $0.bases.contains(position) }
  }

  /// Whether a gene runs in the direction of the positions; `nil` for one that the table does not know.
  package func isForward(_ gene: String) -> Bool? { directions[gene] }

  /// Whether a position lies in a gene, in either build.
  package func isInside(_ gene: String, on chromosome: String, at position: Int) -> Bool {
    GenomeBuild.allCases.contains { build in
      genes(on: chromosome, at: position, build: build).contains { $0.gene == gene }
    }
  }

  /// Whether men have one copy of a gene in all their cells.
  package func isOnSexChromosome(_ gene: String) -> Bool { onSexChromosomes.contains(gene) }
}
