public import DelimitedText

extension BatchRun {
  /// How a run ended.
  public enum Ending: Sendable {
    /// Another run holds the output folder.
    case locked
    /// Inputs that do not exist or cannot be looked at; nothing was read.
    case missingInputs([InputError])
    /// A dry run: what would be done, by sample folder or file, and why.
    case planned([(what: String, why: String)])
    /// Nothing was new, for a dry run too: what the last run left.
    case idle(Summary)
    /// The run was asked to end early; samples that were finished are complete.
    case interrupted
    /// All is written.
    case finished(Summary)
  }

  /// What a run came to.
  public struct Summary: Sendable {
    /// Samples reported, with a match or without; those carried over count too.
    public var reported = 0
    /// Those of them in which no alteration meets a rule.
    public var unmatched = 0
    /// Samples whose reports were written.
    public var written = 0
    /// Samples that failed, each with its reason, in order.
    public var failed: [(sampleID: String, reason: String)] = []
    /// Samples of which nothing was looked at, each with the reason, in order.
    public var notEvaluated: [(sampleID: String, reason: String)] = []
    /// Samples left for the next run, in order.
    public var deferred: [(sampleID: String, reason: String)] = []
    /// Tumor types that are not known, each with what may have been meant, and the number of samples.
    public var unknownTumorTypes: [String: Int] = [:]
    /// What there is to say of sheets.
    public var warnings: [String] = []
    /// Files and folders left alone, each with the reason.
    public var skipped: [(path: String, reason: String)] = []
    /// Those of ``skipped`` whose content is of no known kind or gives no calls.
    public var unrecognized: [(path: String, reason: String)] = []
    /// Rows set aside.
    public var rejectedRows = 0
    /// Rows read.
    public var rowsRead = 0
    /// Identifiers of `--samples-from` that no input speaks of.
    public var unlisted: [String] = []
    /// Samples of an earlier run whose input is gone.
    public var gone: [String] = []

    /// Nothing yet.
    public init() {}
  }
}
