public import Reports

/// What a run was asked to do.
public struct RunOptions: Sendable {
  /// Files and folders to read, as typed.
  public var inputs: [String] = []
  /// The folder to write.
  public var output = ""
  /// A sample sheet; empty to use one found among the inputs.
  public var sheet = ""
  /// The tumor type of samples whose type nothing else gives.
  public var tumorType = ""
  /// Genes that were assayed, from `--panel`; `nil` when not given.
  public var panel: Set<String>?
  /// Number of workers.
  public var jobs = 1
  /// Whether per-sample folders are written beside the cohort's tables.
  public var writesSampleFiles = true
  /// The forms of the samples' reports.
  public var formats: Set<ReportFormat> = Set(ReportFormat.allCases)
  /// Seconds a file must have been left alone.
  public var quietTime = 0
  /// Largest unpacked text of one file, in bytes.
  public var maxTextSize = 16 << 30
  /// Whether rules that were not met are written, with the reason.
  public var explains = false
  /// Whether any failed sample makes the run fail.
  public var isStrict = false

  /// Nothing asked yet.
  public init() {}
}
