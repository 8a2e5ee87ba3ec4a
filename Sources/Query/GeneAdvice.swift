// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ReferenceTables {
  /// The gene that the first word of a finding was meant to be, as the end of a complaint; empty where the word is a
  /// gene or is near none.
  func geneAdvice(_ finding: String) -> String {
    guard let word = finding.split(whereSeparator: { $0 == " " || $0 == ":" }).first.map({ $0.uppercased() }),
      genes.gene(word) == nil, clinicNames[GeneNameKey.plain(word)] == nil,
      let near = NearestName.find(word, among: roles.keys.sorted())
    else { return "" }
    return " (did you mean \(near)?)"
  }
}
