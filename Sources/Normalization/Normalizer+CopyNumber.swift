// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats
internal import Knowledge

extension Normalizer {
  /// A call of copy number, or copies, or both.
  func copyNumber(
    _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation, ploidy: Double
  ) -> Result {
    // Most genes have no change of copies; nothing has to be made of their rows.
    if !row.isCopies, row.amount.count == 1, batch.text.span[row.amount.range.lowerBound] == UInt8(ascii: "0") {
      return Self.unchanged
    }
    let written = batch.string(row.amount)
    let callWritten = batch.string(row.call)
    var copies: Double?
    var stated: CopyNumberNormalizer.Result?
    if row.isCopies, WrittenNumber(written) == .unclear {
      return .rejected(
        column: "copies", value: written,
        problem: "may be thousands or decimals (write the number with a decimal point and no thousands separator)")
    }
    if row.isCopies, let number = WrittenNumber(written).value {
      copies = number
      if !callWritten.isEmpty {
        guard let call = CopyNumberNormalizer.Statement(callWritten)?.call else {
          return Self.noCall(callWritten)
        }
        stated = call
      }
    } else if let statement = CopyNumberNormalizer.Statement(written) {
      copies = statement.copies
      stated = statement.call
      if row.deletionIsDeep, statement.call?.caution == .oneAlleleAssumed, written.lowercased().hasPrefix("del") {
        stated = .init(.homozygousDeletion)
      }
    } else if let number = CopyNumberNormalizer.boundedCopies(written) {
      copies = number
    } else {
      return Self.noCall(written)
    }
    let words =
      copies.map { callWritten.isEmpty && row.isCopies ? "\(CopyNumberNormalizer.plain($0)) copies" : "" } ?? ""
    let asWritten =
      words.isEmpty ? (row.isCopies ? "\(callWritten), \(written) copies" : written) : "\(written) copies"
    guard let copies else {
      guard let stated else { return Self.noCall(written) }
      return kept(stated, row, batch, source, copies: nil, written: written)
    }
    var result = CopyNumberNormalizer.Result(
      CopyNumberNormalizer.call(copies: copies, ploidy: ploidy, amplification: amplificationCopies))
    // What the tool states goes before the number; a lost allele is news only where the number of copies is not.
    if let stated, stated.call != .lossOfHeterozygosity || result.call == .neutral,
      // `loss` says less than no copy.
      stated.caution != .oneAlleleAssumed || result.call != .homozygousDeletion
    {
      if let contradiction = contradiction(stated, copies: copies, ploidy: ploidy) {
        return contradictory(stated, row, batch, source, copies: copies, written: asWritten, contradiction)
      }
      result = stated
    } else if [.heterozygousLoss, .lossOfHeterozygosity].contains(result.call) {
      return fewCopies(result, row, batch, source, copies: copies, written: asWritten)
    }
    return kept(result, row, batch, source, copies: copies, written: asWritten)
  }

  /// Why a call and a number of copies cannot both be, with the lab's limit of an amplification.
  func contradiction(_ call: CopyNumberNormalizer.Result, copies: Double, ploidy: Double) -> String? {
    CopyNumberNormalizer.contradiction(call, copies: copies, ploidy: ploidy, amplification: amplificationCopies)
  }

  /// Few copies without a call: of a gene on a sex chromosome they may be all that the patient has.
  private func fewCopies(
    _ result: CopyNumberNormalizer.Result, _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation,
    copies: Double, written: String
  ) -> Result {
    let fate = kept(result, row, batch, source, copies: copies, written: written)
    guard case .kept(let alteration) = fate, GeneCoordinates.builtIn.isOnSexChromosome(alteration.gene) else {
      return fate
    }
    return .notEvaluated(alteration, "few copies of a gene on a sex chromosome, which men have in all their cells")
  }

  private static let unchanged = Result.filtered("no change of copy number")

  private static func noCall(_ written: String) -> Result {
    .rejected(
      column: "copy-number call", value: written,
      problem:
        "is not a call (expected -2 -1.5 -1 0 1 2, a word such as AMP or HOMDEL, or a number of copies; log2 ratios are not calls)"
    )
  }

  private func kept(
    _ result: CopyNumberNormalizer.Result, _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation,
    copies: Double?, written: String
  ) -> Result {
    // A gene without a change of copies is a finding of no kind; it says that the gene was looked at.
    if result.call == .neutral { return Self.unchanged }
    return settled(row, batch) { name in
      Alteration(
        gene: name, event: .copyNumber(result.call), asWritten: written, copyNumber: copies,
        cautions: result.caution.map { [$0] } ?? [], source: source)
    }
  }

  /// A call that its own number of copies contradicts: neither is believed.
  private func contradictory(
    _ result: CopyNumberNormalizer.Result, _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation,
    copies: Double, written: String, _ contradiction: String
  ) -> Result {
    let fate = settled(row, batch) { name in
      Alteration(
        gene: name, event: .copyNumber(result.call), asWritten: written, copyNumber: copies,
        cautions: [.copiesDisagree], source: source)
    }
    guard case .kept(let alteration) = fate else { return fate }
    return .notEvaluated(alteration, "call and copies contradict each other: \(contradiction)")
  }

  /// The alteration of the row's gene.
  private func settled(_ row: RawCopyNumber, _ batch: RecordBatch, _ make: (String) -> Alteration) -> Result {
    switch gene(row.gene, batch, row.geneID) {
    case .symbol(let symbol): .kept(make(symbol))
    case .notEvaluated(let name, let reason): .notEvaluated(make(name), reason)
    case .rejected(let problem):
      .rejected(column: "Hugo_Symbol", value: batch.string(row.gene), problem: problem)
    }
  }
}
