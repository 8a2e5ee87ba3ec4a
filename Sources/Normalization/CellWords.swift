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
    "rearrangement", "rearranged", "translocation", "vaf", "content", "deletion", "deleted", "wt", "wildtype",
    "wild-type", "wild",
  ]
  /// Words that may stand beside them.
  private static let besideGenes: Set<String> = [
    "not", "no", "non", "low", "high", "low-level", "high-level", "level", "focal", "copy", "number", "homozygous",
    "heterozygous", "type", "gene", "positive", "negative", "detected",
  ]
  private static let untold: Set<String> = ["vaf", "content"]
  /// Results of what the name of a row states.
  private static let results: Set<String> = [
    "positive", "pos", "detected", "present", "negative", "neg", "not detected", "absent", "not present", "not found",
  ]

  /// Whether a cell is the result of what the name beside it states: of `RET fusion` or `BRAF V600E`.
  static func isResult(_ value: String) -> Bool { results.contains(value.lowercased()) }

  /// Whether a cell says what happened to a gene, and nothing else.
  static func tellsOfGene(_ value: String) -> Bool {
    let words = FindingPhrase(value).words.map { $0.lowercased() }
    return words.contains(where: ofGenes.contains)
      && words.allSatisfy { ofGenes.contains($0) && !untold.contains($0) || besideGenes.contains($0) }
  }

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

  /// The finding that a text states in the words of the clinic; `nil` where it states none, several, or more than is read.
  func onlyFinding(_ text: String) -> Alteration? {
    let understood = clinic.value.understand(text)
    return understood.notUnderstood.isEmpty && understood.alterations.count == 1 ? understood.alterations[0] : nil
  }

  /// The one finding about a gene that the words in the place of its change state, read as a question is; `nil` where
  /// they state none, several or one of another gene.
  func inWords(
    _ row: RawMutation, _ symbol: String, _ cell: String, _ batch: RecordBatch, like alteration: Alteration
  ) -> Alteration? {
    guard cell.utf8.count <= 80, !cell.hasPrefix("p."), cell.contains(where: \.isLetter) else { return nil }
    // What else the cell denies is none.
    let understood = clinic.value.understand("\(batch.string(row.gene)) \(cell)")
    let stated = understood.alterations.filter { finding in
      switch finding.event {
      case .absent, .wildType: false
      case .sequence, .copyNumber, .fusion, .measurement: true
      }
    }
    guard understood.notUnderstood.isEmpty, stated.count == 1, var found = stated.first else { return nil }
    switch found.event {
    case .sequence, .copyNumber, .fusion: guard found.gene == symbol else { return nil }
    case .measurement:
      // A word alone may be meant of copies as well.
      guard cell.contains(where: \.isNumber) || CellWords.isPolarity(cell) else { return nil }
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

  /// Whether a positive result of a gene, which is written so, is one of a stain or of a rearrangement and not of a mutation.
  func isOfStain(_ gene: String, _ written: String) -> Bool {
    let facts = table.reference.facts
    if facts.fusionRoles.isTestOfRearrangement(gene) || facts.biomarkers.ofGene(gene) != nil { return true }
    if facts.phrases.polarityMeansMutation(gene) { return false }
    if facts.phrases.isProtein(GeneNameKey.plain(written)) { return true }
    if case .protein = genes.normalize(written) { return true }
    let columns = table.columns
    guard let number = columns.geneNumbers[gene], Int(number) < columns.rulesOfGene.count else { return false }
    return columns.rulesOfGene[Int(number)].contains { columns.eventClasses[Int($0)] == .expression }
  }

  /// The one finding that the row of a biomarker states in the words of the clinic; `nil` where it states none or several,
  /// or where another word than a result stands beside its name.
  func inWords(_ name: String, _ value: String, _ source: SourceLocation) -> Alteration? {
    guard name.utf8.count + value.utf8.count <= 120, isToldInWords(name, value),
      var found = onlyFinding("\(name) \(value)")
    else { return nil }
    found.asWritten = "\(name) \(value)"
    found.source = source
    return found
  }

  /// The one finding that the row of a biomarker is as a question: `del(17p)` with `present`, `HER2` with `ultralow`; `nil`
  /// where something of it is not understood, or where a unit beside it may make it another.
  func asQuestion(
    _ name: String, _ value: String, _ row: RawBiomarker, _ batch: RecordBatch, _ source: SourceLocation
  ) -> Alteration? {
    guard row.scale.isEmpty, name.utf8.count + value.utf8.count <= 120, value.contains(where: { !$0.isWhitespace })
    else { return nil }
    let ofName = isAsked(name, value) ? wholeFinding("\(name) \(value)") : nil
    guard var found = ofName ?? ownFinding(name, value) else { return nil }
    found.asWritten = "\(name) \(value)"
    found.source = source
    return found
  }

  /// Whether a name and a value make a question.
  ///
  /// A finding with its result, a gene with its change, a locus with its alleles and a grade in words do; a number on a
  /// scale does not, nor a word that is no result.
  private func isAsked(_ name: String, _ value: String) -> Bool {
    let facts = table.reference.facts
    let plain = StatedMeasurement(name: name, value: "", facts: facts).plainName
    if let known = facts.biomarkers.written(plain) {
      return known.reading == .graded && !value.contains(where: \.isNumber)
        && StainText.isUltralow(FindingPhrase(value))
    }
    if genes.symbol(plain) != nil { return value.contains(where: \.isNumber) && ProteinChange(value) != nil }
    return CellWords.isResult(value) || name.uppercased().hasPrefix("HLA") && value.contains("*")
  }

  /// What a value says by itself of the biomarker that stands beside it: `MMR IHC` with `MLH1, PMS2, MSH2, MSH6 retained`.
  private func ownFinding(_ name: String, _ value: String) -> Alteration? {
    let facts = table.reference.facts
    let plain = StatedMeasurement(name: name, value: "", facts: facts).plainName
    guard let biomarker = facts.biomarkers.written(plain),
      biomarker.reading == .repair, let found = wholeFinding(value), found.gene == biomarker.nameOfResults
    else { return nil }
    return found
  }

  /// The one finding that a text states where all of it is understood; the same result of several proteins is one.
  private func wholeFinding(_ text: String) -> Alteration? {
    let understood = clinic.value.understand(text)
    guard understood.notUnderstood.isEmpty, understood.remarks.isEmpty, let first = understood.alterations.first,
      understood.alterations.allSatisfy({ $0.gene == first.gene && $0.event == first.event })
    else { return nil }
    return first
  }

  /// Whether a row of a biomarker is a finding of the sequence, the copies or a rearrangement.
  private func isToldInWords(_ name: String, _ value: String) -> Bool {
    switch table.reference.facts.biomarkers.written(name)?.reading {
    case .arm: return true
    case nil, .receptor, .graded: break
    default: return false
    }
    if genes.symbol(name) != nil { return CellWords.tellsOfGene(value) || isTestOfRearrangement(name, value) }
    let phrase = FindingPhrase(name)
    let namesFinding =
      phrase.hasAny("fusion", "rearrangement", "translocation", "mutation", "amplification", "deletion")
      || phrase.words.dropFirst().contains { ProteinChange($0) != nil } || namesFusion(name, of: "")
    return namesFinding && CellWords.isResult(value)
  }

  /// Whether the result of a gene's test is of its sequence or copies, and of no stain: `low-level gain`, or a bare word
  /// where tests of the gene look for a rearrangement.
  func isOfNoStain(_ name: String, _ value: String) -> Bool {
    let words = FindingPhrase(value).words.map { $0.lowercased() }
    return genes.symbol(name) != nil && words.contains(where: CellWords.ofGenes.contains)
      || isTestOfRearrangement(name, value)
  }

  private func isTestOfRearrangement(_ name: String, _ value: String) -> Bool {
    guard ["positive", "negative"].contains(value.lowercased()), case .gene(let symbol) = genes.normalize(name) else {
      return false
    }
    return table.reference.facts.fusionRoles.isTestOfRearrangement(symbol)
  }
}
