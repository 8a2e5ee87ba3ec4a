internal import DelimitedText

/// Reads cBioPortal `data_sv`: one rearrangement a row, one or two sites.
///
/// The first site is not promised to be the 5-prime one; `Connection_Type` `5to3` says that it is, `3to5` that it is not.
struct StructuralVariantReader: RecordReader {
  private let columns: InputHeader
  private let sampleColumn: Int?
  private let firstGene: Int?
  private let secondGene: Int?
  private let frame: Int?
  private let event: Int?
  private let kind: Int?
  private let annotation: Int?
  private let connection: Int?
  private let status: Int?

  var formatName: String { "structural variants (cBioPortal)" }
  var assays: [String] { ["fusions"] }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.column("sample_id", "tumor_sample_barcode") != nil
      && header.column("site1_hugo_symbol", "site2_hugo_symbol", "genea", "gene_a") != nil
  }

  init(_ header: InputHeader) {
    columns = header
    sampleColumn = columns.column("sample_id", "tumor_sample_barcode")
    firstGene = columns.column("site1_hugo_symbol", "genea", "gene_a")
    secondGene = columns.column("site2_hugo_symbol", "geneb", "gene_b")
    frame = columns.column("site2_effect_on_frame")
    event = columns.column("event_info")
    kind = columns.column("class", "sv_type", "structural_variant_type")
    annotation = columns.column("annotation")
    connection = columns.column("connection_type")
    status = columns.column("sv_status")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var fields = RowFields(separator: columns.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sample = fields.cell(sampleColumn, text)
      let batch = content.batchNumber(of: ByteText.string(text.extracting(sample)))
      content.batches[batch].counts.read += 1
      let first = fields.cell(firstGene, text)
      let second = fields.cell(secondGene, text)
      if sample.isEmpty || (first.isEmpty && second.isEmpty) {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: columns.path, line: walker.lineNumber,
            column: columns.name(sample.isEmpty ? sampleColumn : firstGene),
            problem: sample.isEmpty
              ? "is empty (the row belongs to no sample)" : "is empty, and so is the other site (name one gene)"))
        continue
      }
      var record = RawRecord()
      record.kind = .fusion
      record.line = Int32(truncatingIfNeeded: walker.lineNumber)
      let isReversed = ByteText.equals(text.extracting(fields.cell(connection, text)), "3to5")
      record.gene = content.batches[batch].keep(text.extracting(isReversed ? second : first))
      record.secondGene = content.batches[batch].keep(text.extracting(isReversed ? first : second))
      record.effect = content.batches[batch].keep(text.extracting(fields.cell(frame, text)))
      var info = fields.cell(event, text)
      if info.isEmpty { info = fields.cell(annotation, text) }
      record.change = content.batches[batch].keep(text.extracting(info))
      record.codingChange = content.batches[batch].keep(text.extracting(fields.cell(connection, text)))
      record.status = content.batches[batch].keep(text.extracting(fields.cell(status, text)))
      content.batches[batch].records.append(record)
    }
  }
}
