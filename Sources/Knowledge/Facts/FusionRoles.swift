// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The usual places of genes in their fusions.
package struct FusionRoles: Sendable {
  private let roles: [String: AlterationSpec.FusionRole]
  private let tested: Set<String>
  private let behind: [String: [String]]

  init(_ rows: [FactRow]) {
    roles = Dictionary(
      rows.map { ($0["gene"], $0["role"] == "5prime" ? .fivePrime : .threePrime) },
      uniquingKeysWith: { first, _ in first })
    behind = Dictionary(
      rows.map { ($0["gene"], $0["behind"].listItems) }, uniquingKeysWith: { first, _ in first })
    tested = Set(rows.filter { $0["test_is_rearrangement"] == "yes" }.map { $0["gene"] })
  }

  /// The place of a gene; `nil` when the table has none.
  package func role(of gene: String) -> AlterationSpec.FusionRole? { roles[gene] }

  /// The place of a gene beside a partner, which is another one in some tumors: FGFR1 stands behind BCR.
  package func role(of gene: String, beside partner: String) -> AlterationSpec.FusionRole? {
    guard let usual = roles[gene], behind[gene]?.contains(partner) == true else { return roles[gene] }
    return usual == .fivePrime ? .threePrime : .fivePrime
  }

  /// Whether `positive` of the gene means a rearrangement.
  package func isTestOfRearrangement(_ gene: String) -> Bool { tested.contains(gene) }
}
