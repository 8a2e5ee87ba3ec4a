// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What is different between two versions of a rule table, or of another of the built-in tables.
package struct TableDiff: Sendable {
  /// The kind of a difference.
  package enum Kind: String, Sendable {
    case added, removed, renamed, changed
  }

  /// One difference.
  package struct Change: Sendable, Equatable {
    /// What happened.
    package let kind: Kind
    /// The rule's identifier, of a renamed one the new; in other tables the cells that tell the row from others.
    package let ruleID: String
    /// The column that differs; empty for a rule that came or went.
    package let field: String
    /// What stood there; for a removed rule what it said.
    package let before: String
    /// What stands there; for an added rule what it says.
    package let after: String
  }

  /// Columns of ``header``.
  package static let columns = ["change", "rule_id", "field", "before", "after"]

  /// The differences: rules that went, then the new table in its order.
  package let changes: [Change]
  /// Rows of either table that cannot be used; nothing is compared then.
  package let faults: [TableFault]
  /// Whether the tables are rule tables.
  package let isOfRules: Bool

  /// Compares two tables.
  ///
  /// The order of rows, and of the items of lists, is no difference. `built-in` is the table inside the program that the
  /// other one is a version of.
  ///
  /// - Parameter known: Reference tables that are loaded already.
  package init(
    old: (name: String, bytes: [UInt8]), new: (name: String, bytes: [UInt8]), reference known: ReferenceTables? = nil
  ) {
    let reference = known ?? .builtIn()
    let kinds = [old, new].compactMap { side -> BuiltInTable? in
      side.name == "built-in" ? nil : BuiltInTable.of(header: NamedTable(side.bytes.span).header) ?? .rules
    }
    if let first = kinds.first(where: { $0 != .rules }) {
      self.init(old: old, new: new, of: first, isSame: Set(kinds).count == 1, reference)
      return
    }
    self.init(
      old: TableRowsByID(old.name, old.bytes, reference), new: TableRowsByID(new.name, new.bytes, reference))
  }

  init(old: TableRowsByID, new: TableRowsByID) {
    isOfRules = true
    faults = old.faults + new.faults
    guard faults.isEmpty else {
      changes = []
      return
    }
    var removed = old.order.filter { new.cells[$0] == nil }
    var changes: [Change] = []
    var renamed: [String: String] = [:]
    for id in new.order where old.cells[id] == nil {
      let own = new.cells[id].map(Self.comparable)?.dropFirst()
      guard let twin = removed.firstIndex(where: { old.cells[$0].map(Self.comparable)?.dropFirst() == own }) else {
        continue
      }
      renamed[id] = removed.remove(at: twin)
    }
    for id in removed {
      changes.append(
        Change(kind: .removed, ruleID: id, field: "", before: Self.summary(old.cells[id] ?? []), after: ""))
    }
    for id in new.order {
      guard let after = new.cells[id] else { continue }
      if let before = renamed[id] {
        changes.append(Change(kind: .renamed, ruleID: id, field: "rule_id", before: before, after: id))
      } else if let before = old.cells[id] {
        for (index, column) in Rule.columns.enumerated()
        where Self.comparable(before)[index] != Self.comparable(after)[index] {
          changes.append(
            Change(kind: .changed, ruleID: id, field: column, before: before[index], after: after[index]))
        }
      } else {
        changes.append(Change(kind: .added, ruleID: id, field: "", before: "", after: Self.summary(after)))
      }
    }
    self.changes = changes
  }

  /// Compares two versions of a table other than the rules.
  private init(
    old: (name: String, bytes: [UInt8]), new: (name: String, bytes: [UInt8]), of table: BuiltInTable, isSame: Bool,
    _ reference: ReferenceTables
  ) {
    isOfRules = false
    guard isSame else {
      faults = [
        TableFault(table: new.name, problem: "is no version of \(old.name) (its columns are those of another table)")
      ]
      changes = []
      return
    }
    let check = FactCheck(reference)
    let sides = [old, new].map { side in
      side.name == "built-in" ? table.text : NamedTable(side.bytes.span)
    }
    faults = zip([old, new], sides).flatMap { side, text in
      check.faults(text, of: table, reference.facts, name: side.name)
    }
    guard faults.isEmpty else {
      changes = []
      return
    }
    let (before, after) = (RowsByKey(sides[0], table.keyColumns), RowsByKey(sides[1], table.keyColumns))
    let columns = sides[1].header + sides[0].header.filter { !sides[1].header.contains($0) }
    var changes = before.order.filter { after.rows[$0] == nil }.map { key in
      Change(kind: .removed, ruleID: key, field: "", before: before.summary(key), after: "")
    }
    for key in after.order {
      guard let now = after.rows[key] else { continue }
      guard let then = before.rows[key] else {
        changes.append(Change(kind: .added, ruleID: key, field: "", before: "", after: after.summary(key)))
        continue
      }
      for column in columns.map({ $0.lowercased() })
      where then[column].listItems.sorted() != now[column].listItems.sorted() {
        changes.append(
          Change(kind: .changed, ruleID: key, field: column, before: then[column], after: now[column]))
      }
    }
    self.changes = changes
  }

  /// The cells with their lists in one order.
  private static func comparable(_ cells: [String]) -> [String] {
    zip(Rule.columns, cells).map { column, cell in
      switch column {
      case "oncotree_include", "oncotree_exclude", "reference": cell.listItems.sorted().joined(separator: ";")
      case "agents": sorted(cell, by: "+")
      case "alteration_spec": sorted(cell, by: "|")
      default: cell
      }
    }
  }

  private static func sorted(_ cell: String, by separator: Character) -> String {
    cell.split(separator: separator).map(\.trimmingSpaces).sorted().joined(separator: String(separator))
  }

  /// Gene, change, therapy, direction, tumor and level of a rule.
  private static func summary(_ cells: [String]) -> String {
    let wanted = ["gene", "alteration_spec", "requires", "agents", "direction", "oncotree_include", "level"]
    return wanted.compactMap { name in Rule.columns.firstIndex(of: name).map { cells[$0] } }.filter { !$0.isEmpty }
      .joined(separator: ", ")
  }
}

