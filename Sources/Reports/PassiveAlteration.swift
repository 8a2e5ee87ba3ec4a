public import Alterations

/// A change of a gene that nothing in the tables speaks of: kept and reported, never matched.
///
/// Most rows of an exome are of this kind; they are held small, and no rule looks at them.
public struct PassiveAlteration: Sendable {
  /// The current symbol.
  public let gene: String
  /// The change, canonical: of the protein, or of the coding sequence where the protein's is not given.
  public let change: String
  /// The change as written.
  public let asWritten: String
  /// What the change does.
  public let effect: VariantEffect
  /// Variant allele fraction, 0...1; negative when not given.
  public var alleleFraction: Float
  /// Germline or somatic.
  public var origin: AlterationOrigin
  /// The line it was read from first.
  public let source: SourceLocation

  /// A change from its parts.
  public init(
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

  /// The column `outcome`.
  var outcome: String { effect == .synonymous ? "silent" : "no_rule" }
  /// The column `reason`.
  var reason: String { effect == .synonymous ? "no change of the protein" : "no rule in the table" }
  /// The column `oncogenicity`.
  var oncogenicity: String { effect == .synonymous ? "likely_benign" : "uncertain" }
  /// The column `oncogenicity_reason`.
  var oncogenicityReason: String { effect == .synonymous ? "no change of the protein" : "no evidence in the table" }
}
