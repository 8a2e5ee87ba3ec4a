// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import Reports
internal import SystemIO

/// Tells outputs of this program from what others wrote under the same names.
enum OwnOutput {
  /// Whether a folder is an output of this program.
  ///
  /// - Parameter names: What lies in it.
  static func isOutput(_ directory: String, names: [String]) -> Bool {
    if names.contains("run.json"), names.contains("datapackage.json"), isOwnRecord(directory + "/run.json") {
      return true
    }
    // Copies of our tables; what others call by these names is read.
    let tables = [OutputTable.therapies, .samples]
    return tables.allSatisfy { table in
      names.contains(table.fileName)
        && beginning(of: directory + "/" + table.fileName)?.starts(with: own(table)) == true
    }
  }

  /// A table of alterations in a folder, by its name or its header, or in one of its folders, by its name; `nil` where
  /// there is none.
  ///
  /// We write no such files, so that the folder is a sample's or a cohort's.
  static func tableOfOthers(in directory: String) -> String? {
    tableOfOthers(in: directory, depth: 0)
  }

  private static func tableOfOthers(in directory: String, depth: Int) -> String? {
    guard let names = (try? FileReading.list(directory))?.names else { return nil }
    if let table = names.first(where: isTableOfOthers) { return directory + "/" + table }
    guard depth == 0 else { return nil }
    if let table = names.first(where: { holdsAlterations(directory + "/" + $0, $0) }) { return directory + "/" + table }
    return names.lazy.filter { $0 != "samples" && !$0.contains(".") }
      .compactMap { tableOfOthers(in: directory + "/" + $0, depth: 1) }.first
  }

  private static func isTableOfOthers(_ name: String) -> Bool {
    name.lowercased().split(separator: ".").dropFirst().contains { ["maf", "vcf", "seg", "cna", "cnv"].contains($0) }
  }

  /// Whether a file of another name than ours is one of alterations by its header.
  private static func holdsAlterations(_ path: String, _ name: String) -> Bool {
    guard Discovery.namesTable(name, inFolder: true), !OutputTable.allCases.contains(where: { $0.fileName == name }),
      case .alterations? = FileContent.beginning(of: path)?.kind
    else { return false }
    return true
  }

  /// Whether a file is one of a report, or a table of a cohort, copied to where it lies.
  static func isReport(_ path: String) -> Bool {
    for table in OutputTable.allCases where path.hasSuffix(table.fileName) {
      let rest = path.dropLast(table.fileName.count)
      guard rest.isEmpty || rest.hasSuffix("/") || rest.hasSuffix(".") else { continue }
      return beginning(of: path)?.starts(with: own(table)) == true
    }
    guard path.hasSuffix(".report.json") || path.hasSuffix(".report.html") else { return false }
    return beginning(of: path).map { contains($0, "oncomatch") } ?? false
  }

  /// Why nothing may be written to a folder: a file of one of our names that this program did not write; `nil` where
  /// there is none.
  ///
  /// A run that was killed leaves tables without run.json; they are known by their headers.
  static func foreignFile(in output: String) -> InputError? {
    let record = output + "/run.json"
    if FileStamp(path: record) != nil {
      guard !isOwnRecord(record) else { return nil }
      return fault(record)
    }
    for table in OutputTable.allCases {
      let path = output + "/" + table.fileName
      guard FileStamp(path: path) != nil else { continue }
      guard let text = beginning(of: path), text.starts(with: own(table)) else {
        return fault(path)
      }
    }
    for name in ["datapackage.json", "index.html", "changes.html"] {
      let path = output + "/" + name
      guard FileStamp(path: path) != nil else { continue }
      guard let text = beginning(of: path), contains(text, "oncomatch") else { return fault(path) }
    }
    return foreignPage(in: output) ?? foreignReport(in: output + "/samples")
  }

  /// The first file of one of our names in the folders of other programs' tables that this program did not write.
  private static func foreignPage(in output: String) -> InputError? {
    for name in ReportFormat.cohortFileNames + ReportFormat.portalFileNames where name.contains("/") {
      let path = output + "/" + name
      guard FileStamp(path: path) != nil else { continue }
      guard let text = beginning(of: path), ["oncomatch", "ONCOMATCH"].contains(where: { contains(text, $0) }) else {
        return fault(path)
      }
    }
    return nil
  }

  /// The first file with the name of a sample's report that this program did not write.
  private static func foreignReport(in samples: String) -> InputError? {
    guard let names = (try? FileReading.list(samples))?.names else { return nil }
    for name in names.sorted() {
      let place = samples + "/" + name + "/" + name
      for suffix in ReportFormat.sampleFileNames where FileStamp(path: place + suffix) != nil {
        let path = place + suffix
        let table = OutputTable.allCases.first { "." + $0.fileName == suffix }
        guard let text = beginning(of: path), table.map({ text.starts(with: own($0)) }) ?? contains(text, "oncomatch")
        else { return fault(path) }
      }
    }
    return nil
  }

  /// The beginning of a table's header: what comes may have more columns, or fewer, in another version.
  private static func own(_ table: OutputTable) -> [UInt8] {
    Array(table.columns.prefix(8).joined(separator: "\t").utf8)
  }

  private static func fault(_ path: String) -> InputError {
    InputError(
      path: path,
      problem: "was not written by oncomatch, which would replace it (name another folder with --out, or move it away)")
  }

  /// Whether a run.json is one of ours; one that is empty, or cut, may be.
  private static func isOwnRecord(_ path: String) -> Bool {
    guard let text = beginning(of: path) else { return false }
    return text.isEmpty || contains(text, "\"oncomatch\"")
  }

  private static func beginning(of path: String) -> [UInt8]? {
    guard let file = ReadableFile(path) else { return nil }
    var bytes: [UInt8] = []
    guard (try? file.read(offset: 0, count: 1 << 16, into: &bytes)) != nil else { return nil }
    return bytes
  }

  private static func contains(_ text: [UInt8], _ word: String) -> Bool {
    let word = Array(word.utf8)
    guard text.count >= word.count else { return false }
    return (0...text.count - word.count).contains { text[$0..<$0 + word.count].elementsEqual(word) }
  }
}
