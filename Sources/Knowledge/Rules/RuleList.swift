// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

/// The rules of a table in their order.
///
/// Those of the built-in table are made of their rows when they are first asked for: of thousands a sample meets dozens.
public struct RuleList: RandomAccessCollection, Sendable {
  private let places: MadeInPlaces<Rule>
  /// What rules are made of; `nil` where all are there.
  private let rows: LaidOutRows?

  init(_ rules: [Rule]) { (places, rows) = (MadeInPlaces(rules), nil) }

  init(_ rows: LaidOutRows) { (places, self.rows) = (MadeInPlaces(count: rows.count, rows.rule), rows) }

  /// 0.
  public var startIndex: Int { 0 }
  /// How many rules there are.
  public var endIndex: Int { places.count }

  /// The rule at a place.
  public subscript(place: Int) -> Rule { places[place] }

  /// Whether rules are made when they are asked for, so that a rule's place is found without looking at all.
  package var isLaidOut: Bool { rows != nil }

  /// The place of one of these rules; `nil` for another one, and where all were made at once.
  package func place(of rule: Rule) -> Int? {
    guard let rows, let place = rows.place(ofLine: rule.lineNumber) else { return nil }
    return places[place] === rule ? place : nil
  }
}

/// Where the rows of a list of built-in rules stand.
final class LaidOutRows: Sendable {
  /// A table in which rows stand, as they are laid out.
  private struct Home: Sendable {
    let table: BuiltInTable
    let reader: RuleReader
    let columns: [Int]
    /// What was read of other rows; a worker that makes a rule keeps others waiting for some millionths of a second.
    let known = Locked(RuleReader.KnownCells())

    init(_ table: BuiltInTable, _ reference: ReferenceTables) {
      self.table = table
      reader = RuleReader(reference: reference, tableName: "built-in \(table.name).tsv", tableNumber: 0)
      columns = table.head.columns(RuleReader.columns)
    }
  }

  private let homes: [Home]
  /// By rule: in which table its row is, where it begins and which line it is; by table and line in ascending order.
  private let tables: [Int32]
  private let starts: [Int32]
  private let lines: [Int32]
  /// How many of them are in the table of the first.
  private let countOfFirst: Int

  private static let tables: [BuiltInTable] = [.rules, .statements]

  /// How many there are.
  var count: Int { starts.count }

  init(_ stream: inout LaidOutStream, _ reference: ReferenceTables) {
    homes = Self.tables.map { Home($0, reference) }
    let tables = stream.array()
    (self.tables, starts, lines) = (tables, stream.array(), stream.array())
    countOfFirst = tables.firstIndex { $0 != tables.first } ?? tables.count
  }

  /// Lays out where rules of the built-in tables stand.
  static func write(_ rules: RuleList, isOfStatements: (Rule) -> Bool, to numbers: inout LayoutNumbers) {
    let starts = Self.tables.map(\.lineStarts)
    let tables = rules.map { isOfStatements($0) ? 1 : 0 }
    numbers.append(tables.map { Int32($0) })
    numbers.append(zip(rules, tables).map { starts[$1][$0.lineNumber] ?? 0 })
    numbers.append(rules.map { Int32($0.lineNumber) })
  }

  /// The rule of a row, which was read before it was laid out.
  func rule(at place: Int) -> Rule {
    let home = homes[Int(tables[place])]
    let row = home.table.row(at: Int(starts[place]), line: Int(lines[place]))
    let rule = home.known.withLock { home.reader.rule(of: row, home.columns, &$0) }
    guard let rule else { fatalError("a row that was read is no rule") }
    return rule
  }

  /// The place of the rule whose row is a line of the first table that has rows here.
  func place(ofLine line: Int) -> Int? {
    var (low, high) = (0, countOfFirst)
    while low < high {
      let middle = (low + high) / 2
      if Int(lines[middle]) < line { low = middle + 1 } else { high = middle }
    }
    return low < countOfFirst && Int(lines[low]) == line ? low : nil
  }
}
