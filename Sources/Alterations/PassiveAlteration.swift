// SPDX-License-Identifier: Apache-2.0
/// A change of a gene that nothing in the tables speaks of: kept and reported, never matched.
///
/// Most rows of an exome are of this kind; they are held small, and no rule looks at them.
package struct PassiveAlteration: Sendable {
  /// The current symbol.
  package let gene: String
  /// The change, canonical: of the protein, or of the coding sequence where the protein's is not given.
  package let change: String
  /// The change as written.
  package let asWritten: String
  /// What the change does.
  package let effect: VariantEffect
  /// Variant allele fraction, 0...1; negative when not given.
  package var alleleFraction: Float
  /// Germline or somatic.
  package var origin: AlterationOrigin
  /// The line it was read from first.
  package let source: SourceLocation
  /// The change of the coding sequence as ``SequenceChange/codingChange``; empty where no report asks for it.
  package let codingChange: String
  /// What a reader has to bear in mind.
  package var cautions: Cautions

  /// The cautions that such a change may carry, held small.
  package struct Cautions: OptionSet, Sendable {
    /// A bit for each.
    package let rawValue: UInt8
    /// Cautions from their bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// As ``Caution/codingChangeDisagrees``.
    package static let codingChangeDisagrees = Cautions(rawValue: 1)
    /// As ``Caution/commonInPopulation``.
    package static let commonInPopulation = Cautions(rawValue: 2)
    /// As ``Caution/subclonal``.
    package static let subclonal = Cautions(rawValue: 4)
    /// As ``Caution/lowSupport``.
    package static let lowSupport = Cautions(rawValue: 8)

    private static let all: [(Cautions, Caution)] = [
      (codingChangeDisagrees, .codingChangeDisagrees), (commonInPopulation, .commonInPopulation),
      (subclonal, .subclonal), (lowSupport, .lowSupport),
    ]

    /// The cautions, as ``Alteration/cautions`` has them.
    package var list: [Caution] { isEmpty ? [] : Self.all.filter { contains($0.0) }.map(\.1) }

    /// Cautions held small; `nil` where one is none of these.
    package init?(_ cautions: [Caution]) {
      self = []
      for caution in cautions {
        guard let known = Self.all.first(where: { $0.1 == caution }) else { return nil }
        insert(known.0)
      }
    }
  }

  /// A change from its parts.
  package init(
    gene: String, change: String, asWritten: String, effect: VariantEffect, alleleFraction: Float,
    origin: AlterationOrigin, source: SourceLocation, codingChange: String = "", cautions: Cautions = []
  ) {
    self.codingChange = codingChange
    self.cautions = cautions
    self.gene = gene
    self.change = change
    self.asWritten = asWritten
    self.effect = effect
    self.alleleFraction = alleleFraction
    self.origin = origin
    self.source = source
  }
}

extension Alteration {
  /// The alteration that a passive one stands for.
  package init(_ passive: PassiveAlteration) {
    let isCoding = passive.effect == .spliceRegion
    let change = SequenceChange(
      effect: passive.effect, proteinChange: isCoding ? nil : ProteinChange(passive.change),
      codingChange: isCoding ? passive.change : passive.codingChange)
    self.init(
      gene: passive.gene, event: .sequence(change), asWritten: passive.asWritten, origin: passive.origin,
      variantAlleleFraction: passive.alleleFraction >= 0 ? Double(passive.alleleFraction) : nil,
      cautions: passive.cautions.list, source: passive.source)
  }
}
