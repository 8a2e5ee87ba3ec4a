// SPDX-License-Identifier: Apache-2.0
/// A fault in an input file that leads a person to the cell.
///
/// The description is one line: `cohort.maf.gz:1042: HGVSp_Short 'V600' cannot be read (expected a form like p.V600E)`.
public struct InputError: Error, Hashable, Sendable {
  /// The path as the user typed it or as it was found below a typed folder.
  public var path: String
  /// The line counted from 1 with the header lines; `nil` when the fault is in the whole file.
  public var line: Int?
  /// The name of the column; empty when no column is at fault.
  public var column: String
  /// The text found; empty when there is none.
  public var value: String
  /// What is wrong, lower case, no full stop, the remedy in brackets.
  public var problem: String

  /// A fault and its place.
  package init(path: String, line: Int? = nil, column: String = "", value: String = "", problem: String) {
    self.path = path
    self.line = line
    self.column = column
    self.value = value
    self.problem = problem
  }
}

extension InputError: CustomStringConvertible {
  /// One line for people.
  public var description: String {
    var text = path
    if let line { text += ":\(line)" }
    text += ": "
    if !column.isEmpty { text += column + " " }
    if !value.isEmpty { text += "'\(value)' " }
    return text + problem
  }
}
