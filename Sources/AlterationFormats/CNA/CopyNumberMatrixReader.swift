internal import DelimitedText

/// Reads a matrix of copy-number calls, genes by samples: cBioPortal `data_cna`, GISTIC `all_thresholded.by_genes`.
///
/// Each cell counts as a row of its sample; `NA` means that the gene was not assayed and is no row.
struct CopyNumberMatrixReader: RecordReader {
  private let path: String
  private let header: [String]
  private let geneColumn: Int
  private let sampleColumns: [Int]
  /// Whether the first row holds ratios or estimates in place of calls.
  private let isContinuous: Bool

  var formatName: String { isContinuous ? "copy number (matrix of ratios)" : "copy number (matrix of calls)" }
  var assays: [String] { ["copy_number"] }

  private static let annotationColumns: Set<String> = [
    "hugo_symbol", "entrez_gene_id", "cytoband", "gene symbol", "gene.symbol", "locus id", "locus.id", "gene id",
    "gene.id", "composite.element.ref",
  ]

  static func recognizes(_ header: InputHeader) -> Bool {
    guard header.cells.count >= 2 else { return false }
    let lowered = header.cells.map { $0.lowercased() }
    guard
      ["hugo_symbol", "gene symbol", "gene.symbol"].contains(lowered[0])
        || lowered[0] == "entrez_gene_id" && lowered[1] == "hugo_symbol"
    else {
      return false
    }
    let known = [
      "sample_id", "value", "site1_hugo_symbol", "tumor_sample_barcode", "variant_classification", "hgvsp_short",
      "copy_number_alteration", "alteration", "fusion", "start_position",
    ]
    return !lowered.contains(where: known.contains) && lowered.contains { !annotationColumns.contains($0) }
  }

  init(_ opened: InputHeader) {
    let header = opened.cells
    path = opened.path
    self.header = header
    let lowered = header.map { $0.lowercased() }
    geneColumn = lowered.firstIndex { ["hugo_symbol", "gene symbol", "gene.symbol"].contains($0) } ?? 0
    sampleColumns = header.indices.filter { !Self.annotationColumns.contains(lowered[$0]) && !header[$0].isEmpty }
    let values = opened.firstRow
    isContinuous = sampleColumns.contains { $0 < values.count && Self.isRatio(values[$0]) }
  }

  /// Whether a cell is a number that no call is written as.
  private static func isRatio(_ cell: String) -> Bool {
    guard let number = Double(cell), number.isFinite else { return false }
    return number != number.rounded() && abs(number) != 1.5
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    if isContinuous {
      content.isRefusedCohort = sampleColumns.count > 1
      content.refusal =
        "holds ratios or estimates, which are no calls (give calls of -2 to 2: data_cna, all_thresholded.by_genes)"
      return
    }
    let batches = sampleColumns.map { content.batchNumber(of: header[$0]) }
    var fields = RowFields()
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let gene = fields.cell(geneColumn, text)
      if gene.isEmpty {
        content.rejected.append(
          InputError(
            path: path, line: walker.lineNumber, column: header[geneColumn], problem: "is empty (the row names no gene)"
          ))
        continue
      }
      for (column, batch) in zip(sampleColumns, batches) {
        let cell = fields.cell(column, text)
        if cell.isEmpty { continue }
        content.batches[batch].counts.read += 1
        var record = RawRecord()
        record.kind = .copyNumber
        record.line = Int32(truncatingIfNeeded: walker.lineNumber)
        record.gene = content.batches[batch].keep(text.extracting(gene))
        record.change = content.batches[batch].keep(text.extracting(cell))
        content.batches[batch].records.append(record)
      }
    }
  }
}
