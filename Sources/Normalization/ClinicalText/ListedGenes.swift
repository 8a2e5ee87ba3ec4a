// SPDX-License-Identifier: Apache-2.0

extension ClinicalText {
  /// `amplification of CDK4 and FGFR1`: what is said once holds for each gene of the list behind it.
  func withListedGenes(_ text: String) -> String {
    text.split(separator: ";", omittingEmptySubsequences: false).map { clause in
      let words = clause.split { " ,".contains($0) }.map(String.init)
      guard words.count > 3, let kind = words.first, Self.saidOfLists.contains(kind.lowercased()),
        words[1].lowercased() == "of",
        clause.contains(",") || words.contains(where: { ["and", "&"].contains($0.lowercased()) })
      else { return String(clause) }
      let names = words.dropFirst(2).filter { !Self.betweenListed.contains($0.lowercased()) }
      guard names.count > 1, names.allSatisfy({ genes.symbol($0) != nil }) else { return String(clause) }
      return names.map { "\($0) \(kind)" }.joined(separator: "; ")
    }.joined(separator: ";")
  }

  private static let saidOfLists: Set<String> = ["amplification", "deletion", "loss", "gain", "mutation", "mutations"]
  private static let betweenListed: Set<String> = ["and", "&", "the", "both", "as", "well", "genes"]
}
