public import DelimitedText
public import Matching
internal import TargetTable

/// Everything that is reported of one sample.
///
/// All outputs are written from this value.
public struct SampleReport: Sendable {
  /// What became of the sample.
  public enum Status: String, Sendable {
    case reported
    case noMatch = "no_match"
    case failed, deferred
  }

  /// The identifier.
  public var sampleID: String
  /// The patient's identifier; empty when not given.
  public var patientID: String = ""
  /// The OncoTree codes used.
  public var tumorTypes: [String] = []
  /// How they were understood: `sheet ONCOTREE_CODE (code)`.
  public var tumorTypeSource: String = ""
  /// What became of it.
  public var status: Status = .reported
  /// What there is to say of the sample as a whole.
  public var message: String = ""
  /// What was found; `nil` for a sample that failed.
  public var matches: SampleMatches?
  /// Changes of genes that nothing in the tables speaks of, in input order.
  public var passive: [PassiveAlteration] = []
  /// The order of all alterations in the input.
  ///
  /// The place of an alteration of ``matches``, or -1 minus the place in ``passive``; empty when there are no passive ones.
  public var order: [Int32] = []
  /// Kinds of test seen and missing: `mutations`, `copy_number`, `fusions`, `biomarkers`.
  public var assaysSeen: [String] = []
  /// Kinds of test that no file covers.
  public var assaysMissing: [String] = []
  /// How the rows were used.
  public var rowsRead = 0
  /// Rows that a rule reads.
  public var rowsMatched = 0
  /// Rows kept that no rule reads.
  public var rowsUnmatched = 0
  /// Rows not looked at for a stated reason.
  public var rowsFiltered = 0
  /// Rows that cannot be read.
  public var rowsRejected = 0
  /// Identifiers in the files that differ from ``sampleID``.
  public var inputIDs: [String] = []
  /// The folder the sample came from.
  public var directory: String = ""
  /// The paths of the sample's files, by the number that alterations carry.
  public var files: [Int32: String] = [:]
  /// The sample's files in the order of the run.
  public var inputs: [InputFile] = []
  /// Rows of the sample that cannot be read.
  public var rejected: [InputError] = []
  /// Rows not looked at, by reason.
  public var filtered: [String: Int] = [:]
  /// Where the tumor arose: `uterine`, `extra-uterine`, or empty.
  public var site = ""
  /// Fraction of tumor cells, 0...1.
  public var purity: Double?
  /// Mean copies of the genome.
  public var ploidy: Double?
  /// Therapies given before; `nil` when not said.
  public var priorTherapy: [String]?
  /// How many genes the assay covers; `nil` when not said.
  public var panelSize: Int?

  /// One file that speaks of the sample.
  public struct InputFile: Sendable {
    /// The path as printed.
    public var path: String
    /// The format and its dialect.
    public var format: String
    /// How the sample's rows in the file were used, in the order read, matched, unmatched, filtered, rejected.
    public var counts: [Int]

    /// A file and the use of its rows.
    public init(path: String, format: String, counts: [Int]) {
      self.path = path
      self.format = format
      self.counts = counts
    }
  }

  /// A report with nothing found yet.
  public init(sampleID: String) { self.sampleID = sampleID }

  /// The OncoTree code, several joined by `;`.
  public var tumorType: String { tumorTypes.joined(separator: ";") }

  /// The rows that count: not withdrawn, not from histology, no context.
  private var ranked: LazyFilterSequence<[TherapyMatch]> {
    (matches?.therapies ?? []).lazy.filter {
      !$0.isHistology && $0.verdict != .withdrawn && $0.rule.direction != .context && !$0.tier.name.isEmpty
    }
  }

  /// The highest tier of a therapy that may work, else of one that may not; empty when there is none.
  public var highestTier: String {
    let open = ranked.filter { $0.rule.direction == .sensitivity && $0.verdict != .overridden }
    return (open.min { $0.tier.order < $1.tier.order } ?? ranked.min { $0.tier.order < $1.tier.order })?.tier.name ?? ""
  }

  /// The strongest level of a sensitivity row of an alteration.
  public var highestSensitivityLevel: String {
    ranked.filter { $0.rule.direction == .sensitivity }.map(\.rule.level).min()?.rawValue ?? ""
  }

  /// The strongest level of a resistance row.
  public var highestResistanceLevel: String {
    ranked.filter { $0.rule.direction == .resistance }.map(\.rule.level).min()?.rawValue ?? ""
  }

  /// All alterations kept.
  public var alterationCount: Int { (matches?.alterations.count ?? 0) + passive.count }

  /// Alterations that a rule reads.
  public var matchedCount: Int { matches?.alterations.count { $0.outcome == .matched } ?? 0 }

  /// Distinct therapies with a sensitivity row of an alteration that is not withdrawn.
  public var therapyCount: Int {
    Set(ranked.filter { $0.rule.direction == .sensitivity }.map(\.rule.therapy)).count
  }

  /// Rows with a condition.
  public var conditionalCount: Int { matches?.therapies.count { $0.verdict == .conditional } ?? 0 }

  /// Rows of withdrawn therapies.
  public var withdrawnCount: Int { matches?.therapies.count { $0.verdict == .withdrawn } ?? 0 }
}
