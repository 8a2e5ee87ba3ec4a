internal import DelimitedText

/// Reads tools' tables with one row a sample: PURPLE purity, CHORD prediction, VirusInterpreter, ASCAT summary.
struct SampleSummaryReader: RecordReader {
  private enum Tool: String {
    case purple = "purity and burden (PURPLE)"
    case chord = "homologous recombination (CHORD)"
    case virus = "viruses (VirusInterpreter)"
    case ascat = "purity and ploidy (ASCAT)"
  }

  private let header: InputHeader
  private let tool: Tool

  var formatName: String { tool.rawValue }
  var assays: [String] { tool == .ascat ? [] : ["biomarkers"] }

  static func recognizes(_ header: InputHeader) -> Bool { tool(of: header) != nil }

  private static func tool(of header: InputHeader) -> Tool? {
    if header.has("purity", "ploidy", "tmbpermb", "msstatus") { return .purple }
    if header.has("p_hrd", "hr_status") { return .chord }
    if header.has("taxid", "interpretation", "qcstatus") { return .virus }
    if header.has("barcodetumour", "purity", "ploidy", "goodness_of_fit") { return .ascat }
    return nil
  }

  init(_ header: InputHeader) throws(InputError) {
    self.header = header
    guard let tool = Self.tool(of: header) else {
      throw InputError(path: header.path, line: header.line, problem: "is of no known kind")
    }
    self.tool = tool
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      func cell(_ name: String) -> String { fields.string(header.column(name), text) }
      switch tool {
      case .purple:
        let batch = content.batchNumber(of: "")
        content.batches[batch].properties["purity"] = cell("purity")
        content.batches[batch].properties["ploidy"] = cell("ploidy")
        keep("TMB", cell("tmbpermb"), batch, walker.lineNumber, &content)
        keep("MSI", cell("msstatus"), batch, walker.lineNumber, &content)
      case .chord:
        // The column holds the name of the pipeline's run, which is no sample's identifier in other files.
        let batch = content.batchNumber(of: cell("sample"))
        let words = ["hr_deficient": "positive", "hr_proficient": "negative"]
        guard let word = words[cell("hr_status").lowercased()] else {
          content.batches[batch].counts.read += 1
          content.batches[batch].counts.filtered += 1
          content.filteredReasons["HRD cannot be determined", default: 0] += 1
          continue
        }
        keep("HRD", word, batch, walker.lineNumber, &content, method: "CHORD \(cell("p_hrd"))")
      case .virus:
        let batch = content.batchNumber(of: "")
        let name = cell("interpretation").isEmpty ? cell("name") : cell("interpretation")
        guard cell("reported").lowercased() != "false", !name.isEmpty else {
          content.batches[batch].counts.read += 1
          content.batches[batch].counts.filtered += 1
          content.filteredReasons["virus not reported", default: 0] += 1
          continue
        }
        keep(name, "positive", batch, walker.lineNumber, &content)
      case .ascat:
        let batch = content.batchNumber(of: cell("barcodetumour"))
        content.batches[batch].properties["purity"] = cell("purity")
        content.batches[batch].properties["ploidy"] = cell("ploidy")
      }
    }
  }

  private func keep(
    _ name: String, _ value: String, _ batch: Int, _ line: Int, _ content: inout FileContent, method: String = ""
  ) {
    guard !value.isEmpty else { return }
    content.batches[batch].counts.read += 1
    content.batches[batch].keepBiomarker(name, value, method: method, line: line)
  }
}
