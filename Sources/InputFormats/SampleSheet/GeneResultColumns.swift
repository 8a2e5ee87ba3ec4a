// SPDX-License-Identifier: Apache-2.0

/// Columns of a sample sheet that hold the results of one gene: `EGFR`, `KRAS mutation`, `ALK_fusion`.
package enum GeneResultColumns {
  /// A table of more genes is a matrix of numbers, which no sheet is.
  static let most = 60

  private static let words: Set<String> = [
    "mutation", "mutations", "mutational", "mutated", "mut", "variant", "variants", "alteration", "alterations",
    "change", "status", "result", "results", "test", "testing", "fusion", "rearrangement", "translocation",
    "amplification",
  ]
  private static let idle: Set<String> = ["status", "result", "results", "test", "testing", "mutational"]

  /// What is looked for in a column, in the words that its cells go on: `KRAS mutation`; `nil` where its header names no
  /// gene of the tables, or more than that.
  ///
  /// The symbol is taken in capitals alone: `Met` and `Kit` are words of other columns.
  static func name(_ header: String) -> String? {
    let words = header.split { " _-:.()".contains($0) }.map(String.init)
    guard let gene = words.first, gene.utf8.count > 2, CodingGeneNames.contains(Array(gene.utf8).span) else {
      return nil
    }
    let behind = words.dropFirst().map { $0.lowercased() }
    guard behind.allSatisfy({ Self.words.contains($0) }) else { return nil }
    return ([gene] + behind.filter { !idle.contains($0) }).joined(separator: " ")
  }

  /// Whether a header holds the results of a few genes and identifiers, and nothing else.
  static func areAllResults(_ header: [String], beside ids: [String]) -> Bool {
    let others = header.filter { name($0) == nil }
    return !others.isEmpty && header.count - others.count <= most
      && others.allSatisfy { ids.contains($0.lowercased()) }
  }

  /// Whether the value of a sheet stands under such a name: all others are in lower case.
  package static func isName(_ name: String) -> Bool { name.first?.isUppercase == true }
}
