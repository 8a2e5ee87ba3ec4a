// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads one biomarker a row: `sample_id name value unit method`, sample, unit and method optional.
struct BiomarkerTableReader: RecordReader {
  private let header: InputHeader
  private let sample, name, value, scale, method: Int?

  var formatName: String { "biomarkers (one per row)" }
  var mayHoldSamples: Bool { true }
  var assays: [AssayKind] { [.biomarkers] }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.column("biomarker", "biomarker_name", "marker", "test", "name") != nil
      && header.column("value", "result") != nil && header.column("hugo_symbol", "gene", "entity_stable_id") == nil
      && header.cells.count <= 12
  }

  init(_ header: InputHeader) {
    self.header = header
    sample = header.sampleColumn
    name = header.column("biomarker", "biomarker_name", "marker", "test", "name")
    value = header.column("value", "result")
    scale = header.column("scale", "unit", "units")
    method = header.column("method", "assay")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let batch = content.batchNumber(of: fields.string(sample, text))
      if fields.isCut(before: sample, name, value) {
        content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
      } else if sample != nil, fields.cell(sample, text).isEmpty {
        content.reject(
          batch, .empty(sample, of: header, line: walker.lineNumber, remedy: "the row belongs to no sample"))
      } else if fields.cell(name, text).isEmpty {
        content.reject(batch, .empty(name, of: header, line: walker.lineNumber, remedy: "name the biomarker"))
      } else if fields.cell(value, text).isEmpty {
        content.filter(batch, "biomarker without a value", line: walker.lineNumber)
      } else {
        content.batches[batch].counts.read += 1
        content.batches[batch].keepBiomarker(
          fields.string(name, text), fields.string(value, text), scale: fields.string(scale, text),
          method: fields.string(method, text), line: walker.lineNumber)
      }
    }
  }
}

extension RecordBatch {
  /// Adds what a file states of one biomarker.
  mutating func keepBiomarker(_ name: String, _ value: String, scale: String = "", method: String = "", line: Int) {
    add(.biomarker(biomarker(name, value, scale: scale, method: method)), line: line)
  }

  /// Copies what a file states of one biomarker into the batch.
  mutating func biomarker(_ name: String, _ value: String, scale: String = "", method: String = "") -> RawBiomarker {
    var biomarker = RawBiomarker()
    biomarker.name = keep(name)
    biomarker.value = keep(value)
    biomarker.scale = keep(scale)
    biomarker.method = keep(method)
    return biomarker
  }
}
