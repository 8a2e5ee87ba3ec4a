// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import DelimitedText
package import InputFormats

/// Reads a text as a run would read a file with that content.
///
/// - Throws: ``InputError`` when the file is refused.
package func readInput(_ text: String, path: String = "input.txt") throws(InputError) -> FileContent {
  try readInput(Array(text.utf8), path: path)
}

/// Reads bytes as a run would read a file with that content.
///
/// - Throws: ``InputError`` when the file is refused.
package func readInput(_ bytes: [UInt8], path: String = "input.txt") throws(InputError) -> FileContent {
  try OpenedInput(bytes.span, path: path).readAll(bytes.span)
}

extension FileContent {
  /// What an input of alterations states; none for other inputs.
  private var rows: SampleRows? {
    if case .alterations(let rows) = kind { return rows }
    return nil
  }

  /// Samples in order of first appearance.
  package var batches: [RecordBatch] { rows?.batches ?? [] }
  /// Which kinds of alteration the file can report, or its samples miss without it.
  package var assays: [AssayKind] { rows?.assays ?? refused?.assays ?? [] }
  /// Rows not looked at, by reason.
  package var filteredReasons: [String: Int] { rows?.filtered.byReason ?? [:] }
  /// Why the file gives no calls; `nil` when it does.
  package var refused: Refusal? {
    if case .refused(let refusal) = kind { return refusal }
    return nil
  }
  /// Why the file gives no calls; empty when it does.
  package var refusal: String { refused?.reason ?? "" }

  /// Why the file cannot be read; `nil` when it can.
  package var failure: InputError? {
    if case .failed(let error) = kind { return error }
    return nil
  }

  /// All rows' fates together.
  package var counts: RowCounts {
    var sum = RowCounts()
    for batch in batches { sum.add(batch.counts) }
    return sum
  }

  /// The records of all samples.
  package var records: [RawRecord] { batches.flatMap(\.records).filter { !$0.isRefused } }

  /// The records of all samples as `sample: gene change [effect]`, for comparison.
  package var statements: [String] {
    batches.flatMap { batch in
      batch.records.map { record in
        "\(batch.sampleID): " + record.texts(in: batch).joined(separator: "|")
      }
    }
  }
}

extension RawRecord {
  /// What kind of statement a row is.
  package enum Kind: Sendable {
    case mutation, copyNumber, fusion, biomarker, segment
  }

  /// What kind of statement the row is.
  package var kind: Kind {
    switch statement {
    case .mutation: .mutation
    case .copyNumber: .copyNumber
    case .fusion: .fusion
    case .biomarker: .biomarker
    case .segment: .segment
    }
  }

  /// The change of a gene's sequence; `nil` for other statements.
  package var mutation: RawMutation? {
    if case .mutation(let mutation) = statement { mutation } else { nil }
  }

  /// The rearrangement; `nil` for other statements.
  package var fusion: RawFusion? {
    if case .fusion(let fusion) = statement { fusion } else { nil }
  }

  /// What the row says of germline or somatic.
  package func status(in batch: RecordBatch) -> String {
    switch statement {
    case .mutation(let row): batch.string(row.status)
    case .fusion(let row): batch.string(row.status)
    case .copyNumber, .biomarker, .segment: ""
    }
  }

  /// The row as five texts, what it is about first.
  package func texts(in batch: RecordBatch) -> [String] {
    switch statement {
    case .mutation(let row):
      [
        batch.string(row.gene), "", batch.string(row.proteinChange), batch.string(row.codingChange),
        batch.string(row.words),
      ]
    case .copyNumber(let row):
      [batch.string(row.gene), "", batch.string(row.amount), batch.string(row.call), row.isCopies ? "copies" : ""]
    case .fusion(let row):
      [
        batch.string(row.first), batch.string(row.second), batch.string(row.name), row.isOrdered ? "5to3" : "",
        // What a reader found out of exons and ends goes before the frame as written.
        batch.string(row.details).split(separator: "\n").first.flatMap {
          $0.hasPrefix("exon ") || $0 == "antisense" ? String($0) : nil
        } ?? batch.string(row.frame),
      ]
    case .biomarker(let row):
      [batch.string(row.name), batch.string(row.scale), batch.string(row.value), "", batch.string(row.method)]
    case .segment(let row):
      [
        batch.string(row.chromosome), "\(row.start)-\(row.end)", batch.string(row.copies), batch.string(row.call),
        batch.string(row.build),
      ]
    }
  }
}
