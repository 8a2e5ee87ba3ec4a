// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads one copy-number call a row: cBioPortal's long form, the OncoKB annotator's individual form, MOAlmanac's
/// `gene call` and plain tables with a column of calls.
struct LongCopyNumberReader: RecordReader {
  private var columns: InputHeader
  private let geneColumn: Int?
  private let sampleColumn: Int?
  private let callColumn: Int?
  private let side: SideColumns
  private let gate: CallGate
  /// The number of copies beside the call.
  private let copiesColumn: Int?
  /// Whether calls are words of OncoKB.
  private let isOfOncoKB: Bool

  var formatName: String { "copy number (one call per row)" }
  var mayHoldSamples: Bool { true }
  var assays: [AssayKind] { [.copyNumber] }

  /// Columns that hold calls, whatever stands beside them.
  private static let calls = [
    "copy_number_alteration", "copy_number_call", "cnv_class", "cn_call", "cna_call", "cnv_call", "cnv_result",
    "cna_result", "copy_number_result", "copy_number_status", "cnv_status", "cna_status", "amplification_status",
  ]

  static func recognizes(_ columns: InputHeader) -> Bool {
    guard geneColumn(columns) != nil, !GeneCopiesReader.isOfMutations(columns) else { return false }
    return columns.column(anyOf: calls) != nil
      || columns.column("call") != nil && columns.column("log2") == nil
      || columns.column("value") != nil && columns.sampleColumn != nil
  }

  init(_ header: InputHeader) {
    columns = header
    geneColumn = Self.geneColumn(header)
    sampleColumn = header.sampleColumn
    side = SideColumns(header, gene: geneColumn)
    gate = CallGate(header, except: ["call"])
    isOfOncoKB = header.column("copy_number_alteration") != nil
    callColumn = columns.column(anyOf: Self.calls + ["call", "value"])
    copiesColumn = GeneCopiesReader.totalColumns.lazy.compactMap { header.column($0) }.first
  }

  private static func geneColumn(_ header: InputHeader) -> Int? {
    header.column("hugo_symbol", "gene", "gene_symbol", "symbol", "gene_name")
  }

  func reading(_ path: String) -> Self? {
    var other = self
    other.columns = columns.of(path)
    return other
  }

  /// Whether numbers in the column of calls are copies: calls lie between -2 and 2, and beside a 15 a 2 is what most genes
  /// have.
  private func holdsCopies(_ text: Span<UInt8>, _ start: LineWalker) -> Bool {
    guard copiesColumn == nil, !isOfOncoKB else { return false }
    var walker = start
    var fields = RowFields(separator: columns.separator)
    var isAbove = false
    while let line = walker.next(in: text) {
      fields.split(line, text)
      guard let number = ByteText.number(text.extracting(fields.cell(callColumn, text))) else { continue }
      if number < 0 { return false }
      isAbove = isAbove || number > 2
    }
    return isAbove
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    var tally = gate.tally
    // Closures over these copy no reader.
    let (gate, side, callsAreCopies) = (gate, side, holdsCopies(text, walker))
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let gene = fields.cell(geneColumn, text)
      let sample = fields.cell(sampleColumn, text)
      let call = fields.cell(callColumn, text)
      let batch = content.batchNumber(of: text.extracting(sample))
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
        content.filter(batch, "not assayed", line: walker.lineNumber)
        continue
      }
      let verdict = gate.check(text, &tally) { fields.raw(gate.columns[$0]) }
      if let reason = verdict.reason {
        content.filter(batch, reason, line: walker.lineNumber)
        continue
      }
      func add(_ name: Span<UInt8>, isOnly: Bool) {
        content.batches[batch].counts.read += 1
        var copyNumber = RawCopyNumber()
        copyNumber.gene = content.batches[batch].keep(name)
        if isOnly { copyNumber.geneID = side.identifier(text) { fields.raw(side.columns[$0]) } }
        copyNumber.isCopies = !copies.isEmpty || callsAreCopies && ByteText.number(text.extracting(call)) != nil
        copyNumber.amount = content.batches[batch].keep(text.extracting(copies.isEmpty ? call : copies))
        // oncokb/oncokb-annotator, AnnotatorCore.py, GISTIC_CNA_MAP: `Deletion` is -2, `Loss` -1.
        copyNumber.deletionIsDeep = isOfOncoKB
        if !copies.isEmpty { copyNumber.call = content.batches[batch].keep(text.extracting(call)) }
        content.batches[batch].add(.copyNumber(copyNumber), line: walker.lineNumber, doubt: verdict.doubt)
      }
      if GeneList.isOneGene(text.extracting(gene)) {
        add(text.extracting(gene), isOnly: true)
        continue
      }
      let names = GeneList.genes(ByteText.string(text.extracting(gene)))
      // A row may give the gene's number alone.
      for name in names.isEmpty ? [""] : names { add(Array(name.utf8).span, isOnly: names.count <= 1) }
    }
    content.add(tally)
  }
}