/// The rows of a table by identifier, each in its plain form.
struct TableRowsByID {
  private(set) var cells: [String: [String]] = [:]
  private(set) var order: [String] = []
  private(set) var faults: [TableFault] = []

  /// The rows of a table; `built-in` is the one inside the program.
  init(_ name: String, _ bytes: [UInt8], _ reference: ReferenceTables) {
    let isBuiltIn = name == "built-in"
    let table = KnowledgeBase.load(
      includingBuiltIn: isBuiltIn, userTables: isBuiltIn ? [] : [(name, bytes)], reference: reference)
    faults = table.faults
    for rule in isBuiltIn ? Array(table.rules) : table.rows {
      cells[rule.id] = rule.cells
      order.append(rule.id)
    }
    guard !isBuiltIn else { return }
    // A row that switches a rule off is no rule, and a difference all the same.
    for record in NamedTable(bytes.span).records(Rule.columns) where record[10] == "off" {
      if cells[record[0]] == nil { order.append(record[0]) }
      cells[record[0]] = record
    }
  }
}

/// The rows of a table by the cells that tell them apart.
private struct RowsByKey {
  private(set) var rows: [String: FactRow] = [:]
  private(set) var order: [String] = []
  private let others: [String]

  init(_ text: NamedTable, _ keyColumns: [String]) {
    others = text.header.filter { !keyColumns.contains($0.lowercased()) }
    for row in FactRow.rows(of: text) {
      let name = keyColumns.map { row[$0] }.filter { !$0.isEmpty }.joined(separator: ", ")
      var key = name
      // Rows that nothing tells apart are told apart by their order.
      var number = 1
      while rows[key] != nil {
        number += 1
        key = "\(name) #\(number)"
      }
      rows[key] = row
      order.append(key)
    }
  }

  /// What a row says beside its key.
  func summary(_ key: String) -> String {
    guard let row = rows[key] else { return "" }
    return others.map { row[$0.lowercased()] }.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
