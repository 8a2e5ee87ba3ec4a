public import Alterations
internal import Knowledge
public import Reports
internal import SystemIO

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
  /// The build of the genome of inputs that do not state one; `nil` when not given.
  public var genome: GenomeBuild?
  /// Genes that were assayed, from `--panel`; `nil` when not given.
  public var panel: Set<String>?
  /// Number of workers.
  public var jobs = 1
  /// Whether per-sample folders are written beside the cohort's tables.
  public var writesSampleFiles = true
  /// The forms of the samples' reports.
  public var formats = ReportFormat.standard
  /// The address under which the output folder is served, for links from elsewhere; empty when not known.
  package var reportAddress = ""
  /// Thresholds and gates.
  package var thresholds = Thresholds()
  /// The part of the cohort to do; `nil` for all of it.
  package var part: CohortPart?
  /// Seconds a file must have been left alone.
  public var quietTime = 0
  /// Largest unpacked text of one file, in bytes.
  package var maxTextSize = 16 << 30
  /// The longest line that a file may have unless another limit is given, in bytes.
  package static let usualLineSize = 64 << 20
  /// The longest line of a file, in bytes.
  package var maxLineSize = usualLineSize
  /// Whether new files are readable by their owner alone.
  public var isPrivate = false
  /// Whether rules that were not met are written, with the reason.
  public var explains = false
  /// Whether everything is done again, changed or not.
  public var forces = false
  /// Whether content is compared where size, time and number of a file are the same.
  package var verifies = false
  /// Whether nothing is written and only said what would be done.
  public var isDryRun = false
  /// Whether reports of samples whose input is gone are removed.
  package var prunes = false
  /// Whether any failed sample makes the run fail.
  package var isStrict = false

  /// Asked between samples; the run ends early when it says so.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// Told after every file and every sample, by any worker.
  public var onProgress: @Sendable (RunProgress) -> Void = { _ in }

  /// Nothing asked yet.
  public init() {}
}

extension RunOptions {
  /// The digest of every setting that a report depends on, tables aside.
  func digest(of table: KnowledgeBase) -> String {
    let parts = reportSettings.map { $0.name + "=" + $0.value }
    return XXH64.hex(Array(parts.joined(separator: "\u{1F}").utf8).span)
  }

  /// The names of ``reportSettings``, in their order.
  static var reportSettingNames: [String] { RunOptions().reportSettings.map(\.name) }

  /// The settings that a report depends on, by name.
  var reportSettings: [(name: String, value: String)] {
    let genes = panel.map { $0.sorted().joined(separator: ",") }
    return [
      ("tumor_type", tumorType), ("genome", genome?.name ?? ""),
      ("panel", genes.map { "xxh64:" + XXH64.hex(Array($0.utf8).span) } ?? ""),
      ("explain", String(explains)), ("sample_files", String(writesSampleFiles)),
      ("formats", formats.map(\.rawValue).sorted().joined(separator: ",")), ("max_text_size", String(maxTextSize)),
      ("max_line_size", String(maxLineSize)), ("private", String(isPrivate)), ("report_url", reportAddress),
    ] + thresholds.settings
  }
}

/// How far a run has come.
public struct RunProgress: Sendable {
  /// Samples done.
  public var done = 0
  /// Those of them that failed.
  public var failed = 0
  /// Files read and to be read.
  public var filesRead = 0
  /// All files to be read.
  public var files = 0
  /// Samples known so far; all of them once every file was read.
  public var samples = 0

  /// A run that has not begun.
  package init() {}

  /// The part of the work that is done, 0...1.
  public var fraction: Double {
    if filesRead < files { return Double(filesRead) / Double(files) }
    return samples == 0 ? 0 : Double(min(done, samples)) / Double(samples)
  }
}
