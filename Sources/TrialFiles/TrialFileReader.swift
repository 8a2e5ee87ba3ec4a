// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import JSONText
package import Knowledge
internal import SystemIO

/// Reads a registry file: which layout it has is told by its content (guide: Trials).
package struct TrialFileReader: Sendable {
  /// The largest file, in bytes.
  package static let largestFile = 512 << 20

  private let conditions: ConditionReader

  /// A reader that understands genes and tumors by these tables.
  package init(_ reference: ReferenceTables) { conditions = ConditionReader(reference) }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - name: Its name, for messages and reports.
  ///   - date: ISO date of its last change.
  /// - Throws: ``InputError`` where no study can be read from it.
  package func read(_ bytes: [UInt8], name: String, date: String) throws(InputError) -> TrialRegistry.File {
    var bytes = bytes
    let digest = XXH64.hex(bytes.span)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    var found = FoundTrials(path: name, conditions: conditions)
    try read(bytes, layout(of: bytes, name: name), &found)
    guard !found.trials.isEmpty else {
      if var first = found.faults.first {
        first.problem += "; no study of the file can be read"
        throw first
      }
      throw InputError(path: name, problem: "names no study (a header or a list without entries)")
    }
    return TrialRegistry.File(
      name: name, date: found.date.isEmpty ? date : found.date, digest: digest, trials: found.trials,
      faults: found.faults + found.summary, lost: found.lost)
  }

  /// The layouts that are known.
  private enum Layout {
    case downloadTable, yaml, conditionTable
    /// JSON, or YAML that is written in its brackets.
    case brackets
  }

  private func layout(of bytes: [UInt8], name: String) throws(InputError) -> Layout {
    func fault(_ problem: String) -> InputError { InputError(path: name, problem: problem) }
    guard bytes.count <= Self.largestFile else {
      throw fault("is larger than 512 MiB (download the studies of one disease, not the whole registry)")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw fault("is text in UTF-16 (save it as UTF-8)")
    }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw fault("is a zip archive or a workbook (unpack it first)") }
    guard let start = bytes.firstIndex(where: { $0 > 0x20 }) else { throw fault("is empty (download it again)") }
    switch bytes[start] {
    case UInt8(ascii: "<"):
      throw fault("is a page in HTML or XML, not a download (choose Download, then CSV or JSON)")
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .brackets
    default: break
    }
    if bytes.contains(0) { throw fault("is not text (known are CSV and JSON of ClinicalTrials.gov, CTML, a TSV)") }
    let lines = bytes[start...].split(separator: 0x0A, maxSplits: 200, omittingEmptySubsequences: true)
    guard let header = lines.first(where: { $0.first != UInt8(ascii: "#") }) else {
      throw fault("has comment lines only")
    }
    let text = String(decoding: header, as: UTF8.self).lowercased()
    if header.contains(0x09) {
      if text.contains("nct number") { throw fault("has tabs between its columns (download the CSV, not the TSV)") }
      return .conditionTable
    }
    if text.contains("nct number") { return .downloadTable }
    // JSON behind comment lines is read as YAML, of which it is a part.
    if text.hasPrefix("{") || text.hasPrefix("[") { return .yaml }
    if text.hasPrefix("---") || text.hasPrefix("- ") || text.hasPrefix("%yaml") || text.contains(":") { return .yaml }
    if text.contains(",") {
      throw InputError(
        path: name, line: 1, column: "header", value: String(text.prefix(60)),
        problem: "has no column 'NCT Number' (download the CSV from ClinicalTrials.gov with it)")
    }
    throw fault("is of no known layout (CSV and JSON of ClinicalTrials.gov, CTML in YAML or JSON, a TSV with trial_id)")
  }

  private func read(_ bytes: [UInt8], _ layout: Layout, _ found: inout FoundTrials) throws(InputError) {
    switch layout {
    case .downloadTable: try DownloadTable.read(bytes, into: &found)
    case .conditionTable: try ConditionTable.read(bytes, into: &found)
    case .brackets:
      do throws(InputError) {
        try readJSON(bytes, &found)
      } catch {
        do throws(YAMLText.Fault) {
          read(try YAMLText.documents(String(decoding: bytes, as: UTF8.self)), &found)
        } catch let fault {
          // What is neither is told of as what its name says, which is JSON mostly.
          guard found.path.lowercased().contains(".yml") || found.path.lowercased().contains(".yaml") else {
            throw error
          }
          throw InputError(path: found.path, line: fault.line, problem: fault.problem)
        }
      }
    case .yaml:
      let documents: [YAMLText.Document]
      do throws(YAMLText.Fault) {
        documents = try YAMLText.documents(String(decoding: bytes, as: UTF8.self))
      } catch {
        throw InputError(path: found.path, line: error.line, problem: error.problem)
      }
      read(documents, &found)
    }
  }

  private func read(_ documents: [YAMLText.Document], _ found: inout FoundTrials) {
    for document in documents {
      found.line = document.line
      JSONTrials.read(document.value, into: &found)
    }
  }

  private func readJSON(_ bytes: [UInt8], _ found: inout FoundTrials) throws(InputError) {
    let value: JSONValue
    do throws(JSONValue.Fault) {
      value = try JSONValue(bytes.span)
    } catch {
      let line = 1 + bytes.prefix(error.offset).count { $0 == 0x0A }
      throw InputError(
        path: found.path, line: line,
        problem:
          "is no JSON here, at byte \(error.offset + 1) (cut short, or nested more than 64 deep; download it again)")
    }
    JSONTrials.read(value, into: &found)
  }
}

/// What was read of a file so far.
struct FoundTrials {
  /// The file's name.
  let path: String
  let conditions: ConditionReader
  var trials: [Trial] = []
  var faults: [InputError] = []
  /// Studies that are not read.
  var lost = 0
  /// ISO date that the file states; empty when it states none.
  var date = ""
  /// The line at which the study at hand begins; 0 when not known.
  var line = 0
  /// Names of tumors that nothing here knows, with the number of studies.
  private var unknownTumors: [String: Int] = [:]

  init(path: String, conditions: ConditionReader) {
    self.path = path
    self.conditions = conditions
  }

  /// A study that is not read.
  mutating func lose(_ column: String, _ value: String = "", _ problem: String) {
    lost += 1
    note(column, value, problem + "; the study is left out")
  }

  /// Something of a study that is not read, or cannot be.
  mutating func note(_ column: String, _ value: String = "", _ problem: String) {
    let shown = value.count > 80 ? String(value.prefix(80)) + "..." : value
    faults.append(
      InputError(
        path: path, line: line > 0 ? line : nil, column: column, value: shown.replacing("\n", with: " "),
        problem: problem))
  }

  /// A tumor that nothing here knows; named once for the file.
  mutating func noteUnknownTumor(_ name: String) { unknownTumors[name, default: 0] += 1 }

  /// What there is to say of the file as a whole.
  var summary: [InputError] {
    guard !unknownTumors.isEmpty else { return [] }
    let sorted = unknownTumors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let named = sorted.prefix(5).map { "'\($0.key)'\($0.value > 1 ? " (\($0.value))" : "")" }.joined(separator: ", ")
    let more = sorted.count > 5 ? ", and \(sorted.count - 5) more" : ""
    return [
      InputError(
        path: path,
        problem: "\(sorted.count == 1 ? "1 name of a condition is" : "\(sorted.count) names of conditions are") of no "
          + "known tumor, so that studies of them stay unknown: \(named)\(more)")
    ]
  }
}
