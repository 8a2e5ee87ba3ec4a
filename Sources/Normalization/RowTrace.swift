// SPDX-License-Identifier: Apache-2.0
/// What became of one statement of an input's row.
package struct RowTrace: Sendable {
  /// What it became.
  package enum Fate: Sendable, Hashable {
    /// An alteration, by its place in ``SampleNormalizer/Result/alterations``.
    case alteration(Int)
    /// A change of a gene of which the tables say nothing, by its place in ``SampleNormalizer/Result/unlisted``.
    case unlisted(Int)
    /// It was not looked at, with the reason.
    case filtered(String)
    /// It cannot be understood: the column, its cell and what is wrong.
    case rejected(column: String, value: String, problem: String)
  }

  /// The number of the file, and the line, counted from 1.
  package let file: Int32, line: Int32
  /// What it became.
  package let fate: Fate

  /// What became of a statement.
  package init(file: Int32, line: Int32, _ fate: Fate) {
    self.file = file
    self.line = line
    self.fate = fate
  }
}
