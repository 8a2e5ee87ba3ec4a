internal import Alterations
internal import DelimitedText

/// Reads one copy-number call a row: cBioPortal's long form, the OncoKB annotator's individual form, MOAlmanac's
/// `gene call` and plain tables with a column of calls.
struct LongCopyNumberReader: RecordReader {
  private let columns: InputHeader
  private let geneColumn: Int?
  private let sampleColumn: Int?
  private let callColumn: Int?
  /// The number of copies beside the call.
  private let copiesColumn: Int?

  var formatName: String { "copy number (one call per row)" }
  var assays: [AssayKind] { [.copyNumber] }

  static func recognizes(_ columns: InputHeader) -> Bool {
    guard geneColumn(columns) != nil, !GeneCopiesReader.isOfMutations(columns) else { return false }
    return columns.column("copy_number_alteration", "copy_number_call", "cnv_class", "cn_call", "cna_call", "cnv_call")
      != nil
      || columns.column("call") != nil && columns.column("log2") == nil
      || columns.column("value") != nil && columns.column("sample_id", "tumor_sample_barcode") != nil
  }

  init(_ header: InputHeader) {
    columns = header
    geneColumn = Self.geneColumn(header)
    sampleColumn = GeneCopiesReader.sampleColumn(header)
    callColumn = columns.column(
      "copy_number_alteration", "copy_number_call", "cnv_class", "cn_call", "cna_call", "cnv_call", "call", "value")
    copiesColumn = GeneCopiesReader.totalColumns.lazy.compactMap { header.column($0) }.first
  }

  private static func geneColumn(_ header: InputHeader) -> Int? {
    header.column("hugo_symbol", "gene", "gene_symbol", "symbol", "gene_name", "gene symbol")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let gene = fields.cell(geneColumn, text)
      let sample = fields.cell(sampleColumn, text)
      let call = fields.cell(callColumn, text)
      let batch = content.batchNumber(of: ByteText.string(text.extracting(sample)))
      if fields.isCut(before: geneColumn, sampleColumn, callColumn) {
        content.reject(batch, .cutRow(fields, of: columns, line: walker.lineNumber))
        continue
      }
      if gene.isEmpty {
        content.reject(
          batch, .empty(geneColumn, of: columns, line: walker.lineNumber, remedy: "name the gene by its symbol"))
        continue
      }
      if sample.isEmpty, sampleColumn != nil {
        content.reject(
          batch, .empty(sampleColumn, of: columns, line: walker.lineNumber, remedy: "the row belongs to no sample"))
        continue
      }
      let copies = fields.cell(copiesColumn, text)
      if call.isEmpty, copies.isEmpty {
        content.filter(batch, "not assayed")
        continue
      }
      for name in GeneList.genes(ByteText.string(text.extracting(gene))) {
        content.batches[batch].counts.read += 1
        var copyNumber = RawCopyNumber()
        copyNumber.gene = content.batches[batch].keep(name)
        copyNumber.isCopies = !copies.isEmpty
        copyNumber.amount = content.batches[batch].keep(text.extracting(copies.isEmpty ? call : copies))
        if !copies.isEmpty { copyNumber.call = content.batches[batch].keep(text.extracting(call)) }
        content.batches[batch].add(.copyNumber(copyNumber), line: walker.lineNumber)
      }
    }
  }
}
