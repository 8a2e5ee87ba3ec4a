internal import DelimitedText

/// Reads total copies by gene: PURPLE's gene and driver tables, CNVkit's called segments and gene metrics, and plain
/// tables with a gene and its copies.
///
/// Copies become calls by the ploidy of the sample where it is known (DOMAIN section 3). A row that lists several genes
/// counts once a gene.
struct GeneCopiesReader: RecordReader {
  private enum Source {
    case purpleGenes, drivers, cnvkit, plain
  }

  private let header: InputHeader
  private let source: Source
  private let gene: Int?
  private let copies: Int?
  private let driver: Int?
  private let sample: Int?

  var formatName: String {
    switch source {
    case .purpleGenes: "copy number (PURPLE genes)"
    case .drivers: "drivers (PURPLE, LINX)"
    case .cnvkit: "copy number (CNVkit)"
    case .plain: "copy number (copies by gene)"
    }
  }
  var assays: [String] { ["copy_number"] }

  static func recognizes(_ header: InputHeader) -> Bool { source(of: header) != nil }

  private static func source(of header: InputHeader) -> Source? {
    guard header.column("gene", "hugo_symbol", "gene_symbol", "symbol") != nil else { return nil }
    if header.has("driver", "mincopynumber", "maxcopynumber") { return .drivers }
    if header.has("mincopynumber", "maxcopynumber") { return .purpleGenes }
    if header.has("log2", "cn") { return .cnvkit }
    let hasCopies = header.column("total_cn", "copy_number", "copynumber", "total_copy_number", "absolute_cn", "copies")
    let isOther = header.column("variant_classification", "hgvsp_short", "copy_number_alteration") != nil
    return hasCopies != nil && !isOther ? .plain : nil
  }

  init(_ header: InputHeader) {
    self.header = header
    source = Self.source(of: header) ?? .plain
    gene = header.column("gene", "hugo_symbol", "gene_symbol", "symbol")
    copies = header.column(
      "mincopynumber", "cn", "total_cn", "copy_number", "copynumber", "total_copy_number", "absolute_cn", "copies")
    driver = header.column("driver")
    sample = header.column("sample_id", "tumor_sample_barcode", "sample")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let batch = content.batchNumber(of: fields.string(sample, text))
      let names = fields.string(gene, text).split(separator: ",").map(String.init).filter { $0 != "-" }
      let value = fields.cell(copies, text)
      if names.isEmpty, source == .cnvkit {
        // A segment between genes.
        set(&content, batch, filtered: "segment without a gene")
        continue
      }
      let isNumber = ByteText.number(text.extracting(value)) != nil
      guard !names.isEmpty, isNumber else {
        content.batches[batch].counts.read += 1
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: header.path, line: walker.lineNumber, column: header.name(names.isEmpty ? gene : copies),
            value: names.isEmpty ? "" : ByteText.string(text.extracting(value)),
            problem: names.isEmpty ? "is empty (the row names no gene)" : "is no number of copies"))
        continue
      }
      if source == .drivers, let reason = reasonToPass(fields.string(driver, text)) {
        set(&content, batch, filtered: reason)
        continue
      }
      for name in names {
        content.batches[batch].counts.read += 1
        var record = RawRecord()
        record.kind = .copyNumber
        record.line = Int32(truncatingIfNeeded: walker.lineNumber)
        record.gene = content.batches[batch].keep(Array(name.utf8).span)
        record.change = content.batches[batch].keep(text.extracting(value))
        record.effect = content.batches[batch].keep(Array("copies".utf8).span)
        content.batches[batch].records.append(record)
      }
    }
  }

  /// Drivers by mutation stand in the mutation file.
  private func reasonToPass(_ driver: String) -> String? {
    switch driver.uppercased() {
    case "AMP", "PARTIAL_AMP", "DEL", "HOM_DEL_DISRUPTION", "HET_DEL": nil
    default: "driver by \(driver.isEmpty ? "nothing stated" : driver.lowercased()), no copy number"
    }
  }

  private func set(_ content: inout FileContent, _ batch: Int, filtered reason: String) {
    content.batches[batch].counts.read += 1
    content.batches[batch].counts.filtered += 1
    content.filteredReasons[reason, default: 0] += 1
  }
}
