// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Reports
internal import SystemIO

/// Compares two output folders.
package enum OutputComparison {
  /// changes.tsv, header and rows, for the samples that both folders report.
  ///
  /// - Throws: ``InputError`` when a folder is no output of ours or its options.tsv was changed by hand.
  package static func changes(from old: String, to new: String) throws(InputError) -> [UInt8] {
    let (before, oldTable) = try opened(old)
    let (now, newTable) = try opened(new)
    var buffer = TSVWriter()
    buffer.append(rows: OutputTable.changes.header.line)
    var ids: [String] = []
    for sample in now.record.samples where isReported(sample) {
      if let other = before.sample(sample.id), isReported(other) { ids.append(sample.id) }
    }
    for id in ids.sorted(by: { $0.isBefore($1) }) {
      let rows: (before: TSVRow, now: TSVRow)
      do throws(SystemError) {
        rows.before = TSVRow(try oldTable.rows(of: id), header: oldTable.header)
        rows.now = TSVRow(try newTable.rows(of: id), header: newTable.header)
      } catch {
        throw InputError(path: new, problem: error.description)
      }
      // What made this one differ: its own files, where they are not the same.
      let isInput = before.sample(id).map(before.record.inputDigests) != now.sample(id).map(now.record.inputDigests)
      let cause = isInput ? .input : now.record.cause(since: before.record)
      buffer.append(rows: ChangeList.rows(sampleID: id, before: rows.before, now: rows.now, cause: cause))
    }
    return buffer.bytes
  }

  private static func isReported(_ sample: RunRecord.Sample) -> Bool {
    sample.status != .failed && sample.status != .deferred
  }

  private static func opened(_ folder: String) throws(InputError) -> (RecordedRun, RecordedTable) {
    guard let run = RecordedRun(folder) else {
      throw InputError(path: folder, problem: "is not an output folder of oncomatch (it has no readable run.json)")
    }
    guard let table = run.table(.options) else {
      throw InputError(
        path: folder + "/" + OutputTable.options.fileName, problem: "is not what the run wrote (run again)")
    }
    return (run, table)
  }
}
