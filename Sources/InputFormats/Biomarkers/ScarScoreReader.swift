// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads scarHRD's result: one row a sample with the sum of its three scores of genomic scars.
///
/// The sum is kept as a score. Where a score begins to be positive differs between tests, so it becomes no verdict.
struct ScarScoreReader: RecordReader {
  private let header: InputHeader
  private let sum: Int?

  var formatName: String { "genomic scars (scarHRD)" }
  var assays: [AssayKind] { [.biomarkers] }

  static func recognizes(_ header: InputHeader) -> Bool { header.has("hrd", "telomeric ai", "lst", "hrd-sum") }

  init(_ header: InputHeader) {
    self.header = header
    sum = header.column("hrd-sum")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let batch = content.batchNumber(of: fields.string(0, text))
      content.batches[batch].counts.read += 1
      let score = fields.string(sum, text)
      guard WrittenNumber(score).value != nil else {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: header.path, line: walker.lineNumber, column: header.name(sum), value: score,
            problem: "is not a score (run scarHRD again)"))
        continue
      }
      content.batches[batch].keepBiomarker("HRD", score, method: "scarHRD", line: walker.lineNumber)
    }
  }
}
