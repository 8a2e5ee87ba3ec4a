// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// What curated sources say of changes of cancer genes.
///
/// The rows stay in the bytes that are compiled in, see ``SortedTable``.
package struct PathogenicityTable: Sendable {
  /// What the sources say.
  package enum Classification: String, Sendable, CaseIterable {
    case pathogenic
    case likelyPathogenic = "likely_pathogenic"
    case benign
    case likelyBenign = "likely_benign"
    /// The sources disagree.
    case conflicting
    /// Laboratory studies alone speak: lost in a suppressor, gained in an oncogene.
    case functionChanged = "function_changed"
  }

  /// A row.
  package struct Entry: Hashable, Sendable {
    /// What the sources say.
    package let classification: Classification
    /// The sources with their dates; where they disagree, each with what it says.
    package let sources: [String]

    package init(classification: Classification, sources: [String]) {
      self.classification = classification
      self.sources = sources
    }
  }

  private static let table = SortedTable(.pathogenicity)

  /// What the sources say of a change; `nil` where they say nothing.
  package func entry(gene: String, change: ProteinChange) -> Entry? {
    switch change.consequence {
    case .substitution, .nonsense, .startLost, .deletion, .duplication, .insertion, .deletionInsertion: break
    case .frameshift, .synonymous, .stopLost, .splice: return nil
    }
    guard let cells = Self.table.rows(gene, change.description).first, cells.count > 3,
      let classification = Classification(rawValue: cells[2])
    else { return nil }
    return Entry(classification: classification, sources: cells[3].listItems)
  }
}
