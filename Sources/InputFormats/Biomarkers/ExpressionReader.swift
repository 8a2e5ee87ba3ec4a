// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// From where on a table of expression says that a gene is high, or low; nothing holds unless a lab states it.
package struct ExpressionCutOffs: Hashable, Sendable {
  /// Standard scores from which on a gene is high, and up to which it is low.
  package var highScore: Double?, lowScore: Double?
  /// Transcripts per million from which on a gene is high, and up to which it is low.
  package var highTPM: Double?, lowTPM: Double?

  /// Nothing stated.
  package init() {}
}

/// Reads tables of gene expression as scores (z) or transcripts per million: cBioPortal's matrices of scores, the gene tables
/// of Salmon, RSEM and Isofox, and tables like them.
///
/// What is high has to be stated (``ExpressionCutOffs``); without that the table is named and left alone. A matrix of numbers
/// does not say what they are; there the file's name is asked as well.
struct ExpressionReader: RecordReader {
  private enum Unit: String {
    case score = "z-score"
    case tpm = "TPM"
  }

  private let header: InputHeader
  private let unit: Unit
  private let gene: Int
  private let sample, value: Int?
  /// The columns of samples where the table is a matrix.
  private let samples: [Int]

  var formatName: String { "expression (\(unit.rawValue))" }
  var assays: [AssayKind] { [.biomarkers] }
  var rowKind: TableLayout.RowKind? { value == nil ? .cells : .statement }

  private static let genes = [
    "hugosymbol", "genesymbol", "genename", "symbol", "gene", "geneid", "name", "ensemblgeneid",
  ]
  private static let scores = ["zscore", "zscores", "mrnazscore", "expressionzscore", "mrnazscores", "rnazscore"]
  private static let tpms = ["tpm", "adjtpm", "genetpm", "tpmvalue"]
  private static let annotations: Set<String> = ["entrezgeneid", "hugosymbol", "geneid", "genename", "cytoband", ""]

  static func recognizes(_ header: InputHeader) -> Bool { layout(of: header) != nil }

  private static func layout(of header: InputHeader) -> (unit: Unit, gene: Int, value: Int?)? {
    guard let gene = header.column(byKey: genes), !GeneCopiesReader.isOfMutations(header) else { return nil }
    if let value = header.column(byKey: scores) { return (.score, gene, value) }
    if let value = header.column(byKey: tpms) { return (.tpm, gene, value) }
    let name = InputHeader.key(header.path.split(separator: "/").last.map(String.init) ?? "")
    let unit: Unit? = name.contains("zscore") ? .score : name.contains("tpm") ? .tpm : nil
    guard let unit, gene <= 1, isMatrix(header) else { return nil }
    return (unit, gene, nil)
  }

  /// Whether all other cells of the first row are numbers or missing.
  private static func isMatrix(_ header: InputHeader) -> Bool {
    let columns = sampleColumns(header)
    return !columns.isEmpty
      && columns.allSatisfy { column in
        guard column < header.firstRow.count else { return false }
        let cell = Array(header.firstRow[column].utf8)
        return ByteText.isMissing(cell.span) || ByteText.number(cell.span) != nil
      }
  }

  private static func sampleColumns(_ header: InputHeader) -> [Int] {
    header.cells.indices.filter { !annotations.contains(InputHeader.key(header.cells[$0])) }
  }

  init(_ header: InputHeader) throws(InputError) {
    self.header = header
    guard let layout = Self.layout(of: header) else {
      throw InputError(path: header.path, line: header.line, problem: "is of no known kind")
    }
    unit = layout.unit
    gene = layout.gene
    value = layout.value
    sample = layout.value == nil ? nil : header.sampleColumn
    samples = layout.value == nil ? Self.sampleColumns(header) : []
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    let cutOffs = header.expression
    let high = unit == .score ? cutOffs.highScore : cutOffs.highTPM
    let low = unit == .score ? cutOffs.lowScore : cutOffs.lowTPM
    guard high != nil || low != nil else {
      let key = unit == .score ? "z_score" : "tpm"
      content.refuse(
        Refusal(
          reason:
            "holds expression (\(unit.rawValue)), for which no cut-off is stated (settings: [expression] high_\(key) = ...)",
          isCohort: samples.count > 1))
      return
    }
    var fields = RowFields(separator: header.separator)
    let batches = samples.map { content.batchNumber(of: header.cells[$0]) }
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      if let value {
        let batch = content.batchNumber(of: fields.string(sample, text))
        if fields.isCut(before: gene, value, sample) {
          content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
          continue
        }
        readCell(value, fields, text, walker.lineNumber, (high, low), batch, &content)
      } else {
        for (column, batch) in zip(samples, batches) {
          readCell(column, fields, text, walker.lineNumber, (high, low), batch, &content)
        }
      }
    }
  }

  private func readCell(
    _ column: Int, _ fields: RowFields, _ text: Span<UInt8>, _ line: Int, _ limits: (high: Double?, low: Double?),
    _ batch: Int, _ content: inout ReadRows
  ) {
    let cell = fields.cell(column, text)
    if cell.isEmpty { return content.filter(batch, "not assayed", line: line) }
    guard let number = ByteText.number(text.extracting(cell)) else {
      return content.reject(batch, header.noNumber(column, fields.string(column, text), line: line))
    }
    let word = limits.high.map { number >= $0 } == true ? "high" : limits.low.map { number <= $0 } == true ? "low" : ""
    guard !word.isEmpty else { return content.filter(batch, "expression between the cut-offs", line: line) }
    let name = fields.string(gene, text)
    guard !name.isEmpty else {
      return content.reject(batch, .empty(gene, of: header, line: line, remedy: "the row names no gene"))
    }
    content.batches[batch].counts.read += 1
    content.batches[batch].keepBiomarker(
      name, "\(word) (\(unit.rawValue) \(fields.string(column, text)))", method: "RNA expression", line: line)
  }
}
