internal import DelimitedText

/// Reads one biomarker a row: `sample_id name value unit method`, sample, unit and method optional.
struct BiomarkerTableReader: RecordReader {
  private let header: InputHeader
  private let sample: Int?
  private let name: Int?
  private let value: Int?
  private let scale: Int?
  private let method: Int?

  var formatName: String { "biomarkers (one a row)" }
  var assays: [String] { ["biomarkers"] }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.column("biomarker", "biomarker_name", "marker", "test", "name") != nil
      && header.column("value", "result") != nil && header.column("hugo_symbol", "gene", "entity_stable_id") == nil
      && header.cells.count <= 12
  }

  init(_ header: InputHeader) {
    self.header = header
    sample = header.column("sample_id", "tumor_sample_barcode", "sample")
    name = header.column("biomarker", "biomarker_name", "marker", "test", "name")
    value = header.column("value", "result")
    scale = header.column("scale", "unit", "units")
    method = header.column("method", "assay")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let batch = content.batchNumber(of: fields.string(sample, text))
      content.batches[batch].counts.read += 1
      let missing =
        sample != nil && fields.cell(sample, text).isEmpty ? sample : fields.cell(name, text).isEmpty ? name : nil
      if let missing {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: header.path, line: walker.lineNumber, column: header.name(missing),
            problem: "is empty (the row needs it)"))
        continue
      }
      if fields.cell(value, text).isEmpty {
        content.batches[batch].counts.filtered += 1
        content.filteredReasons["biomarker without a value", default: 0] += 1
        continue
      }
      content.batches[batch].keepBiomarker(
        fields.string(name, text), fields.string(value, text), scale: fields.string(scale, text),
        method: fields.string(method, text), line: walker.lineNumber)
    }
  }
}

extension RecordBatch {
  /// Adds what a file states of one biomarker.
  mutating func keepBiomarker(_ name: String, _ value: String, scale: String = "", method: String = "", line: Int) {
    var record = RawRecord()
    record.kind = .biomarker
    record.line = Int32(truncatingIfNeeded: line)
    record.gene = keep(Array(name.utf8).span)
    record.change = keep(Array(value.utf8).span)
    record.secondGene = keep(Array(scale.utf8).span)
    record.effect = keep(Array(method.utf8).span)
    records.append(record)
  }
}
