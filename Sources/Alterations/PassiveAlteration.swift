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

  /// A change from its parts.
  package init(
    gene: String, change: String, asWritten: String, effect: VariantEffect, alleleFraction: Float,
    origin: AlterationOrigin, source: SourceLocation
  ) {
    self.gene = gene
    self.change = change
    self.asWritten = asWritten
    self.effect = effect
    self.alleleFraction = alleleFraction
    self.origin = origin
    self.source = source
  }
}
