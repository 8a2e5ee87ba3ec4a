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
  func isWhole(explains: Bool) -> Bool {
    for table in SampleOutcome.sortedTables where table != .nearMisses || explains {
      guard sorted[table]?.header == table.header else { return false }
    }
    return agents() != nil && run?.bytes(of: .rejected) != nil
  }

  /// Whether the answers of the last run are known.
  var hasOptions: Bool { sorted[.options] != nil }

  /// The rows of a sample, below the header that their table has now.
  func rows(_ table: OutputTable, of sampleID: String) throws(SystemError) -> [UInt8] {
    try sorted[table]?.rows(of: sampleID) ?? []
  }

  /// The rows of a sample in options.tsv, which an older program may have written.
  func options(of sampleID: String) throws(SystemError) -> TSVRow {
    let table = sorted[.options]
    return TSVRow(try table?.rows(of: sampleID) ?? [], header: table?.header ?? OutputTable.options.header)
  }

  /// agents.tsv; `nil` when it is not there or is not what the last run wrote.
  func agents() -> [UInt8]? { run?.bytes(of: .agents) }

  /// Rows of rejected.tsv that speak of files which are not read again.
  ///
  /// - Parameter files: Their places, by path as it stands in a table.
  func rejectedRows(of files: [String: Int]) -> [RejectedRow] {
    guard let run, let bytes = run.bytes(of: .rejected) else { return [] }
    return RejectedRow.rows(of: bytes, byReader: Set(run.record.rejectedByReader), files: files)
      .filter { files[$0.path] != nil }
  }
}
