package import DelimitedText
internal import Reports
package import SystemIO

/// Puts the outputs of a cohort's parts together as one run over the whole cohort would have written them.
///
/// Rows are taken from the parts' tables, reports are linked or copied, the cohort's page is made anew; run.json comes
/// last. What changed is told against what lay in the output folder before.
package struct CohortMerge: Sendable {
  /// Why there is no merge.
  package enum Problem: Error {
    /// The parts do not fit together, each reason with its folder.
    case refused([InputError])
    /// A run is at work in this folder.
    case held(String)
    /// The output cannot be written.
    case system(SystemError)
  }

  /// What a merge came to.
  package struct Summary: Sendable {
    /// Samples with a report.
    package var reported = 0
    /// Samples that failed in their part, each with its reason, in order.
    package var failed: [(sampleID: String, reason: String)] = []
    /// Whether the same parts were merged already.
    package var isIdle = false
  }

  private let folders: [String]
  private let output: String
  private let programVersion: String

  /// A merge of output folders into another one.
  package init(folders: [String], output: String, programVersion: String) {
    self.folders = folders.map(Discovery.withoutSlash)
    self.output = Discovery.withoutSlash(output)
    self.programVersion = programVersion
  }

  /// Merges, or does nothing where the parts are those of the last merge.
  package func run() throws(Problem) -> Summary {
    do {
      return try merge()
    } catch let problem as Problem {
      throw problem
    } catch let error as SystemError {
      throw .system(error)
    } catch let error as InputError {
      throw .refused([error])
    } catch {
      throw .refused([InputError(path: output, problem: "\(error)")])
    }
  }

  private func merge() throws -> Summary {
    let started = WallClock.seconds
    let parts = try records()
    // A part that is being made anew is not read.
    for part in parts {
      guard let lock = try OutputLock.acquire(part.folder) else { throw Problem.held(part.folder) }
      _ = consume lock
    }
    let check = ShardCheck(parts: parts, programVersion: programVersion)
    guard check.faults.isEmpty else { throw Problem.refused(check.faults) }
    guard let lock = try OutputLock.acquire(output) else { throw Problem.held(output) }
    let previous = PreviousRun(output: output)
    let old = OldTables(output: output, previous: previous, isWhole: true)
    let merged = MergedOutput(
      parts: parts, chosen: check.chosen, output: output, previous: previous, old: old, started: started)
    var summary = Summary()
    try summarize(parts, check.chosen, &summary)
    summary.isIdle = isDone(parts) && old.isWhole(explains: parts[0].reportSettings["explain"] == "true")
    if !summary.isIdle { try merged.write() }
    _ = consume lock
    return summary
  }

  private func records() throws -> [ShardRecord] {
    var parts: [ShardRecord] = []
    var faults: [InputError] = []
    let place = FileStamp(path: output)?.inode
    for folder in folders {
      do throws(InputError) {
        if folder == output || place != nil && FileStamp(path: folder)?.inode == place {
          throw InputError(path: folder, problem: "is the output folder itself (name another one with --out)")
        }
        parts.append(try ShardRecord(folder))
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else { throw Problem.refused(faults) }
    return parts.sorted { ($0.shard?.number ?? 0) < ($1.shard?.number ?? 0) }
  }

  /// Whether the last merge into the output folder was of these very parts.
  private func isDone(_ parts: [ShardRecord]) -> Bool {
    guard let last = try? ShardRecord(output) else { return false }
    return last.mergedFrom == parts.map { [$0.folder, $0.run.part, $0.digest] }
  }

  private func summarize(_ parts: [ShardRecord], _ chosen: [String: Int], _ summary: inout Summary) throws {
    let column = OutputTable.samples.columns.firstIndex(of: "message") ?? 0
    var tables: [Int: OldTable] = [:]
    for (id, place) in chosen.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let status = parts[place].run.samples[id]?.status
      if status == "reported" || status == "no_match" { summary.reported += 1 }
      guard status == "failed" else { continue }
      if tables[place] == nil { tables[place] = try parts[place].table(.samples) }
      var row: [UInt8] = []
      try tables[place]?.rows(of: TSVWriter.text(id), into: &row)
      let cells = row.split(separator: 0x09, omittingEmptySubsequences: false)
      summary.failed.append((id, cells.count > column ? String(decoding: cells[column], as: UTF8.self) : ""))
    }
  }
}
