// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import DelimitedText
internal import InputFormats
package import Knowledge
internal import Normalization
internal import Synchronization
internal import SystemIO

/// Reads and normalizes inputs and says what each file is, and what is wrong with it; nothing is matched or written.
package struct InputCheck: Sendable {
  /// What was found in one file.
  package struct Finding: Sendable {
    /// The path as printed.
    package var path: String
    /// The format and its dialect, `sample sheet`, `skipped` or `unknown`.
    package var kind: String
    /// Samples the file speaks of, or rows of a sheet.
    package var samples = 0
    /// Rows of data, or cells of a matrix, that speak of a sample.
    package var rows = 0
    /// Rows that were understood.
    package var understood = 0
    /// Rows kept that say nothing that can be evaluated.
    package var notEvaluated = 0
    /// Rows not looked at for a stated reason.
    package var filtered = 0
    /// Rows that cannot be read.
    package var rejected = 0
    /// What there is to say of the file as a whole.
    package var remark = ""
    /// Faults with their lines.
    package var faults: [InputError] = []
    /// Whether the file is damaged or lacks what its kind needs.
    package var hasFailed = false
    /// Whether the file is of no known kind.
    package var isUnknown = false
    /// Whether it was left alone unread.
    package var isSkipped = false
  }

  private let inputs: [String]
  private let table: KnowledgeBase
  private let jobs: Int
  private let maxTextSize: Int
  private let genome: GenomeBuild?
  private let columns: ColumnNames

  /// A check of files and folders.
  ///
  /// - Parameters:
  ///   - genome: The build of the genome of inputs that do not state one, where it is not in the settings.
  ///   - settings: What a settings file says of a lab's own tables.
  package init(
    inputs: [String], table: KnowledgeBase, jobs: Int, maxTextSize: Int, genome: GenomeBuild? = nil,
    settings: RunSettings = RunSettings()
  ) {
    self.genome = genome ?? settings.genome
    columns = settings.columnNames
    self.inputs = inputs
    self.table = table
    self.jobs = jobs
    self.maxTextSize = maxTextSize
  }

  /// Looks at all inputs; files come in the order of a run, then what was left alone.
  ///
  /// - Returns: The findings, and inputs that do not exist.
  package func run() -> (findings: [Finding], missing: [InputError]) {
    let discovery = Discovery(inputs: inputs, output: "", quietTime: 0, now: 0)
    let files = discovery.files
    let found = Locked<[Int: Finding]>([:])
    let next = Atomic<Int>(0)
    let normalizer = Normalizer(table: table, genome: genome)
    let table = table
    let maxTextSize = maxTextSize
    let columns = columns
    WorkerPool.run(jobs) { _ in
      var loader = FileLoader(maxTextSize: maxTextSize, columns: columns)
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < files.count else { break }
        let outcome = loader.read(files[index].path)
        let finding = Self.finding(outcome, path: files[index].path, normalizer: normalizer, table: table)
        found.withLock { $0[index] = finding }
      }
    }
    var findings = found.withLock { all in files.indices.compactMap { all[$0] } }
    for item in discovery.unreadable {
      var finding = Finding(path: item.error.path, kind: "unknown")
      finding.faults = [item.error]
      finding.hasFailed = true
      findings.append(finding)
    }
    for item in discovery.skipped {
      findings.append(Finding(path: item.path, kind: "skipped", remark: item.reason, isSkipped: true))
    }
    return (findings, discovery.faults)
  }

  private static func finding(
    _ outcome: FileLoader.Outcome, path: String, normalizer: Normalizer, table: KnowledgeBase
  ) -> Finding {
    let content = outcome.content
    var finding = Finding(path: path, kind: content.format)
    finding.faults = content.rejected
    finding.samples = content.kind.sampleIDs.count
    var remarks = content.remarks
    switch content.kind {
    case .alterations(let rows):
      var unknownClasses: [String: Int] = [:]
      for batch in rows.batches {
        unknownClasses.merge(batch.unknownClasses, uniquingKeysWith: +)
        add(batch, to: &finding, path: path, normalizer: normalizer)
      }
      if let fault = content.fault ?? normalizer.fault(of: content) {
        finding.hasFailed = true
        finding.faults.append(fault)
      }
      if !unknownClasses.isEmpty { remarks.append(RecordBatch.remark(onUnknownClasses: unknownClasses)) }
    case .sampleSheet(let sheet):
      finding.samples = sheet.entries.count
      finding.rows = sheet.entries.count + content.rejected.count
      finding.rejected = content.rejected.count
      finding.understood = sheet.entries.count
      remarks += unmapped(sheet, table) + SheetDisagreement.remarks(on: sheet, table.reference.tumorTypes)
    case .genePanel, .samplePanels: break
    case .refused(let refusal): remarks.append("gives no calls: " + refusal.reason)
    case .unknown(let reason):
      finding.isUnknown = true
      remarks.append(reason)
    case .failed(let error):
      finding.hasFailed = true
      finding.faults.append(error)
      remarks.append(error.problem)
    }
    finding.faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    finding.remark = remarks.joined(separator: "; ")
    return finding
  }

  /// Counts the rows of a sample by what can be made of them.
  private static func add(_ batch: RecordBatch, to finding: inout Finding, path: String, normalizer: Normalizer) {
    finding.rows += batch.counts.read
    finding.filtered += batch.counts.filtered
    finding.rejected += batch.counts.rejected
    for record in batch.records where !record.isRefused {
      switch normalizer.normalize(record, batch, file: 0) {
      case .kept: finding.understood += 1
      case .notEvaluated: finding.notEvaluated += 1
      case .filtered: finding.filtered += 1
      case .rejected(let column, let value, let problem):
        finding.rejected += 1
        finding.faults.append(
          InputError(path: path, line: Int(record.line), column: column, value: value, problem: problem))
      }
    }
  }

  /// Tumor types of a sheet that no name of the tree fits.
  private static func unmapped(_ sheet: SampleSheet, _ table: KnowledgeBase) -> [String] {
    let resolver = TumorTypeResolver(
      tree: table.reference.tumorTypes, fallback: "", diagnoses: DiagnosisText(table: table))
    var counts: [String: Int] = [:]
    for entry in sheet.entries where !entry.tumorType.isEmpty && resolver.resolve(entry).codes.isEmpty {
      counts[entry.tumorType, default: 0] += 1
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
      .map { "tumor type '\($0.key)' is not known (\($0.value) rows; \(resolver.advice($0.key)))" }
  }

  /// The findings as a table with a header.
  package static func table(_ findings: [Finding]) -> [UInt8] {
    var buffer = TSVWriter()
    buffer.row([
      "file", "kind", "samples", "rows", "understood", "not_evaluated", "filtered", "rejected", "remark",
    ])
    for finding in findings {
      buffer.cell(finding.path)
      buffer.cell(finding.kind)
      for count in [
        finding.samples, finding.rows, finding.understood, finding.notEvaluated, finding.filtered, finding.rejected,
      ] { buffer.cell(count) }
      buffer.cell(finding.remark)
      buffer.endRow()
    }
    return buffer.bytes
  }
}
