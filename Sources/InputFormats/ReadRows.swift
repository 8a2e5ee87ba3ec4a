// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Rows of a file, given to their samples as they are read.
package struct ReadRows: Sendable {
  /// Samples in order of first appearance.
  package internal(set) var batches: [RecordBatch] = []
  /// Rows that cannot be read, in file order.
  var rejected: [InputError] = []
  /// Remarks about the file as a whole.
  var remarks: [String] = []
  /// Rows of data seen, all samples together.
  var rowsRead = 0
  /// Rows not looked at, by reason.
  var filtered = ReasonCounts()
  /// Why the file gives no calls after all.
  private(set) var refusal: Refusal?
  /// What columns say that may not have been filled, by the number of the test.
  var doubts: [Doubt] = []
  /// The builds of the genome that rows name.
  var builds = StatedBuilds()
  /// Ends of rearrangements whose other ends may stand further on.
  var openEnds: [OpenEnd] = []
  /// Ends of rearrangements that were read by their positions, by their identifiers.
  var seenEnds: Set<String> = []
  /// Whether rows that are not looked at are kept with their lines.
  let tracesRows: Bool

  private var batchIndex: [String: Int] = [:]
  /// The sample of the last row, and its batch.
  private var last: (sampleID: [UInt8], batch: Int) = ([], -1)
  /// How often rows of another sample followed.
  private var turns = 0
  /// Samples whose rows seem to be complete and that stay here all the same, in file order.
  private var held: [RecordBatch] = []
  /// Doubtful rows of samples that are not here, by the number of the test.
  var doubtsElsewhere: [Int: Int] = [:]

  /// No rows yet.
  init(tracesRows: Bool = false) { self.tracesRows = tracesRows }

  /// The batch of a sample, made when it is not there.
  mutating func batchNumber(of sampleID: String) -> Int {
    if let known = batchIndex[sampleID] { return known }
    batchIndex[sampleID] = batches.count
    batches.append(RecordBatch(sampleID: sampleID))
    return batches.count - 1
  }

  /// The batch of a sample; rows of one sample mostly follow each other, so the last is tried first.
  mutating func batchNumber(of sampleID: Span<UInt8>) -> Int {
    if last.batch >= 0, last.sampleID.count == sampleID.count {
      var isSame = true
      for index in sampleID.indices where last.sampleID[index] != sampleID[index] {
        isSame = false
        break
      }
      if isSame { return last.batch }
    }
    last.sampleID.removeAll(keepingCapacity: true)
    for index in sampleID.indices { last.sampleID.append(sampleID[index]) }
    last.batch = batchNumber(of: ByteText.string(sampleID))
    turns += 1
    return last.batch
  }

  /// Adds what was read of the next part of the file.
  package mutating func append(_ part: ReadRows) {
    if batches.isEmpty {
      batches = part.batches
      batchIndex = part.batchIndex
    } else {
      for batch in part.batches { batches[batchNumber(of: batch.sampleID)].append(batch) }
    }
    if !part.last.sampleID.isEmpty { last = (part.last.sampleID, -1) }
    for (number, count) in part.doubtsElsewhere { doubtsElsewhere[number, default: 0] += count }
    rejected += part.rejected
    add(doubts: part.doubts)
    builds.append(part.builds)
    openEnds += part.openEnds
    if !part.seenEnds.isEmpty { seenEnds.formUnion(part.seenEnds) }
    refusal = refusal ?? part.refusal
    for remark in part.remarks where !remarks.contains(remark) { remarks.append(remark) }
    rowsRead += part.rowsRead
    filtered.add(part.filtered)
  }

  // MARK: Samples that leave before the others

  /// Whether rows of each sample follow each other.
  package var areGrouped: Bool { turns == batches.count { !$0.sampleID.isEmpty } }

  /// Takes out samples behind whose rows those of another one have begun.
  ///
  /// Rows that may state no mutation are taken out of them; where that cannot be told yet the sample stays.
  ///
  /// - Parameter mayLeave: Whether a sample may leave; one that may not is not asked for again.
  package mutating func takeComplete(_ mayLeave: (RecordBatch) -> Bool) -> [RecordBatch] {
    var (taken, kept): ([RecordBatch], [RecordBatch]) = ([], [])
    for index in batches.indices {
      if batches[index].sampleID.isEmpty || batches[index].sampleID.utf8.elementsEqual(last.sampleID) {
        kept.append(batches[index])
      } else if mayLeave(batches[index]), settleDoubts(of: index) {
        taken.append(batches[index])
      } else {
        held.append(batches[index])
      }
    }
    batches = kept
    reindex()
    return taken
  }

  private mutating func reindex() {
    batchIndex = [:]
    for (index, batch) in batches.enumerated() { batchIndex[batch.sampleID] = index }
    last.batch = -1
  }

  /// Puts samples that stayed back in their places.
  mutating func joinHeld() {
    if held.isEmpty { return }
    let later = batches
    (batches, held) = ([], held)
    reindex()
    for batch in held + later { batches[batchNumber(of: batch.sampleID)].append(batch) }
    held = []
  }

  /// Leaves out samples that are known already; what their rows say of the file stays.
  package mutating func leaveOut(_ isKnown: (String) -> Bool) {
    var kept: [RecordBatch] = []
    for batch in batches {
      guard isKnown(batch.sampleID) else {
        kept.append(batch)
        continue
      }
      for record in batch.records where record.doubt > 0 { doubtsElsewhere[Int(record.doubt) - 1, default: 0] += 1 }
    }
    if kept.count == batches.count { return }
    batches = kept
    reindex()
  }

  /// Notes what a row says of its build of the genome.
  mutating func noteBuild(_ fields: RowFields, _ column: Int?, _ text: Span<UInt8>, line: Int) {
    if column != nil { builds.note(text.extracting(fields.cell(column, text)), line: line) }
  }

  /// Says that a cell in a column of numbers is none; the row is read without it.
  mutating func noteUnread(_ cell: Span<UInt8>, column: String, line: Int, path: String) {
    rejected.append(
      InputError(
        path: path, line: line, column: column, value: ByteText.string(cell),
        problem: "is no clear number and is not used (the rest of the row is read)"))
  }

  // MARK: The fate of a row

  /// Counts a row that is not looked at, with the reason.
  ///
  /// - Parameter line: Its line, counted from 1; 0 for what is no line of a table.
  mutating func filter(_ batch: Int, _ reason: String, line: Int = 0) {
    batches[batch].counts.read += 1
    setAside(batch, reason, line: line)
  }

  /// Counts a row that is not looked at and that was counted as read before.
  mutating func setAside(_ batch: Int, _ reason: String, line: Int) {
    batches[batch].counts.filtered += 1
    batches[batch].filtered.add(reason)
    filtered.add(reason)
    if tracesRows { batches[batch].setAside.append(RowSetAside(line: Int32(clamping: line), reason: reason)) }
  }

  /// Counts a row that cannot be read, and says where and why.
  mutating func reject(_ batch: Int, _ error: InputError) {
    batches[batch].counts.read += 1
    batches[batch].counts.rejected += 1
    rejected.append(error)
  }

  /// Forgets what was read: the file turned out to be of a kind that gives no calls.
  mutating func refuse(_ refusal: Refusal) {
    batches = []
    batchIndex = [:]
    last.batch = -1
    held = []
    doubtsElsewhere = [:]
    rejected = []
    filtered = ReasonCounts()
    doubts = []
    self.refusal = refusal
  }

  /// The content of the file, when all its rows were read.
  consuming func content(path: String, format: String, assays: [AssayKind]) -> FileContent {
    joinHeld()
    settleDoubts()
    let kind: InputContent
    if var refusal {
      refusal.assays = assays
      kind = .refused(refusal)
    } else {
      kind = .alterations(SampleRows(batches: batches, assays: assays, filtered: filtered))
    }
    var content = FileContent(path: path, format: format, kind)
    content.rejected = rejected
    content.remarks = remarks
    content.rowsRead = rowsRead
    content.fault = builds.fault(in: path)
    return content
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
  /// Both places, this one first; `nil` where the record does not tell how they are joined.
  let ends: JoinedEnds?
  /// The line in the file, counted from 1.
  let line: Int
}

/// Where both ends of a rearrangement lie, and which sides of them are joined.
struct JoinedEnds: Sendable {
  let sides: JoinedSides
  /// As written: `chr2:42295516`.
  let first: String, second: String
  /// The build of the genome; empty where the file does not state it.
  let build: String
}

extension RecordBatch {
  /// Takes up how the ends of a rearrangement are joined whose partners are named.
  mutating func keep(_ ends: JoinedEnds, of fusion: inout RawFusion) {
    fusion.joined = ends.sides
    fusion.firstBreakpoint = keep(ends.first)
    fusion.secondBreakpoint = keep(ends.second)
    fusion.build = keep(ends.build)
  }
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
