internal import Alterations
internal import InputFormats

extension Normalizer {
  func copyNumber(
    _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation, ploidy: Double
  ) -> Result {
    let written = batch.string(row.amount)
    if row.isCopies, let copies = Double(written) {
      var result = CopyNumberNormalizer.Result(
        CopyNumberNormalizer.call(copies: copies, ploidy: ploidy, amplification: amplificationCopies))
      // What the tool states goes before the number; a lost allele is news only where the number of copies is not.
      if let stated = CopyNumberNormalizer.call(batch.string(row.call)),
        stated.call != .lossOfHeterozygosity || result.call == .neutral
      {
        result = stated
      }
      return kept(result, row, batch, source, copies: copies, written: written + " copies")
    }
    guard let result = CopyNumberNormalizer.call(written) else {
      return .rejected(
        column: "copy-number call", value: written,
        problem: "is not a call (expected -2 -1.5 -1 0 1 2, or a word such as AMP or HOMDEL; log2 ratios are not calls)"
      )
    }
    return kept(result, row, batch, source, copies: nil, written: written)
  }

  private func kept(
    _ result: CopyNumberNormalizer.Result, _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation,
    copies: Double?, written: String
  ) -> Result {
    // A gene without a change of copies is a finding of no kind; it says that the gene was looked at.
    if result.call == .neutral { return .filtered("no change of copy number") }
    let cautions = result.caution.map { [$0] } ?? []
    func make(_ name: String) -> Alteration {
      Alteration(
        gene: name, event: .copyNumber(result.call), asWritten: written, copyNumber: copies, cautions: cautions,
        source: source)
    }
    switch gene(row.gene, batch) {
    case .symbol(let symbol): return .kept(make(symbol))
    case .notEvaluated(let name, let reason): return .notEvaluated(make(name), reason)
    case .rejected(let problem):
      return .rejected(column: "Hugo_Symbol", value: batch.string(row.gene), problem: problem)
    }
  }
}
