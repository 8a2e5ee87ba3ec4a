// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// A score, stain or other test that rules and files name and that is no gene.
package struct Biomarker: Sendable {
  /// How a result is read.
  package enum Reading: String, Sendable, CaseIterable {
    /// Microsatellite instability: high, low, stable.
    case instability
    /// Mismatch repair: deficient, proficient.
    case repair
    /// Mutations per megabase.
    case burden
    /// The same from a column whose unit is fixed.
    case burdenPerMb = "burden_per_mb"
    /// Homologous recombination: a word or a score.
    case deficiency
    /// Tertiary lymphoid structures: present, absent.
    case structures
    /// A share of stained cells on a scale that is named.
    case share
    /// A stain in grades.
    case graded
    /// A receptor: a share of stained cells from which it is positive, or a word.
    case receptor
    /// A status made of several receptors.
    case receptors
    case cells, virus, arm
    /// An allele that the patient carries: present or not.
    case type
  }

  /// The name in rules and reports.
  package let name: String
  /// How its results are read.
  package let reading: Reading
  /// The genes whose products are stained, or whose results make up the status.
  package let genes: [String]
  /// The name under which results are kept: that of the gene, or its own.
  package let nameOfResults: String
  /// Words of a clinician behind which a value may stand, in lower case.
  package let textNames: [String]
  /// Words of a clinician that say it anywhere in a finding, in lower case.
  package let textPhrases: [String]
  /// How tables and clinicians write it, in upper case.
  package let writtenAs: [String]
  let isGenomeWide: Bool
  let isInRules: Bool

  init?(_ row: FactRow) {
    guard let reading = Reading(rawValue: row["reading"]) else { return nil }
    self.reading = reading
    name = row["name"]
    genes = row["genes"].listItems
    nameOfResults = row["kept_as"].isEmpty ? row["name"] : row["kept_as"]
    textNames = row["text_names"].listItems
    textPhrases = row["text_phrases"].listItems
    writtenAs = row["written_as"].listItems
    isGenomeWide = ["genome_wide", "type"].contains(row["kind"])
    isInRules = row["in_rules"] == "yes"
  }
}

/// Biomarkers by their names.
package struct BiomarkerTable: Sendable {
  /// All in table order.
  package let all: [Biomarker]
  /// The names of scores of the whole genome or tissue.
  package let genomeWideNames: Set<String>
  /// The names that rules may use.
  package let ruleNames: Set<String>
  /// Those whose status is made of the results of several receptors.
  package let made: [Biomarker]
  private let byName: [String: Biomarker]
  private let byWriting: [String: Biomarker]
  private let byReading: [Biomarker.Reading: Biomarker]
  private let byGene: [String: Biomarker]

  init(_ rows: [FactRow]) {
    all = rows.compactMap(Biomarker.init)
    genomeWideNames = Set(all.filter(\.isGenomeWide).map(\.name))
    ruleNames = Set(all.filter(\.isInRules).map(\.name))
    made = all.filter { $0.reading == .receptors }
    let first = { (first: Biomarker, _: Biomarker) in first }
    byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: first)
    byWriting = Dictionary(
      all.flatMap { biomarker in biomarker.writtenAs.map { ($0, biomarker) } }, uniquingKeysWith: first)
    byReading = Dictionary(all.map { ($0.reading, $0) }, uniquingKeysWith: first)
    byGene = Dictionary(
      all.filter { $0.genes.count == 1 }.map { ($0.genes[0], $0) }, uniquingKeysWith: first)
  }

  /// The biomarker of a name.
  package func named(_ name: String) -> Biomarker? { byName[name] }

  /// The biomarker that a table or a clinician writes so.
  package func written(_ name: some StringProtocol) -> Biomarker? { byWriting[Self.key(name)] }

  /// The form in which names of biomarkers are compared: in upper case, letters and digits only.
  package static func key(_ name: some StringProtocol) -> String {
    name.uppercased().filter { $0.isLetter || $0.isNumber }
  }

  /// The stain of one gene's product.
  package func ofGene(_ gene: String) -> Biomarker? { byGene[gene] }

  /// The first biomarker that is read in a way.
  package func first(_ reading: Biomarker.Reading) -> Biomarker {
    guard let found = byReading[reading] else { fatalError("no biomarker is read as \(reading)") }
    return found
  }

  /// The biomarkers that are read in a way.
  package func all(_ reading: Biomarker.Reading) -> [Biomarker] { all.filter { $0.reading == reading } }

  /// The column `kind` of alterations.tsv.
  package func kind(of alteration: Alteration) -> String {
    switch alteration.event {
    case .sequence: "MUT"
    case .copyNumber: "CNA"
    case .fusion: "FUSION"
    case .measurement(let measurement): genomeWideNames.contains(measurement.name) ? "BIOMARKER" : "EXPR"
    case .wildType, .absent: "WT"
    }
  }

  /// The name under which results of a biomarker or gene are kept.
  package func nameOfResults(_ name: String) -> String { byName[name]?.nameOfResults ?? name }

  /// The names of the results that a test of a name reads: of a status made of receptors theirs and its own.
  package func namesOfResults(_ name: String) -> [String] {
    guard let found = byName[name] else { return [name] }
    return found.reading == .receptors ? found.genes + [name] : [found.nameOfResults]
  }
}
