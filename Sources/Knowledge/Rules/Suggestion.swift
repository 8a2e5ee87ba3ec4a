// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// What a misspelled cell may have been meant to be, as the end of a complaint; empty where nothing is near.
enum Suggestion {
  static func word(_ text: String, _ known: [String]) -> String { suggestion(NearestName.find(text, among: known)) }

  /// A current symbol for another name, else the nearest gene with a part in cancer.
  static func gene(_ text: String, _ reference: ReferenceTables) -> String {
    if let gene = reference.genes.gene(text) { return suggestion(reference.genes.symbol(gene)) }
    if let clinic = reference.clinicNames[GeneNameKey.plain(text)] {
      guard let symbol = clinic.gene else { return " (it names a family, write one row for each gene)" }
      return suggestion(symbol)
    }
    let near = NearestName.find(text.uppercased(), among: reference.roles.keys.sorted())
    return suggestion(near)
  }

  /// The code of a name, the successors of a retired code, or the nearest code.
  static func code(_ text: String, _ tree: TumorTypeTree) -> String {
    let successors = tree.successors(of: text)
    if !successors.isEmpty { return " (retired, now \(successors.joined(separator: " or ")))" }
    if let known = tree.understand(text) { return suggestion(known.code) }
    // Codes are short: one letter is all that may differ.
    let near = tree.codes.filter { abs($0.utf8.count - text.utf8.count) <= 1 }
    return suggestion(NearestName.find(text.uppercased(), among: near))
  }

  /// A column of the header that the missing one was meant to be.
  static func column(_ name: String, _ header: [String]) -> String {
    let others = header.filter { !Rule.columns.contains($0) }
    guard let near = NearestName.find(name, among: others) else { return "" }
    return " (is it '\(near)'?)"
  }

  private static func suggestion(_ name: String?) -> String { name.map { " (did you mean \($0)?)" } ?? "" }
}
