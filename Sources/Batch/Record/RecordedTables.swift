// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// The cohort's tables as the last run left them.
///
/// A table counts only where its digest is the one in the record, so that what was cut or edited in between is made anew
/// and not carried over.
struct RecordedTables {
  private let run: RecordedRun?
  private var sorted: [OutputTable: RecordedTable] = [:]

  /// - Parameter isWhole: Whether rows of all tables may be asked for; otherwise only those of options.tsv.
  init(of run: RecordedRun?, isWhole: Bool) {
    self.run = run
    guard let run else { return }
    for table in SampleOutcome.sortedTables where isWhole || table == .options { sorted[table] = run.table(table) }
  }

  /// Whether all tables whose rows are carried over are what the last run wrote, in the columns of this version.
  ///
  /// changes.tsv is none of them: it tells of one run and is made anew by the next one.
  ///
  /// - Parameter inOwnColumns: Whether they have to have the columns of this version; rows of another one are brought to
  ///   them.
  func isWhole(explains: Bool, hasTrials: Bool, inOwnColumns: Bool = true) -> Bool {
    for table in SampleOutcome.sortedTables(
      explains: explains && inOwnColumns, hasTrials: hasTrials && inOwnColumns)
    {
      // An older program wrote no such table: its samples have no rows of it.
      if table == .context, !inOwnColumns { continue }
      guard let known = sorted[table], !inOwnColumns || known.header == table.header else { return false }
    }
    // Only where patients have courses is there a table of them.
    if run?.record.digest(of: .patients) != nil, run?.bytes(of: .patients) == nil { return false }
    return agents() != nil && run?.bytes(of: .rejected) != nil
  }

  /// Whether the answers of the last run are known.
  var hasOptions: Bool { sorted[.options] != nil }

  /// The rows of a sample, below the header that their table has now.
  func rows(_ table: OutputTable, of sampleID: String) throws(SystemError) -> [UInt8] {
    guard let known = sorted[table] else { return [] }
    let rows = try known.rows(of: sampleID)
    if known.header == table.header { return rows }
    var row = TSVRow(rows, header: known.header)
    let columns = row.header.columns(table.columns)
    var brought: [UInt8] = []
    while row.next() {
      row.append(columns, to: &brought)
      brought.append(0x0A)
    }
    return brought
  }

  /// The rows of a sample in options.tsv, which an older program may have written.
  func options(of sampleID: String) throws(SystemError) -> TSVRow {
    let table = sorted[.options]
    return TSVRow(try table?.rows(of: sampleID) ?? [], header: table?.header ?? OutputTable.options.header)
  }

  private func unreadable(_ table: OutputTable, _ run: RecordedRun) -> SystemError {
    SystemError(.read, run.folder + "/" + table.fileName, code: 5)
  }

  /// agents.tsv, of which rows are carried over; empty where there was no run.
  ///
  /// - Throws: ``SystemError`` when it was there before and cannot be read now.
  func carriedAgents() throws(SystemError) -> [UInt8] {
    guard let run else { return [] }
    guard let bytes = agents() else { throw unreadable(.agents, run) }
    return bytes
  }

  /// agents.tsv; `nil` when it is not there or is not what the last run wrote.
  func agents() -> [UInt8]? { run?.bytes(of: .agents) }

  /// Rows of rejected.tsv that speak of files which are not read again.
  ///
  /// - Parameter files: Their places, by path as it stands in a table.
  ///
  /// - Throws: ``SystemError`` when they were there before and cannot be read now.
  func rejectedRows(of files: [String: Int]) throws(SystemError) -> [RejectedRow] {
    guard let run else { return [] }
    guard let bytes = run.bytes(of: .rejected) else { throw unreadable(.rejected, run) }
    return RejectedRow.rows(of: bytes, byReader: Set(run.record.rejectedByReader), files: files)
      .filter { files[$0.path] != nil }
  }
}
