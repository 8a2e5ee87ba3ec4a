// SPDX-License-Identifier: Apache-2.0
public import DelimitedText

extension BatchRun {
  /// How a run ended.
  public enum Ending: Sendable {
    /// Another run holds the output folder.
    case locked
    /// What was named cannot be right; nothing was read or written.
    case refused(Refusal, [InputError])
    /// Inputs that do not exist or cannot be looked at, or are empty and were not; nothing was read.
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

  /// Why a run is refused.
  public enum Refusal: Sendable {
    /// The output is an input or holds one, or an input is an output.
    case misplaced
    /// The output folder holds files of our names that we did not write.
    case foreignOutput
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
    /// Samples of which nothing was looked at, each with the reason, in order; those that the last run named are not
    /// among them.
    public var notEvaluated: [(sampleID: String, reason: String)] = []
    /// Samples of which nothing was looked at in this run and the last, in order.
    public var stillNotEvaluated: [String] = []
    /// How many of these samples have files of which nothing could be read.
    public var unread = 0
    /// Samples left for the next run, in order.
    public var deferred: [(sampleID: String, reason: String)] = []
    /// Tumor types that are not known, each with what may have been meant, and the number of samples.
    public var unknownTumorTypes: [String: Int] = [:]
    /// What there is to say of sheets.
    public var warnings: [String] = []
    /// Files and folders left alone without a loss, each with the reason.
    public var leftAlone: [(path: String, reason: String)] = []
    /// Files and folders with which calls may be lost: of no known kind, or not to be read; those that the last run named
    /// are not among them.
    public var unrecognized: [(path: String, reason: String)] = []
    /// Files and folders with which calls may be lost that the last run named too.
    public var stillUnread: [String] = []
    /// Rows of samples that cannot be read; one line of rejected.tsv may stand for many.
    public var rejectedRows = 0
    /// Rows read.
    public var rowsRead = 0
    /// Identifiers of `--samples-from` that no input speaks of.
    public var unlisted: [String] = []
    /// Samples of an earlier run whose input is gone.
    public var removed: [String] = []
    /// Reports of such samples that `--prune` was to remove and did not, since they are more than half of all.
    public var keptRemoved = 0
    /// What lies among the reports and is not ours, or was not removed for another reason, each with the reason.
    public var strangers: [(path: String, reason: String)] = []
    /// Files for which samples wait as the last run left them, each with the reason, whether it is a fault, and how many
    /// samples; `nil` for all of them.
    public var waiting: [(path: String, reason: String, isFault: Bool, samples: Int?)] = []

    /// Whether there is something that `--strict` does not let pass though no sample failed.
    public var leavesGaps: Bool {
      !notEvaluated.isEmpty || !stillNotEvaluated.isEmpty || !unrecognized.isEmpty || !stillUnread.isEmpty
    }

    /// Nothing yet.
    public init() {}
  }
}
