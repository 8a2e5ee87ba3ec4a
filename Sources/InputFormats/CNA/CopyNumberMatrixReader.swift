// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads a matrix of copy-number calls, genes by samples: cBioPortal `data_cna`, GISTIC `all_thresholded.by_genes`.
///
/// Each cell counts as a row of its sample; `NA` means that the gene was not assayed and is no row. A number that no
/// call is written as, wherever it stands, makes the whole matrix one of ratios or copies, and its `2` no amplification.
struct CopyNumberMatrixReader: RecordReader {
  private let header: InputHeader
  private let geneColumn: Int
  private let sampleColumns: [Int]
  /// Whether the first row holds ratios or copies in place of calls.
  private let isContinuous: Bool

  var formatName: String { isContinuous ? "copy number (matrix of ratios)" : "copy number (matrix of calls)" }
  var assays: [AssayKind] { [.copyNumber] }
  var rowKind: TableLayout.RowKind? { .cells }

  private static let geneColumns = ["hugo_symbol", "gene symbol", "gene.symbol"]
  private static let annotationColumns: Set<String> = [
    "hugo_symbol", "entrez_gene_id", "cytoband", "gene symbol", "gene.symbol", "locus id", "locus.id", "gene id",
    "gene.id", "composite.element.ref", "description", "chromosome", "start", "end",
  ]

  static func recognizes(_ header: InputHeader) -> Bool {
    guard header.cells.count >= 2 else { return false }
    let lowered = header.cells.map { $0.lowercased() }
    guard
      geneColumns.contains(lowered[0]) || lowered[0] == "entrez_gene_id" && lowered[1] == "hugo_symbol"
        || isOfRowNames(header)
    else { return false }
    let known = [
      "sample_id", "value", "site1_hugo_symbol", "tumor_sample_barcode", "variant_classification", "hgvsp_short",
      "copy_number_alteration", "alteration", "mutation", "variant", "fusion", "start_position",
    ]
    return !lowered.contains(where: known.contains) && lowered.contains { !annotationColumns.contains($0) }
  }

  /// Whether genes stand in front as R's names of rows, which have no column, and all other cells are calls.
  private static func isOfRowNames(_ header: InputHeader) -> Bool {
    let row = header.firstRow
    guard header.cells[0].isEmpty, row.count == header.cells.count, let gene = row.first,
      gene.first?.isLetter == true, gene.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." })
    else { return false }
    return row.dropFirst().allSatisfy { cell in
      let bytes = Array(cell.utf8)
      return ByteText.isMissing(bytes.span) || ByteText.number(bytes.span) != nil && mayBeCall(bytes.span)
    }
  }

  init(_ header: InputHeader) {
    self.header = header
    let lowered = header.cells.map { $0.lowercased() }
    geneColumn = lowered.firstIndex(where: Self.geneColumns.contains) ?? 0
    sampleColumns = header.cells.indices.filter {
      !Self.annotationColumns.contains(lowered[$0]) && !header.cells[$0].isEmpty
    }
    let values = header.firstRow
    isContinuous = sampleColumns.contains { column in
      guard column < values.count else { return false }
      let cell = Array(values[column].utf8)
      return !Self.mayBeCall(cell.span)
    }
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    let batches = sampleColumns.map { content.batchNumber(of: Self.sampleID(header.cells[$0])) }
    let side = SideColumns(header, gene: geneColumn)
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let gene = fields.cell(geneColumn, text)
      if fields.isCut(before: sampleColumns.last) {
        reject(.cutRow(fields, of: header, line: walker.lineNumber), batches, &content)
        continue
      }
      let identifier = side.identifier(text) { fields.raw(side.columns[$0]) }
      if gene.isEmpty, !identifier.isSet {
        reject(
          .empty(geneColumn, of: header, line: walker.lineNumber, remedy: "the row names no gene"), batches, &content)
        continue
      }
      // Few rows name more than one gene: `CDKN2A/B`.
      let isList = gene.contains { text[$0] == UInt8(ascii: "/") || text[$0] == UInt8(ascii: ",") }
      let names = isList ? GeneList.genes(ByteText.string(text.extracting(gene))) : nil
      for (column, batch) in zip(sampleColumns, batches) {
        let cell = fields.cell(column, text)
        if cell.isEmpty { continue }
        guard Self.mayBeCall(text.extracting(cell)) else {
          refuse(ByteText.string(text.extracting(cell)), line: walker.lineNumber, &content)
          return
        }
        for name in names ?? [""] {
          content.batches[batch].counts.read += 1
          var copyNumber = RawCopyNumber()
          copyNumber.gene =
            names == nil ? content.batches[batch].keep(text.extracting(gene)) : content.batches[batch].keep(name)
          if names == nil { copyNumber.geneID = identifier }
          copyNumber.amount = content.batches[batch].keep(text.extracting(cell))
          content.batches[batch].add(.copyNumber(copyNumber), line: walker.lineNumber)
        }
      }
    }
  }

  /// Sets a row aside for each sample, and says so once.
  private func reject(_ error: InputError, _ batches: [Int], _ content: inout ReadRows) {
    for batch in batches {
      content.batches[batch].counts.read += 1
      content.batches[batch].counts.rejected += 1
    }
    content.rejected.append(error)
  }

  private func refuse(_ value: String, line: Int, _ content: inout ReadRows) {
    // The file of one sample keeps its name, so that the sample is told.
    let only = sampleColumns.count == 1 ? Self.sampleID(header.cells[sampleColumns[0]]) : ""
    content.refuse(
      Refusal(
        reason:
          "holds numbers that are not calls, \(value) in line \(line) (give calls of -2 to 2: cBioPortal data_cna, GISTIC all_thresholded.by_genes; copies are read from a table with one gene per row and a column copy_number)",
        isCohort: sampleColumns.count > 1, sampleID: only))
  }

  /// R writes `TCGA-OR-A5J1-01A` as `TCGA.OR.A5J1.01A`.
  private static func sampleID(_ name: String) -> String {
    name.hasPrefix("TCGA.") ? String(name.map { $0 == "." ? "-" : $0 }) : name
  }

  /// Whether a cell is a call of -2 to 2, or no number at all.
  private static func mayBeCall(_ cell: Span<UInt8>) -> Bool {
    let isSigned = cell.count == 2 && (cell[0] == UInt8(ascii: "-") || cell[0] == UInt8(ascii: "+"))
    if cell.count == 1 || isSigned {
      let digit = cell[cell.count - 1]
      return digit < 0x30 || digit > 0x39 || digit <= UInt8(ascii: "2")
    }
    guard let number = ByteText.number(cell) else { return true }
    return number == -1.5 || number == number.rounded() && abs(number) <= 2
  }
}
