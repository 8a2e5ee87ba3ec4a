// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// An allele by which a drug is borne better or worse.
package struct DoseAllele: Hashable, Sendable {
  /// What the allele's product does.
  package enum Function: String, Sendable, CaseIterable {
    case none = "no_function"
    case decreased = "decreased_function"
  }

  /// The gene.
  package let gene: String
  /// The star name, or the usual name where there is none: `*2A`, `HapB3`.
  package let name: String
  /// What its product does.
  package let function: Function
  /// The drugs it matters for.
  package let drugs: String
  /// Who says so, and when.
  package let guideline: String
  /// The paper of the guideline.
  package let reference: String
  /// What else there is to say.
  package let note: String
  fileprivate let numbers: [String]
  fileprivate let proteins: [String]
  fileprivate let codings: [String]

  init?(_ row: FactRow) {
    guard let function = Function(rawValue: row["function"]) else { return nil }
    self.function = function
    gene = row["gene"]
    name = row["allele"]
    drugs = row["drugs"]
    guideline = row["guideline"]
    reference = row["source"]
    note = row["note"]
    numbers = row["rs"].listItems
    proteins = row["protein"].listItems
    codings = row["coding"].listItems
  }
}

/// Alleles of genes that say how a drug is borne, and the genes whose alleles have star names.
package struct DoseAlleles: Sendable {
  /// A star name counts alleles; a larger number is a residue.
  private static let largestStar = 150

  /// The genes of which alleles are read.
  package let genes: Set<String>
  /// Genes whose alleles have star names, those among them.
  private let starGenes: Set<String>
  private let alleles: [String: [DoseAllele]]

  init(_ rows: [FactRow]) {
    let known = rows.compactMap(DoseAllele.init)
    alleles = Dictionary(grouping: known, by: \.gene)
    genes = Set(known.map(\.gene))
    starGenes = Set(rows.map { $0["gene"] })
  }

  /// Whether the gene's alleles have star names.
  package func hasStarNames(_ gene: String) -> Bool { starGenes.contains(gene) }

  /// The alleles that a text names, several joined by `/`: `*2A`, `*1/*28`, `HapB3`, of a number of dbSNP its allele;
  /// `nil` where it names none.
  ///
  /// - Parameter isCell: Whether the text is a cell, which says nothing else.
  package func name(_ text: String, of gene: String, isCell: Bool = true) -> String? {
    guard starGenes.contains(gene) else { return nil }
    var found: [String] = []
    for part in text.split(whereSeparator: { " \t/|+,;()[]".contains($0) }) {
      if let name = name(of: part, gene) {
        found.append(name)
      } else if isCell, !Self.besides.contains(part.lowercased()) {
        return nil
      }
    }
    return found.isEmpty ? nil : found.joined(separator: "/")
  }

  /// Words beside alleles that take nothing away from them.
  private static let besides: Set<String> = [
    "het", "hom", "heterozygous", "homozygous", "heterozygote", "homozygote", "germline", "carrier", "allele",
    "genotype",
    "diplotype", "variant", "haplotype", "het.", "hom.",
  ]

  private func name(of part: Substring, _ gene: String) -> String? {
    // `TPMT*3A` in a column of the gene TPMT.
    var word = part.uppercased().hasPrefix(gene + "*") ? part.dropFirst(gene.count) : part
    for prefix in ["p.", "c."] where word.hasPrefix(prefix) { word = word.dropFirst(2) }
    let lowered = word.lowercased()
    if lowered.hasPrefix("rs") {
      return alleles[gene]?.first { $0.numbers.contains(lowered) }?.name
    }
    if let known = alleles[gene]?.first(where: { !$0.name.hasPrefix("c.") && $0.name.lowercased() == lowered }) {
      return known.name
    }
    guard word.first == "*" else { return nil }
    let digits = word.dropFirst().prefix(while: \.isNumber)
    let rest = word.dropFirst(1 + digits.count)
    guard let number = Int(digits), number > 0, number < Self.largestStar, rest.count <= 1, rest.allSatisfy(\.isLetter)
    else { return nil }
    return "*" + digits + rest.uppercased()
  }

  /// The alleles that a change of the sequence is or names.
  package func alleles(of gene: String, _ change: SequenceChange) -> [DoseAllele] {
    guard let known = alleles[gene] else { return [] }
    let names = change.namedClass.split(separator: "/").map(String.init)
    let protein = change.proteinChange?.description ?? ""
    return known.filter { allele in
      names.contains(allele.name) || allele.proteins.contains(protein)
        || !change.codingChange.isEmpty && allele.codings.contains(change.codingChange)
    }
  }
}
