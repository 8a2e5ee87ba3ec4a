// SPDX-License-Identifier: Apache-2.0
/// The position of a gene in the ``GeneCatalog`` of one run.
///
/// Numbers hold for one run only; what is written is always the symbol.
package struct GeneID: Hashable, Sendable, Comparable {
  /// The row of the catalog, counted from 0.
  package let rawValue: Int32

  /// A gene by its row.
  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// Orders by row, which is the order of symbols.
  package static func < (left: GeneID, right: GeneID) -> Bool { left.rawValue < right.rawValue }
}
