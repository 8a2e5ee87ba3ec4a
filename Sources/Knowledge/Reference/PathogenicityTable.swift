// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// What curated sources say of changes of cancer genes.
///
/// The rows stay in the bytes that are compiled in; a change is found by halving, so that the table costs nothing where
/// nobody asks.
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

  /// Where the first row begins, found at the first question.
  private static let start = BuiltInTable.pathogenicity.firstRow

  /// What the sources say of a change; `nil` where they say nothing.
  package func entry(gene: String, change: ProteinChange) -> Entry? {
    switch change.consequence {
    case .substitution, .nonsense, .startLost, .deletion, .duplication, .insertion, .deletionInsertion: break
    case .frameshift, .synonymous, .stopLost, .splice: return nil
    }
    return Self.entry(Array("\(gene)\t\(change.description)\t".utf8))
  }

  private static func entry(_ key: [UInt8]) -> Entry? {
    BuiltInTable.pathogenicity.withBytes { bytes in
      var low = start
      var high = bytes.count
      while low < high {
        var first = (low + high) / 2
        while first > low, bytes[first - 1] != UInt8(ascii: "\n") { first -= 1 }
        let end = LineWalker.firstIndex(of: UInt8(ascii: "\n"), in: bytes, from: first) ?? bytes.count
        switch order(key, bytes.extracting(first..<end)) {
        case 0: return entry(bytes.extracting((first + key.count)..<end))
        case ..<0: high = first
        default: low = end + 1
        }
      }
      return nil
    }
  }

  /// Below 0 where the key stands before the line, 0 where the line begins with it.
  private static func order(_ key: [UInt8], _ line: Span<UInt8>) -> Int {
    for index in key.indices {
      if index >= line.count { return 1 }
      if key[index] != line[index] { return key[index] < line[index] ? -1 : 1 }
    }
    return 0
  }

  /// The cells behind the key.
  private static func entry(_ cells: Span<UInt8>) -> Entry? {
    let tab = LineWalker.firstIndex(of: UInt8(ascii: "\t"), in: cells, from: 0) ?? cells.count
    guard let classification = Classification(rawValue: ByteText.string(cells.extracting(0..<tab))), tab < cells.count
    else { return nil }
    return Entry(
      classification: classification, sources: ByteText.string(cells.extracting((tab + 1)..<cells.count)).listItems)
  }
}
