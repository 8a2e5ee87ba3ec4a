// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// Reads the CSV download of ClinicalTrials.gov (v2); columns are found by name, others are not looked at.
enum DownloadTable {
  private static let required = ["nct number", "conditions"]

  static func read(_ bytes: [UInt8], into found: inout FoundTrials) throws(InputError) {
    var text = CSVText(bytes)
    do throws(CSVText.Fault) {
      guard let header = try text.next() else { return }
      let names = header.cells.map { $0.trimmed.lowercased() }
      if let missing = required.first(where: { !names.contains($0) }) {
        found.line = header.line
        found.lose("header", missing, "is not among the columns (download the CSV with it)")
        return
      }
      while let row = try text.next() {
        found.line = row.line
        guard row.cells.count == names.count else {
          found.lose(
            "row", row.cells[0], "has \(row.cells.count) fields and the header \(names.count) (a row cut short?)")
          continue
        }
        add(Cells(names: names, cells: row.cells), &found)
      }
    } catch {
      throw InputError(
        path: found.path, line: error.line,
        problem: error.isOpen
          ? "has a quote that is not closed (the download is cut short; download it again)"
          : "has text behind a closing quote (quotes inside a field are doubled; download it again)")
    }
  }

  /// One row by the names of its columns.
  private struct Cells {
    let names: [String]
    let cells: [String]

    /// The cell of a column; `nil` when there is no such column.
    subscript(name: String) -> String? { names.firstIndex(of: name).map { cells[$0].trimmed } }

    /// The items of a cell.
    func list(_ name: String) -> [String] {
      (self[name] ?? "").split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty }
    }
  }

  private static func add(_ row: Cells, _ found: inout FoundTrials) {
    let id = row["nct number"] ?? ""
    guard !id.isEmpty else { return found.lose("NCT Number", "", "is empty (every study has an identifier)") }
    var stated = RegistryConditions()
    stated.conditions = row.list("conditions")
    stated.keywords = row.list("keywords")
    stated.sex = row["sex"] ?? row["gender"] ?? ""
    stated.ageGroups = (row["age"] ?? "").split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    var unread: [Trial.Unread] = [.criteriaNotInFile]
    if !stated.ageGroups.isEmpty { unread.append(.ageLimits) }
    if row["sex"] ?? row["gender"] == nil { unread.append(.sex) }
    let condition = stated.condition(&found)
    found.trials.append(
      Trial(
        id: id, title: row["study title"] ?? row["title"] ?? "",
        status: TrialStatus(row["study status"] ?? row["status"] ?? ""),
        phase: row.list("phases").joined(separator: "/"),
        countries: row["locations"].flatMap { $0.isEmpty ? nil : countries(row.list("locations")) },
        updated: row["last update posted"] ?? "", unread: unread,
        arms: [Trial.Arm(name: "", condition: condition)], line: found.line))
  }

  /// The countries of sites such as `Hospital, City, 12345, Country`, each once.
  private static func countries(_ sites: [String]) -> [String] {
    var countries: [String] = []
    for site in sites {
      let parts = site.split(separator: ",").map { String($0).trimmed }
      guard var country = parts.last else { continue }
      // `Korea, Republic of` and the like hold a comma.
      if country.hasSuffix(" of"), parts.count > 1 { country = parts[parts.count - 2] + ", " + country }
      if !countries.contains(country) { countries.append(country) }
    }
    return countries
  }
}
