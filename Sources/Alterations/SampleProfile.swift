/// Everything known of one tumor sample, ready to be matched.
package struct SampleProfile: Sendable {
  /// The sample's identifier as printed.
  package var sampleID: String
  /// The OncoTree codes of the tumor; several for a tumor with unlike parts, none when the type is unknown.
  package var tumorTypes: [String]
  /// `uterine`, `extra-uterine` or empty.
  package var site: String
  /// The tumor's alterations and measurements, canonical.
  package var alterations: [Alteration]
  /// What was tested.
  package var assayed: AssayedGenes
  /// Agents or classes given before; `nil` when nothing is said.
  package var priorTherapy: [String]?
  /// Fraction of tumor cells, 0...1.
  package var purity: Double?
  /// Mean copies of the genome.
  package var ploidy: Double?
  /// The lowest allele fraction that the assay reports reliably, 0...1; `nil` when not stated.
  package var assayLimit: Double?

  /// A sample from its parts.
  package init(
    sampleID: String, tumorTypes: [String], site: String = "", alterations: [Alteration] = [],
    assayed: AssayedGenes = AssayedGenes(), priorTherapy: [String]? = nil, purity: Double? = nil, ploidy: Double? = nil
  ) {
    self.sampleID = sampleID
    self.tumorTypes = tumorTypes
    self.site = site
    self.alterations = alterations
    self.assayed = assayed
    self.priorTherapy = priorTherapy
    self.purity = purity
    self.ploidy = ploidy
  }
}

/// Which genes a sample's assays could have found altered.
///
/// "Not found" means something only where it was looked for: wild-type and NOT predicates are unknown elsewhere
/// (guide: Matching, Wild type and not assayed).
package struct AssayedGenes: Sendable {
  /// The genes of the panel; `nil` when no panel is stated.
  package var panel: Set<String>?
  /// Whether mutation calls of any gene would have been reported, such as an exome said to be one.
  package var isWholeExome: Bool

  /// Nothing stated, unless given.
  package init(panel: Set<String>? = nil, isWholeExome: Bool = false) {
    self.panel = panel
    self.isWholeExome = isWholeExome
  }

  /// What an assay looks for.
  package enum Kind: String, Sendable, CaseIterable {
    case mutations
    case copyNumber = "copy_number"
    case fusions
  }

  /// The kinds of alteration that were looked for; `nil` when all were.
  package var kinds: Set<Kind>?

  /// Whether the gene is known to have been tested for a kind of alteration.
  package func covers(_ gene: String, kind: Kind) -> Bool {
    guard kinds?.contains(kind) ?? true else { return false }
    return isWholeExome && kind == .mutations || panel?.contains(gene) == true
  }
}
