// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Recurrent substitutions by gene, to write examples of rules with.
package struct ExampleChanges: Sendable {
  private var byGene: [String: [(codon: Int, change: String)]] = [:]

  /// The substitutions of the table of hotspots.
  package init() {
    let columns = ["gene", "residue_start", "reference_aa", "variants", "kind"]
    for record in BuiltInTable.hotspots.text.records(columns) where record[4] == "substitution" {
      guard let codon = Int(record[1]), record[2].utf8.count == 1 else { continue }
      for variant in record[3].listItems where variant != record[2] {
        byGene[record[0], default: []].append((codon, record[2] + record[1] + variant))
      }
    }
  }

  /// Substitutions of a gene, such as `V600E`, in the order of the table.
  package func substitutions(of gene: String, in codons: ClosedRange<Int>? = nil) -> [String] {
    (byGene[gene] ?? []).filter { codons?.contains($0.codon) ?? true }.map(\.change)
  }
}
