// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What a row's class or consequence says, looked up once by its reader in ``Consequences``.
package struct Consequence: Hashable, Sendable {
  /// What a reader does with a row.
  package enum Use: String, Hashable, Sendable, CaseIterable {
    /// Evaluated.
    case protein
    /// Evaluated as no change: a start codon became another one, though the protein cell says `p.Met1?`.
    case startKept = "start_kept"
    /// Evaluated where the row states a protein change, else outside of coding sequence.
    case stated
    /// In an intron: evaluated at the two bases beside an exon.
    case intron
    /// Before a gene or in its first untranslated region: evaluated where the gene's promoter matters.
    case promoter
    /// Read as a fusion.
    case fusion
    /// Outside of coding sequence.
    case filter
    /// The row gives no word; evaluated by its protein change.
    case notStated = "not_stated"
    /// The row's word is not in the vocabulary; evaluated by its protein change.
    case notKnown = "not_known"
  }

  /// What the change does; `unknown` where the word does not say it.
  package let effect: VariantEffect
  /// What to do with the row.
  package let use: Use

  init(effect: VariantEffect, use: Use) {
    self.effect = effect
    self.use = use
  }

  /// A change of the protein whose effect is known by other means than a word of a file.
  package init(_ effect: VariantEffect) { self.init(effect: effect, use: .protein) }

  /// No word is given.
  package static let notStated = Consequence(effect: .unknown, use: .notStated)
  /// A word that the vocabulary does not hold; such a row is never taken for one outside of coding sequence.
  package static let notKnown = Consequence(effect: .unknown, use: .notKnown)

  /// Whether a row is looked at.
  ///
  /// - Parameters:
  ///   - gene: The gene as written.
  ///   - coding: The coding change as written.
  ///   - statesProtein: Whether the row has a protein change.
  ///   - tellsResidues: Whether that change is one of whole residues, a shift of the frame or a stop.
  ///   - addsCodons: Whether its alleles add three bases or more: an insertion that repeats the acceptor and the start of an
  ///     exon is written before them.
  func isLookedAt(
    gene: Span<UInt8>, coding: Span<UInt8>, statesProtein: @autoclosure () -> Bool,
    tellsResidues: @autoclosure () -> Bool = false, addsCodons: @autoclosure () -> Bool = false
  ) -> Bool {
    switch use {
    case .protein, .startKept, .fusion, .notStated, .notKnown: true
    case .stated: statesProtein()
    case .intron:
      SpliceSite.isNamed(by: coding) || SpliceSite.isDeletion(coding) && SpliceGenes.contains(gene)
        || DoseGenes.contains(gene) || tellsResidues() || addsCodons() && CodingGeneNames.contains(gene)
    case .promoter: PromoterGenes.contains(gene)
    case .filter: false
    }
  }
}
