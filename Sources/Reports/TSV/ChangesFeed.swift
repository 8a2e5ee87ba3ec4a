// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What the page of changes is made from: rows of changes.tsv, and what they are compared with.
package struct ChangesFeed: Sendable {
  /// The run that this one is compared with.
  package struct Earlier: Sendable {
    /// When it began.
    package let started: String
    /// The version of its program.
    package let programVersion: String
    /// Name and version of its tables.
    package let tables: [String]

    /// An earlier run.
    package init(started: String, programVersion: String, tables: [String]) {
      self.started = started
      self.programVersion = programVersion
      self.tables = tables
    }
  }

  /// A sample of the earlier run of which files are not there any more.
  package struct Gone: Sendable {
    /// Its identifier.
    package let sampleID: String
    /// Their paths; empty where the last run named none.
    package let files: [String]
    /// Whether nothing of the sample is left, and it left the tables.
    package let isWhole: Bool
    /// Whether files of it are left; a sample of the sheet stays without any.
    package let hasOthers: Bool

    /// What of a sample is gone.
    package init(sampleID: String, files: [String], isWhole: Bool, hasOthers: Bool = true) {
      self.sampleID = sampleID
      self.files = files
      self.isWhole = isWhole
      self.hasOthers = hasOthers
    }
  }

  /// The run compared with; `nil` when there was none.
  let earlier: Earlier?
  /// Rows that the page shows, without a header.
  private(set) var rows: [UInt8] = []
  /// All rows.
  private(set) var rowCount = 0
  /// Samples with a row.
  private(set) var sampleCount = 0
  /// How many rows there are of each change and cause.
  private(set) var counts: [Kind: Int] = [:]

  /// A change and its cause.
  struct Kind: Hashable {
    let change: String
    let cause: String
  }

  /// Samples of which files are gone since the earlier run, by their identifiers.
  package var gone: [Gone] = []

  /// A page holds this many rows; the table holds all.
  static let shownRows = 5_000

  /// A feed of no changes yet.
  package init(earlier: Earlier?) { self.earlier = earlier }

  /// Adds the rows of one sample.
  package mutating func add(_ added: [UInt8]) {
    guard !added.isEmpty else { return }
    sampleCount += 1
    var row = TSVRow(added, header: OutputTable.changes.header)
    while row.next() {
      counts[Kind(change: row["change"], cause: row["cause"]), default: 0] += 1
      rowCount += 1
      if rowCount <= Self.shownRows { rows += row.text + [0x0A] }
    }
  }
}
