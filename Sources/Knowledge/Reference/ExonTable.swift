// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The codons of each exon of one named transcript a gene.
package struct ExonTable: Sendable {
  /// One coding exon.
  package struct Exon: Sendable {
    /// Its number, counted from the start of the transcript.
    package let number: Int
    /// Its codons, counted from 1; a codon that a junction splits belongs to both exons.
    package let codons: ClosedRange<Int>
  }

  private var exons: [String: [Exon]] = [:]
  private var transcripts: [String: String] = [:]
  private var lengths: [String: Int] = [:]

  static func builtIn() -> ExonTable {
    var table = ExonTable()
    for record in BuiltInTable.exons.text.records([
      "gene", "transcript", "exon", "codon_first", "codon_last", "protein_length",
    ]) {
      guard let number = Int(record[2]), let first = Int(record[3]), let last = Int(record[4]), first <= last else {
        continue
      }
      table.exons[record[0], default: []].append(Exon(number: number, codons: first...last))
      table.transcripts[record[0]] = record[1]
      table.lengths[record[0]] = Int(record[5])
    }
    return table
  }

  /// The codons of an exon; `nil` when the gene or exon is not in the table.
  package func codons(gene: String, exon: Int) -> ClosedRange<Int>? {
    exons[gene]?.first { $0.number == exon }?.codons
  }

  /// The transcript whose numbering is used.
  package func transcript(of gene: String) -> String? { transcripts[gene] }

  /// The number of residues of the protein.
  package func length(of gene: String) -> Int? { lengths[gene] }

  /// The exon that holds a codon.
  package func exon(of codon: Int, gene: String) -> Int? {
    exons[gene]?.first { $0.codons.contains(codon) }?.number
  }
}
