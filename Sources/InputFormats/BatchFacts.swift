// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What a file says of a sample as a whole.
package struct BatchFacts: Equatable, Sendable {
  /// The share of tumor cells, 0...1; `nil` where it is not given.
  package var purity: Double?
  /// Mean copies of the tumor's genome; `nil` where they are not given.
  package var ploidy: Double?
  /// Whether nothing in the file names the genes of its changes.
  package var isNotAnnotated = false
  /// Why an annotation that is there is not read; empty where there is none.
  package var unreadAnnotation = ""
  /// Whether changes stand by positions of a build that is not stated.
  package var lacksBuild = false

  /// Nothing.
  package init(purity: Double? = nil, ploidy: Double? = nil) { (self.purity, self.ploidy) = (purity, ploidy) }

  /// A number as a cell holds it; `nil` where it holds none.
  static func number(_ cell: String) -> Double? {
    let value = Double(cell) ?? WrittenNumber(cell).value
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Takes up what another part says and this one leaves open.
  mutating func fill(from other: BatchFacts) {
    purity = purity ?? other.purity
    ploidy = ploidy ?? other.ploidy
    isNotAnnotated = isNotAnnotated || other.isNotAnnotated
    if unreadAnnotation.isEmpty { unreadAnnotation = other.unreadAnnotation }
    lacksBuild = lacksBuild || other.lacksBuild
  }
}
