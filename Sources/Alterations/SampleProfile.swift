// SPDX-License-Identifier: Apache-2.0
/// Where a tumor arose, as far as rules ask.
public enum TumorSite: String, CaseIterable, Sendable {
  case uterine
  case extraUterine = "extra-uterine"
}

/// The sex that a study asks for and a sheet states.
package enum Sex: String, Hashable, Sendable, CaseIterable {
  case female, male

  /// Reads `F`, `female`, `MALE` and the like; `nil` for anything else.
  package init?(written text: String) {
    switch text.lowercased() {
    case "f", "female", "woman", "women": self = .female
    case "m", "male", "man", "men": self = .male
    default: return nil
    }
  }
}

/// Everything known of one tumor sample, ready to be matched.
public struct SampleProfile: Sendable {
  /// The sample's identifier as printed.
  public var sampleID: String
  /// The OncoTree codes of the tumor; several for a tumor with unlike parts, none when the type is unknown.
  public var tumorTypes: [String]
  /// Where the tumor arose; `nil` when not stated.
  public var site: TumorSite?
  /// The tumor's alterations and measurements, canonical.
  public var alterations: [Alteration]
  /// What was tested.
  public var assayed: AssayedGenes
  /// Agents or classes given before; `nil` when nothing is said.
  public var priorTherapy: [String]?
  /// The WHO grade of the tumor; `nil` when not known.
  package var grade: Int?
  /// Fraction of tumor cells, 0...1.
  public var purity: Double?
  /// Mean copies of the genome.
  public var ploidy: Double?
  /// The lowest allele fraction that the assay reports reliably, 0...1; `nil` when not stated.
  package var assayLimit: Double?
  /// The patient's age in years; `nil` when not stated.
  package var age: Double?
  /// The patient's sex; `nil` when not stated.
  package var sex: Sex?

  /// A sample from its parts.
  public init(
    sampleID: String, tumorTypes: [String], site: TumorSite? = nil, alterations: [Alteration] = [],
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
public struct AssayedGenes: Sendable {
  /// The genes of the panel; `nil` when no panel is stated.
  public var panel: Set<String>?
  /// Whether mutation calls of any gene would have been reported, such as an exome said to be one.
  public var isWholeExome: Bool

  /// Nothing stated, unless given.
  public init(panel: Set<String>? = nil, isWholeExome: Bool = false) {
    self.panel = panel
    self.isWholeExome = isWholeExome
  }

  /// The kinds of alteration that were looked for; `nil` when all were.
  package var kinds: Set<AssayKind>?
  /// Genes of which files say that a test failed or is uncertain, or hold a row that could not be used, by what was looked
  /// for: nothing is known of them.
  package var undetermined: [AssayKind: Set<String>] = [:]
  /// Genes that files state to be of wild type.
  package var unchanged: Set<String> = []

  /// Whether the gene is known to have been tested for a kind of alteration.
  package func covers(_ gene: String, kind: AssayKind) -> Bool {
    if kind == .mutations, unchanged.contains(gene) { return true }
    guard kinds?.contains(kind) ?? true else { return false }
    return isWholeExome && kind == .mutations || panel?.contains(gene) == true
  }
}
