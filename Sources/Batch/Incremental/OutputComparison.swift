package import DelimitedText
internal import Reports
internal import SystemIO

/// Compares two output folders.
package enum OutputComparison {
  /// changes.tsv, header and rows, for the samples that both folders report.
  ///
  /// - Throws: ``InputError`` when a folder is no output of ours or its therapies.tsv was changed by hand.
  package static func changes(from old: String, to new: String) throws(InputError) -> [UInt8] {
    let (before, oldTable) = try opened(old)
    let (now, newTable) = try opened(new)
    let cause =
      before.programVersion != now.programVersion ? "program" : before.tables != now.tables ? "table" : "input"
    var buffer = TSVWriter()
    buffer.row(OutputTable.changes.columns)
    let unreported: Set<String> = ["failed", "deferred"]
    let shared = now.samples.keys.filter { id in
      guard let other = before.samples[id], let own = now.samples[id] else { return false }
      return !unreported.contains(other.status) && !unreported.contains(own.status)
    }
    for id in shared.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      var rows: (before: [UInt8], now: [UInt8]) = ([], [])
      do throws(SystemError) {
        try oldTable.rows(of: TSVWriter.text(id), into: &rows.before)
        try newTable.rows(of: TSVWriter.text(id), into: &rows.now)
      } catch {
        throw InputError(path: new, problem: error.description)
      }
      // What made this one differ: its own files, where they are not the same.
      let isInput = Self.digests(of: id, before) != Self.digests(of: id, now)
      buffer.append(
        rows: ChangeList.rows(sampleID: id, before: rows.before, now: rows.now, cause: isInput ? "input" : cause))
    }
    return buffer.bytes
  }

  private static func digests(of id: String, _ run: PreviousRun) -> [String] {
    (run.samples[id]?.inputs ?? []).map { run.inputs[$0]?.digest ?? "" }.sorted()
  }

  private static func opened(_ folder: String) throws(InputError) -> (PreviousRun, OldTable) {
    guard let run = PreviousRun(output: folder) else {
      throw InputError(path: folder, problem: "is not an output folder of oncomatch (it has no readable run.json)")
    }
    let name = OutputTable.therapies.fileName
    guard let table = OldTable(folder + "/" + name, digest: run.outputs[name] ?? "") else {
      throw InputError(path: folder + "/" + name, problem: "is not what the run wrote (run again)")
    }
    return (run, table)
  }
}
