// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

extension Normalizer {
  /// The rows that a row stands for, each with one change.
  func changes(of row: RawMutation, _ batch: RecordBatch) -> [RawMutation] {
    SeveralChanges.rows(of: row, batch) { text in
      if sequences.namedClass(text) != nil { return true }
      // `*2A/*2A` and `*3A het` are alleles and not changes of a stop; what is said of copies stays with the change.
      guard let gene = genes.symbol(batch.string(row.gene)), sequences.doseAlleles.hasStarNames(gene) else {
        return false
      }
      return sequences.doseAlleles.name(text, of: gene) != nil || DoseAlleles.copies(text) != nil
    }
  }

  /// A change that a row states by its position alone.
  ///
  /// - Parameter make: Makes the alteration of a gene from its change.
  func byPosition(
    _ place: MutationPlace, _ make: (String, SequenceChange, [Caution]) -> Alteration
  ) -> Result {
    if let promoter = promoterChange(place) {
      return .kept(
        make(promoter.gene, SequenceChange(effect: .promoter, codingChange: promoter.change), [.byPosition]))
    }
    if let found = sequences.doseAllele(of: nil, at: place) {
      return .kept(
        make(
          found.allele.gene, SequenceChange(effect: .unknown, namedClass: found.allele.name),
          found.cautions + sequences.copies(place, [])))
    }
    let symbols = sequences.residues.genes(at: place)
    var isNoncoding = false
    for symbol in symbols {
      let result = sequences.normalize(gene: symbol, protein: "", coding: "", place: place)
      if result.change.effect == .noncoding { isNoncoding = true }
      guard result.cautions.contains(.byPosition), result.change.effect != .noncoding else { continue }
      return .kept(make(symbol, result.change, result.cautions))
    }
    guard let symbol = symbols.first else { return .filtered("not annotated, outside of the exons that are known") }
    if isNoncoding { return .filtered("non-coding class") }
    if place.build == nil {
      return .filtered("not annotated, genome build not stated")
    }
    return .notEvaluated(
      make(symbol, SequenceChange(effect: .unknown), []),
      "not annotated: the tables do not tell what changes at this position (annotate the file)")
  }

  /// A known change of a promoter at a position.
  private func promoterChange(_ place: MutationPlace) -> (gene: String, change: String)? {
    let sites = table.reference.facts.sites
    for symbol in sites.promoterGenes {
      guard let gene = table.reference.codingGenes.gene(symbol),
        gene.chromosome == Chromosome.plain(place.chromosome),
        let change = sites.promoterChange(of: symbol, coding: "", position: place.position),
        let base = change.utf8.last, place.reference.utf8.count == 1, place.alternate.utf8.count == 1,
        place.alternate.utf8.first == (gene.isForward ? base : Nucleotide.complement(base))
      else { continue }
      return (symbol, change)
    }
    return nil
  }
}
