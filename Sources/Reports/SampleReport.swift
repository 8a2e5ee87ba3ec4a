// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import DelimitedText
internal import Knowledge
public import Matching

/// Everything that is reported of one sample.
///
/// All outputs are written from this value.
public struct SampleReport: Sendable {
  /// What became of the sample.
  public enum Status: String, CaseIterable, Sendable {
    case reported
    case noMatch = "no_match"
    /// No file of it was recognized, or no row understood: nothing was looked at, so nothing is known to be absent.
    case notEvaluated = "not_evaluated"
    case failed, deferred
  }

  /// The identifier.
  public var sampleID: String
  /// The patient's identifier; empty when not given.
  package var patientID: String = ""
  /// The OncoTree codes used.
  public var tumorTypes: [String] = []
  /// How they were understood: `sheet ONCOTREE_CODE (code)`.
  public var tumorTypeSource: String = ""
  /// Whether they were written as codes, which need no reading.
  package var isTumorTypeCode = false
  /// A tumor type that is not known, as written, with what may have been meant; empty when there is none.
  package var unknownTumorType = ""
  /// What became of it.
  public var status: Status = .reported
  /// What there is to say of the sample as a whole, the diagnosis left aside.
  package var remark = ""
  /// What there is to say of the sample as a whole.
  public var message: String {
    ([remark] + (matches?.diagnosisRemarks ?? [])).filter { !$0.isEmpty }.joined(separator: "; ")
  }
  /// What was found; `nil` for a sample that failed.
  public var matches: SampleMatches? {
    didSet {
      counts = EvidenceCounts(matches?.therapies ?? [])
      matchedCount = matches?.alterations.count { $0.outcome == .matched } ?? 0
      isRuleMet = matchedCount > 0 || (matches?.therapies ?? []).contains(where: \.holdsByWildType)
    }
  }
  private var counts = EvidenceCounts([])
  /// Changes of genes of which the tables say nothing, in input order; ``Alteration/number`` places them among those of
  /// ``matches``.
  package var unlisted: [Alteration] = []
  /// Kinds of test seen and missing: `mutations`, `copy_number`, `fusions`, `biomarkers`.
  package var assaysSeen: [AssayKind] = []
  /// Kinds of test that no file covers.
  package var assaysMissing: [AssayKind] = []
  /// How the rows were used.
  package var rowsRead = 0
  /// Rows that a rule reads.
  package var rowsMatched = 0
  /// Rows kept that no rule reads.
  package var rowsUnmatched = 0
  /// Rows not looked at for a stated reason.
  package var rowsFiltered = 0
  /// Rows that cannot be read.
  package var rowsRejected = 0
  /// Identifiers in the files that differ from ``sampleID``.
  package var inputIDs: [String] = []
  /// The folder the sample came from.
  package var directory: String = ""
  /// The paths of the sample's files, by the number that alterations carry.
  package var files: [Int32: String] = [:]
  /// The sample's files in the order of the run.
  package var inputs: [Input] = []
  /// Rows of the sample that cannot be read.
  package var rejected: [InputError] = []
  /// Rows not looked at, by reason.
  package var filtered: [String: Int] = [:]
  /// Where the tumor arose; `nil` when not known.
  package var site: TumorSite?
  /// The site as the sheet or the question states it; empty when it does not.
  package var statedSite = ""
  /// Fraction of tumor cells, 0...1.
  package var purity: Double?
  /// Mean copies of the genome.
  package var ploidy: Double?
  /// Therapies given before; `nil` when not said.
  package var priorTherapy: [String]?
  /// How many genes the assay covers; `nil` when not said.
  package var panelSize: Int?

  /// One file that speaks of the sample.
  package struct Input: Sendable {
    /// The path as printed.
    package var path: String
    /// The format and its dialect.
    package var format: String
    /// How the sample's rows in the file were used, in the order read, matched, unmatched, filtered, rejected.
    package var counts: [Int]

    /// A file and the use of its rows.
    package init(path: String, format: String, counts: [Int]) {
      self.path = path
      self.format = format
      self.counts = counts
    }
  }

  /// A report with nothing found yet.
  package init(sampleID: String) { self.sampleID = sampleID }

  /// The OncoTree code, several joined by `;`.
  package var tumorType: String { tumorTypes.joined(separator: ";") }

  /// The highest tier of a therapy that may work, else of one that may not; empty when there is none.
  public var highestTier: String { strongestTier?.name ?? "" }

  /// The same as a value; `nil` when there is none.
  var strongestTier: Tier? { counts.strongestTier }

  /// The strongest level of a sensitivity row of an alteration.
  public var highestSensitivityLevel: String { counts.sensitivityLevel?.rawValue ?? "" }

  /// The strongest level of a resistance row.
  public var highestResistanceLevel: String { counts.resistanceLevel?.rawValue ?? "" }

  /// Alterations that a rule reads.
  public private(set) var matchedCount = 0

  /// Whether a rule is met by an alteration, or by the wild type of a gene that a panel covers; what stands for every
  /// tumor of the type does not count.
  package private(set) var isRuleMet = false

  /// Distinct therapies with a sensitivity row of an alteration that is not withdrawn.
  public var therapyCount: Int { counts.therapies.count }

  /// Rows with a condition.
  package var conditionalCount: Int { counts.conditional }

  /// Rows of withdrawn therapies.
  package var withdrawnCount: Int { counts.withdrawn }

  /// All alterations kept.
  package var alterationCount: Int { (matches?.alterations.count ?? 0) + unlisted.count }
}
