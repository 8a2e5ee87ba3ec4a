// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import Reports
internal import SystemIO

/// The write stage for one sample: its own files, and its rows into the worker's spools.
///
/// A report that would be the same as the one in place is left alone.
struct SampleWriter: Sendable {
  let options: RunOptions
  let previous: RecordedRun?
  /// The last run, also where all is made anew.
  let last: RecordedRun?
  /// The names of the files of the last report, which those of others share.
  private let names = Locked([String]())

  /// - Parameters:
  ///   - previous: The run whose reports stay where they would be the same.
  ///   - last: The last run, also where all is made anew.
  init(options: RunOptions, previous: RecordedRun?, last: RecordedRun?) {
    (self.options, self.previous, self.last) = (options, previous, last)
  }

  func write(
    _ result: SampleProcessor.Result, tables: SampleTables, agents: RowSpool
  ) throws(SystemError) -> SampleOutcome {
    let report = result.report
    let rows: [(OutputTable, [UInt8])] = [
      (.options, result.options), (.therapies, result.therapies), (.alterations, result.alterations),
      (.samples, result.sampleRow),
      (.nearMisses, result.nearMisses), (.trials, result.trials), (.context, result.context),
    ]
    var hash = XXH64.Stream()
    for (_, part) in rows { hash.update(part.span) }
    var written = SampleOutcome.Written(substance: hash.value)
    written.number = try tables.add(
      report.sampleID, tables.tables.map { table in rows.first { $0.0 == table }?.1 ?? [] })
    let place = try agents.append(result.agents)
    if keepsEarlier(report) {
      written.isKept = true
    } else if options.writesSampleFiles {
      let name = SampleName.encoded(report.sampleID)
      let folder = RecordedReports.folder(options.output, report.sampleID)
      (written.files, written.report) = digest(result.files)
      if !isInPlace(report.sampleID, written.files, written.report) {
        try writeFiles(result, name: name, folder: folder)
        written.wasWritten = true
      }
    }
    return SampleOutcome(result, written, agents: (agents, place))
  }

  /// Whether a sample of which only a row of the sheet is left keeps the report of an earlier run that read it.
  private func keepsEarlier(_ report: SampleReport) -> Bool {
    guard report.status == .notEvaluated, report.files.isEmpty, report.directory.isEmpty,
      let last, FileStamp(link: RecordedReports.folder(options.output, report.sampleID)) != nil
    else { return false }
    if let known = last.sample(report.sampleID), !known.inputs.isEmpty { return !known.files.isEmpty }
    return last.record.removedFiles[report.sampleID] != nil
  }

  /// Sizes and digest of a report's files.
  private func digest(_ files: [ReportFile]) -> (sizes: FileSizes, digest: String) {
    let files = files.sorted { $0.name.isBefore($1.name) }
    var digest = ReportDigest()
    for file in files { digest.add(file.name, file.bytes) }
    let own = files.map(\.name)
    let shared = names.withLock { names in
      if names != own { names = own }
      return names
    }
    return (FileSizes(names: shared, sizes: files.map(\.bytes.count)), digest.text)
  }

  private func isInPlace(_ id: String, _ sizes: FileSizes, _ digest: String) -> Bool {
    guard let previous, let sample = previous.sample(id),
      sample.report == digest && sample.files == sizes || sample.course?.base == digest,
      // Who may read a file is not in its bytes.
      previous.record.reportSettings["private"] == String(options.isPrivate)
    else { return false }
    return RecordedReports(previous, options).fault(of: sample) == nil
  }

  private func writeFiles(_ result: SampleProcessor.Result, name: String, folder: String) throws(SystemError) {
    try FileWriting.makeDirectory(folder)
    for file in result.files { try FileWriting.replace(folder + "/" + name + file.name, with: file.bytes.span) }
  }
}
