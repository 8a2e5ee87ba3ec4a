// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads what tools say of microsatellites and mutational burden in files of their own: MSIsensor and its successors, MANTIS,
/// DRAGEN's table of burden.
///
/// Layouts: the manuals of the tools; MANTIS: OSU-SRLab/MANTIS, Output_File_Formats.md and calculate_instability.py. A score becomes `high` or `stable` by the limits of its tool, which stand in a table.
struct MicrosatelliteReader: RecordReader {
  private enum Tool: String {
    case sensor = "MSIsensor"
    case sensor2 = "MSIsensor2"
    /// One of the two, which write the same columns and have limits of their own.
    case someSensor = "MSIsensor or MSIsensor2"
    case sensorPro = "MSIsensor-pro"
    case mantis = "MANTIS"
    case mantisLoci = "MANTIS, loci"
    case dragenBurden = "DRAGEN"
  }

  private let header: InputHeader
  private let tool: Tool

  var formatName: String {
    tool == .dragenBurden ? "mutational burden (DRAGEN)" : "microsatellites (\(tool.rawValue))"
  }
  var assays: [AssayKind] { [.biomarkers] }
  var headerIsData: Bool { tool == .dragenBurden }

  static func recognizes(_ header: InputHeader) -> Bool { tool(of: header) != nil }

  private static func tool(of header: InputHeader) -> Tool? {
    if header.has("total_number_of_sites", "number_of_unstable_sites", "%") { return .sensorPro }
    if header.has("total_number_of_sites", "number_of_somatic_sites", "%") { return sensor(namedBy: header.path) }
    if header.has("locus", "difference", "distance", "dissimilarity") { return .mantisLoci }
    if header.firstRow.first?.contains("(DIF)") == true, header.cells.count >= 2 { return .mantis }
    return header.cells.first?.uppercased() == "TMB SUMMARY" ? .dragenBurden : nil
  }

  /// The tool of a file by its name, or by those of its folders.
  private static func sensor(namedBy path: String) -> Tool {
    let name = path.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "/" }
    // MSIsensor-pro may write the columns of MSIsensor.
    let named: [(String, Tool)] = [("msisensorpro", .sensorPro), ("msisensor2", .sensor2), ("msisensor", .sensor)]
    return named.first { name.contains($0.0) }?.1 ?? .someSensor
  }

  init(_ header: InputHeader) throws(InputError) {
    self.header = header
    guard let tool = Self.tool(of: header) else {
      throw InputError(path: header.path, line: header.line, problem: "is of no known kind")
    }
    self.tool = tool
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    let batch = content.batchNumber(of: "")
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let first = fields.string(0, text)
      // MANTIS writes a note below its table.
      if tool == .mantis, !first.contains("(") {
        content.rowsRead -= 1
        continue
      }
      // Half a row tells no score; DRAGEN's table has rows of its own lengths.
      if tool != .dragenBurden, fields.isCut(before: tool == .mantis ? 1 : header.cells.count - 1) {
        content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
        continue
      }
      let value: String
      switch tool {
      case .sensor, .sensor2, .someSensor, .sensorPro: value = fields.string(header.column("%"), text)
      case .mantisLoci:
        guard first.lowercased() == "average" else { continue }
        value = fields.string(header.column("difference"), text)
      case .mantis:
        guard first.contains("(DIF)") else { continue }
        value = fields.string(1, text)
      case .dragenBurden:
        guard ["tmb", "filtered tmb"].contains(fields.string(2, text).lowercased()) else { continue }
        value = fields.string(3, text)
      }
      guard !value.isEmpty else {
        content.filter(batch, "biomarker without a value", line: walker.lineNumber)
        continue
      }
      content.batches[batch].counts.read += 1
      if tool == .dragenBurden {
        content.batches[batch].keepBiomarker("TMB", value, scale: "mut/Mb", method: "DRAGEN", line: walker.lineNumber)
      } else {
        content.batches[batch].keepBiomarker(
          "MSI score", value, method: tool == .mantisLoci ? "MANTIS" : tool.rawValue, line: walker.lineNumber)
      }
    }
  }
}
