// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import Knowledge

/// Reads a lab's own table of studies: tabs, a header, conditions in the rule language.
enum ConditionTable {
  private static let columns = [
    "trial_id", "title", "arm", "status", "phase", "countries", "tumor_types", "tumor_types_exclude", "conditions",
    "age",
    "sex", "criteria", "updated",
  ]

  static func read(_ bytes: [UInt8], into found: inout FoundTrials) throws(InputError) {
    let table = NamedTable(bytes.span)
    found.date = table.comments["date"] ?? ""
    let positions = table.columns(columns)
    for required in ["trial_id", "conditions"] where !table.header.map({ $0.lowercased() }).contains(required) {
      throw InputError(
        path: found.path, line: table.headerLine, column: required,
        problem: "is missing from the header (a table of trials has trial_id and conditions; others are optional)")
    }
    for name in table.header where !name.isEmpty && !columns.contains(name.lowercased()) {
      found.line = table.headerLine
      found.note("column", name, "is not known and not read (known: \(columns.joined(separator: ", ")))")
    }
    for row in table.rows {
      found.line = row.line
      if row.cells.allSatisfy(\.isEmpty) { continue }
      guard row.cells.count <= table.header.count else {
        found.lose("row", row.cells[0], "has \(row.cells.count) cells and the header \(table.header.count)")
        continue
      }
      let cells = positions.map { $0 >= 0 && $0 < row.cells.count ? row.cells[$0] : "" }
      // Each arm of a study has a row of its own, with its own status and countries.
      if let trial = trial(Cells(cells: cells), &found) { found.trials.append(trial) }
    }
  }

  private struct Cells {
    let cells: [String]
    subscript(name: String) -> String { columns.firstIndex(of: name).map { cells[$0] } ?? "" }
  }

  private static func trial(_ row: Cells, _ found: inout FoundTrials) -> Trial? {
    guard !row["trial_id"].isEmpty else {
      found.lose("trial_id", "", "is empty (every study has an identifier)")
      return nil
    }
    var parts: [TrialCondition] = []
    do throws(SpecProblem) {
      if let condition = try found.conditions.expression(row["conditions"]) { parts.append(condition) }
    } catch {
      found.lose("conditions", row["conditions"], error.description)
      return nil
    }
    guard let tumor = tumor(row, &found), let age = age(row["age"], &found), let sex = sex(row["sex"], &found) else {
      return nil
    }
    parts = tumor + age + sex + parts
    let countries = row["countries"].listItems
    return Trial(
      id: row["trial_id"], title: row["title"], status: TrialStatus(row["status"]), phase: row["phase"],
      countries: countries.isEmpty ? nil : countries, updated: row["updated"],
      unread: row["criteria"].isEmpty ? [] : [.criteria(row["criteria"])],
      arms: [Trial.Arm(name: row["arm"], condition: .all(of: parts))], line: found.line)
  }

  /// Tumor types; `nil` where one is not known, which loses the study.
  private static func tumor(_ row: Cells, _ found: inout FoundTrials) -> [TrialCondition]? {
    let tree = found.conditions.reference.tumorTypes
    // `!` excludes, as in CTML.
    let written = row["tumor_types"].listItems
    let included = written.filter { !$0.hasPrefix("!") }
    let excluded =
      written.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()).trimmed }
      + row["tumor_types_exclude"].listItems
    var lists: [[String]] = []
    for (column, names) in [("tumor_types", included), ("tumor_types_exclude", excluded)] {
      var items: [String] = []
      for item in names {
        if tree.isKnownScope(item) {
          items.append(item)
        } else if let claim = found.conditions.tumors.claim(ofTreeName: item), claim.scope.exclude.isEmpty {
          items += claim.scope.include
        } else {
          found.lose(
            column, item,
            "is no OncoTree code, name or group, SOLID_TUMOR or ANY (\(found.conditions.tumors.advice(item)))")
          return nil
        }
      }
      lists.append(items)
    }
    if lists.allSatisfy(\.isEmpty) { return [] }
    let words = included.isEmpty ? "any tumor" : included.joined(separator: " or ")
    let scope = TumorScope(include: lists[0].isEmpty ? ["ANY"] : lists[0], exclude: lists[1])
    let but = lists[1].isEmpty ? "" : " but " + excluded.joined(separator: " and ")
    return [.tumor(TumorClaim(words + but, scope))]
  }

  /// Limits of age such as `>=18` or `>=12;<75`; `nil` where one cannot be read, which loses the study.
  private static func age(_ text: String, _ found: inout FoundTrials) -> [TrialCondition]? {
    var limits: [TrialCondition] = []
    for part in text.listItems {
      guard let test = ConditionReader.comparison(part) else {
        found.lose("age", part, "is no limit of age (for example >=18, or >=12;<75)")
        return nil
      }
      limits.append(.age(test))
    }
    return limits
  }

  private static func sex(_ text: String, _ found: inout FoundTrials) -> [TrialCondition]? {
    if ["", "ALL", "ANY", "BOTH"].contains(text.uppercased()) { return [] }
    guard let sex = Sex(written: text) else {
      found.lose("sex", text, "is not female, male or all")
      return nil
    }
    return [.sex(sex)]
  }
}
