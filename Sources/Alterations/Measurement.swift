// SPDX-License-Identifier: Apache-2.0
/// A score or a stain of a tumor: tumor mutational burden, microsatellite status, PD-L1, an immunohistochemistry result.
package struct Measurement: Hashable, Sendable {
  /// What was measured: `TMB`, `MSI`, `MMR`, `HRD`, `PD-L1`, `TLS`, or a gene symbol for a protein.
  package let name: String
  /// The scale of the value: `TPS`, `CPS`, `IHC`, `ISH`, `percent`; empty for the only scale there is.
  package let scale: String
  /// The word of the result in canonical form: `high`, `positive`, `deficient`, ...; empty when only a number is given.
  package let word: String
  /// The number of the result in the unit of its scale; `3+` of an immunohistochemistry result is 3.
  package let number: Double?

  /// Whether the number is the value or a bound of it.
  package let bound: Bound
  /// Of a stain in grades: the share of tumor cells stained so or stronger, in percent.
  package let share: Double?

  /// How a number stands to the value.
  package enum Bound: String, Hashable, Sendable {
    case exact = ""
    case below = "<"
    case atMost = "<="
    case above = ">"
    case atLeast = ">="
  }

  /// A measurement from its parts.
  package init(
    name: String, scale: String = "", word: String = "", number: Double? = nil, bound: Bound = .exact,
    share: Double? = nil
  ) {
    self.bound = bound
    self.share = share
    self.name = name
    self.scale = scale
    self.word = word
    self.number = number
  }
}
