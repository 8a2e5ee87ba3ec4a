internal import DelimitedText

/// Reads a cBioPortal gene panel among the inputs: lines of `key: value`, genes behind `gene_list:`.
struct GenePanelFileReader: RecordReader {
  private let header: InputHeader

  var formatName: String { "gene panel" }
  var assays: [String] { [] }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.cells.first.map { $0.hasPrefix("stable_id:") || $0.hasPrefix("gene_list:") } ?? false
  }

  init(_ header: InputHeader) { self.header = header }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var name = ""
    var ahead = walker
    while let line = ahead.next(in: text) {
      let words = ByteText.string(text.extracting(line))
      if words.hasPrefix("stable_id:") {
        name = words.dropFirst("stable_id:".count).split(separator: " ").first.map(String.init) ?? ""
      }
    }
    do throws(InputError) {
      let rest = text.extracting(walker.offset..<text.count)
      content.genePanel = FileContent.GenePanel(
        name: name, genes: try PanelReader(rest, path: header.path).names)
    } catch {
      content.refusal = error.problem
    }
  }
}

/// Reads cBioPortal's `data_gene_panel_matrix`: which panel each sample was tested with, by kind of test.
struct GenePanelMatrixReader: RecordReader {
  private let header: InputHeader
  private let sampleColumn: Int?
  private let panelColumns: [Int]

  /// The columns that name panels, with the kind of alteration looked for.
  private static let assays = [
    "mutations": "mutations", "mutations_uncalled": "mutations", "cna": "copy_number", "gistic": "copy_number",
    "structural_variants": "fusions", "fusion": "fusions", "fusions": "fusions", "sv": "fusions",
  ]

  var formatName: String { "panels of samples (cBioPortal)" }
  var assays: [String] { [] }

  static func recognizes(_ header: InputHeader) -> Bool {
    guard let sample = header.column("sample_id"), header.cells.count > 1 else { return false }
    // A sample and its fusion are a table of fusions.
    if header.cells.count == 2, header.column("fusion", "fusions") != nil { return false }
    return header.cells.indices.allSatisfy { $0 == sample || assays[header.cells[$0].lowercased()] != nil }
  }

  init(_ header: InputHeader) {
    self.header = header
    let sample = header.column("sample_id")
    sampleColumn = sample
    panelColumns = header.cells.indices.filter { $0 != sample }
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sample = fields.string(sampleColumn, text)
      guard !sample.isEmpty else {
        content.rejected.append(
          InputError(
            path: header.path, line: walker.lineNumber, column: header.name(sampleColumn),
            problem: "is empty (a row needs its sample's identifier)"))
        continue
      }
      let tested = panelColumns.filter { !fields.string($0, text).isEmpty }
      let panels = Set(tested.map { fields.string($0, text) })
      content.testsBySample[sample, default: []].formUnion(
        tested.compactMap { Self.assays[header.cells[$0].lowercased()] })
      content.panelsBySample[sample, default: []].formUnion(panels)
    }
  }
}
