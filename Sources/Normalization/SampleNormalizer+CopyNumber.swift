// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats
internal import Knowledge

extension SampleNormalizer {
  /// The rows of a file with a row for each gene in the place of segments.
  func expanded(
    _ batch: RecordBatch, file: Int32, build: GenomeBuild?, fit: PurityAndPloidy?, _ counts: inout RowCounts,
    _ result: inout Result
  ) -> RecordBatch {
    var batch = batch
    if batch.hasRatios { settleRatios(&batch, file, fit, &counts, &result) }
    guard batch.hasSegments else { return batch }
    let outcome = batch.expandSegments(build: build) { chromosome, start, end, build in
      GeneCoordinates.builtIn.genes(on: chromosome, from: start, to: end, build: build)
    }
    counts.read += outcome.added
    setAside(outcome.withoutGene, "segment without a gene of the tables", file, &counts, &result)
    let count = outcome.withoutBuild.count
    reject(
      outcome.withoutBuild, "genome build",
      "is not stated, and \(count) segment\(count == 1 ? " is" : "s are") not evaluated (name the build: --genome GRCh38, or a column genome_build in the sample sheet)",
      file, &counts, &result)
    return batch
  }

  /// Counts rows that are not looked at for one reason.
  private func setAside(
    _ lines: [Int32], _ reason: String, _ file: Int32, _ counts: inout RowCounts, _ result: inout Result
  ) {
    guard !lines.isEmpty else { return }
    counts.filtered += lines.count
    result.filteredByFile[file, default: [:]][reason, default: 0] += lines.count
    if tracesRows { result.traces += lines.map { RowTrace(file: file, line: $0, .filtered(reason)) } }
  }

  /// Counts rows that lack the same, and says so once, at the first of them.
  private func reject(
    _ lines: [Int32], _ column: String, _ problem: String, _ file: Int32, _ counts: inout RowCounts,
    _ result: inout Result
  ) {
    guard let first = lines.first else { return }
    counts.rejected += lines.count
    result.rejected.append(
      Rejection(source: SourceLocation(file: file, line: first), column: column, value: "", problem: problem))
    guard tracesRows else { return }
    result.traces += lines.map {
      RowTrace(file: file, line: $0, .rejected(column: column, value: "", problem: problem))
    }
  }

  /// Makes ratios copies where purity and ploidy are known; else says what is missing.
  private func settleRatios(
    _ batch: inout RecordBatch, _ file: Int32, _ fit: PurityAndPloidy?, _ counts: inout RowCounts,
    _ result: inout Result
  ) {
    let outcome = batch.settleRatios(fit: fit)
    setAside(
      outcome.onSexChromosome, "log2 ratio on a sex chromosome, whose copies in normal cells are not known", file,
      &counts, &result)
    let count = outcome.withoutFit.count
    reject(
      outcome.withoutFit, "purity and ploidy",
      "are not stated, and \(count) log2 ratio\(count == 1 ? " is" : "s are") not evaluated (ratios are no calls: give purity and ploidy in the sample sheet, or copies as ASCAT, FACETS, PURPLE or Sequenza give them)",
      file, &counts, &result)
  }

  /// Looks for numbers of copies, in whatever file of the sample, that contradict the call of another file.
  func settleCopies(_ parts: [(file: Int32, batch: RecordBatch)], ploidy: Double, _ result: inout Result) {
    var calls: [String: [Int]] = [:]
    for (place, alteration) in result.alterations.enumerated() where result.notEvaluated[place] == nil {
      if case .copyNumber = alteration.event, alteration.copyNumber == nil {
        calls[alteration.gene, default: []].append(place)
      }
    }
    guard !calls.isEmpty else { return }
    // Made at the first contradiction; most samples have none.
    var bySource: [SourceLocation: [Int]]?
    for (file, batch) in parts {
      for record in batch.records {
        guard case .copyNumber(let row) = record.statement, row.isCopies,
          let copies = WrittenNumber(batch.string(row.amount)).value, let gene = normalizer.symbol(row.gene, batch),
          let places = calls[gene]
        else { continue }
        for place in places where result.alterations[place].source?.file != file {
          guard case .copyNumber(let call) = result.alterations[place].event,
            let contradiction = normalizer.contradiction(.init(call), copies: copies, ploidy: ploidy)
          else { continue }
          disbelieve(place, contradiction, &result)
          // The copies may have made an alteration of their own.
          let source = SourceLocation(file: file, line: record.line)
          let known = bySource ?? Self.bySource(result.alterations)
          bySource = known
          for other in known[source] ?? [] { disbelieve(other, contradiction, &result) }
        }
      }
    }
  }

  /// The places of alterations by the row that they came from.
  private static func bySource(_ alterations: [Alteration]) -> [SourceLocation: [Int]] {
    Dictionary(
      grouping: alterations.indices.filter { alterations[$0].source != nil },
      by: { alterations[$0].source ?? SourceLocation(file: -1, line: 0) })
  }

  private func disbelieve(_ place: Int, _ contradiction: String, _ result: inout Result) {
    result.notEvaluated[place] = "call and copies of two files contradict each other: \(contradiction)"
    if !result.alterations[place].cautions.contains(.copiesDisagree) {
      result.alterations[place].cautions.append(.copiesDisagree)
    }
  }
}
