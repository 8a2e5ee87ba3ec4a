internal import DelimitedText

/// Reads one copy-number call a row: cBioPortal's long form and the OncoKB annotator's individual form.
struct LongCopyNumberReader: RecordReader {
  private let columns: InputHeader
  private let geneColumn: Int?
  private let sampleColumn: Int?
  private let callColumn: Int?

  var formatName: String { "copy number (one call a row)" }
  var assays: [String] { ["copy_number"] }

  static func recognizes(_ columns: InputHeader) -> Bool {
    guard columns.column("hugo_symbol", "gene", "gene_symbol", "symbol") != nil,
      columns.column("variant_classification", "hgvsp_short") == nil
    else {
      return false
    }
    return columns.column("copy_number_alteration", "copy_number_call", "cnv_class", "cn_call", "cna_call", "cnv_call")
      != nil
      || columns.column("call") != nil && columns.column("log2") == nil
      || columns.column("value") != nil && columns.column("sample_id", "tumor_sample_barcode") != nil
  }

  init(_ header: InputHeader) {
    columns = header
    geneColumn = columns.column("hugo_symbol", "gene", "gene_symbol", "symbol")
    sampleColumn = columns.column("sample_id", "tumor_sample_barcode")
    callColumn = columns.column(
      "copy_number_alteration", "copy_number_call", "cnv_class", "cn_call", "cna_call", "cnv_call", "call", "value")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var fields = RowFields(separator: columns.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let gene = fields.cell(geneColumn, text)
      let sample = fields.cell(sampleColumn, text)
      let call = fields.cell(callColumn, text)
      let batch = content.batchNumber(of: ByteText.string(text.extracting(sample)))
      content.batches[batch].counts.read += 1
      let missing =
        gene.isEmpty ? geneColumn : sample.isEmpty && sampleColumn != nil ? sampleColumn : nil
      if let missing {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: columns.path, line: walker.lineNumber, column: columns.name(missing),
            problem: "is empty (the row needs it)"))
        continue
      }
      if call.isEmpty {
        content.batches[batch].counts.filtered += 1
        content.filteredReasons["not assayed", default: 0] += 1
        continue
      }
      var record = RawRecord()
      record.kind = .copyNumber
      record.line = Int32(truncatingIfNeeded: walker.lineNumber)
      record.gene = content.batches[batch].keep(text.extracting(gene))
      record.change = content.batches[batch].keep(text.extracting(call))
      content.batches[batch].records.append(record)
    }
  }
}
