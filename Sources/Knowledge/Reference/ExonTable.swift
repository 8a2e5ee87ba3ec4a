// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// The codons of each exon of one named transcript a gene, read when a gene is asked for.
package struct ExonTable: Sendable {
  /// One coding exon.
  package struct Exon: Sendable {
    /// Its number, counted from the start of the transcript.
    package let number: Int
    /// Its codons, counted from 1; a codon that a junction splits belongs to both exons.
    package let codons: ClosedRange<Int>
  }

  private struct Transcript: Sendable {
    let name: String
    /// The number of residues of its protein.
    let length: Int?
    let exons: [Exon]
  }

  private static let table = SortedTable(.exons)
  /// By gene, those that were asked for.
  private static let cache = Locked<[String: Transcript?]>([:])

  private func transcript(_ gene: String) -> Transcript? {
    Self.cache.withLock { known in
      if let found = known[gene] { return found }
      let found = Self.transcript(Self.table.rows(gene))
      known[gene] = .some(found)
      return found
    }
  }

  /// - Parameter rows: Gene, transcript, exon, first codon, last codon, length of the protein.
  private static func transcript(_ rows: [[String]]) -> Transcript? {
    guard let first = rows.first, first.count > 5 else { return nil }
    let exons = rows.compactMap { row -> Exon? in
      guard let number = Int(row[2]), let first = Int(row[3]), let last = Int(row[4]), first <= last else { return nil }
      return Exon(number: number, codons: first...last)
    }
    return Transcript(name: first[1], length: Int(first[5]), exons: exons)
  }

  /// The codons of an exon; `nil` when the gene or exon is not in the table.
  package func codons(gene: String, exon: Int) -> ClosedRange<Int>? {
    transcript(gene)?.exons.first { $0.number == exon }?.codons
  }

  /// The transcript whose numbering is used.
  package func transcript(of gene: String) -> String? { transcript(gene)?.name }

  /// The number of residues of the protein.
  package func length(of gene: String) -> Int? { transcript(gene)?.length }

  /// The exon that holds a codon.
  package func exon(of codon: Int, gene: String) -> Int? {
    transcript(gene)?.exons.first { $0.codons.contains(codon) }?.number
  }
}
