// SPDX-License-Identifier: Apache-2.0
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
    /// A part is the output folder, or is not there.
    case misplaced([InputError])
    case missing([InputError])
    /// The parts do not fit together, each reason with its folder.
    case refused([InputError])
    /// The output folder holds files of our names that we did not write.
    case foreignOutput(InputError)
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
    // A part that is being made anew is not read, and none is made anew while it is.
    var held: [HeldLock] = []
    defer { withExtendedLifetime(held) {} }
    for folder in Set(parts.map(\.folder)).sorted() {
      guard let lock = try OutputLock.acquire(folder) else { throw Problem.held(folder) }
      held.append(HeldLock(lock))
    }
    let check = ShardCheck(parts: parts, programVersion: programVersion)
    guard check.faults.isEmpty else { throw Problem.refused(check.faults) }
    guard let lock = try OutputLock.acquire(output) else { throw Problem.held(output) }
    if let foreign = OwnOutput.foreignFile(in: output) { throw Problem.foreignOutput(foreign) }
    Leftovers.clear(output)
    let previous = RecordedRun(output)
    let old = RecordedTables(of: previous, isWhole: true)
    var summary = Summary()
    try summarize(parts, check.chosen, &summary)
    let settings = parts[0].record.reportSettings
    let isIdle =
      isDone(parts, previous) && isInPlace(previous, settings)
      && old.isWhole(explains: settings["explain"] == "true", hasTrials: settings["trials"] != nil)
    if !isIdle {
      let cohort = try MergedCohort(
        parts: parts, chosen: check.chosen, output: output, previous: previous, started: started)
      let writer = CohortWriter(
        output: output, previous: previous, old: old, formats: formats(settings),
        versions: RunVersions(tables: parts[0].record.tableVersions, program: programVersion),
        address: settings["report_url"] ?? "")
      _ = try writer.write(cohort)
    }
    _ = consume lock
    return summary
  }

  /// Whether all that the last merge wrote is as it wrote it.
  private func isInPlace(_ previous: RecordedRun?, _ settings: [String: String]) -> Bool {
    guard let previous else { return false }
    var options = RunOptions()
    options.output = output
    options.writesSampleFiles = settings["sample_files"] == "true"
    let reports = RecordedReports(previous, options)
    return RunPlan.tableFault(previous, options).isEmpty
      && previous.record.samples.allSatisfy { reports.fault(of: $0) == nil }
  }

  /// The forms of which files of the cohort are written.
  private func formats(_ settings: [String: String]) -> [ReportFormat] {
    guard settings["sample_files"] == "true" else { return [] }
    let names = settings["formats"]?.split(separator: ",").map(String.init) ?? []
    return names.compactMap { ReportFormat(rawValue: $0) }.filter(\.hasCohortFiles)
  }

  private func records() throws -> [RecordedRun] {
    var parts: [RecordedRun] = []
    var faults: [InputError] = []
    var (misplaced, missing): ([InputError], [InputError]) = ([], [])
    let place = FileStamp(path: output)?.identity
    for folder in folders {
      do throws(InputError) {
        if folder == output || place != nil && FileStamp(path: folder)?.identity == place {
          misplaced.append(
            InputError(path: folder, problem: "is the output folder itself (name another one with --out)"))
          continue
        }
        if FileStamp(path: folder) == nil {
          missing.append(InputError(path: folder, problem: "does not exist or cannot be accessed"))
          continue
        }
        parts.append(try RecordedRun(part: folder))
      } catch {
        faults.append(error)
      }
    }
    if let table = OwnOutput.tableOfOthers(in: output) {
      misplaced.append(
        InputError(path: output, problem: "is the output folder and holds \(table) (name another one with --out)"))
    }
    guard misplaced.isEmpty else { throw Problem.misplaced(misplaced) }
    guard missing.isEmpty else { throw Problem.missing(missing) }
    guard faults.isEmpty else { throw Problem.refused(faults) }
    return parts.sorted { ($0.record.shard?.number ?? 0) < ($1.record.shard?.number ?? 0) }
  }

  /// Whether the last merge into the output folder was of these very parts.
  private func isDone(_ parts: [RecordedRun], _ last: RecordedRun?) -> Bool {
    last?.record.mergedFrom
      == parts.map { RunRecord.MergedPart(folder: $0.folder, part: $0.record.part, record: $0.digest) }
  }

  private func summarize(_ parts: [RecordedRun], _ chosen: [String: Int], _ summary: inout Summary) throws {
    var tables: [Int: RecordedTable] = [:]
    for (id, place) in chosen.sorted(by: { $0.key.isBefore($1.key) }) {
      let status = parts[place].sample(id)?.status
      if status == .reported || status == .noMatch || status == .notEvaluated { summary.reported += 1 }
      guard status == .failed else { continue }
      if tables[place] == nil { tables[place] = try parts[place].ownTable(.samples) }
      guard let table = tables[place] else { continue }
      var row = TSVRow(try table.rows(of: id), header: table.header)
      summary.failed.append((id, row.next() ? row["message"] : ""))
    }
  }
}

/// Keeps the lock of a folder among others.
private final class HeldLock {
  private let lock: OutputLock

  init(_ lock: consuming OutputLock) { self.lock = lock }
}
