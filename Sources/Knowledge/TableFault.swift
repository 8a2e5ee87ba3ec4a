// SPDX-License-Identifier: Apache-2.0
/// A row of a table that cannot be used, and why.
public struct TableFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The table as the user typed it, or `built-in rules.tsv`.
  public var table: String
  /// The line counted from 1; 0 for the table as a whole.
  public var line: Int
  /// The column at fault; empty for the row.
  public var column: String
  /// The text found.
  public var value: String
  /// What is wrong, the remedy in brackets.
  public var problem: String

  /// A fault and its place.
  package init(table: String = "", line: Int = 0, column: String = "", value: String = "", problem: String) {
    self.table = table
    self.line = line
    self.column = column
    self.value = value
    self.problem = problem
  }

  /// `targets.tsv:88: agents 'imatinb' is not in the agent table (did you mean imatinib?)`.
  public var description: String {
    var text = line > 0 ? "\(table):\(line): " : "\(table): "
    if !column.isEmpty { text += column + " " }
    if !value.isEmpty { text += "'\(value)' " }
    return text + problem
  }
}
