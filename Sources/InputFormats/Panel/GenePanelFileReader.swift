// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads a cBioPortal gene panel among the inputs: lines of `key: value`, genes behind `gene_list:`.
struct GenePanelFileReader: InputReader {
  var formatName: String { CohortFormat.genePanel.rawValue }
  var rowKind: TableLayout.RowKind? { nil }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.cells.first.map { $0.hasPrefix("stable_id:") || $0.hasPrefix("gene_list:") } ?? false
  }

  init(_ header: InputHeader) {}

  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent {
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
      let genes = try PanelReader(rest, path: path).names
      return FileContent(path: path, format: formatName, .genePanel(GenePanel(name: name, genes: genes)))
    } catch {
      return FileContent(path: path, format: formatName, .refused(Refusal(reason: error.problem)))
    }
  }
}

/// Reads cBioPortal's `data_gene_panel_matrix`: which panel each sample was tested with, by kind of test.
struct GenePanelMatrixReader: InputReader {
  private let header: InputHeader
  private let sampleColumn: Int?
  private let panelColumns: [Int]

  /// The columns that name panels, with the kind of alteration looked for.
  private static let assays: [String: AssayKind] = [
    "mutations": .mutations, "mutations_uncalled": .mutations, "cna": .copyNumber, "gistic": .copyNumber,
    "structural_variants": .fusions, "fusion": .fusions, "fusions": .fusions, "sv": .fusions,
  ]

  var formatName: String { CohortFormat.samplePanels.rawValue }
  var rowKind: TableLayout.RowKind? { nil }

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

  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent {
    var samples = SamplePanels()
    var rejected: [InputError] = []
    var rowsRead = 0
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      rowsRead += 1
      let sample = fields.string(sampleColumn, text)
      guard !sample.isEmpty else {
        rejected.append(
          InputError(
            path: path, line: walker.lineNumber, column: header.name(sampleColumn),
            problem: "is empty (a row needs its sample's identifier)"))
        continue
      }
      let tested = panelColumns.filter { !fields.string($0, text).isEmpty }
      let panels = Set(tested.map { fields.string($0, text) })
      samples.tests[sample, default: []].formUnion(
        tested.compactMap { Self.assays[header.cells[$0].lowercased()] })
      samples.panels[sample, default: []].formUnion(panels)
    }
    var content = FileContent(path: path, format: formatName, .samplePanels(samples))
    content.rejected = rejected
    content.rowsRead = rowsRead
    return content
  }
}
