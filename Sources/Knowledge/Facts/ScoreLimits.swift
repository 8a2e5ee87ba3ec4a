// SPDX-License-Identifier: Apache-2.0
/// From where on the score of a tool says that a biomarker is high.
package struct ScoreLimits: Sendable {
  /// The limits of one tool.
  package struct Limits: Sendable {
    /// The biomarker.
    package let biomarker: String
    /// The tool.
    package let tool: String
    let named: String
    /// Below it the score says that the biomarker is not high.
    package let stableBelow: Double
    /// From it on the score says that it is.
    package let highFrom: Double
  }

  private let limits: [Limits]

  init(_ rows: [FactRow]) {
    limits = rows.compactMap { row in
      guard let low = Double(row["stable_below"]), let high = Double(row["high_from"]) else { return nil }
      return Limits(
        biomarker: row["biomarker"], tool: row["tool"], named: row["named"], stableBelow: low, highFrom: high)
    }
  }

  /// The limits of the tool that a text names, the longest name first; `nil` when it names none.
  package func limits(of biomarker: String, namedIn text: String) -> Limits? {
    let key = text.lowercased().filter { $0.isLetter || $0.isNumber }
    return limits.filter { $0.biomarker == biomarker && key.contains($0.named) }
      .max { $0.named.utf8.count < $1.named.utf8.count }
  }
}
