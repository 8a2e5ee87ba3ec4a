// SPDX-License-Identifier: Apache-2.0
package import Knowledge
internal import SystemIO

/// What a run was asked to do; each of its settings is a member too.
@dynamicMemberLookup
public struct RunOptions: Sendable {
  /// The longest line that a file may have unless another limit is given, in bytes.
  package static let usualLineSize = 64 << 20

  /// Files and folders to read, as typed.
  public var inputs: [String] = []
  /// The folder to write.
  public var output = ""
  /// Settings, as the settings file and the command line state them.
  package var settings = RunSettings()
  /// Genes that were assayed, in current symbols; `nil` when no panel was named.
  public var panel: Set<String>?
  /// Millions of bases that the panel covers, where its file is a BED.
  package var panelMegabases: Double?
  /// What the lab states of alterations of its samples.
  package var overrides = LabOverrides()
  /// Studies of a lab's registry; `nil` when none was named.
  package var trials: TrialRegistry?
  /// Number of workers.
  public var jobs = 1
  /// The part of the cohort to do; `nil` for all of it.
  package var part: CohortPart?

  /// Whether a sample may be of the part that is done; what is of others was not looked for.
  func isOfPart(_ sampleID: String) -> Bool { part?.mayHold(sampleID) ?? true }

  /// Whether everything is done again, changed or not.
  public var forces = false
  /// Whether nothing is written and only said what would be done.
  public var isDryRun = false
  /// Whether inputs in which nothing lies are meant, and a large prune too.
  package var allowsEmpty = false

  /// Whether rows of genes that no rule names take the short way; the long one says the same and takes longer.
  package var usesShortWay = true
  /// Whether samples of a large file are done before all of it is read; what is written is the same.
  package var givesEarly = true
  /// Files of this size and more are read in parts, in bytes on disk.
  package var largeFile = FileLoader.usualLargeFile
  /// The text of such a part, in bytes.
  package var partSize = StreamedFile.usualPartSize
  /// Whether it is kept what became of every row of every file.
  var tracesRows = false

  /// Asked between samples; the run ends early when it says so.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// Told after every file and every sample, by any worker.
  public var onProgress: @Sendable (RunProgress) -> Void = { _ in }

  /// Nothing asked yet.
  public init() {}

  /// What a run was asked to do by its settings; inputs, output, panel and workers are left to the caller.
  package init(_ settings: RunSettings) { self.settings = settings }

  /// The value of a setting: `options.tumorType`.
  public subscript<Value>(dynamicMember place: KeyPath<SettingTable, Setting<Value>>) -> Value {
    get { settings[dynamicMember: place] }
    set { settings[dynamicMember: place] = newValue }
  }
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
    SettingTable.shared.list.compactMap { $0.record(of: self) }
  }
}
