// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads tools' tables with one row a sample: PURPLE purity, CHORD prediction, VirusInterpreter, ASCAT summary.
struct SampleSummaryReader: RecordReader {
  private enum Tool: String, CaseIterable {
    case purple = "purity and burden (PURPLE)"
    case chord = "homologous recombination (CHORD)"
    case virus = "viruses (VirusInterpreter)"
    case ascat = "purity and ploidy (ASCAT)"

    /// The columns that tell the tool and that its rows need, in lower case.
    var columns: [String] {
      switch self {
      case .purple: ["purity", "ploidy", "tmbpermb", "msstatus"]
      case .chord: ["p_hrd", "hr_status"]
      case .virus: ["taxid", "name", "interpretation", "qcstatus"]
      case .ascat: ["barcodetumour", "purity", "ploidy", "goodness_of_fit"]
      }
    }

    /// The column of the sample's identifier; `nil` where only the name of the file tells it.
    var sampleColumn: String? {
      switch self {
      case .purple, .virus: nil
      case .chord: "sample"
      case .ascat: "barcodetumour"
      }
    }
  }

  private let header: InputHeader
  private let tool: Tool

  var formatName: String { tool.rawValue }
  var assays: [AssayKind] { tool == .ascat ? [] : [.biomarkers] }

  static func recognizes(_ header: InputHeader) -> Bool { tool(of: header) != nil }

  private static func tool(of header: InputHeader) -> Tool? {
    Tool.allCases.first { $0.columns.allSatisfy { header.column($0) != nil } }
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
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      func cell(_ name: String) -> String { fields.string(header.column(name), text) }
      let batch = content.batchNumber(of: tool.sampleColumn.map(cell) ?? "")
      if tool.columns.contains(where: { fields.isCut(before: header.column($0)) }) {
        content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
        continue
      }
      switch tool {
      case .purple:
        // Without a tumor in the sample PURPLE fits nothing, and the cells hold placeholders.
        if cell("status").uppercased() == "NO_TUMOR" {
          content.remarks.append("PURPLE found no tumor in the sample; its purity and ploidy are not used")
        } else {
          setPurity(cell("purity"), ploidy: cell("ploidy"), batch, &content)
        }
        keep("TMB", cell("tmbpermb"), unit: "mut/Mb", batch, walker.lineNumber, &content)
        let status = cell("msstatus")
        if status.uppercased() == "UNKNOWN" {
          content.filter(batch, "MSI cannot be determined", line: walker.lineNumber)
        } else {
          keep("MSI", status, batch, walker.lineNumber, &content)
        }
      case .chord:
        let words = ["hr_deficient": "positive", "hr_proficient": "negative"]
        if let word = words[cell("hr_status").lowercased()] {
          let score = cell("p_hrd")
          keep("HRD", score.isEmpty ? word : "\(word) (CHORD \(score))", batch, walker.lineNumber, &content)
        } else {
          content.filter(batch, "HRD cannot be determined", line: walker.lineNumber)
        }
      case .virus:
        if cell("reported").lowercased() == "false" {
          content.filter(batch, "virus not reported", line: walker.lineNumber)
        } else if let virus = Self.virus(cell("interpretation")) ?? Self.virus(cell("name")) {
          keep(virus, "present", batch, walker.lineNumber, &content)
        } else {
          content.filter(batch, "virus without rules", line: walker.lineNumber)
        }
      case .ascat:
        // A purity of 1 stands where the tumor cannot be told from normal tissue.
        guard ["", "pass"].contains(cell("qc").lowercased()) else {
          content.remarks.append("\(cell("barcodetumour")): quality is '\(cell("qc"))', purity and ploidy not used")
          continue
        }
        setPurity(cell("purity"), ploidy: cell("ploidy"), batch, &content)
      }
    }
  }

  private func setPurity(_ purity: String, ploidy: String, _ batch: Int, _ content: inout ReadRows) {
    if let number = BatchFacts.number(purity) { content.batches[batch].facts.purity = number }
    if let number = BatchFacts.number(ploidy) { content.batches[batch].facts.ploidy = number }
  }

  private func keep(
    _ name: String, _ value: String, unit: String = "", _ batch: Int, _ line: Int, _ content: inout ReadRows
  ) {
    guard !value.isEmpty else { return content.filter(batch, "biomarker without a value", line: line) }
    content.batches[batch].counts.read += 1
    content.batches[batch].keepBiomarker(name, value, scale: unit, line: line)
  }

  /// The short name of a virus that rules may ask for.
  static func virus(_ name: String) -> String? {
    let lowered = name.lowercased()
    switch lowered {
    case "ebv", "hpv", "hhv8": return lowered.uppercased()
    case "hhv-8": return "HHV8"
    case "mcv", "mcpyv": return "MCPYV"
    default:
      let words = lowered.split(separator: " ")
      if words.contains(where: { $0.hasSuffix("papillomavirus") }) { return "HPV" }
      if lowered.hasPrefix("human gammaherpesvirus 4") || lowered.hasPrefix("epstein") { return "EBV" }
      if lowered.hasPrefix("human gammaherpesvirus 8") { return "HHV8" }
      return lowered.hasPrefix("merkel cell polyomavirus") ? "MCPYV" : nil
    }
  }
}
