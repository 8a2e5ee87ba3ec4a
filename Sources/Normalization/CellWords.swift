// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge
internal import SystemIO

/// Cells in the place of a change that say it in the words of the clinic: `positive`, `wild type`, `12 copies`.
enum CellWords {
  /// Whether a cell is the word of a result alone: of what, the gene's usual test says.
  static func isPolarity(_ cell: String) -> Bool {
    cell.utf8.count == 8 && cell.lowercased() == "positive"
  }

  /// Words that are said of genes and not of their proteins.
  static let ofGenes: Set<String> = [
    "gain", "gained", "amplification", "amplified", "amp", "copies", "mutation", "mutated", "mutant", "fusion",
    "rearrangement", "rearranged", "translocation", "vaf", "content", "deletion", "deleted",
  ]

  private static let wildTypes: Set<String> = [
    "wt", "wildtype", "wild-type", "wild type", "no mutation", "no mutation detected", "not mutated", "unmutated",
    "no mutations detected",
  ]

  /// Whether a cell says that the gene was looked at and is unchanged.
  static func sayWildType(_ cell: Span<UInt8>) -> Bool {
    guard cell.count >= 2, cell.count <= 24, cell[0] | 0x20 == 0x77 || cell[0] | 0x20 == 0x6E || cell[0] | 0x20 == 0x75
    else { return false }
    return wildTypes.contains(String(copying: cell).lowercased())
  }
}

extension Normalizer {
  /// The genes, or the members of the family, that a row states to be unchanged in the place of a change.
  ///
  /// Such a row is no finding, and tells all the same that the gene was looked at.
  func unchanged(by record: RawRecord, _ batch: RecordBatch) -> [String] {
    guard case .mutation(let row) = record.statement,
      CellWords.sayWildType(batch.text.span.extracting(row.proteinChange.range)), row.codingChange.isEmpty
    else { return [] }
    switch gene(row.gene, batch, row.geneID) {
    case .symbol(let symbol): return [symbol]
    case .notEvaluated: return clinic.value.family(named: batch.string(row.gene)) ?? []
    case .rejected: return []
    }
  }

  /// The one finding about a gene that the words in the place of its change state, read as a question is; `nil` where
  /// they state none, several or one of another gene.
  func inWords(
    _ row: RawMutation, _ symbol: String, _ cell: String, _ batch: RecordBatch, like alteration: Alteration
  ) -> Alteration? {
    guard cell.utf8.count <= 80, !cell.hasPrefix("p."), cell.contains(where: \.isLetter) else { return nil }
    let understood = clinic.value.understand("\(batch.string(row.gene)) \(cell)")
    guard understood.notUnderstood.isEmpty, understood.alterations.count == 1, var found = understood.alterations.first
    else { return nil }
    switch found.event {
    case .sequence, .copyNumber, .fusion: guard found.gene == symbol else { return nil }
    case .measurement:
      let names = [symbol, table.reference.facts.biomarkers.ofGene(symbol)?.name ?? symbol]
      guard names.contains(found.gene) else { return nil }
    case .wildType, .absent: return nil
    }
    found.asWritten = cell
    found.source = alteration.source
    if found.origin == .unknown { found.origin = alteration.origin }
    if found.variantAlleleFraction == nil { found.variantAlleleFraction = alteration.variantAlleleFraction }
    if found.cancerCellFraction == nil { found.cancerCellFraction = alteration.cancerCellFraction }
    if found.depth == nil { found.depth = alteration.depth }
    let ofRow: [Caution] = [.commonInPopulation, .pathogenicStated, .uncertainStated, .benignStated]
    for caution in alteration.cautions where ofRow.contains(caution) && !found.cautions.contains(caution) {
      found.cautions.append(caution)
    }
    return found
  }

  /// The one finding that the row of a biomarker states in the words of the clinic; `nil` where it states none or several.
  func inWords(_ name: String, _ value: String, _ source: SourceLocation) -> Alteration? {
    // Numbers of tests are read on their scales or not at all.
    guard name.utf8.count + value.utf8.count <= 120, value.contains(where: \.isLetter),
      !value.contains(where: \.isNumber), !FindingPhrase(value).hasAny("vaf", "content", "purity", "cellularity")
    else { return nil }
    let understood = clinic.value.understand("\(name) \(value)")
    guard understood.notUnderstood.isEmpty, understood.alterations.count == 1, var found = understood.alterations.first
    else { return nil }
    found.asWritten = "\(name) \(value)"
    found.source = source
    return found
  }

  /// Whether the result of a gene's test is of its sequence or copies, and of no stain: `low-level gain`, or a bare word
  /// where tests of the gene look for a rearrangement.
  func isOfNoStain(_ name: String, _ value: String) -> Bool {
    let words = FindingPhrase(value).words.map { $0.lowercased() }
    guard case .gene(let symbol) = genes.normalize(name) else {
      return words.contains(where: CellWords.ofGenes.contains) && genes.symbol(name) != nil
    }
    if words.contains(where: CellWords.ofGenes.contains) { return true }
    return words.count == 1 && ["positive", "negative"].contains(words[0])
      && table.reference.facts.fusionRoles.isTestOfRearrangement(symbol)
  }
}
