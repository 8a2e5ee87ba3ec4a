// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Words of a clinician that stand for genes or findings and are no name of one gene.
package struct ClinicPhrases: Sendable {
  private let families: [String: [String]]
  private let histones: [String: (residues: [String], genes: [String])]
  private let findings: [String: [String]]
  private let receptors: [String]
  private let proteins: Set<String>
  private let firstWords: Set<String>
  private let gluedWords: Set<String>
  private let mutated: Set<String>
  private let sequenced: Set<String>
  private let basesBefore: [String: Int]
  /// Words, in upper case, that are or were names of genes and mean something else in a clinic.
  package let noGenes: Set<String>
  /// Words that say nothing of a finding, with the name behind them.
  package let asides: [(words: String, gene: String)]

  init(_ rows: [FactRow]) {
    func words(_ kind: String) -> [FactRow] { rows.filter { $0["kind"] == kind } }
    families = Dictionary(
      words("family").map { ($0["words"], $0["genes"].listItems) }, uniquingKeysWith: { first, _ in first })
    histones = Dictionary(
      words("histone").map { ($0["words"], ($0["residues"].listItems, $0["genes"].listItems)) },
      uniquingKeysWith: { first, _ in first })
    findings = Dictionary(
      words("findings").map { ($0["words"], $0["findings"].listItems) }, uniquingKeysWith: { first, _ in first })
    receptors = words("receptor").map { $0["words"] }
    proteins = Set(words("protein").map { $0["words"] })
    firstWords = Set(words("two_words").map { $0["words"] })
    gluedWords = Set(words("glued_words").map { $0["words"] })
    mutated = Set(words("plus_is_mutation").map { $0["words"] })
    sequenced = Set(words("positive_is_mutated").map { $0["words"] })
    noGenes = Set(words("no_gene").map { $0["words"] })
    asides = words("aside").map { ($0["words"], $0["genes"]) }
    basesBefore = Dictionary(
      words("older_count").map { ($0["words"], Int($0["residues"]) ?? 0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The genes that labels mean by the name of a family, in upper case; `nil` when it is none.
  package func family(_ name: String) -> [String]? { families[name] }

  /// The genes meant by a histone, in upper case, beside a word that names one of its residues.
  package func histone(_ name: String, residueIn words: [String]) -> (genes: [String], word: String)? {
    guard let known = histones[name],
      let word = words.first(where: { word in known.residues.contains { word.contains($0) } })
    else { return nil }
    return (known.genes, word)
  }

  /// The findings that words stand for; `nil` when they are one finding.
  ///
  /// - Parameter key: The words in lower case, letters and digits only.
  package func findings(_ key: String) -> [String]? { findings[key] }

  /// Whether a name begins like a receptor that may be joined to others by slashes.
  ///
  /// - Parameter name: In upper case, without hyphens.
  package func isReceptor(_ name: String) -> Bool { receptors.contains(where: name.hasPrefix) }

  /// Whether a name, in upper case, speaks of the protein without a word for it.
  package func isProtein(_ name: String) -> Bool { proteins.contains(name) }

  /// Whether a plus behind a name, in upper case, means a mutation.
  package func meansMutation(_ name: String) -> Bool { mutated.contains(name) }

  /// Whether `positive` and `negative` behind a name, in upper case, speak of its mutation and not of a stain.
  package func polarityMeansMutation(_ name: String) -> Bool { sequenced.contains(name) }

  /// Whether a word, in upper case, is the first of a gene's name of two words whose second holds a number.
  package func beginsName(_ word: String) -> Bool { firstWords.contains(word) }

  /// How many bases older papers count before the first one of a gene that is translated; 0 for most genes.
  package func basesBeforeStart(of gene: String) -> Int { basesBefore[gene] ?? 0 }

  /// Whether a word, in upper case, is read as one with the word behind it.
  package func isGlued(_ word: String) -> Bool { gluedWords.contains(word) }
}
