// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A part of a ``RecordBatch``'s text.
package struct TextSlice: Sendable {
  /// First byte.
  package var start: UInt32 = 0
  /// Number of bytes.
  package var count: UInt32 = 0

  /// An empty slice.
  package init() {}

  /// A part of the text.
  package init(start: Int, count: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.count = UInt32(truncatingIfNeeded: count)
  }

  /// Whether there is no text.
  package var isEmpty: Bool { count == 0 }
  /// Where it lies in the batch's text.
  package var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// The records of one sample in one file, with their text in one block.
package struct RecordBatch: Sendable {
  /// The sample's identifier in the file; empty when the file has none.
  package var sampleID: String
  /// The records in file order.
  package var records: [RawRecord] = []
  /// The bytes that the records' slices point into.
  package var text: [UInt8] = []
  /// What the file says of the sample as a whole.
  package var facts = BatchFacts()
  /// How the sample's rows in this file were used.
  package var counts = RowCounts()
  /// The identifier of the normal tissue beside the sample, where its rows name one; a placeholder is none.
  package var matchedNormal = ""
  /// Classes of rows that the vocabulary does not hold, with the number of rows.
  package var unknownClasses: [String: Int] = [:]
  /// Genes, as written, of which rows leave open whether they have a mutation.
  package private(set) var leftOpen: Set<String> = []
  /// Rows that were not looked at, by reason.
  package var filtered = ReasonCounts()
  /// Rows that were not looked at; empty unless rows are traced.
  package var setAside: [RowSetAside] = []

  /// An empty batch.
  package init(sampleID: String) { self.sampleID = sampleID }

  /// Copies a cell into the batch.
  @inline(__always)
  mutating func keep(_ cell: Span<UInt8>) -> TextSlice {
    let start = text.count
    guard cell.count > 0 else { return TextSlice() }
    unsafe cell.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
    return TextSlice(start: start, count: cell.count)
  }

  /// Keeps what a row says of its consequence, and counts a word that is not known.
  mutating func keep(_ reading: Consequences.Reading, of mutation: inout RawMutation, _ text: Span<UInt8>) {
    mutation.consequence = reading.consequence
    mutation.words = keep(text.extracting(reading.word))
    if !reading.unknown.isEmpty { countUnknown(text.extracting(reading.unknown)) }
  }

  /// Notes the normal tissue beside the sample; the first that is named stays.
  mutating func noteNormal(_ cell: Span<UInt8>) {
    guard matchedNormal.isEmpty, !ByteText.isMissing(cell) else { return }
    let name = ByteText.string(cell)
    if name != sampleID, !SamplePlaceholder.matches(name) { matchedNormal = name }
  }

  /// Counts a class that the vocabulary does not hold.
  mutating func countUnknown(_ word: Span<UInt8>) { unknownClasses[ByteText.string(word), default: 0] += 1 }

  /// Names classes that the vocabulary does not hold, the most frequent first.
  ///
  /// - Parameter classes: Classes with their numbers of rows.
  package static func remark(onUnknownClasses classes: [String: Int]) -> String {
    let sorted = classes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var named = sorted.prefix(5).map { "'\($0.key.prefix(60))' (\($0.value) \($0.value == 1 ? "row" : "rows"))" }
    if sorted.count > named.count { named.append("\(sorted.count - named.count) more") }
    return "class not known: \(named.joined(separator: ", ")), judged by the protein change"
  }

  /// Notes that a row leaves open whether a gene has a mutation.
  mutating func noteLeftOpen(_ gene: Span<UInt8>) {
    if !ByteText.isMissing(gene) { noteLeftOpen(ByteText.string(gene)) }
  }

  /// The same of a gene as text.
  mutating func noteLeftOpen(_ gene: String) { leftOpen.insert(gene) }

  /// Copies a text into the batch.
  mutating func keep(_ text: String) -> TextSlice { keep(Array(text.utf8).span) }

  /// The bytes of a slice.
  package func bytes(_ slice: TextSlice) -> ArraySlice<UInt8> {
    text[slice.range]
  }

  /// A slice as text: UTF-8 where it is valid, else Latin-1.
  package func string(_ slice: TextSlice) -> String {
    slice.isEmpty ? "" : ByteText.string(text.span.extracting(slice.range))
  }

  /// Adds a row that was read.
  ///
  /// - Parameter doubt: The number of the test that takes it out unless its column was not filled; `nil` for none.
  mutating func add(_ statement: RawRecord.Statement, line: Int, doubt: Int? = nil) {
    var record = RawRecord(line: line, statement)
    if let doubt { record.doubt = UInt8(clamping: doubt + 1) }
    records.append(record)
  }

  /// Adds a row that its caller refused, which is counted already.
  mutating func addRefused(_ statement: RawRecord.Statement, line: Int) {
    var record = RawRecord(line: line, statement)
    record.isRefused = true
    records.append(record)
  }

  /// Adds the records of another batch of the same sample behind these.
  mutating func append(_ other: RecordBatch) {
    facts.fill(from: other.facts)
    let shift = UInt32(truncatingIfNeeded: text.count)
    text.append(contentsOf: other.text)
    records.reserveCapacity(records.count + other.records.count)
    for var record in other.records {
      record.changeTexts { $0.start += shift }
      records.append(record)
    }
    counts.add(other.counts)
    filtered.add(other.filtered)
    if matchedNormal.isEmpty { matchedNormal = other.matchedNormal }
    unknownClasses.merge(other.unknownClasses, uniquingKeysWith: +)
    setAside += other.setAside
    leftOpen.formUnion(other.leftOpen)
  }
}

/// A row that was not looked at.
package struct RowSetAside: Sendable {
  /// Its line, counted from 1.
  package let line: Int32
  /// Why it was not.
  package let reason: String
}

/// What became of the rows that were read.
///
/// `read` is always the sum of the others once a sample is matched.
package struct RowCounts: Hashable, Sendable {
  /// Rows, or cells of a matrix, that speak of the sample.
  package var read = 0
  /// Rows that a rule reads.
  package var matched = 0
  /// Rows kept that no rule reads.
  package var unmatched = 0
  /// Rows not looked at for a stated reason.
  package var filtered = 0
  /// Rows that cannot be read.
  package var rejected = 0
  /// Those of the filtered rows that may be calls of mutations all the same: the caller, or the lab's gate, took them back.
  package var filteredCalls = 0

  /// No rows.
  package init() {}

  /// Adds the rows of another part.
  package mutating func add(_ other: RowCounts) {
    read += other.read
    matched += other.matched
    unmatched += other.unmatched
    filtered += other.filtered
    rejected += other.rejected
    filteredCalls += other.filteredCalls
  }
}
