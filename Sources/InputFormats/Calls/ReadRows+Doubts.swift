// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

extension ReadRows {
  /// What the rows of a file say in a column that may not have been filled: `0` or `None`.
  struct Doubt: Sendable {
    /// The name of the column.
    let column: String
    /// Why a row that says so is not looked at.
    let reason: String
    /// Whether such a row leaves open if there is a mutation.
    let leavesOpen: Bool
    /// Rows that say so.
    var rows = 0
    /// Whether a row says something else.
    var saysOther = false
  }

  /// Rows from which on a column that always says the same counts as not filled.
  private static let manyRows = 10

  /// Takes up what some rows say in such columns.
  mutating func add(_ tally: CallGate.Tally) { add(doubts: tally.doubts) }

  /// Takes up what other rows say in such columns.
  mutating func add(doubts others: [Doubt]) {
    if doubts.isEmpty {
      doubts = others
      return
    }
    for (number, other) in others.enumerated() where number < doubts.count {
      doubts[number].rows += other.rows
      doubts[number].saysOther = doubts[number].saysOther || other.saysOther
    }
  }

  /// Takes out the rows of one sample that state no mutation, where the columns are known to be filled.
  ///
  /// - Returns: `false` where one of them may not be, so that all rows have to be seen first.
  mutating func settleDoubts(of index: Int) -> Bool {
    guard batches[index].records.contains(where: { $0.doubt > 0 }) else { return true }
    guard batches[index].records.allSatisfy({ $0.doubt == 0 || doubts[Int($0.doubt) - 1].saysOther }) else {
      return false
    }
    for record in batches[index].records where record.doubt > 0 {
      setAside(record, of: index, doubts[Int(record.doubt) - 1])
    }
    batches[index].records.removeAll { $0.doubt > 0 }
    return true
  }

  private mutating func setAside(_ record: RawRecord, of index: Int, _ doubt: Doubt) {
    if doubt.leavesOpen, case .mutation(let row) = record.statement {
      batches[index].noteLeftOpen(batches[index].string(row.gene))
    }
    setAside(index, doubt.reason, line: Int(record.line))
  }

  /// Takes out the rows that state no mutation, once all rows have been seen.
  ///
  /// A column that says so in every row of a long file was not filled: its rows stay, and the file's remark says so.
  mutating func settleDoubts() {
    defer { doubts = [] }
    let unfilled = Set(doubts.indices.filter { doubts[$0].rows >= Self.manyRows && !doubts[$0].saysOther })
    guard doubts.contains(where: { $0.rows > 0 }) else { return }
    for number in unfilled.sorted() {
      remarks.append(
        "the column \(doubts[number].column) says the same in all \(doubts[number].rows) rows, so it was not filled and is not used"
      )
    }
    for (number, count) in doubtsElsewhere where !unfilled.contains(number) {
      filtered.add(doubts[number].reason, rows: count)
    }
    for index in batches.indices where batches[index].records.contains(where: { $0.doubt > 0 }) {
      var kept: [RawRecord] = []
      kept.reserveCapacity(batches[index].records.count)
      for var record in batches[index].records {
        let number = Int(record.doubt) - 1
        guard number >= 0 else {
          kept.append(record)
          continue
        }
        if unfilled.contains(number) {
          record.forgetCounts()
          kept.append(record)
          continue
        }
        setAside(record, of: index, doubts[number])
      }
      batches[index].records = kept
    }
  }
}

extension RawRecord {
  /// Forgets counts of reads that were not filled.
  fileprivate mutating func forgetCounts() {
    guard case .mutation(var row) = statement, row.altCount == 0 || row.alleleFraction == 0 else { return }
    row.altCount = -1
    row.depth = -1
    row.alleleFraction = -1
    statement = .mutation(row)
  }
}
