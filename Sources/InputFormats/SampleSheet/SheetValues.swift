// SPDX-License-Identifier: Apache-2.0
/// Cells of a sample sheet by the canonical names of their columns; rows of one sheet share the names.
package struct SheetValues: Sendable {
  private var names: [String] = []
  /// By name; empty where nothing is said.
  private var cells: [String] = []

  /// The columns of a sheet that hold such cells.
  struct Columns {
    private let names: [String]
    private let columns: [[Int]]

    /// - Parameter canonical: By column: the name of what it holds; `nil` when it is no such cell.
    init(_ canonical: [String?]) {
      var names: [String] = []
      for name in canonical.compactMap(\.self) where !names.contains(name) { names.append(name) }
      self.names = names
      columns = names.map { name in canonical.indices.filter { canonical[$0] == name } }
    }

    /// The cells of a row; of several columns for one thing the first that says something counts.
    func read(_ row: [String]) -> SheetValues {
      let cells = columns.map { places in
        places.lazy.filter { $0 < row.count }.map { row[$0] }.first { !$0.isEmpty } ?? ""
      }
      guard cells.contains(where: { !$0.isEmpty }) else { return SheetValues() }
      return SheetValues(names: names, cells: cells)
    }
  }

  /// Cells that say nothing.
  package init() {}

  /// Cells by name.
  package init(stated: [(name: String, value: String)]) {
    names = stated.map(\.name)
    cells = stated.map(\.value)
  }

  private init(names: [String], cells: [String]) {
    self.names = names
    self.cells = cells
  }

  /// The cell of a name; `nil` when nothing is said.
  package subscript(name: String) -> String? {
    names.firstIndex(of: name).flatMap { cells[$0].isEmpty ? nil : cells[$0] }
  }

  /// Writes a cell anew.
  mutating func set(_ name: String, _ value: String) {
    if let place = names.firstIndex(of: name) { cells[place] = value }
  }

  /// What is said, by name.
  package var stated: [(name: String, value: String)] {
    names.indices.filter { !cells[$0].isEmpty }.map { (names[$0], cells[$0]) }.sorted { $0.0 < $1.0 }
  }

  /// Takes up what another row says and this one leaves open.
  mutating func fill(from other: SheetValues) {
    for (name, value) in other.stated where self[name] == nil {
      if let place = names.firstIndex(of: name) {
        cells[place] = value
      } else {
        names.append(name)
        cells.append(value)
      }
    }
  }
}

/// The rows of a sheet by something that is in them, most often in one alone.
struct RowPlaces: Sendable {
  private var firsts: [String: Int] = [:]
  private var others: [String: [Int]] = [:]

  mutating func add(_ key: String, _ row: Int) {
    if firsts[key] == nil { firsts[key] = row } else { others[key, default: []].append(row) }
  }

  func first(_ key: String) -> Int? { firsts[key] }

  /// All rows of a key, in order.
  subscript(key: String) -> [Int] { firsts[key].map { [$0] + (others[key] ?? []) } ?? [] }
}
