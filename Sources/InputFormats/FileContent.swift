package import DelimitedText

/// All that one input file states.
package struct FileContent: Sendable {
  /// The path as it is printed.
  package var path: String
  /// The name of the format and its dialect: `MAF (vcf2maf)`; for a skipped file what it is.
  package var format: String
  /// Samples in order of first appearance.
  package var batches: [RecordBatch] = []
  /// Rows that cannot be read, in file order.
  package var rejected: [InputError] = []
  /// Remarks about the file as a whole, for `check` and run.json.
  package var remarks: [String] = []
  /// Rows of data seen, all samples together.
  package var rowsRead = 0
  /// Rows not looked at, by reason.
  package var filteredReasons: [String: Int] = [:]
  /// The genes of an assay.
  package struct GenePanel: Sendable {
    /// What samples call it.
    package let name: String
    /// Gene names as written.
    package let genes: [String]
  }

  /// A gene panel found in this file.
  package var genePanel: GenePanel?
  /// Names of the panels that samples were tested with, by sample.
  package var panelsBySample: [String: Set<String>] = [:]
  /// Kinds of alteration that samples are said to have been tested for, by sample.
  package var testsBySample: [String: Set<String>] = [:]
  /// A sample sheet found in this file.
  package var sheet: SampleSheet?
  /// Which kinds of alteration the file can report even where it reports none.
  package var assays: [String] = []

  /// Why a file of a known kind gives no calls, with what to do instead; empty when it is used.
  ///
  /// A refused file is named and left alone; other files of its samples are read.
  package var refusal = ""

  /// Whether a refused file is a table of many samples, so that none of them is its own.
  package var isRefusedCohort = false

  /// What columns say that may not have been filled, by the number of the test.
  var doubts: [Doubt] = []

  /// Ends of rearrangements whose other ends may stand further on.
  var openEnds: [OpenEnd] = []

  private var batchIndex: [String: Int] = [:]

  /// A file with nothing read yet.
  package init(path: String, format: String) {
    self.path = path
    self.format = format
  }

  /// The batch of a sample, made when it is not there.
  mutating func batchNumber(of sampleID: String) -> Int {
    if let known = batchIndex[sampleID] { return known }
    batchIndex[sampleID] = batches.count
    batches.append(RecordBatch(sampleID: sampleID))
    return batches.count - 1
  }

  /// Adds what was read of the next part of the file.
  package mutating func append(_ part: FileContent) {
    if batches.isEmpty {
      batches = part.batches
      batchIndex = part.batchIndex
    } else {
      for batch in part.batches { batches[batchNumber(of: batch.sampleID)].append(batch) }
    }
    rejected += part.rejected
    add(doubts: part.doubts)
    openEnds += part.openEnds
    if refusal.isEmpty { refusal = part.refusal }
    rowsRead += part.rowsRead
    for (reason, count) in part.filteredReasons { filteredReasons[reason, default: 0] += count }
  }

  /// All rows' fates together.
  package var counts: RowCounts {
    var sum = RowCounts()
    for batch in batches { sum.add(batch.counts) }
    return sum
  }

  // MARK: The fate of a row

  /// Counts a row that is not looked at, with the reason.
  mutating func filter(_ batch: Int, _ reason: String) {
    batches[batch].counts.read += 1
    batches[batch].counts.filtered += 1
    filteredReasons[reason, default: 0] += 1
  }

  /// Counts a row that cannot be read, and says where and why.
  mutating func reject(_ batch: Int, _ error: InputError) {
    batches[batch].counts.read += 1
    batches[batch].counts.rejected += 1
    rejected.append(error)
  }

  /// Forgets what was read: the file turned out to be of a kind that gives no calls.
  mutating func refuse(_ reason: String) {
    batches = []
    batchIndex = [:]
    rejected = []
    filteredReasons = [:]
    doubts = []
    refusal = reason
  }
}

/// One end of a rearrangement whose other end stands in another record.
struct OpenEnd: Sendable {
  /// The gene at this end; empty when there is none.
  let gene: [UInt8]
  /// What other records call this one, and what this one calls its mate.
  let id: String, mate: String
  /// Germline or somatic, as bytes, since the record moves to another batch.
  let status: [UInt8]
  /// The line in the file, counted from 1.
  let line: Int
}

extension InputError {
  /// A row that ends before a column that it needs.
  static func cutRow(_ fields: RowFields, of header: InputHeader, line: Int) -> InputError {
    InputError(
      path: header.path, line: line,
      problem: "has \(fields.count) of \(header.cells.count) columns (the row is cut short; export the file again)")
  }

  /// A cell without which the row says nothing.
  static func empty(_ column: Int?, of header: InputHeader, line: Int, remedy: String) -> InputError {
    InputError(path: header.path, line: line, column: header.name(column), problem: "is empty (\(remedy))")
  }
}
