// SPDX-License-Identifier: Apache-2.0
internal import InputFormats

/// How much support a lab asks of a mutation before it is looked at.
///
/// A row that states less is filtered; one that does not state its support passes.
package struct SupportGate: Sendable {
  private let leastFraction: Float
  private let leastDepth: Int32

  /// A gate that every row passes unless something is asked.
  ///
  /// - Parameters:
  ///   - leastFraction: Allele fraction, 0...1, below which a row is filtered; 0 for none.
  ///   - leastDepth: Reads at the position below which a row is filtered; 0 for none.
  package init(leastFraction: Double = 0, leastDepth: Int = 0) {
    self.leastFraction = Float(leastFraction)
    self.leastDepth = Int32(clamping: leastDepth)
  }

  /// Why a row does not pass; `nil` when it does.
  func refusal(of record: RawRecord) -> String? {
    guard case .mutation(let row) = record.statement else { return nil }
    // What is not stated is -1.
    if row.alleleFraction >= 0, row.alleleFraction < leastFraction { return "allele fraction below the gate" }
    if row.depth >= 0, row.depth < leastDepth { return "sequencing depth below the gate" }
    return nil
  }
}
