// SPDX-License-Identifier: Apache-2.0
internal import Alterations
package import DelimitedText
package import InputFormats
internal import Knowledge

extension Normalizer {
  /// Why a file cannot be used though its columns were read: none of its genes is known; `nil` when one is.
  ///
  /// Mostly the first row tells, so that it costs nothing to ask.
  package func fault(of content: FileContent) -> InputError? {
    var count = 0
    var first: (name: String, line: Int)?
    guard case .alterations(let rows) = content.kind else { return nil }
    for batch in rows.batches {
      for record in batch.records where !record.isRefused {
        switch state(of: record, batch) {
        case .isKnown, .cannotTell: return nil
        case .isUnknown(let name):
          count += 1
          if first == nil { first = (name, Int(record.line)) }
        }
      }
    }
    guard let first else { return nil }
    return InputError(
      path: content.path, line: first.line, value: first.name,
      problem: "is no known gene, and neither is any other of the file's \(count) \(count == 1 ? "row" : "rows") "
        + "(give HGNC symbols, or numbers of Entrez, HGNC or Ensembl in a column of their own)")
  }

  /// Whether rows of a sample show that a file's genes are known, or that they cannot tell.
  package func knowsGenes(of batch: RecordBatch) -> Bool {
    batch.records.contains { record in
      if record.isRefused { return false }
      if case .isUnknown = state(of: record, batch) { return false }
      return true
    }
  }

  private enum GeneState {
    case isKnown, cannotTell
    case isUnknown(String)
  }

  private func state(of record: RawRecord, _ batch: RecordBatch) -> GeneState {
    switch record.statement {
    // A change by its position names no gene; the tables tell it.
    case .mutation(let row) where row.gene.isEmpty && !row.geneID.isSet && !row.place.isEmpty: .cannotTell
    case .mutation(let row):
      // A table of mutations may hold rows of scores alone: `MSI`, `TMB`.
      namesScore(row.gene, batch) ? .cannotTell : state(row.gene, row.geneID, batch)
    case .copyNumber(let row): state(row.gene, row.geneID, batch)
    case .fusion(let row):
      switch (state(row.first, GeneIdentifier(), batch), state(row.second, GeneIdentifier(), batch)) {
      case (.isUnknown(let name), .isUnknown) where row.name.isEmpty: .isUnknown(name)
      default: .cannotTell
      }
    case .biomarker, .segment: .cannotTell
    }
  }

  private func namesScore(_ name: TextSlice, _ batch: RecordBatch) -> Bool {
    table.reference.facts.biomarkers.written(batch.string(name)) != nil
  }

  private func state(_ name: TextSlice, _ identifier: GeneIdentifier, _ batch: RecordBatch) -> GeneState {
    knowsGene(name, batch, identifier) ? .isKnown : .isUnknown(batch.string(name))
  }
}
